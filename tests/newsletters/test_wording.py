"""Dates and labels by language."""

from datetime import date

import pytest

from clusterpress.library.entries import TeaserCard
from clusterpress.theme.wording import open_wording
from tests.newsletters.make import THEME


def when(lang, day, last=None, words=""):
    card = TeaserCard(kind="event", title="", url="", lang=lang, day=day, last_day=last, when=words)
    return open_wording(THEME, lang, "newsletter").dates.when(card)


@pytest.mark.parametrize(
    ("lang", "last", "expected"),
    [
        ("en", None, "21 February 2012"),
        ("en", date(2012, 2, 22), "21–22 February 2012"),
        ("en", date(2012, 3, 1), "21 February – 1 March 2012"),
        ("fr", date(2012, 2, 22), "21–22 février 2012"),
        ("sk", date(2012, 2, 22), "21. – 22. februára 2012"),
        ("pl", date(2012, 2, 22), "21–22 lutego 2012"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(lang, last, expected):
    assert when(lang, date(2012, 2, 21), last) == expected


def test_a_period_in_words_stays_as_it_is():
    assert when("en", date(2012, 4, 1), words="beginning of April 2012") == "beginning of April 2012"


@pytest.mark.parametrize("lang", ["en", "fr", "ar", "sk", "pl"])
def test_every_language_has_all_words(lang):
    english, own = (
        open_wording(THEME, "en", "newsletter").labels,
        open_wording(THEME, lang, "newsletter").labels,
    )
    needed = ["newsletter", "issue_number", "in_this_issue", "page_of", "dates_to_follow"]
    assert lang == "en" or all(own[key] != english[key] for key in needed)
    assert open_wording(THEME, lang, "newsletter").direction == ("rtl" if lang == "ar" else "ltr")
