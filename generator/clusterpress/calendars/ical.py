"""iCalendar (RFC 5545, with the calendar properties of RFC 7986)."""

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration, vText

from clusterpress.calendars.views import CalendarView, EventView

_REFRESH = timedelta(days=1)
"""How often calendar programs may look for news."""


def write(view: CalendarView) -> bytes:
    """Return a calendar; the same events give the same bytes on any day."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//clusterpress//calendars//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", view.title)
    calendar.add("x-wr-calname", view.title)
    calendar.add("source", view.url, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    for component in (*_zones(view.events), *map(_event, view.events)):
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def _zones(events: Iterable[EventView]) -> Iterable[Timezone]:
    """Yield the definition of each zone, long enough for all events in it.

    `Calendar.add_missing_timezones` would do, but for its order, which differs from run to run.
    """
    years: dict[str, set[int]] = {}
    for event in events:
        if event.zone and event.zone != "UTC":
            years.setdefault(event.zone, set()).update(
                moment.year for moment in (event.start, event.end) if moment
            )
    for zone, spanned in sorted(years.items()):
        yield Timezone.from_tzid(
            zone, first_date=date(min(spanned) - 1, 1, 1), last_date=date(max(spanned) + 1, 12, 31)
        )


def _event(view: EventView) -> Event:
    event = Event()
    event.add("uid", view.uid)
    event.add("dtstamp", view.updated)
    event.add("last-modified", view.updated)
    event.add("dtstart", view.start)
    if view.end:
        event.add("dtend", view.end)
    event.add("summary", view.title)
    event.add("description", "\n\n".join(text for text in (view.summary, view.url) if text))
    event.add("url", view.url)
    if view.place:
        event.add("location", view.place)
    if view.categories:
        event.add("categories", list(view.categories))
    if view.cancelled:
        event.add("status", "CANCELLED")
    name, mail = view.organiser
    if mail:
        organiser = vCalAddress(f"mailto:{mail}")
        if name:
            organiser.params["CN"] = vText(name)
        event.add("organizer", organiser)
    return event
