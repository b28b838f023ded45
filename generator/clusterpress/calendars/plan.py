"""The plan of all calendars, and the pure function that makes them."""

from collections.abc import Iterable, Iterator
from functools import partial

from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry
from clusterpress.library.topics import CalendarTopic
from clusterpress.values.outputs import Output


def outputs(topics: Iterable[CalendarTopic], settings: Settings) -> Iterator[Output]:
    """Yield the calendar of each topic, and one for each event in any of them: ``<its page><slug>.ics``.

    A calendar needs at least one event with an exact date.
    """
    all_topics = tuple(topics)
    single_events = {
        entry.url: CalendarTopic(
            title=entry.title,
            lang=entry.lang,
            path=calendar_path(entry),
            entries=(entry,),
            today=topic.today,
            words=topic.words,
            revisions={path: one for path, one in topic.revisions.items() if path == entry.path},
        )
        for topic in all_topics
        for entry in topic.entries
    }
    for topic in (*all_topics, *single_events.values()):
        events = tuple(entry for entry in topic.entries if entry.is_dated)
        if events:
            calendar = replace(topic, entries=events)
            make = partial(make_calendar, calendar=calendar, site=settings.url, zone=settings.time_zone)
            yield Output(path=topic.path, make=make)


def calendar_path(entry: Entry) -> str:
    """Return the path of the calendar of one event: it lies beside the event's page."""
    return f"{entry.url}{entry.slug}.ics"


def make_calendar(calendar: CalendarTopic, site: str, zone: str) -> bytes:
    """Return a calendar as iCalendar.

    Args:
        calendar: its title, path and events with an exact date.
        site: full address of the site.
        zone: time zone of events that name none.
    """
    # Imported when a calendar is made: it takes longer than planning a small site.
    from clusterpress.calendars import ical

    return ical.write(calendar, site, zone)
