"""Times of day, alone and in ranges, as people write them in many languages."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_datetime, format_interval
from hypothesis import given
from hypothesis import strategies as st
from tests.content.test_dates import BRUSSELS, LANGUAGES

from clusterpress.content.date_ranges import find_doubt, read_range
from clusterpress.content.dates import read_moment
from clusterpress.parsing.values import ValueFault

JUNE_15 = date(2027, 6, 15)


def read(text, *languages, zone="Europe/Brussels"):
    return read_moment(text, zone, (*languages, "en"))


def span(text, *languages, zone="Europe/Brussels"):
    return read_range(text, zone, (*languages, "en"))


@pytest.mark.parametrize(
    "written",
    [
        "15 June 2027, 14:30", "15 June 2027 at 14:30", "15 June 2027 - 14:30", "15 June 2027 | 14:30",
        "14:30, 15 June 2027", "2.30 pm, 15 June 2027", "2:30pm on 15 June 2027", "15 June 2027, 2.30 pm",
        "15 June 2027, 2:30 p.m.", "15 June 2027 at 14.30", "15 June 2027, 14.30", "15 June 2027 14h30",
        "le 15 juin 2027 à 14h30", "15 juin 2027, 14 h 30", "15. Juni 2027, 14.30 Uhr", "15.6.2027 klo 14.30",
        "15. Juni 2027 um 14:30 Uhr", "15 giugno 2027, ore 14.30", "15 de junio de 2027 a las 14:30",
        "15 czerwca 2027, godz. 14:30", "15. 6. 2027 o 14:30", "15 juni 2027 om 14.30 uur", "15.06.2027 14.30",
        "15. juni 2027 kl. 14.30", "Tuesday 15/06/2027 14:30", "Dienstag, 15.06.2027, 14:30 Uhr",
        "2027-06-15 14:30", "2027-06-15T14:30", "15 يونيو 2027، 2:30 م", "15 Ιουνίου 2027, 2:30 μ.μ.",
        "15 June 2027, 14:30 CEST", "15 June 2027, 14:30 (CEST)", "15. Juni 2027, 14:30 Uhr MESZ",
        "15 June 2027, 14:30 Brussels time", "15 June 2027, 14:30 local time", "15 June 2027, 14:30 Europe/Paris",
        "15 June 2027, 13:30 Lisbon time", "15 June 2027, 13:30 BST", "15 June 2027, 8:30 am EDT",
        "15 June 2027, 12:30 UTC", "15 June 2027, 12:30 GMT", "15 June 2027 14:30 UTC+2", "15 June 2027 14:30+02:00",
        "2027-06-15T14:30:00+0200", "2027-06-15 05:30 -07:00", "2027-06-15T05:30-07:00", "2027-06-15 05:30:00 -0700",
        "Tue, 15 Jun 2027 14:30:00 +0200", "June 15, 2027 @ 2:30 pm", "15 June 2027 @ 14:30", "15. junija 2027 ob 14.30",
        "15. juunil 2027, 14:30", "2027. gada 15. jūnijā, 14:30",
    ],
)  # fmt: skip
def test_a_time_is_read_in_the_forms_that_staff_write(written):
    assert read(written).at == datetime(2027, 6, 15, 14, 30, tzinfo=BRUSSELS)
    assert span(written) is None


@pytest.mark.parametrize(
    ("written", "at"),
    [("2pm", time(14)), ("2 pm", time(14)), ("12 am", time(0)), ("at 9", time(9)), ("9h", time(9)),
     ("14 Uhr", time(14)), ("noon", time(12)), ("um 9 Uhr", time(9)), ("9.05 a.m.", time(9, 5))],
)  # fmt: skip
def test_a_whole_hour_needs_no_minutes(written, at):
    assert read(f"15 June 2027, {written}").at.timetz() == at.replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    "written",
    [
        "15 June 2027, 14:00-17:00", "15 June 2027 14:00–17:00", "15 June 2027, 14:00 - 17:00",
        "2027-06-15 14:00-17:00", "2027-06-15 14:00 - 17:00", "2027-06-15 14:00 -17:00", "15/06/2027 14:00-17:00",
        "15 June 2027 from 14:00 to 17:00", "from 14:00 to 17:00 on 15 June 2027",
        "15 June 2027, between 2 and 5 pm", "15 June 2027, 2-5pm", "15 June 2027, 2pm to 5pm",
        "15 June 2027, 2.00-5.00 pm", "15 June 2027 (14:00-17:00)", "Tuesday, 15 June 2027, 14:00 – 17:00 CEST",
        "15 juin 2027, 14h00-17h00", "15 juin 2027, 14h-17h", "le 15 juin 2027 de 14h à 17h00",
        "15. Juni 2027, 14-17 Uhr", "15. Juni 2027 von 14 bis 17 Uhr", "15. Juni 2027, 14.00–17.00 Uhr",
        "15 giugno 2027 dalle 14:00 alle 17:00", "15 de junio de 2027 de 14:00 a 17:00", "15 June 2027, 8-11 am EDT",
        "15 June 2027 14:00 to 15 June 2027 17:00", "2027-06-15T14:00/2027-06-15T17:00",
        "15 June 2027, 14:00+02:00 - 17:00+02:00",
    ],
)  # fmt: skip
def test_two_times_of_a_day_are_a_range_and_never_an_offset(written):
    start, end = span(written)
    assert (start.at, end.at) == tuple(datetime(2027, 6, 15, hour, tzinfo=BRUSSELS) for hour in (14, 17))
    with pytest.raises(ValueFault):
        read(written)


@pytest.mark.parametrize("between", ["T{}:00", " {}:00", " {}", "T{}"])
@pytest.mark.parametrize("hour", range(1, 12))
def test_one_time_after_an_iso_date_has_an_offset_if_a_second_time_would_be_earlier(between, hour):
    at = datetime(2027, 6, 15, 23, 30, tzinfo=timezone(timedelta(hours=-hour)))
    assert read(f"2027-06-15{between.format('23:30')}-{hour:02}:00").at == at
    with pytest.raises(ValueFault):
        read(f"15 June 2027, 23:30-{hour:02}:00")


@pytest.mark.parametrize(
    ("written", "begins", "ends"),
    [
        ("2027-06-15 09:30-12:00", "2027-06-15T09:30", "2027-06-15T12:00"),
        ("15 June 2027, 10-2pm", "2027-06-15T10:00", "2027-06-15T14:00"),
        ("15 June 2027, 22:00-02:00", "2027-06-15T22:00", "2027-06-16T02:00"),
        ("31 December 2027, 22:00-02:00", "2027-12-31T22:00", "2028-01-01T02:00"),
        ("15 June 2027, 20:00-24:00", "2027-06-15T20:00", "2027-06-16T00:00"),
        ("21-22 February 2027, 09:00-17:00", "2027-02-21T09:00", "2027-02-22T17:00"),
        ("15 June 2027 14:00 - 16 June 2027 12:00", "2027-06-15T14:00", "2027-06-16T12:00"),
    ],
)
def test_a_range_of_times_keeps_its_days(written, begins, ends):
    start, end = span(written)
    assert [one.at.replace(tzinfo=None).isoformat(timespec="minutes") for one in (start, end)] == [
        begins,
        ends,
    ]


def test_one_time_of_several_days_is_that_of_the_first():
    start, end = span("21-22 February 2027, 09:00")
    assert start.at == datetime(2027, 2, 21, 9, tzinfo=BRUSSELS)
    assert (end.day, end.at) == (date(2027, 2, 22), None)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("15 June 2027 14:00 am", 'there is no time "14:00 am"'),
        ("15 June 2027 25:00", 'there is no time "25:00"'),
        ("15 June 2027 14:00+15:00", 'there is no time zone "+15:00"'),
        ("2027-06-15T14:00-17:00", 'there is no time zone "-17:00"'),
        ("15 June 2027, 14:00 IST", '"IST" has several meanings'),
        ("15 June 2027, 14:00 Narnia time", '"NARNIA TIME" is not a time zone'),
    ],
)
def test_a_time_that_cannot_be_is_told(written, message):
    with pytest.raises(ValueFault) as fault:
        span(written) or read(written)
    assert fault.value.message == message
    assert fault.value.hint


@pytest.mark.parametrize("written", ["15 June 2027, 17:00-09:00", "2027-06-15 09:00-05:00"])
def test_times_in_the_wrong_order_are_a_fault(written):
    with pytest.raises(ValueFault, match="ends before it begins"):
        span(written)


def test_an_abbreviation_means_the_own_zone_if_it_is_one_of_its_names():
    assert read("15 June 2027, 14:00 IST", zone="Europe/Dublin").at.utcoffset() == timedelta(hours=1)
    assert read("15 June 2027, 14:00 IST", zone="Asia/Kolkata").at.utcoffset() == timedelta(
        hours=5, minutes=30
    )
    assert read("15 June 2027, 14:00 CEST", zone="Europe/Warsaw").at.tzinfo == ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize("hour", range(-12, 15))
def test_every_offset_in_use_is_read(hour):
    text = f"2027-06-15T14:00{hour:+03}:00"
    assert read(text).at == datetime(2027, 6, 15, 14, tzinfo=timezone(timedelta(hours=hour)))


def test_an_abbreviation_of_the_other_season_is_asked_about():
    assert read("15 June 2027, 14:00 CET").at == datetime(2027, 6, 15, 12, tzinfo=UTC)
    doubt = find_doubt("15 June 2027, 14:00 CET", "Europe/Brussels", ("en",))
    assert doubt is not None
    assert "CEST, not CET" in doubt[0]
    for fine in (
        "15 January 2027, 14:00 CET",
        "15 June 2027, 14:00 CEST",
        "15 June 2027, 14:00 UTC",
        "15 June 2027",
    ):
        assert find_doubt(fine, "Europe/Brussels", ("en",)) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_ranges_of_days_are_read_as_every_language_writes_them(language):
    for first, last in (
        (date(2027, 2, 21), date(2027, 2, 22)),
        (date(2027, 6, 30), date(2027, 7, 2)),
        (date(2026, 12, 30), date(2027, 1, 2)),
    ):
        for form in ("yMMMMd", "yMMMd", "yMMMEd", "yMd"):
            text = format_interval(first, last, form, locale=language.replace("-", "_"))
            start, end = span(text, language)
            assert (start.day, end.day) == (first, last), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_read_as_every_language_writes_them(language):
    locale = language.replace("-", "_")
    first, last = (datetime(2027, 6, 15, *at, tzinfo=BRUSSELS) for at in ((14, 0), (17, 30)))
    text = (
        f"{format_date(first, 'long', locale)}, {format_interval(first, last, 'Hm', BRUSSELS, locale=locale)}"
    )
    start, end = span(text, language)
    assert (start.at, end.at) == (first, last), text
    # CLDR writes the Arabic date with figures and direction marks, and Albanian puts a comma before the zone.
    if language.partition("-")[0] not in ("ar", "sq"):
        for form in ("long", "medium"):
            text = format_datetime(first, form, BRUSSELS, locale)
            assert read(text, language).at == first, text


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)), st.integers(1, 11 * 60))
def test_a_range_of_times_is_never_read_on_another_day(start, minutes):
    end = (start + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    start = start.replace(second=0, microsecond=0)
    for form in ("{0:%Y-%m-%d %H:%M}-{1:%H:%M}", "{0.day} {0:%B %Y}, {0:%H:%M}–{1:%H:%M}"):
        read_start, read_end = span(form.format(start, end), zone="UTC")
        assert (read_start.at, read_end.at) == (start.replace(tzinfo=UTC), end.replace(tzinfo=UTC))
