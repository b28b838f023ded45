"""The lead story of the home page: which one it is, and how its picture stands."""

from datetime import date

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from clusterpress.library.entries import TeaserCard
from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.website.pages.entrances import is_thin, lead_form

LONG = "The partners met for two days and compared how they help small firms grow."
WIDE, UPRIGHT, SMALL, DRAWN = (1200, 675, "image/jpeg"), (600, 1000, "image/jpeg"), (320, 180, "image/jpeg"), (
    100,
    56,
    "image/svg+xml",
)  # fmt: skip


def card(size=None, summary=""):
    shown = None
    if size:
        wide, high, kind = size
        shown = ShownPicture(
            picture=Picture(source="a", url="a", width=wide, height=high, type=kind, length=1, key=b"a")
        )
    base = TeaserCard(kind="news", title="A", url="a/", lang="en", day=date(2019, 5, 5))
    return replace(base, summary=summary, picture=shown)


@pytest.mark.parametrize(
    ("size", "summary", "form"),
    [
        (None, "Minutes are available on request.", "quiet"),
        (UPRIGHT, "Short.", "quiet"),
        (SMALL, "Short.", "quiet"),
        (UPRIGHT, LONG, "beside"),
        (SMALL, LONG, "beside"),
        (WIDE, "", ""),
        (DRAWN, "", ""),  # drawings have no pixels
        (None, LONG, ""),
    ],
)
def test_large_space_is_earned(size, summary, form):
    assert lead_form(card(size, summary)) == form
    assert is_thin(card(size, summary)) == (form == "quiet")


def news(day, summary="", *lines):
    return "\n".join(
        ["---", f"title: N {day}", f"date: {day}", f"summary: {summary}", *lines, "---", "Text."]
    )


def lead_of(make_site, *files):
    site = make_site({f"news/{number}.md": text for number, text in enumerate(files)})
    html = LexborHTMLParser(site.page("index.html"))
    titles = [one.text() for one in html.css(".card__title")]
    assert sorted(titles) == sorted(set(titles))
    return html.css_first(".card--lead .card__title").text(), titles


@pytest.mark.parametrize(
    ("files", "lead"),
    [
        ((news("2019-05-05"), news("2019-05-01", LONG)), "N 2019-05-01"),
        ((news("2019-05-05", LONG), news("2019-05-01", LONG)), "N 2019-05-05"),
        ((news("2019-05-05"), news("2019-05-01")), "N 2019-05-05"),
        ((news("2019-05-05"), news("2018-05-01", LONG)), "N 2019-05-05"),  # too old to lead
        ((news("2019-05-05"), news("2019-04-01", "", "pinned: true")), "N 2019-04-01"),
    ],
)
def test_a_thin_newest_item_gives_way_to_one_that_has_something_to_show(make_site, files, lead):
    found, titles = lead_of(make_site, *files)
    assert found == lead
    assert len(titles) == len(files)
