"""Events as iCalendar (RFC 5545, with the calendar properties of RFC 7986)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration, vText

from clusterpress.calendars.time_zones import time_zone
from clusterpress.content.item_values import Moment
from clusterpress.content.items import Event as EventItem
from clusterpress.library.entries import Entry
from clusterpress.library.revisions import Revision, revise
from clusterpress.library.topics import CalendarTopic
from clusterpress.theme.languages import date_formatter
from clusterpress.values.characters import one_line, strip_forbidden
from clusterpress.values.digests import digest
from clusterpress.values.kinds import CATEGORIES

_REFRESH = timedelta(days=1)
"""How often calendar programs may check for changes."""


class _Span(NamedTuple):
    start: date | datetime
    """A day, or an exact time."""
    end: date | datetime | None
    """The first day or moment after the event, of the same type as ``start``; None if it is not known."""
    zone: str
    """The zone of exact times; empty for whole days."""


def write(topic: CalendarTopic, site: str, zone: str) -> bytes:
    """Return a calendar of the events with an exact date; the same events give the same bytes on any day.

    Args:
        topic: its title, path and entries.
        site: full address of the site.
        zone: time zone of events that name none.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//clusterpress//calendars//EN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # icalendar escapes only texts of properties that it knows
        calendar.add(name, vText(one_line(topic.title)))
    calendar.add("source", site + topic.path, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    events: list[tuple[_Span, Event]] = []
    for entry in topic.entries:
        item = entry.item
        if isinstance(item, EventItem) and item.start:
            span = _span(item.start, item.end, item.time_zone or zone)
            revision = revise(entry, topic.today, topic.revisions.get(entry.path))
            events.append((span, _event(entry, item, span, site, revision, topic)))
    events.sort(key=lambda one: (one[0].start.isoformat(), one[1]["uid"]))
    for component in (*_zones(span for span, _ in events), *(event for _, event in events)):
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def _span(opening: Moment, closing: Moment | None, zone: str) -> _Span:
    """Return the span of an event: whole days if its start has no time (RFC 5545, 3.6.1).

    An event that begins at a time and ends on a day ends with that day.
    """
    if opening.at:
        own = ZoneInfo(zone)
        start = opening.at.astimezone(own)
        end = closing.at if closing else None
        if closing and not end:
            end = datetime.combine(closing.day + timedelta(days=1), time(), own)
        return _Span(start, end.astimezone(own) if end and end > start else None, zone)
    last = max(opening.day, closing.day) if closing else opening.day
    return _Span(opening.day, last + timedelta(days=1), "")


def _zones(spans: Iterable[_Span]) -> Iterable[Timezone]:
    """Yield the definition of each zone, for the years of all events in it."""
    years: dict[str, set[int]] = {}
    for span in spans:
        if span.zone and span.zone != "UTC":
            years.setdefault(span.zone, set()).update(
                moment.year for moment in (span.start, span.end) if moment
            )
    for zone, spanned in sorted(years.items()):
        yield time_zone(zone, min(spanned), max(spanned))


def _event(
    entry: Entry, item: EventItem, span: _Span, site: str, revision: Revision, topic: CalendarTopic
) -> Event:
    event, url = Event(), site + entry.url
    # It never changes, even if the item or the whole site moves (RFC 7986, 5.3).
    host = urlsplit(entry.id).hostname or urlsplit(site).hostname or "localhost"
    event.add("uid", f"{digest(entry.id).hex()}@{host}")
    event.add("dtstamp", revision.changed)
    event.add("last-modified", revision.changed)
    event.add("sequence", revision.sequence)
    event.add("dtstart", span.start)
    if span.end:
        event.add("dtend", span.end)
    event.add("summary", one_line(item.title) or entry.slug)
    summary = strip_forbidden(entry.card.summary).strip()
    facts = "\n".join(_facts(item, topic))
    event.add("description", "\n\n".join(text for text in (summary, facts, url) if text))
    event.add("url", url)
    place = ", ".join(filter(None, map(one_line, (item.place, item.address, item.country))))
    online = (item.url or topic.words.get("online", "")) if item.online else ""
    if place or online:  # programs open an address in the place
        event.add("location", place or online)
    names = (one_line(label.name) for taxonomy in CATEGORIES for label in entry.terms.get(taxonomy, ()))
    if categories := list(dict.fromkeys(filter(None, names))):
        event.add("categories", categories)
    if item.cancelled:
        event.add("status", "CANCELLED")
    if organiser := _organiser(item):
        event.add("organizer", organiser)
    return event


def _facts(item: EventItem, topic: CalendarTopic) -> Iterator[str]:
    """Yield in words of the page where the event is on the web, and how and until when people register."""
    words, dates = topic.words, date_formatter(topic.lang)
    if item.url and words:
        yield f"{words['online' if item.online else 'website']}: {item.url}"
    elif item.online and words:
        yield words["online"]
    if item.cancelled or not words:
        return
    if item.registration:
        yield f"{words['registration']}: {item.registration}"
    if item.deadline:
        by = words["register_by"].format(date=dates.day(item.deadline.day))
        yield ", ".join(filter(None, (by, dates.times(item.deadline.at, None))))


def _organiser(item: EventItem) -> vCalAddress | None:
    for name, mail in (parseaddr(one_line(written)) for written in item.organiser):
        if "@" in mail:
            organiser = vCalAddress(f"mailto:{mail}")
            if name:
                organiser.params["CN"] = vText(name)
            return organiser
    return None
