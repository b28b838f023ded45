"""The plan of all calendars, and the pure function that makes them."""

from collections.abc import Iterable, Iterator
from functools import partial

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
            title=entry.title, lang=entry.lang, path=calendar_path(entry), entries=(entry,)
        )
        for topic in all_topics
        for entry in topic.entries
    }
    for topic in (*all_topics, *single_events.values()):
        events = tuple(entry for entry in topic.entries if entry.is_dated)
        if events:
            make = partial(
                make_calendar,
                title=topic.title,
                path=topic.path,
                site=settings.url,
                zone=settings.time_zone,
                events=events,
            )
            yield Output(path=topic.path, make=make)


def calendar_path(entry: Entry) -> str:
    """Return the path of the calendar of one event: it lies beside the event's page."""
    return f"{entry.url}{entry.slug}.ics"


def make_calendar(title: str, path: str, site: str, zone: str, events: tuple[Entry, ...]) -> bytes:
    """Return a calendar as iCalendar.

    Args:
        title: its title in calendar programs.
        path: its own path below the root.
        site: full address of the site.
        zone: time zone of events that name none.
        events: events with an exact date.
    """
    # Imported when a calendar is made: it takes longer than planning a small site.
    from clusterpress.calendars import ical

    return ical.write(title, site + path, events, site=site, zone=zone)
