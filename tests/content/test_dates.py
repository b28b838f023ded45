from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.content.dates import format_day, read_moment
from clusterpress.parsing.values import ValueFault

BRUSSELS = ZoneInfo("Europe/Brussels")
LANGUAGES = [
    "en", "fr", "ar", "ar-LB", "de", "it", "es", "sk", "pl", "cs", "sl", "hu", "pt", "nl", "ro", "hr", "el", "bg", "da",
    "sv", "fi", "et", "lv", "lt", "ga", "mt", "ca", "is", "no", "mk", "sq", "sr", "sr-Latn", "tr", "uk",
]  # fmt: skip
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def read(text, *languages):
    return read_moment(text, "Europe/Brussels", (*languages, "en"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("June 15, 2019", date(2019, 6, 15)),
        ("13 MAY 2014", date(2014, 5, 13)),
        ("15 November 2021", date(2021, 11, 15)),
        ("2019-06-15", date(2019, 6, 15)),
        ("2019/6/5", date(2019, 6, 5)),
        ("14.11.2011", date(2011, 11, 14)),
        ("5. 6. 2019", date(2019, 6, 5)),
        ("14/11/2011", date(2011, 11, 14)),
        ("11/14/2011", date(2011, 11, 14)),
        ("05/05/2019", date(2019, 5, 5)),
        ("Monday 14 November 2011", date(2011, 11, 14)),
        ("the 1st of June 2012", date(2012, 6, 1)),
        ("1er juin 2012", date(2012, 6, 1)),
        ("Sept 3 2019", date(2019, 9, 3)),
        ("12 FÉVRIER 2019", date(2019, 2, 12)),
        ("12 fevrier 2019", date(2019, 2, 12)),
        ("2019. június 15.", date(2019, 6, 15)),
        ("١٥ حزيران ٢٠١٩", date(2019, 6, 15)),
        ("15 يونيو 2019", date(2019, 6, 15)),
        ("15 جوان 2019", date(2019, 6, 15)),
        ("15 غشت 2019", date(2019, 8, 15)),
        ("20270615", date(2027, 6, 15)),
        ("Tuesday 20270615", date(2027, 6, 15)),
        ("15 Jänner 2027", date(2027, 1, 15)),
        ("15. Jän. 2027", date(2027, 1, 15)),
        ("15 Feber 2027", date(2027, 2, 15)),
    ],
)
def test_a_day_is_read_in_the_forms_that_staff_write(text, day):
    moment = read(text)
    assert moment.day == day
    assert moment.at is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2022-01-11 17:50:00 -0500", datetime(2022, 1, 11, 17, 50, tzinfo=timezone(-timedelta(hours=5)))),
        ("2011-11-14 09:00", datetime(2011, 11, 14, 9, tzinfo=BRUSSELS)),
        ("2019-06-15T10:00:00Z", datetime(2019, 6, 15, 10, tzinfo=UTC)),
        ("2019-06-15 10:00:00.123+02:00", datetime(2019, 6, 15, 10, tzinfo=timezone(timedelta(hours=2)))),
        ("2021-11-15 10:00:00 UTC", datetime(2021, 11, 15, 10, tzinfo=UTC)),
        ("June 15, 2019, 9:05 pm", datetime(2019, 6, 15, 21, 5, tzinfo=BRUSSELS)),
        ("June 15, 2019 12:00 am", datetime(2019, 6, 15, 0, tzinfo=BRUSSELS)),
        ("le 15 juin 2019 à 9h30", datetime(2019, 6, 15, 9, 30, tzinfo=BRUSSELS)),
    ],
)
def test_a_time_is_read_with_its_zone_or_the_sites(text, at):
    assert read(text).at == at
    assert read(text).at.utcoffset() == at.utcoffset()


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "05/06/2019",
            '"05/06/2019" can be 5 June 2019 or 6 May 2019',
            'write "5 June 2019" if that is meant',
        ),
        ("31 June 2019", "there is no 31 June 2019", "June 2019 has 30 days"),
        ("2019-02-29", "there is no 29 February 2019", "February 2019 has 28 days"),
        ("13/13/2019", "there is no month 13", 'write it like "15 June 2019" or "2019-06-15"'),
        (
            "Tuesday 14 November 2011",
            "14 November 2011 is a Monday, not a Tuesday",
            "correct the weekday or the date",
        ),
        ("15 Jume 2019", '"15 Jume 2019" is not a date', 'did you mean "June"?'),
        ("15/06/19", 'the year of "15/06/19" is cut short', "write the year with four digits"),
        ("0019-06-15", "the year 19 is not between 1990 and 2100", "write the year with four digits"),
        ("15 June 20199", "the year 20199 is not between 1990 and 2100", "write the year with four digits"),
        ("June 2019", 'the date "June 2019" has no day', 'write it like "15 June 2019" or "2019-06-15"'),
        ("15 June", 'the date "15 June" has no year', 'write it like "15 June 2019" or "2019-06-15"'),
        ("soon", '"soon" is not a date', 'write it like "15 June 2019" or "2019-06-15"'),
        ("2019-06-15 25:00", 'there is no time "25:00"', 'write it like "09:00"'),
        (
            "15 June 16 July 2019",
            '"15 June 16 July 2019" is not a date',
            'write it like "15 June 2019" or "2019-06-15"',
        ),
    ],
)
def test_what_has_no_reading_or_two_is_told_with_a_remedy(text, message, hint):
    with pytest.raises(ValueFault) as fault:
        read(text)
    assert (fault.value.message, fault.value.hint) == (message, hint)


@pytest.mark.parametrize(
    "text",
    [
        "never", "now", "none", "today", "tomorrow", "tbd", "tba", "always", "unknown", "later", "ongoing", "open",
        "forever", "permanent", "yes", "no", "daily", "jamais", "nie", "nunca", "immer", "mai più", "nooit",
    ],
)  # fmt: skip
def test_a_word_that_is_no_month_is_not_taken_for_one(text):
    with pytest.raises(ValueFault) as fault:
        read(text, "de", "fr", "es")
    assert "did you mean" not in fault.value.hint


@pytest.mark.parametrize(
    ("typed", "meant"), [("Setpember", "September"), ("Febuary", "February"), ("Augsut", "August")]
)
def test_a_slip_in_a_month_is_mended(typed, meant):
    with pytest.raises(ValueFault, match="is not a date") as fault:
        read(f"15 {typed} 2027")
    assert fault.value.hint == f'did you mean "{meant}"?'


def test_a_month_that_differs_between_languages_is_that_of_the_items_language():
    assert read("15 listopada 2019", "pl").day == date(2019, 11, 15)
    assert read("15 listopada 2019", "hr").day == date(2019, 10, 15)
    with pytest.raises(ValueFault, match="not the same month in all languages"):
        read("15 listopada 2019")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_is_read_in_every_language_and_length(language):
    for month in range(1, 13):
        day = date(2012, month, 11 + month)
        for form in ("long", "full", "d MMM y", "d MMMM y"):
            text = format_date(day, form, locale=language.replace("-", "_"))
            assert read(text, language).day == day, text


@given(DAYS, st.sampled_from(["{0:%Y-%m-%d}", "{0.day}.{0.month}.{0.year}", "{0.year}/{0.month}/{0.day}"]))
def test_days_in_figures_round_trip(day, form):
    assert read(form.format(day)).day == day


@given(DAYS)
def test_days_in_words_round_trip(day):
    assert read(format_day(day)).day == day


@given(st.text())
def test_no_text_is_more_than_unreadable(text):
    with suppress(ValueFault):
        assert 1990 <= read(text).day.year <= 2100
