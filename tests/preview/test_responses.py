"""What is sent for an address: like a web host, and never a file from outside the site."""

import os
from http import HTTPStatus

import pytest

from clusterpress.preview.responses import SCRIPT, respond, with_script
from clusterpress.values.media_types import media_type

PAGE = b"<html><body>%s</body></html>"
HTML = "text/html; charset=utf-8"


@pytest.fixture
def folder(tmp_path):
    site = tmp_path / "project" / "site"
    files = {
        "index.html": PAGE % b"home",
        "404.html": PAGE % b"not found",
        "news/index.html": PAGE % b"news",
        "news/caf\N{LATIN SMALL LETTER E WITH ACUTE}/index.html": PAGE % b"coffee",
        "feed.xml": b"<rss></body></rss>",
        "assets/site.css": b"p{}",
    }
    for path, content in files.items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (site.parent / "secret.txt").write_bytes(b"secret")
    (site.parent / "site-secret.txt").write_bytes(b"secret")
    return site.resolve()


@pytest.mark.parametrize("root", ["/", "/sub/", "/deep/er/"])
@pytest.mark.parametrize(
    ("target", "kind", "inside"),
    [
        ("", HTML, b"home"),
        ("index.html", HTML, b"home"),
        ("news/", HTML, b"news"),
        ("news/?q=1", HTML, b"news"),
        ("news/caf%C3%A9/", HTML, b"coffee"),
        ("assets/site.css?v=3", "text/css; charset=utf-8", b"p{}"),
        ("feed.xml", "application/xml; charset=utf-8", b"<rss></body></rss>"),
    ],
)
def test_a_file_is_found_under_the_sites_path(folder, root, target, kind, inside):
    found = respond(folder, root, root + target, "1")
    assert (found.status, found.type) == (HTTPStatus.OK, kind)
    assert inside in found.content


@pytest.mark.parametrize(
    ("root", "target", "location"),
    [
        ("/", "/news", "/news/"),
        ("/", "/news?q=a%20b", "/news/?q=a%20b"),
        ("/", "/news/caf%C3%A9", "/news/caf%C3%A9/"),
        ("/sub/", "/", "/sub/"),
        ("/sub/", "/sub", "/sub/"),
        ("/sub/", "/sub/news", "/sub/news/"),
        ("/deep/er/", "/deep", "/deep/er/"),
    ],
)
def test_a_folder_without_its_slash_and_the_servers_root_lead_to_the_page(folder, root, target, location):
    found = respond(folder, root, target, "1")
    assert (found.status, found.location) == (HTTPStatus.FOUND, location)


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/news/../../secret.txt",
        "/news/%2e%2e/%2e%2e/secret.txt",
        "/../site-secret.txt",
        "//secret.txt",
        "//example.eu/news",
        "/..%5csecret.txt",
        "/%00",
        "/index.html%00.css",
        "/" + "a" * 5000,
        "/%ff%fe",
        "/news/index.html/",
        "/assets/",
        "/assets",
    ],
)
def test_what_is_not_in_the_site_is_missing(folder, target):
    found = respond(folder, "/", target, "1")
    assert (found.status, found.location) == (HTTPStatus.NOT_FOUND, "")
    assert b"not found" in found.content


def test_an_absolute_path_on_disk_is_missing(folder):
    secret = folder.parent / "secret.txt"
    assert respond(folder, "/", f"/{secret}", "1").status == HTTPStatus.NOT_FOUND


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_out_of_the_site_is_missing(folder):
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    assert respond(folder, "/", "/link.txt", "1").status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("target", ["/", "/news/", "/subway/", "/other.css"])
def test_what_lies_outside_the_sites_path_is_missing(folder, target):
    found = respond(folder, "/sub/", target, "1")
    assert found.status == (HTTPStatus.FOUND if target == "/" else HTTPStatus.NOT_FOUND)


def test_before_there_is_a_site_a_page_waits_for_it(tmp_path):
    found = respond(tmp_path / "none", "/", "/", "1")
    assert (found.status, found.type) == (HTTPStatus.NOT_FOUND, HTML)
    assert SCRIPT.encode() in found.content


@pytest.mark.parametrize("target", ["/", "/news/", "/nothing/"])
def test_pages_are_sent_with_the_script_and_their_version_and_stay_as_they_are_on_disk(folder, target):
    found = respond(folder, "/", target, "abc-7")
    assert found.content.endswith(
        f'<script src="{SCRIPT}" data-version="abc-7"></script></body></html>'.encode()
    )
    assert all(SCRIPT.encode() not in path.read_bytes() for path in folder.rglob("*.html"))


def test_a_page_without_an_end_gets_the_script_too():
    assert with_script(b"<p>Hello", "1").startswith(b"<p>Hello<script ")


def test_the_script_stands_before_the_last_end_of_the_body():
    page = with_script(b"<body><code></body></code></body>", "1")
    assert page.index(b"</code>") < page.index(b"<script")


def test_the_script_itself_is_served_at_every_path_of_a_site(folder):
    for root in ("/", "/sub/"):
        found = respond(folder, root, SCRIPT, "1")
        assert found.type == "text/javascript; charset=utf-8"
        assert b"EventSource" in found.content


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/index.html", HTML),
        ("events.ics", "text/calendar; charset=utf-8"),
        ("ann.vcf", "text/vcard; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("mark.svg", "image/svg+xml; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("A.WEBP", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.jpg", "image/jpeg"),
        ("a.pdf", "application/pdf"),
        ("a.wasm", "application/wasm"),
        ("a.pf_index", "application/octet-stream"),
        ("LICENSE", "application/octet-stream"),
        ("files/plan.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("files/plan.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("files/plan.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("files/plan.odt", "application/vnd.oasis.opendocument.text"),
        ("files/plan.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("files/book.epub", "application/epub+zip"),
        ("files/all.zip", "application/zip"),
        ("files/list.csv", "text/csv; charset=utf-8"),
        ("files/talk.mp3", "audio/mpeg"),
        ("files/talk.m4a", "audio/mp4"),
        ("files/film.webm", "video/webm"),
        ("favicon.ico", "image/x-icon"),
        (".well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_media_types(path, kind):
    assert media_type(path) == kind
