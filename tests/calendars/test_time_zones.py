"""VTIMEZONE components, read by another library than the one that writes them."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from clusterpress.calendars.time_zones import time_zone
from tests.calendars.test_calendars import event, make, topic

ZONES = [
    "Europe/Brussels", "Europe/Dublin", "Europe/Istanbul", "Europe/Moscow", "Africa/Casablanca", "Africa/Cairo",
    "Africa/Lagos", "Africa/Tunis", "Asia/Jerusalem", "Asia/Beirut", "Asia/Amman", "Asia/Gaza", "Asia/Tehran",
    "Asia/Tokyo", "Asia/Kolkata", "America/New_York", "America/Phoenix", "America/Sao_Paulo", "America/Santiago",
    "America/Mexico_City", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia",
]  # fmt: skip
YEARS = [(2027, 2027), (2019, 2028), (1995, 2003)]


def read_by_dateutil(name, *years):
    calendar = Calendar()
    calendar.add_component(time_zone(name, *years))
    return tzical(io.StringIO(calendar.to_ical().decode())).get(name)


@pytest.mark.parametrize("years", YEARS)
@pytest.mark.parametrize("name", ZONES)
def test_the_clock_of_a_zone_is_right_in_every_year(name, years):
    zone, known = read_by_dateutil(name, *years), ZoneInfo(name)
    day, end = datetime(years[0], 1, 1, 0, 30), datetime(years[1] + 1, 1, 1)
    while day < end:
        at = day.replace(tzinfo=known)
        if at.utcoffset() == at.replace(fold=1).utcoffset():  # no time that comes twice, or not at all
            assert day.replace(tzinfo=zone).utcoffset() == at.utcoffset(), day
        day += timedelta(hours=13)


@pytest.mark.parametrize("name", ZONES)
def test_no_zone_needs_lists_of_dates_which_outlook_does_not_read(name):
    for years in YEARS:
        assert all("RDATE" not in part for part in time_zone(name, *years).subcomponents)


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("Europe/Brussels", {"DAYLIGHT": ("-1SU", 3), "STANDARD": ("-1SU", 10)}),
        ("Europe/Dublin", {"DAYLIGHT": ("-1SU", 3), "STANDARD": ("-1SU", 10)}),
        ("America/New_York", {"DAYLIGHT": ("2SU", 3), "STANDARD": ("1SU", 11)}),
        ("Australia/Sydney", {"DAYLIGHT": ("1SU", 10), "STANDARD": ("1SU", 4)}),
        ("Africa/Cairo", {"DAYLIGHT": ("-1FR", 4), "STANDARD": ("-1FR", 10)}),
        ("Asia/Jerusalem", {"DAYLIGHT": ("FR", 3), "STANDARD": ("-1SU", 10)}),
    ],
)
def test_a_zone_with_a_rule_has_one_component_for_summer_and_one_for_winter(name, rules):
    parts = {part.name: part["rrule"] for part in time_zone(name, 2027, 2027).subcomponents}
    assert {part: (rule["BYDAY"], rule["BYMONTH"]) for part, rule in parts.items()} == rules
    assert all(rule["FREQ"] == "YEARLY" for rule in parts.values())


def test_a_zone_that_keeps_its_clock_has_one_component_without_a_rule():
    (part,) = time_zone("Asia/Tokyo", 2027, 2027).subcomponents
    assert (part.name, part.get("rrule"), part["tzname"]) == ("STANDARD", None, "JST")


@given(
    st.sampled_from(ZONES),
    st.lists(st.datetimes(datetime(2000, 1, 2), datetime(2037, 12, 30)), min_size=1, max_size=4),
)
def test_events_take_place_at_the_same_moment_for_other_programs(name, instants):
    times = [instant.replace(second=0, microsecond=0, tzinfo=UTC) for instant in instants]
    events = [event(f"e{n}", start=at.isoformat(), time_zone=name) for n, at in enumerate(times)]
    made = make(topic(*events))["events.ics"]
    zone = tzical(io.StringIO(made.decode())).get(name)
    for one in Calendar.from_ical(made).events:
        local = one.decoded("dtstart")
        at = times[int(one["url"].rstrip("/")[-1])]
        if local.utcoffset() == local.replace(fold=1).utcoffset():
            assert local.replace(tzinfo=zone) == at
