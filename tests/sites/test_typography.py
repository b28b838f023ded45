"""Quotation marks are the same on the page, in lists, feeds, search, newsletters and mail."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.sites.small_site import Site

NEWS = "---\ntitle: '\"A\" - it''s new'\ndate: 2019-04-12\nsummary: '\"S\" ...'\nimage: {{src: p.png, alt: '\"Alt\"', caption: '\"C\"'}}\n{}---\nHe said \"*yes*\".\n"
FILES = {
    "content/news/a.md": NEWS.format(""),
    "content/news/a.fr.md": NEWS.format(""),
    "content/news/typed.md": NEWS.replace("A", "T").format("typography: false\n"),
    "content/events/e.md": "---\ntitle: '\"E\" day'\nstart: 2019-05-12\n---\nText.\n",
    "content/news/e.md": "---\ntitle: Report\ndate: 2019-05-13\nevent: '\"E\" day'\nauthor: Ann O'Brien\n---\nText.\n",
    "content/newsletters/letter/1.md": (
        "---\ntitle: '\"Issue\"'\nnewsletter: letter\nnumber: 1\ndate: 2019-06-01\nsections:\n"
        "  - {title: '\"Part\"', text: 'It''s \"so\".', items: [a]}\n---\nDear \"readers\".\n"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    from tests.sites.small_site import PICTURE_BYTES

    site = Site(tmp_path_factory.mktemp("marks"), FILES | {"content/news/p.png": PICTURE_BYTES})
    config = "name: S\nurl: https://example.eu/\nlanguages: [en, fr]\nnewsletters: {letter: {name: L}}\n"
    site.write("site_config.yml", config)
    site.build()
    return site


def words(site, path):
    return " ".join(LexborHTMLParser(site.read(path)).text().split())


@pytest.mark.parametrize("path", ["news/2019/a/index.html", "news/index.html", "index.html"])
def test_pages_and_lists_show_the_marks_of_the_language(site, path):
    assert "“A” – it’s new" in words(site, path)
    assert path == "index.html" or "“S” …" in words(site, path)


def test_the_page_keeps_alternative_texts_and_sets_captions(site):
    page = LexborHTMLParser(site.read("news/2019/a/index.html"))
    assert page.css_first("main img").attributes["alt"] == '"Alt"'
    assert "“C”" in page.css_first("main figcaption").text()
    assert "He said “yes”." in page.css_first("main").text()


def test_another_language_has_its_own(site):
    assert "« A » – it’s new" in words(site, "fr/news/2019/a/index.html").replace("\u00a0", " ")


def test_an_item_can_stay_as_typed(site):
    page = words(site, "news/2019/typed/index.html")
    assert '"T" - it\'s new' in page
    assert 'He said "yes".' in page


def test_feeds_say_the_same(site):
    item = next(one for one in json.loads(site.read("feed.json"))["items"] if one["url"].endswith("2019/a/"))
    assert item["title"] == "“A” – it’s new"
    assert "He said “<em>yes</em>”." in item["content_html"]
    assert "“A” – it’s new" in site.read("feed.xml")


def test_newsletters_and_mail_say_the_same(site):
    folder = site.root / "site/newsletters/letter/1"
    for name in ("all/index.html", "email.html", "email.txt"):
        text = (folder / name).read_text("utf-8")
        for mark in ("“Part”", "It’s “so”.", "Dear “readers”.", "“A” – it’s new"):
            assert mark in text, (name, mark)


def test_names_stay_as_typed_and_are_found(site):
    assert "Ann O'Brien" in words(site, "news/2019/e/index.html")
    assert "“E” day" in words(site, "events/e/index.html")


def test_a_site_can_stay_as_typed(site):
    config = site.root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "typography: false\n", "utf-8")
    site.build()
    assert '"A" - it\'s new' in words(site, "news/2019/a/index.html")
    assert "“" not in site.read("newsletters/letter/1/email.txt")
