"""Views: what calendars show of an event, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from clusterpress.content.items import Event, Moment
from clusterpress.library.entries import Entry
from clusterpress.values.characters import one_line, strip_forbidden
from clusterpress.values.digests import digest
from clusterpress.values.taxonomies import Taxonomy

CATEGORIES: tuple[Taxonomy, ...] = ("programmes", "clusters", "tags")
"""The taxonomies whose terms calendars give as categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event with an exact date, as calendars show it."""

    uid: str
    """The same for ever, also after the item moved (RFC 7986, 5.3)."""
    title: str
    start: date | datetime
    """A day, or an exact time."""
    end: date | datetime | None
    """Of the same type as ``start``; the first day (or moment) after the event. None: not known."""
    zone: str
    """The zone in which exact times are told; empty for whole days."""
    updated: datetime
    summary: str
    """Plain text."""
    url: str
    """Full address of its page."""
    place: str
    categories: tuple[str, ...]
    organiser: tuple[str, str]
    """Name and e-mail address of the first organiser who gives one; empty texts without."""
    cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """A calendar."""

    title: str
    url: str
    """Its full address."""
    events: tuple[EventView, ...]
    """By start."""


def undated(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the events that calendars leave out, because their date is not known exactly."""
    return tuple(entry for entry in entries if not entry.is_dated)


def view_events(entries: Iterable[Entry], site: str, zone: str) -> tuple[EventView, ...]:
    """Return what calendars show of the events with an exact date, by start.

    Args:
        entries: events, and perhaps others.
        site: full address of the site.
        zone: time zone of events that name none.
    """
    views = [
        _view(entry, entry.item, entry.item.start, site, zone)
        for entry in entries
        if isinstance(entry.item, Event) and entry.item.start
    ]
    return tuple(sorted(views, key=lambda view: (view.start.isoformat(), view.uid)))


def _view(entry: Entry, event: Event, opening: Moment, site: str, default_zone: str) -> EventView:
    start, end, zone = _span(opening, event.end, event.time_zone or default_zone)
    host = urlsplit(site).hostname or "localhost"
    return EventView(
        uid=f"{digest(entry.id).hex()}@{host}",
        title=one_line(event.title) or entry.slug,
        start=start,
        end=end,
        zone=zone,
        updated=entry.updated,
        summary=strip_forbidden(entry.card.summary).strip(),
        url=site + entry.url,
        place=", ".join(filter(None, map(one_line, (event.place, event.address, event.country)))),
        categories=_categories(entry),
        organiser=_organiser(event),
        cancelled=event.cancelled,
    )


def _span(
    opening: Moment, closing: Moment | None, zone: str
) -> tuple[date | datetime, date | datetime | None, str]:
    """Return start, end and zone; whole days unless both ends have a time (RFC 5545, 3.6.1)."""
    if opening.at and (closing is None or closing.at):
        start = opening.at.astimezone(ZoneInfo(zone))
        end = closing.at.astimezone(ZoneInfo(zone)) if closing and closing.at else None
        return start, end if end and end > start else None, zone
    last = max(opening.day, closing.day) if closing else opening.day
    return opening.day, last + timedelta(days=1), ""


def _categories(entry: Entry) -> tuple[str, ...]:
    names = (one_line(label.name) for taxonomy in CATEGORIES for label in entry.terms.get(taxonomy, ()))
    return tuple(dict.fromkeys(name for name in names if name))


def _organiser(event: Event) -> tuple[str, str]:
    from email.utils import parseaddr  # takes longer to import than events take to plan

    addresses = (parseaddr(one_line(name)) for name in event.organiser)
    return next(((name, mail) for name, mail in addresses if "@" in mail), ("", ""))
