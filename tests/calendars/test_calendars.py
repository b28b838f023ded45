"""Calendars: whole days and exact times, what stands in them, and which there are."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from clusterpress.calendars.plan import calendar_path, outputs
from clusterpress.content.item_values import Moment
from clusterpress.library.entries import Label
from clusterpress.library.revisions import Revision, is_ahead, revise
from clusterpress.library.topics import CalendarTopic
from clusterpress.values.characters import one_line
from tests.feeds.make import AGRI, NEXT, QOOT, SETTINGS, event

BRUSSELS = ZoneInfo("Europe/Brussels")
LINZ = event("forum-linz", start="2012-02-21", end="2012-02-22", place="Linz", country="Austria")
MILAN = event("forum-milan", when="beginning of April 2012", place="Milan")


def topic(*entries, **fields):
    known = {"title": "Cluster News: Events", "lang": "en", "path": "events.ics"}
    return CalendarTopic(entries=entries, **(known | fields))


def make(*topics, settings=SETTINGS):
    return {output.path: output.make() for output in outputs(topics, settings)}


def read(*entries):
    """Return the calendar of these events, and its events."""
    calendar = Calendar.from_ical(make(topic(*entries))["events.ics"])
    assert [component.errors for component in calendar.walk() if component.errors] == []
    return calendar, calendar.events


@pytest.mark.parametrize(
    ("start", "end", "zone", "begins", "ends"),
    [
        ("2012-02-21", None, "", date(2012, 2, 21), date(2012, 2, 22)),
        ("2012-02-21", "2012-02-22", "", date(2012, 2, 21), date(2012, 2, 23)),
        ("2012-02-28", "2012-02-29", "", date(2012, 2, 28), date(2012, 3, 1)),
        ("2012-02-21", "2012-02-20", "", date(2012, 2, 21), date(2012, 2, 22)),
        ("2012-02-21T09:00+01:00", "2012-02-22", "",
         datetime(2012, 2, 21, 9, 0, tzinfo=BRUSSELS), datetime(2012, 2, 23, 0, 0, tzinfo=BRUSSELS)),
        ("2012-02-21T09:00+01:00", "2012-02-21", "",
         datetime(2012, 2, 21, 9, 0, tzinfo=BRUSSELS), datetime(2012, 2, 22, 0, 0, tzinfo=BRUSSELS)),
        ("2012-03-24T23:00+01:00", "2012-03-25", "",  # clocks change in between
         datetime(2012, 3, 24, 23, 0, tzinfo=BRUSSELS), datetime(2012, 3, 26, 0, 0, tzinfo=BRUSSELS)),
        ("2012-02-21T09:00+01:00", "2012-02-20", "", datetime(2012, 2, 21, 9, 0, tzinfo=BRUSSELS), None),
        ("2012-02-21", "2012-02-22T17:00+01:00", "", date(2012, 2, 21), date(2012, 2, 23)),
        ("2012-02-21T09:00+01:00", "2012-02-21T17:30+01:00", "",
         datetime(2012, 2, 21, 9, 0, tzinfo=BRUSSELS), datetime(2012, 2, 21, 17, 30, tzinfo=BRUSSELS)),
        ("2012-07-02T09:00+00:00", None, "", datetime(2012, 7, 2, 11, 0, tzinfo=BRUSSELS), None),
        ("2012-02-21T09:00+01:00", "2012-02-21T09:00+01:00", "",
         datetime(2012, 2, 21, 9, 0, tzinfo=BRUSSELS), None),
        ("2019-04-09T09:00+00:00", None, "Africa/Casablanca",
         datetime(2019, 4, 9, 10, 0, tzinfo=ZoneInfo("Africa/Casablanca")), None),
        ("2019-04-09T09:00+02:00", None, "UTC", datetime(2019, 4, 9, 7, 0, tzinfo=UTC), None),
    ],
)  # fmt: skip
def test_dates_are_exclusive_whole_days_or_times_in_the_zone_of_the_event(start, end, zone, begins, ends):
    calendar, (one,) = read(event(start=start, end=end, time_zone=zone))
    assert one.decoded("dtstart") == begins
    assert type(one.decoded("dtstart")) is type(begins)
    assert (one.decoded("dtend") if "dtend" in one else None) == ends
    zones = {str(part["tzid"]) for part in calendar.walk("VTIMEZONE")}
    told = one["dtstart"].params.get("TZID")
    assert zones == ({told} if told else set())
    assert told == (None if zone == "UTC" or not isinstance(begins, datetime) else str(begins.tzinfo))


def test_event_says_what_its_page_says():
    one_event = event(
        "techdays",
        start="2019-04-09",
        end="2019-04-12",
        title="#TechDays; Casablanca, “día” 🎉",
        summary="Training, visits;\nand meetings.",
        place="Casablanca",
        address="Hall 2, Rue 1",
        country="Morocco",
        organiser=("European Commission", "QOOT <hello@qoot.example>"),
        terms={"programmes": (NEXT,), "clusters": (QOOT,), "tags": (AGRI, Label(name="Qoot, old"))},
        updated=datetime(2019, 4, 1, 10, 0, tzinfo=BRUSSELS),
    )
    _, (one,) = read(one_event)
    page = SETTINGS.url + "events/techdays/"
    assert one["summary"] == "#TechDays; Casablanca, “día” 🎉"
    assert one["description"] == f"Training, visits;\nand meetings.\n\n{page}"
    assert one["url"] == page
    assert one["location"] == "Casablanca, Hall 2, Rue 1, Morocco"
    assert one.categories == ["THE NEXT SOCIETY", "QOOT", "agri-food", "Qoot, old"]
    assert one["organizer"] == "mailto:hello@qoot.example"
    assert one["organizer"].params["CN"] == "QOOT"
    assert one.decoded("dtstamp") == one.decoded("last-modified") == datetime(2019, 4, 1, 8, 0, tzinfo=UTC)
    assert "status" not in one


def test_cancelled_event_says_so_and_one_without_particulars_leaves_them_out():
    _, (one,) = read(event(start="2012-02-21", cancelled=True, organiser=("CCIPiemonte",), summary=""))
    assert one["status"] == "CANCELLED"
    assert one["description"] == SETTINGS.url + "events/forum-linz/"
    assert not {"organizer", "location", "categories"} & {name.lower() for name in one}


def test_uid_stays_when_the_event_moves_and_differs_between_events():
    moved = event("linz", start="2012-02-21", aliases=("/events/forum-linz/",))
    _, (before, other) = read(LINZ, event("oo-exporttag", start="2012-11-14"))
    _, (after,) = read(moved)
    assert before["uid"] == after["uid"]
    assert before["uid"].endswith("@clusters.example.eu")
    assert before["uid"] != other["uid"]


def test_calendar_says_its_name_and_when_to_look_again():
    calendar, _ = read(LINZ)
    assert calendar["name"] == calendar["x-wr-calname"] == "Cluster News: Events"
    assert calendar["method"] == "PUBLISH"
    assert calendar["source"] == SETTINGS.url + "events.ics"
    assert calendar.decoded("refresh-interval") == timedelta(days=1)
    assert calendar["x-published-ttl"] == "P1D"


@pytest.mark.parametrize("name", ["A, B; C", "Back\\slash", "News: events, dates", "Žilina; “día”"])
def test_any_name_is_escaped_as_text(name):
    made = make(topic(LINZ, title=name))["events.ics"]
    escaped = name.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = made.decode().replace("\r\n ", "").split("\r\n")
    assert {f"NAME:{escaped}", f"X-WR-CALNAME:{escaped}"} <= {*lines}
    assert vobject.readOne(made.decode()).x_wr_calname.value == name


WORDS = {
    "online": "En ligne",
    "website": "Site web",
    "registration": "Inscription",
    "register_by": "Inscription jusqu’au {date}",
}
MEET, FORM = "https://meet.example.eu/r?a=1&b=2", "https://example.eu/register"
LATE = Moment(date(2012, 2, 20), datetime(2012, 2, 20, 18, 0, tzinfo=BRUSSELS))


@pytest.mark.parametrize(
    ("fields", "place", "facts"),
    [
        ({"online": True, "url": MEET}, MEET, [f"En ligne: {MEET}"]),
        ({"online": True, "url": MEET, "place": "Linz"}, "Linz", [f"En ligne: {MEET}"]),
        ({"online": True}, "En ligne", ["En ligne"]),
        ({"url": MEET, "place": "Linz"}, "Linz", [f"Site web: {MEET}"]),
        ({"registration": FORM, "deadline": Moment(date(2012, 2, 20))}, None,
         [f"Inscription: {FORM}", "Inscription jusqu’au 20 février 2012"]),
        ({"deadline": LATE}, None, ["Inscription jusqu’au 20 février 2012, 18:00 CET"]),
        ({"registration": FORM, "deadline": LATE, "cancelled": True}, None, []),
    ],
)  # fmt: skip
def test_calendars_say_where_to_go_on_the_web_and_how_to_register(fields, place, facts):
    one_event = event("salon", start="2012-02-21", lang="fr", summary="En bref.", **fields)
    made = make(topic(one_event, lang="fr", words=WORDS))
    page = f"{SETTINGS.url}events/salon/"
    assert len(made) == 2
    for content in made.values():
        (one,) = Calendar.from_ical(content).events
        assert one["description"] == "\n\n".join(filter(None, ("En bref.", "\n".join(facts), page)))
        assert (str(one["location"]) if "location" in one else None) == place
        assert one["url"] == page


def test_there_is_a_calendar_for_each_topic_and_each_event_once():
    again = topic(LINZ, path="clusters/qoot/events.ics")
    assert list(make(topic(LINZ, MILAN), again)) == [
        "events.ics",
        "clusters/qoot/events.ics",
        "events/forum-linz/forum-linz.ics",
    ]
    assert calendar_path(LINZ) == "events/forum-linz/forum-linz.ics"


def test_events_without_exact_dates_are_left_out():
    _, events = read(LINZ, MILAN)
    assert [one["summary"] for one in events] == ["Forum Linz"]
    assert make(topic(MILAN)) == {}


def test_order_of_entries_changes_nothing():
    others = [event(f"e{day}", start=f"2012-03-{day:02}") for day in range(1, 9)]
    assert make(topic(*others, LINZ))["events.ics"] == make(topic(LINZ, *reversed(others)))["events.ics"]


@pytest.mark.parametrize(
    "change",
    [{"updated": datetime(2013, 1, 1, tzinfo=UTC)}, {"terms": {"tags": (AGRI,)}}, {"end": "2012-02-23"}],
)
def test_key_changes_with_what_the_calendar_shows(change):
    days = {"start": "2012-02-21", "end": "2012-02-22"}
    before, after = (
        next(iter(outputs([topic(event(**one))], SETTINGS))).fingerprint() for one in (days, days | change)
    )
    assert before != after


def test_key_stays_when_an_event_without_exact_date_comes_along():
    alone, along = (
        next(iter(outputs([topic(*events)], SETTINGS))).fingerprint() for events in ((LINZ,), (LINZ, MILAN))
    )
    assert alone == along


def test_key_tells_zones_with_the_same_offset_apart():
    keys = [
        next(
            iter(outputs([topic(event(start="2012-02-21T09:00+01:00", time_zone=zone))], SETTINGS))
        ).fingerprint()
        for zone in ("Europe/Brussels", "Europe/Vienna")
    ]
    assert keys[0] != keys[1]


def test_zones_stand_in_one_order_in_every_run():
    zones = ["Africa/Casablanca", "Asia/Beirut", "Europe/Bratislava", "Europe/Rome", "Europe/Vienna"]
    events = [
        event(zone[-6:].lower(), start="2012-02-21T09:00+01:00", time_zone=zone) for zone in reversed(zones)
    ]
    calendar, _ = read(*events)
    assert [part["tzid"] for part in calendar.walk("VTIMEZONE")] == zones


text = st.text(st.characters(exclude_categories=()), max_size=120)


@given(title=text, summary=text, place=text, tag=text)
def test_any_text_survives_folding_and_escaping(title, summary, place, tag):
    one_event = event(
        start="2012-02-21", title=title, summary=summary, place=place, terms={"tags": (Label(name=tag),)}
    )
    made = make(topic(one_event, title=title))["events.ics"]
    assert made.endswith(b"\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")
    for line in made.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    (one,) = Calendar.from_ical(made).events
    assert one["summary"] == (one_line(title) or "forum-linz")
    assert one.get("location", "") == one_line(place)
    assert one.categories == [name for name in [one_line(tag)] if name]
    (other,) = vobject.readOne(made.decode()).vevent_list
    assert other.summary.value == (one_line(title) or "forum-linz")
    assert other.uid.value == one["uid"]


def stamps(one):
    assert one.decoded("dtstamp") == one.decoded("last-modified")
    return one.decoded("dtstamp"), one["sequence"]


def test_a_coming_event_was_changed_when_it_was_announced_and_not_when_it_takes_place():
    _, (one,) = read(event(start="2099-02-21T09:00+01:00"))
    assert stamps(one) == (datetime(2012, 1, 10, tzinfo=UTC), 0)


def unannounced(start):
    one = event(start=start)
    return replace(one, index_record=one.index_record._replace(publish_at=float("-inf")))


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2012, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)), (date(2012, 2, 21), datetime(2000, 1, 1, tzinfo=UTC)),
     (date(2012, 2, 22), datetime(2012, 2, 21, tzinfo=UTC)), (None, datetime(2012, 2, 21, tzinfo=UTC))],
)  # fmt: skip
def test_an_event_without_an_announcement_has_its_own_day_as_stamp_when_it_is_past(today, expected):
    (one,) = Calendar.from_ical(make(topic(unannounced("2012-02-21"), today=today))["events.ics"]).events
    assert stamps(one) == (expected, 0)


def test_the_sequence_rises_with_every_update_and_when_the_event_is_cancelled():
    first, second = (datetime(2012, 2, day, 10, tzinfo=UTC) for day in (1, 2))
    states = [
        {},
        {"cancelled": True},
        {"updated": first},
        {"updated": first, "cancelled": True},
        {"updated": second},
    ]
    found = [stamps(read(event(start="2012-02-21", **state))[1][0]) for state in states]
    assert found == sorted(found)
    assert len({sequence for _, sequence in found}) == len(states)
    assert found[-1][1] < 2**31


PAST, LATER = datetime(2012, 1, 15, tzinfo=UTC), datetime(2012, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("is_new", "known", "expected"),
    [
        (True, (0, PAST), (datetime(2012, 2, 2, tzinfo=UTC), 1)),
        (True, (9, LATER), (LATER + timedelta(seconds=1), 10)),
        (False, (9, LATER), (LATER, 9)),
        (False, (0, datetime(2011, 1, 1, tzinfo=UTC)), (datetime(2012, 1, 10, tzinfo=UTC), 0)),
    ],
    ids=["changed", "never back", "the same", "the source is newer"],
)
def test_what_was_published_is_the_memory_of_sequence_and_stamp(is_new, known, expected):
    one = event(start="2012-02-21")
    shown = "other" if is_new else one.index_record.in_calendars
    revisions = {one.path: Revision(shown, *known)}
    made = make(topic(one, today=date(2012, 2, 2), revisions=revisions))
    for name in made:
        (found,) = Calendar.from_ical(made[name]).events
        assert stamps(found) == expected, name


DETAILS = [
    {"summary": "Other words."},
    {"url": "https://example.eu/forum"},
    {"registration": "https://example.eu/register"},
    {"deadline": Moment(date(2012, 2, 20))},
    {"organiser": ("QOOT <hello@qoot.example>",)},
]


@pytest.mark.parametrize("details", DETAILS, ids=lambda one: next(iter(one)))
def test_other_words_make_a_later_stamp_also_twice_in_a_day_and_no_new_sequence(details):
    today = date(2012, 2, 2)
    before, after = event(start="2012-02-21"), event(start="2012-02-21", **details)
    known = revise(before, today, None)
    changed = revise(after, today, known)
    assert (changed.sequence, changed.changed) == (known.sequence, datetime(2012, 2, 2, tzinfo=UTC))
    again = revise(before, today, changed)
    assert (again.sequence, again.changed) == (known.sequence, datetime(2012, 2, 2, 0, 0, 1, tzinfo=UTC))
    assert revise(before, date(2012, 2, 9), again) == again
    assert is_ahead(after, today, known)
    old = known._replace(details="")  # a record of earlier versions
    assert revise(after, today, old) == revise(after, today, None)


def test_a_change_of_the_day_itself_is_later_than_what_was_announced_that_day():
    one = event(start="2012-02-21", cancelled=True)
    known = Revision("other", 0, datetime(2012, 2, 2, 14, 30, tzinfo=UTC), "x")
    assert revise(one, date(2012, 2, 2), known).changed == datetime(2012, 2, 2, 14, 30, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2012, 1, 31), datetime(2012, 1, 10, tzinfo=UTC)), (date(2012, 2, 1), datetime(2012, 2, 1, tzinfo=UTC)),
     (date(2012, 2, 2), datetime(2012, 2, 1, 10, tzinfo=UTC)), (None, datetime(2012, 2, 1, 10, tzinfo=UTC))],
)  # fmt: skip
def test_no_stamp_is_in_the_future(today, expected):
    one = event(start="2012-02-21", updated=datetime(2012, 2, 1, 10, tzinfo=UTC))
    (found,) = Calendar.from_ical(make(topic(one, today=today))["events.ics"]).events
    assert stamps(found)[0] == expected
