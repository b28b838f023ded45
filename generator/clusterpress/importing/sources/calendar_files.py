"""Calendars: events of an iCalendar file (RFC 5545) → records.

Recurring events become an event for each date (RFC 5545, 3.8.5), up to a limit; changed dates replace the
computed ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from clusterpress.config.reader import is_time_zone
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.records import Export, ImportSourceError, Record, Remark, Skipped
from clusterpress.importing.sources.encoding import decode
from clusterpress.importing.sources.families import value_for
from clusterpress.importing.texts.plain import field_to_html, is_html, link_bracketed, words_of
from clusterpress.parsing.values import Value
from clusterpress.values.characters import one_line
from clusterpress.values.slugs import slugify

MAX_DATES = 100
"""Dates of a recurring event that are imported, at most."""
_READ = frozenset(
    """uid dtstamp created last-modified sequence summary description location url dtstart dtend duration
    status class categories organizer rrule rdate exdate recurrence-id geo transp priority""".split()  # noqa: SIM905 (words read best)
)
_NOT_NEEDED = frozenset(
    {
        "dtstamp",
        "created",
        "last-modified",
        "sequence",
        "transp",
        "priority",
        "geo",
        "attendee",
        "request-status",
    }
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_EVENT = re.compile(r"^BEGIN:VEVENT[ \t]*$", re.MULTILINE | re.IGNORECASE)


def read_calendar(raw: bytes, name: str, zone: str) -> Export:
    """Return the events of an iCalendar file.

    Args:
        raw: the file's bytes.
        name: its name, for the report.
        zone: IANA name of the time zone of the receiving site.

    Raises:
        ImportSourceError: this is not a calendar.
    """
    text = decode(raw).text
    if "BEGIN:VCALENDAR" not in text.upper():
        raise ImportSourceError(name, 1, "this is not a calendar", "choose a file that ends with .ics")
    calendars, skipped = _read_calendars(text, name)
    inventory = Inventory(name)
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    lines = _lines(text)
    records = []
    by_uid: dict[str, list[Any]] = defaultdict(list)
    for number, event in enumerate(events):
        by_uid[str(event.get("uid") or f"event-{number}")].append(event)
    for uid, versions in by_uid.items():
        inventory.at(name, lines.get(uid, 1))
        made, left = _records(uid, versions, inventory, zone)
        records += made
        skipped += left
    _name_others([part for calendar in calendars for part in calendar.walk()], inventory)
    return Export(name=name, records=tuple(records), skipped=tuple(skipped), inventory=inventory.rows)


def _read_calendars(text: str, name: str) -> tuple[list[Any], list[Skipped]]:
    """Return the calendars of a text; of a broken one, each event that is whole, and the others by line."""
    from icalendar import Calendar

    starts = [found.start() for found in _EVENT.finditer(text)]
    fault = "a part of it has no end, or no beginning"
    try:
        calendars = [*Calendar.from_ical(text, multiple=True)]
        if sum(len(calendar.walk("VEVENT")) for calendar in calendars) >= len(starts):
            return calendars, []
    except Exception as error:  # noqa: BLE001 -- the library raises what it likes about broken components
        fault = str(error) if isinstance(error, ValueError) else fault
    calendars = []
    skipped: list[Skipped] = []
    for start, end in pairwise([*starts, len(text)]):
        try:
            calendars.append(_read_event(text[start:end]))
        except Exception as error:  # noqa: BLE001
            line = text.count("\n", 0, start) + 1
            why = str(error) if isinstance(error, ValueError) else "it is broken"
            skipped.append(Skipped(place=name, line=line, what="an event", why=why))
    if not calendars:
        line = text.count("\n", 0, starts[0] if starts else 0) + 1
        raise ImportSourceError(name, line, f"the calendar is broken: {fault}", "export the calendar again")
    return calendars, skipped


def _read_event(text: str) -> Any:
    """Return a calendar with the event that begins a text."""
    from icalendar import Calendar

    event, ending, _ = text.partition("\nEND:VEVENT")
    if not ending:
        raise ValueError("it has no end")
    return Calendar.from_ical(f"BEGIN:VCALENDAR\n{event}{ending}\nEND:VCALENDAR\n")


def _lines(text: str) -> dict[str, int]:
    """Return UID → line."""
    rows = enumerate(text.split("\n"), 1)
    return {row[4:].strip(): number for number, row in reversed([*rows]) if row[:4].upper() == "UID:"}


def _name_others(parts: Sequence[Any], inventory: Inventory) -> None:
    """Enter components that are not events."""
    inventory.at(inventory.place, 1)
    for part in parts:
        if part.name in {"VTODO", "VJOURNAL"}:
            note = "only events are imported"
            inventory.add("component", part.name, Use.LEFT_OUT, note, "write an item for it")
        elif part.name in {"VALARM", "VFREEBUSY", "VTIMEZONE"}:
            inventory.add("component", part.name, Use.NOT_NEEDED, "it serves calendar programs")


def _records(
    uid: str, versions: Sequence[Any], inventory: Inventory, zone: str
) -> tuple[list[Record], list[Skipped]]:
    """Return the records of all dates of one event."""
    changed = {
        _key(at): event for event in versions if isinstance(at := _value(event, "recurrence-id"), date)
    }
    masters = [event for event in versions if "recurrence-id" not in event]
    records: list[Record] = []
    skipped: list[Skipped] = []
    for event in masters[:1] or versions[:1]:
        start = _value(event, "dtstart")
        if not isinstance(start, date):
            what = f'event "{one_line(str(event.get("summary") or uid))}"'
            why = "it has no date that can be read"
            skipped.append(Skipped(place=inventory.place, line=inventory.line, what=what, why=why))
            continue
        dates = _dates(event, start, inventory) if masters else [start]
        is_series = len(dates) > 1 or bool(changed)
        for moment in dates:
            version = changed.pop(_key(moment), None)
            at = _value(version, "dtstart") if version is not None else moment
            records.append(_record(uid, version or event, at, inventory, zone, is_series=is_series))
    for event in [*changed.values()] if masters else versions[1:]:
        at = _value(event, "dtstart")
        if isinstance(at, date):
            records.append(_record(uid, event, at, inventory, zone, is_series=True))
    return records, skipped


def _value(event: Any, key: str) -> Any:
    """Return the value of a property with a date or duration; None if it cannot be read."""
    from icalendar import vDDDTypes, vDuration

    found = event.get(key)
    found = found[0] if isinstance(found, list) and found else found
    # icalendar keeps a value that it cannot read as text, of a class without a date.
    return found.dt if isinstance(found, vDDDTypes | vDuration) else None


def _key(moment: date) -> str:
    return (_in_zone(moment, UTC) if isinstance(moment, datetime) else moment).isoformat()


def _dates(event: Any, start: date, inventory: Inventory) -> list[date]:
    """Return the dates of an event in order: those of its rules, without the exceptions."""
    found = {_key(start): start}
    for rule in _list(event.get("rrule")):
        try:
            moments = [*islice(_repeat(rule.to_ical().decode(), start), MAX_DATES + 1)]
        except (ValueError, TypeError, OverflowError) as error:
            note = f"its rule cannot be read ({error})"
            inventory.add(
                "repetition of", _title(event), Use.LEFT_OUT, note, "write the other dates yourself"
            )
            continue
        if len(moments) > MAX_DATES:
            note = f"only its first {MAX_DATES} dates were imported"
            inventory.add("repetition of", _title(event), Use.LEFT_OUT, note, "write further dates yourself")
        found |= {_key(moment): moment for moment in moments[:MAX_DATES]}
    for moment in _listed(event, "rdate", inventory):
        found.setdefault(_key(moment), moment)
    for moment in _listed(event, "exdate", inventory):
        found.pop(_key(moment), None)
    return [found[key] for key in sorted(found)][:MAX_DATES]


def _repeat(rule: str, start: date) -> Iterator[date]:
    """Yield the dates of a rule, in the zone of the start."""
    from dateutil.rrule import rrulestr

    if re.search(r"FREQ=(?:SECOND|MINUTE|HOUR)LY", rule):
        raise ValueError("it repeats within a day")
    # dateutil needs an end without zone for times without zone: the end of that day.
    rule = re.sub(r"(UNTIL=\d{8})(?:T\d{6}Z?)?", r"\1T235959", rule)
    if not isinstance(start, datetime):
        yield from (moment.date() for moment in rrulestr(rule, dtstart=datetime.combine(start, time())))
        return
    for moment in rrulestr(rule, dtstart=start.replace(tzinfo=None)):
        yield moment.replace(tzinfo=start.tzinfo)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _title(event: Any) -> str:
    return one_line(str(event.get("summary") or ""))


def _listed(event: Any, key: str, inventory: Inventory) -> Iterator[date]:
    """Yield the dates of a property that lists some."""
    for value in _list(event.get(key)):
        if (dates := _attribute(value, "dts", None)) is None:
            note, hint = "its list of dates cannot be read", "compare the dates with its calendar"
            inventory.add(f"{key} of", _title(event), Use.LEFT_OUT, note, hint)
        for one in dates or ():
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if isinstance(moment, date):
                yield moment


def _attribute(value: Any, name: str, default: Any) -> Any:
    """Return an attribute of a property; the default for one that is broken, whose attributes raise."""
    try:
        return getattr(value, name, default)
    except ValueError:
        return default


def _record(uid: str, event: Any, start: date, inventory: Inventory, zone: str, *, is_series: bool) -> Record:
    title = _title(event)
    values: dict[str, Value] = {"title": title}
    remarks: list[Remark] = []
    _put_times(values, event, start, zone)
    _put_facts(values, event, inventory)
    day = f"{start.year:04}-{start.month:02}-{start.day:02}"
    for key in event:
        use = Use.NOT_NEEDED if key.lower() in _NOT_NEEDED or key.lower().startswith("x-") else Use.CARRIED
        if key.lower() in _READ | _NOT_NEEDED or key.lower().startswith("x-"):
            inventory.add("property", key.lower(), use)
        else:
            hint = "compare the event with its calendar"
            inventory.add("property", key.lower(), Use.LEFT_OUT, "events have no such key", hint)
    slug = slugify(title) or f"event-{slugify(uid)[:8]}"
    return Record(
        place=inventory.place,
        line=inventory.line,
        kind="event",
        stem=f"{slug[:60].strip('-')}-{day}" if is_series else slug,
        identity=f"{uid}:{day}" if is_series else uid,
        values=values,
        terms=tuple(("category", name) for name in _categories(event)),
        text=_description(event),
        base=str(event.get("url") or ""),
        remarks=tuple(remarks),
    )


def _put_times(values: dict[str, Value], event: Any, start: date, zone: str) -> None:
    """Store start and end; the end of a whole day is the day after it (RFC 5545, 3.6.1)."""
    end = _end(start, _length(event))
    if not isinstance(start, datetime):
        values["start"] = start.isoformat()
        if end and (end := _end(end, timedelta(days=-1)) or end) > start:
            values["end"] = end.isoformat()
        return
    own = str(getattr(start.tzinfo, "key", "") or start.tzinfo or "")
    own = own if is_time_zone(own) and own not in {"UTC", zone} else ""
    target = ZoneInfo(own or zone)
    for key, moment in (("start", start), ("end", end)):
        if isinstance(moment, datetime):
            local = _in_zone(moment, target) if moment.tzinfo else moment
            values[key] = local.strftime("%Y-%m-%d %H:%M")
    if own:
        values["time_zone"] = own


def _length(event: Any) -> timedelta | None:
    """Return how long an event lasts; None if that is not said, or makes no sense."""
    first, last, duration = _value(event, "dtstart"), _value(event, "dtend"), _value(event, "duration")
    if last is None:
        return duration if isinstance(duration, timedelta) else None
    if isinstance(first, datetime) and isinstance(last, datetime):
        if (first.tzinfo is None) != (last.tzinfo is None):
            # One of them names no zone: that of the other is meant.
            zone = first.tzinfo or last.tzinfo
            first, last = first.replace(tzinfo=zone), last.replace(tzinfo=zone)
        return last - first
    is_days = isinstance(first, date) and isinstance(last, date) and type(first) is type(last)
    return last - first if is_days else None


def _end(start: date, length: timedelta | None) -> date | None:
    try:
        return start + length if length is not None else None
    except OverflowError:  # before the year 1, or after 9999
        return None


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment in a zone; the same at the ends of all years, where there is none."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def _put_facts(values: dict[str, Value], event: Any, inventory: Inventory) -> None:
    place = one_line(str(event.get("location") or ""))
    if _ADDRESS.fullmatch(place):
        values["online"] = "true"
        values["url"] = place
    elif place:
        values["place"] = place
    url = str(event.get("url") or "")
    if value_for("url", url):
        values["url"] = url
    organiser = event.get("organizer")
    if name := one_line(str(_attribute(organiser, "params", {}).get("CN") or "")):
        values["organiser"] = [name]
    if str(event.get("status") or "").upper() == "CANCELLED":
        values["cancelled"] = "true"
    if str(event.get("class") or "").upper() in {"PRIVATE", "CONFIDENTIAL"}:
        values["draft"] = "true"
        inventory.add("class", "private", Use.CARRIED, "a draft")


def _categories(event: Any) -> list[str]:
    found = _list(event.get("categories"))
    return [
        one_line(str(name))
        for value in found
        for name in _attribute(value, "cats", [value])
        if str(name).strip()
    ]


def _description(event: Any) -> str:
    """Return a description as HTML; Outlook adds its own in HTML, which has links under their words."""
    plain = field_to_html(str(event.get("description") or ""))
    formatted = next((str(one) for one in _list(event.get("x-alt-desc"))), "")
    is_whole = len([*words_of(formatted)]) >= len([*words_of(plain)])
    return link_bracketed(formatted) if is_html(formatted) and is_whole else plain
