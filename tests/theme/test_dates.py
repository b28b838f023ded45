"""Dates by language: every row follows the rules that `clusterpress.theme.languages` names."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from clusterpress.theme.languages import date_formatter

ROWS = {
    "ar": ("21 فبراير 2012", "21–22 فبراير 2012", "28 فبراير – 1 مارس 2012", "30 ديسمبر 2011 – 2 يناير 2012"),
    "bg": (
        "21 февруари 2012 г.",
        "21 – 22 февруари 2012 г.",
        "28 февруари – 1 март 2012 г.",
        "30 декември 2011 г. – 2 януари 2012 г.",
    ),
    "cs": (
        "21. února 2012",
        "21.–22. února 2012",
        "28. února – 1. března 2012",
        "30. prosince 2011 – 2. ledna 2012",
    ),
    "da": (
        "21. februar 2012",
        "21.–22. februar 2012",
        "28. februar–1. marts 2012",
        "30. december 2011–2. januar 2012",
    ),
    "de": (
        "21. Februar 2012",
        "21.–22. Februar 2012",
        "28. Februar – 1. März 2012",
        "30. Dezember 2011 – 2. Januar 2012",
    ),
    "el": (
        "21 Φεβρουαρίου 2012",
        "21–22 Φεβρουαρίου 2012",
        "28 Φεβρουαρίου – 1 Μαρτίου 2012",
        "30 Δεκεμβρίου 2011 – 2 Ιανουαρίου 2012",
    ),
    "en": (
        "21 February 2012",
        "21–22 February 2012",
        "28 February – 1 March 2012",
        "30 December 2011 – 2 January 2012",
    ),
    "es": (
        "21 de febrero de 2012",
        "21–22 de febrero de 2012",
        "28 de febrero – 1 de marzo de 2012",
        "30 de diciembre de 2011 – 2 de enero de 2012",
    ),
    "et": (
        "21. veebruar 2012",
        "21.–22. veebruar 2012",
        "28. veebruar – 1. märts 2012",
        "30. detsember 2011 – 2. jaanuar 2012",
    ),
    "fi": (
        "21. helmikuuta 2012",
        "21.–22. helmikuuta 2012",
        "28. helmikuuta – 1. maaliskuuta 2012",
        "30. joulukuuta 2011 – 2. tammikuuta 2012",
    ),
    "fr": (
        "21 février 2012",
        "21–22 février 2012",
        "28 février – 1er mars 2012",
        "30 décembre 2011 – 2 janvier 2012",
    ),
    "ga": (
        "21 Feabhra 2012",
        "21–22 Feabhra 2012",
        "28 Feabhra – 1 Márta 2012",
        "30 Nollaig 2011 – 2 Eanáir 2012",
    ),
    "hr": (
        "21. veljače 2012.",
        "21. – 22. veljače 2012.",
        "28. veljače – 1. ožujka 2012.",
        "30. prosinca 2011. – 2. siječnja 2012.",
    ),
    "hu": (
        "2012. február 21.",
        "2012. február 21–22.",
        "2012. február 28. – március 1.",
        "2011. december 30. – 2012. január 2.",
    ),
    "it": (
        "21 febbraio 2012",
        "21–22 febbraio 2012",
        "28 febbraio – 1º marzo 2012",
        "30 dicembre 2011 – 2 gennaio 2012",
    ),
    "lt": (
        "2012 m. vasario 21 d.",
        "2012 m. vasario 21–22 d.",
        "2012 m. vasario 28 d. – kovo 1 d.",
        "2011 m. gruodžio 30 d. – 2012 m. sausio 2 d.",
    ),
    "lv": (
        "2012. gada 21. februāris",
        "2012. gada 21.–22. februāris",
        "2012. gada 28. februāris – 1. marts",
        "2011. gada 30. decembris – 2012. gada 2. janvāris",
    ),
    "mt": (
        "21 ta’ Frar 2012",
        "21–22 ta’ Frar 2012",
        "28 ta’ Frar – 1 ta’ Marzu 2012",
        "30 ta’ Diċembru 2011 – 2 ta’ Jannar 2012",
    ),
    "nl": (
        "21 februari 2012",
        "21–22 februari 2012",
        "28 februari – 1 maart 2012",
        "30 december 2011 – 2 januari 2012",
    ),
    "pl": (
        "21 lutego 2012",
        "21–22 lutego 2012",
        "28 lutego – 1 marca 2012",
        "30 grudnia 2011 – 2 stycznia 2012",
    ),
    "pt": (
        "21 de fevereiro de 2012",
        "21–22 de fevereiro de 2012",
        "28 de fevereiro – 1 de março de 2012",
        "30 de dezembro de 2011 – 2 de janeiro de 2012",
    ),
    "ro": (
        "21 februarie 2012",
        "21–22 februarie 2012",
        "28 februarie – 1 martie 2012",
        "30 decembrie 2011 – 2 ianuarie 2012",
    ),
    "sk": (
        "21. februára 2012",
        "21. – 22. februára 2012",
        "28. februára – 1. marca 2012",
        "30. decembra 2011 – 2. januára 2012",
    ),
    "sl": (
        "21. februar 2012",
        "21.–22. februar 2012",
        "28. februar–1. marec 2012",
        "30. december 2011–2. januar 2012",
    ),
    "sr": (
        "21. фебруар 2012.",
        "21–22. фебруар 2012.",
        "28. фебруар – 1. март 2012.",
        "30. децембар 2011. – 2. јануар 2012.",
    ),
    "sr-Latn": (
        "21. februar 2012.",
        "21–22. februar 2012.",
        "28. februar – 1. mart 2012.",
        "30. decembar 2011. – 2. januar 2012.",
    ),
    "sv": (
        "21 februari 2012",
        "21–22 februari 2012",
        "28 februari–1 mars 2012",
        "30 december 2011–2 januari 2012",
    ),
    "tr": ("21 Şubat 2012", "21–22 Şubat 2012", "28 Şubat – 1 Mart 2012", "30 Aralık 2011 – 2 Ocak 2012"),
    "uk": (
        "21 лютого 2012 р.",
        "21–22 лютого 2012 р.",
        "28 лютого — 1 березня 2012 р.",
        "30 грудня 2011 р. — 2 січня 2012 р.",
    ),
    # Languages without a form of their own, and codes that are no language.
    "he": (
        "21 בפברואר 2012",
        "21–22 בפברואר 2012",
        "28 בפברואר 2012 – 1 במרץ 2012",
        "30 בדצמבר 2011 – 2 בינואר 2012",
    ),
    "nb": (
        "21. februar 2012",
        "21.–22. februar 2012",
        "28. februar 2012 – 1. mars 2012",
        "30. desember 2011 – 2. januar 2012",
    ),
    "xx": (
        "21 February 2012",
        "21–22 February 2012",
        "28 February – 1 March 2012",
        "30 December 2011 – 2 January 2012",
    ),
}
CASES = (
    (date(2012, 2, 21), date(2012, 2, 21)),
    (date(2012, 2, 21), date(2012, 2, 22)),
    (date(2012, 2, 28), date(2012, 3, 1)),
    (date(2011, 12, 30), date(2012, 1, 2)),
)


@pytest.mark.parametrize("lang", ROWS)
def test_days_and_ranges_follow_the_rules_of_the_language(lang):
    written = [date_formatter(lang).days(first, last) for first, last in CASES]
    assert [text.replace("\xa0", " ") for text in written] == list(ROWS[lang])


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("bg", "2012\xa0г."), ("lt", "2012\xa0m."), ("lt", "21\xa0d."), ("uk", "2012\xa0р.")],
)
def test_an_abbreviation_stays_on_the_line_of_its_number(lang, expected):
    assert expected in date_formatter(lang).day(date(2012, 2, 21))


@pytest.mark.parametrize("line", Path(__file__).with_name("month_names.txt").read_text("utf-8").splitlines())
def test_an_update_of_babel_changes_no_name_of_a_month(line):
    lang, form, *names = line.replace(": ", ",").split(",")
    formatter = date_formatter(lang)
    days = [date(2012, month, 2) for month in range(1, 13)]
    write = {"month": formatter.month, "short": formatter.short_month, "date": formatter.day}[form]
    assert [write(day).replace("\xa0", " ") for day in days] == names


@pytest.mark.parametrize(
    ("lang", "first", "last", "expected"),
    [
        ("fr", date(2012, 3, 1), date(2012, 3, 3), "1er–3 mars 2012"),
        ("it", date(2012, 3, 1), date(2012, 3, 1), "1º marzo 2012"),
        ("en", date(2012, 3, 1), date(2012, 3, 3), "1–3 March 2012"),
        ("en", date(2012, 3, 3), date(2012, 3, 1), "3 March 2012"),
        ("en-US", date(2012, 3, 1), date(2012, 3, 3), "March 1–3, 2012"),
        ("en-US", date(2012, 2, 21), date(2012, 2, 21), "February 21, 2012"),
        ("en-US", date(2012, 2, 28), date(2012, 3, 2), "February 28 – March 2, 2012"),
        ("en-CA", date(2011, 12, 30), date(2012, 1, 2), "December 30, 2011 – January 2, 2012"),
        ("en-AU", date(2012, 3, 1), date(2012, 3, 3), "1–3 March 2012"),
        ("pt-BR", date(2012, 2, 21), date(2012, 2, 21), "21 de fevereiro de 2012"),
    ],
)
def test_first_days_and_variants_of_languages(lang, first, last, expected):
    assert date_formatter(lang).days(first, last) == expected


def test_a_period_in_words_stays_as_it_is():
    formatter = date_formatter("en")
    dated = SimpleNamespace(day=date(2012, 4, 1), last_day=None, when="beginning of April 2012")
    assert formatter.when(dated) == "beginning of April 2012"
    assert formatter.when(SimpleNamespace(day=None, last_day=None, when="")) == ""
    assert formatter.when(SimpleNamespace(day=date(2012, 4, 1), last_day=None, when="")) == "1 April 2012"


def test_parts_of_a_date_stand_by_themselves():
    formatter, day = date_formatter("en"), date(2012, 2, 1)
    parts = (formatter.month, formatter.short_month, formatter.number_of_day, formatter.year)
    assert [write(day) for write in parts] == ["February", "Feb", "1", "2012"]


BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("bg", "09:05 – 14:30 ч. CET"),
        ("cs", "9:05–14:30 SEČ"),
        ("da", "09.05–14.30 CET"),
        ("de", "09:05–14:30 MEZ"),
        ("en", "09:05–14:30 CET"),
        ("es", "9:05–14:30 CET"),
        ("fi", "9.05–14.30 CET"),
        ("fr", "09:05–14:30 CET"),
        ("hu", "9:05–14:30 CET"),
        ("sk", "9:05 – 14:30 SEČ"),
        ("ar", "09:05–14:30 CET"),
        ("nb", "09:05–14:30 CET"),
    ],
)
def test_times_are_written_with_their_zone(lang, expected):
    start = datetime(2012, 2, 21, 9, 5, tzinfo=BRUSSELS)
    assert date_formatter(lang).times(start, start.replace(hour=14, minute=30)) == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "01:30 CET–04:00 CEST"), ("sk", "1:30 SEČ – 4:00 SELČ"), ("xx", "01:30 CET–04:00 CEST")],
)
def test_each_time_has_its_zone_if_clocks_change_in_between(lang, expected):
    start, end = (datetime(2027, 3, 28, *clock, tzinfo=BRUSSELS) for clock in ((1, 30), (4, 0)))
    assert date_formatter(lang).times(start, end) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2012, 7, 21, 9, 5, tzinfo=BRUSSELS), "09:05 CEST"),
        (datetime(2012, 7, 21, 9, 5, tzinfo=ZoneInfo("Asia/Kathmandu")), "09:05 UTC+05:45"),
        (datetime(2012, 7, 21, 9, 5, tzinfo=timezone(timedelta(hours=-3))), "09:05 UTC-03:00"),
        (datetime(2012, 7, 21, 9, 5, tzinfo=UTC), "09:05 UTC"),
        (None, ""),
    ],
)
def test_every_zone_has_a_name(at, expected):
    assert date_formatter("en").times(at, at) == expected
