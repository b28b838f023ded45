"""The list of news is filtered by format, with pages that need no script."""

import pytest
from selectolax.lexbor import LexborHTMLParser

NEWS = "---\ntitle: {0}\ndate: 2019-0{1}-12\nformat: {2}\n---\nText.\n"
FILES = {
    **{f"news/r{n}.md": NEWS.format(f"R{n}", n, "report") for n in range(1, 6)},
    "news/i.md": NEWS.format("I", 3, "interview"),
    "news/i.fr.md": NEWS.format("F", 3, "interview"),
    "news/plain.md": "---\ntitle: P\ndate: 2019-01-01\n---\nText.\n",
}


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(FILES, languages=("en", "fr", "ar"), page_size=2)


def titles(site, path):
    return [one.text().strip() for one in LexborHTMLParser(site.page(path)).css(".card__title")]


def test_the_list_of_news_leads_to_each_format_with_its_number(site):
    (box,) = [
        one
        for one in LexborHTMLParser(site.page("news/index.html")).css("details.narrow")
        if "Report" in one.text()
    ]
    assert [(one.attributes["href"], one.text()) for one in box.css("a")] == [
        ("/news/format/interview/", "Interview"),
        ("/news/format/report/", "Report"),
    ]
    assert "(5)" in box.text()


def test_a_format_has_its_news_newest_first_on_numbered_pages(site):
    assert titles(site, "news/format/report/index.html")[:2] == ["R5", "R4"]
    numbered = [path for path in site.outputs if path.startswith("news/format/report/page/")]
    shown = {title for path in numbered for title in titles(site, path)}
    assert {"R1", "R2"} <= shown
    assert "I" not in shown
    assert LexborHTMLParser(site.page("news/format/report/index.html")).css_first("h1").text() == "Report"


def test_languages_have_the_formats_that_they_use(site):
    assert "fr/news/format/interview/index.html" in site.outputs
    assert not [path for path in site.outputs if path.startswith(("ar/news/format", "fr/news/format/report"))]
    assert not LexborHTMLParser(site.page("fr/news/index.html")).css(
        "a[href*='/format/']"
    )  # one is no choice
    assert "<h1" in site.page("fr/news/format/interview/index.html")


def test_sites_without_formats_have_no_such_pages(make_site):
    site = make_site({"news/plain.md": FILES["news/plain.md"]})
    assert not [path for path in site.outputs if "/format/" in path]
