"""Dates, labels and funding words by language."""

from datetime import date

import pytest

from clusterpress.content.items import Funding
from clusterpress.library import Card
from clusterpress.newsletters.funding import word_funding
from clusterpress.newsletters.issues import Payer
from clusterpress.newsletters.wording import open_wording
from tests.newsletters.make import THEME


def when(lang, day, last=None, words=""):
    card = Card(kind="event", title="", url="", lang=lang, day=day, last_day=last, when=words)
    return open_wording(THEME, lang).when(card)


@pytest.mark.parametrize(
    ("lang", "last", "expected"),
    [
        ("en", None, "21 February 2012"),
        ("en", date(2012, 2, 22), "21–22 February 2012"),
        ("en", date(2012, 3, 1), "21 February – 1 March 2012"),
        ("fr", date(2012, 2, 22), "21–22 février 2012"),
        ("sk", date(2012, 2, 22), "21. – 22. 2. 2012"),
        ("pl", date(2012, 2, 22), "21–22 lutego 2012"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(lang, last, expected):
    written = when(lang, date(2012, 2, 21), last)
    assert written.replace("\u2009", " ").replace("\xa0", " ") == expected


def test_a_period_in_words_stays_as_it_is():
    assert when("en", date(2012, 4, 1), words="beginning of April 2012") == "beginning of April 2012"


@pytest.mark.parametrize("lang", ["en", "fr", "ar", "sk", "pl"])
def test_every_language_has_all_words(lang):
    english, own = open_wording(THEME, "en").labels, open_wording(THEME, lang).labels
    needed = ["newsletter", "issue_number", "in_this_issue", "page_of", "dates_to_follow", "emblem"]
    assert lang == "en" or all(own[key] != english[key] for key in needed)
    assert open_wording(THEME, lang).direction == ("rtl" if lang == "ar" else "ltr")


@pytest.mark.parametrize(
    ("funding", "statement", "detail"),
    [
        (
            Funding(rules="erdf-2007", statement="By the ERDF.", fund="ERDF", slogan="Your future"),
            "By the ERDF.",
            "Cord · ERDF · Your future",
        ),
        (Funding(rules="cpr-2021"), "Co-funded by the European Union", "Cord"),
        (Funding(rules="h2020", grant="123456"), "grant agreement No 123456", "Cord"),
        (Funding(rules="mga-2021", authority="EISMEA"), "Funded by the European Union", "or EISMEA. Neither"),
        (
            Funding(rules="external", disclaimer="Ours alone."),
            "Funded by the European Union",
            "Cord. Ours alone.",
        ),
    ],
)
def test_funding_is_worded_by_its_rule_set(funding, statement, detail):
    words = word_funding(Payer(name="Cord", lang="en", funding=funding), open_wording(THEME, "en"))
    assert statement in words.statement
    assert detail in words.detail
