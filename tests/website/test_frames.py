"""The frame of a programme's news for other sites, and the links to its print files."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

ASKS = "poster: true\nproject_sheet: true\nembed: true\n"
FILES = {
    "programmes/cord.md": f"---\ntitle: Cord\n{ASKS}funding: {{rules: cpr-2014}}\n---\nText.\n",
    "programmes/cord.ar.md": "---\ntitle: حبل\nlang: ar\n---\nنص.\n",
    "programmes/other.md": "---\ntitle: Other\n---\nText.\n",
    **{
        f"news/{n}.md": f"---\ntitle: News {n}\ndate: 2019-04-{n:02}\nprogramme: [cord, other]\n---\nT.\n"
        for n in range(1, 8)
    },
}


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(FILES, languages=("en", "ar", "fr"))


def test_a_frame_shows_the_latest_news_and_who_pays(site):
    page = LexborHTMLParser(site.page("embed/cord/index.html"))
    assert [one.text() for one in page.css("li > a")] == [f"News {n}" for n in (7, 6, 5, 4, 3)]
    assert page.css_first("li > a").attributes["href"] == "https://x.eu/news/2019/7/"
    assert page.css_first("h1 a").attributes["href"] == "https://x.eu/programmes/cord/"
    text = site.page("embed/cord/index.html")
    assert page.css_first(".mark .emblem")
    assert text.index("European Union – European Regional Development Fund") < text.index("News 7")


def test_a_frame_needs_nothing_and_is_not_found_by_search_engines(site):
    text = site.page("embed/cord/index.html")
    page = LexborHTMLParser(text)
    assert not page.css("script, link, img, iframe, form")
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert page.css_first("base").attributes["target"] == "_blank"
    assert "frame-ancestors" not in text
    assert "embed/" not in site.page("sitemap.xml")
    assert len(text.encode()) < 8_000


def test_each_language_with_a_page_of_the_programme_has_a_frame(site):
    assert sorted(path for path in site.outputs if path.startswith("embed/")) == [
        "embed/ar/cord/index.html",
        "embed/cord/index.html",
    ]
    arabic = LexborHTMLParser(site.page("embed/ar/cord/index.html"))
    assert arabic.css_first("html").attributes["dir"] == "rtl"
    assert "حبل" in arabic.css_first("h1").text()


def test_the_page_of_a_programme_links_to_its_print_files(site):
    page = LexborHTMLParser(site.page("programmes/cord/index.html"))
    links = {one.attributes["href"]: one.text() for one in page.css('a[type="application/pdf"]')}
    assert links == {
        "/programmes/cord/poster.pdf": "Poster (PDF, A3)",
        "/programmes/cord/project-sheet.pdf": "Project sheet (PDF)",
    }
    assert "/ar/programmes/cord/poster.pdf" in site.page("ar/programmes/cord/index.html")
    assert not re.search(r"\.pdf", site.page("programmes/other/index.html"))
