"""Events of WordPress's calendar plugins: their custom fields → keys of an event.

The Events Calendar stores local times in ``_EventStartDate`` beside ``_EventTimezone``, and the venue and the
organisers as records of their own (https://theeventscalendar.com/knowledgebase/). Events Manager has a date
and a time apart. EventON and Modern Events Calendar are read where they store the same facts.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from msgspec import Struct, field

from clusterpress.config.reader import is_time_zone
from clusterpress.importing.records import Remark
from clusterpress.importing.sources.families import value_for
from clusterpress.importing.sources.wordpress_entries import Entry
from clusterpress.parsing.values import Value

TYPES = frozenset(
    {
        "tribe_events", "event", "events", "mec-events", "ai1ec_event", "sc_event", "ajde_events", "em_event",
        "event_listing", "tribe_event",
    }
)  # fmt: skip
"""Types of records that are events."""
PARTS = frozenset({"tribe_venue", "tribe_organizer", "location", "event-venue", "event_location"})
"""Types of records that only describe the place or the organiser of events."""

_OFFSET = re.compile(r"UTC([+-])(\d{1,2})(?::?([03]0|[14]5))?$|(UTC)$")
_START = (
    "_EventStartDate",
    "_event_start_date",
    "evcal_srow",
    "mec_start_date",
    "_event_start_local",
    "_event_start",
)
_END = ("_EventEndDate", "_event_end_date", "evcal_erow", "mec_end_date", "_event_end_local", "_event_end")
_CLOCKS = {"_event_start_date": "_event_start_time", "_event_end_date": "_event_end_time"}
_ZONES = ("_EventTimezone", "_event_timezone", "timezone")
_ALL_DAY = ("_EventAllDay", "_event_all_day", "evcal_allday")
_URLS = ("_EventURL", "evcal_lmlink", "mec_more_info", "event_url")
_VENUE = {
    "address": ("_VenueAddress", "_location_address"),
    "city": ("_VenueCity", "_location_town"),
    "region": ("_VenueStateProvince", "_VenueProvince", "_VenueState", "_location_region"),
    "postcode": ("_VenueZip", "_location_postcode"),
    "country": ("_VenueCountry", "_location_country"),
}
_YES = {"yes", "1", "true", "on"}


class EventFacts(Struct):
    """What the custom fields of an event say."""

    values: dict[str, Value] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    handled: set[str] = field(default_factory=set)
    """Custom fields that were read."""
    remarks: list[Remark] = field(default_factory=list)


def read_event(entry: Entry, entries: Mapping[str, Entry]) -> EventFacts:
    """Return the facts of an event.

    Args:
        entry: the event.
        entries: all entries of the export by number, with venues and organisers.
    """
    facts = EventFacts()
    is_all_day = any(_take(facts, entry, key).lower() in _YES for key in _ALL_DAY)
    zone = next((written for key in _ZONES if (written := _take(facts, entry, key))), "")
    for ours, keys in (("start", _START), ("end", _END)):
        _read_time(facts, entry, ours, keys, is_all_day=is_all_day)
    _apply_zone(facts, zone)
    _read_place(facts, entry, entries)
    organisers = [value for key, value in entry.all_meta if key == "_EventOrganizerID"]
    named = [entries[number].title for number in organisers if number in entries]
    facts.handled.add("_EventOrganizerID")
    if named:
        facts.values["organiser"] = [*dict.fromkeys(named)]
    if url := next((value for key in _URLS if (value := _take(facts, entry, key))), ""):
        if value_for("url", url):
            facts.values["url"] = url
        else:
            facts.handled -= set(_URLS)
    if "cancel" in _take(facts, entry, "_tribe_events_status").lower():
        facts.values["cancelled"] = "true"
    if _take(facts, entry, "_EventRecurrence"):
        hint = "write the other dates as events of their own"
        facts.remarks.append(Remark("it repeats, but only its first date was imported", hint, "start:"))
    return facts


def _take(facts: EventFacts, entry: Entry, key: str) -> str:
    if key in entry.meta:
        facts.handled.add(key)
    return entry.meta.get(key, "").strip()


def _read_time(
    facts: EventFacts, entry: Entry, ours: str, keys: tuple[str, ...], *, is_all_day: bool
) -> None:
    for key in keys:
        written = _take(facts, entry, key)
        clock = _take(facts, entry, _CLOCKS[key]) if key in _CLOCKS else ""
        meaning = value_for(ours, f"{written} {clock}".strip()) if written else None
        if isinstance(meaning, datetime):
            facts.moments.setdefault(ours, meaning)
        elif isinstance(meaning, str):
            facts.values.setdefault(ours, meaning[: len("2019-06-15")] if is_all_day else meaning)
        elif written:
            facts.remarks.append(Remark(f'the date "{written} {clock}" under "{key}" cannot be read'))


def _apply_zone(facts: EventFacts, written: str) -> None:
    """Keep the event's own zone; a bare offset, such as ``UTC+2``, makes its times exact."""
    offset = _OFFSET.match(written)
    if offset:
        sign, hours, minutes = -1 if offset[1] == "-" else 1, int(offset[2] or 0), int(offset[3] or 0)
        zone = timezone(sign * timedelta(hours=hours, minutes=minutes))
        for key in ("start", "end"):
            value = facts.values.get(key)
            if isinstance(value, str) and ":" in value:
                facts.moments[key] = datetime.fromisoformat(str(facts.values.pop(key))).replace(tzinfo=zone)
    elif is_time_zone(written) and any(":" in str(facts.values.get(key, "")) for key in ("start", "end")):
        facts.values["time_zone"] = written


def _read_place(facts: EventFacts, entry: Entry, entries: Mapping[str, Entry]) -> None:
    number = _take(facts, entry, "_EventVenueID") or _take(facts, entry, "_location_id")
    venue = entries.get(number)
    meta = venue.meta if venue else entry.meta
    parts = {ours: next((meta[key] for key in keys if meta.get(key)), "") for ours, keys in _VENUE.items()}
    if not venue:
        facts.handled |= {key for keys in _VENUE.values() for key in keys} & meta.keys()
    town = " ".join(filter(None, (parts["postcode"], parts["city"])))
    place = ", ".join(
        dict.fromkeys(filter(None, (venue.title if venue else "", parts["city"] or parts["region"])))
    )
    street = ", ".join(filter(None, (parts["address"], town)))
    found = {"place": place, "address": street if parts["address"] else "", "country": parts["country"]}
    facts.values |= {key: value for key, value in found.items() if value}
