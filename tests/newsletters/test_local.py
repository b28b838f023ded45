"""Pages that open from a folder."""

import pytest

from clusterpress.newsletters.local import find_loaded_files, path_resolver, relativise_links

SITE, ROOT = "https://news.example.eu/sub/", "/sub/"
LOCATE = path_resolver(SITE, ROOT)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/sub/media/a.png", "media/a.png"),
        ("https://news.example.eu/sub/news/a/#b", "news/a/#b"),
        ("https://elsewhere.example/sub/", None),
        ("//elsewhere.example/sub/", None),
        ("mailto:a@example.eu", None),
        ("#here", None),
        ("/sub/", ""),
    ],
)
def test_an_address_of_the_site_is_told_from_others(address, path):
    assert LOCATE(address) == path


def test_pages_and_style_sheets_load_files():
    page = (
        b'<link rel="stylesheet" href="/sub/a.css"><link rel="canonical" href="/sub/"><img src="/sub/b.png">'
        b'<script src="/sub/c.js"></script><a href="/sub/d/">d</a>'
    )
    assert set(find_loaded_files("x/index.html", page, LOCATE)) == {"a.css", "b.png", "c.js"}
    assert list(find_loaded_files("assets/x/a.css", b"@font-face{src:url(../fonts/a.woff2)}", LOCATE)) == [
        "assets/fonts/a.woff2"
    ]
    assert list(find_loaded_files("a.pdf", b"url(x)", LOCATE)) == []


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ('<img src="/sub/media/a.png">', '<img src="../../media/a.png">'),
        ('<a href="https://news.example.eu/sub/n/3/2/#x">', '<a href="2/index.html#x">'),
        ('<a href="/sub/news/">', '<a href="https://news.example.eu/sub/news/">'),
        ('<a href="/sub/">', '<a href="https://news.example.eu/sub/">'),
        ('<a href="#here">', '<a href="#here">'),
        ('<a href="https://elsewhere.example/">', '<a href="https://elsewhere.example/">'),
    ],
)
def test_addresses_lead_to_files_of_the_folder_or_to_the_site(written, local):
    local_files = frozenset({"n/3/index.html", "n/3/2/index.html", "media/a.png"})
    assert local.encode() in relativise_links("n/3/index.html", written.encode(), LOCATE, local_files, SITE)
