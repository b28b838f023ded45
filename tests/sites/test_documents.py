"""Galleries, and links that say type and size, on the page, in feeds, newsletters and mail."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.sites.small_site import PICTURE_BYTES, Site

BODY = 'See the [report](report.pdf) and [the plan (ODT)](/files/plan.odt).\n\n```gallery\n![A hall](p.png "Full") Ann\n```\n'
FILES = {
    "content/news/a.md": f"---\ntitle: A\ndate: 2019-04-12\nmore: [{{label: The plan, url: /files/plan.odt}}]\n---\n{BODY}",
    "content/news/b.fr.md": f"---\ntitle: B\ndate: 2019-04-12\n---\n{BODY}",
    "content/authors/ann.md": "---\ntitle: Ann\n---\nMy [list](list.csv).\n",
    "content/news/c.md": "---\ntitle: C\ndate: 2019-04-12\nauthor: Ann\n---\nText.\n",
    "content/news/p.png": PICTURE_BYTES,
    "content/news/report.pdf": b"%PDF-1.4\n" + b"x" * 1_234_500,
    "content/authors/list.csv": b"a,b\n" * 500,
    "content/static/files/plan.odt": b"x" * 5_400,
    "content/newsletters/letter/1.md": (
        "---\ntitle: One\nnewsletter: letter\nnumber: 1\ndate: 2019-06-01\nsections:\n  - {title: P, items: [a]}\n---\n"
        'Dear, [the files](/files/plan.odt).\n\n```gallery\n![A hall](../../news/p.png "Full") Ann\n```\n'
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("documents"), FILES)
    config = "name: S\nurl: https://example.eu/\nlanguages: [en, fr]\nnewsletters: {letter: {name: L}}\nlogo: news/p.png\n"
    site.write("site_config.yml", config)
    site.build()
    return site


def words(text):
    return " ".join(LexborHTMLParser(text).text().replace("\u202f", " ").split())


def test_the_page_says_type_and_size(site):
    page = words(site.read("news/2019/a/index.html"))
    assert "See the report (PDF, 1.2 MB) and the plan (ODT)." in page
    assert "The plan (ODT, 5 kB)" in page
    assert "report (PDF, 1,2 Mo)" in words(site.read("fr/news/2019/b/index.html"))
    assert "My list (CSV, 2 kB)." in words(site.read("news/2019/c/index.html"))


def test_feeds_and_newsletters_say_it_too(site):
    items = json.loads(site.read("feed.json"))["items"]
    assert "report (PDF, 1.2 MB)" in words(next(one for one in items if one["title"] == "A")["content_html"])
    for name in ("all/index.html", "email.html", "email.txt"):
        assert "the files (ODT, 5 kB)" in words(site.read(f"newsletters/letter/1/{name}")), name
    issue = words(site.read("newsletters/letter/1/all/index.html"))
    assert "report (PDF, 1.2 MB)" in issue
    assert "The plan (ODT, 5 kB)" in issue


def test_a_gallery_leads_to_the_whole_picture(site):
    gallery = LexborHTMLParser(site.read("news/2019/a/index.html")).css_first(".gallery")
    address = gallery.css_first("a").attributes["href"]
    assert (site.root / "site" / address.lstrip("/")).exists()
    assert gallery.css_first("figcaption").text() == "Full Ann"
    assert "A hall" in site.read("newsletters/letter/1/email.html")
    assert "Full" in site.read("newsletters/letter/1/email.txt")


def test_icons_are_drawn_from_the_logo_and_linked_from_pages_and_issues(site):
    icons = {"favicon.ico", "icon-192.png", "icon-512.png", "apple-touch-icon.png", "site.webmanifest"}
    assert all((site.root / "site" / name).exists() for name in icons)
    for path in ("index.html", "newsletters/letter/1/index.html"):
        head = LexborHTMLParser(site.read(path)).css("link[rel*=icon],link[rel=manifest]")
        assert {one.attributes["href"].lstrip("/") for one in head} == icons - {"icon-512.png"}, path


def test_issues_are_described_for_search_engines(site):
    page = LexborHTMLParser(site.read("newsletters/letter/1/index.html"))
    issue = json.loads(page.css_first("script[type='application/ld+json']").text())
    assert (issue["@type"], issue["issueNumber"], issue["datePublished"]) == (
        "PublicationIssue",
        "1",
        "2019-06-01",
    )
    assert issue["isPartOf"]["name"] == "L"
    sheet = LexborHTMLParser(site.read("newsletters/letter/1/2/index.html"))
    described = [one.css_first("meta[name=description]").attributes["content"] for one in (page, sheet)]
    assert len(set(described)) == 2


def test_the_publishers_own_icons_win(site):
    own = (site.root / "site/favicon.ico").read_bytes()[:-1] + b"\0"
    site.write("content/static/favicon.ico", own)
    site.build()
    assert (site.root / "site/favicon.ico").read_bytes() == own
    assert not (site.root / "site/icon-192.png").exists()


def test_only_pages_with_a_gallery_load_its_style_sheet(site):
    assert "css/gallery.css" in site.read("news/2019/a/index.html")
    assert "css/gallery.css" not in site.read("news/2019/c/index.html")


def test_a_changed_file_changes_the_words_and_a_setting_removes_them(site):
    site.write("content/news/report.pdf", b"x" * 2_000_000)
    site.build()
    assert "report (PDF, 2 MB)" in words(site.read("news/2019/a/index.html"))
    config = site.root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "document_links: false\n", "utf-8")
    site.build()
    for path in ("news/2019/a/index.html", "newsletters/letter/1/email.txt", "feed.json"):
        assert "MB)" not in site.read(path)
