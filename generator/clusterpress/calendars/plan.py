"""The plan: every output of this floor, before any is made."""

from collections.abc import Iterable, Iterator

from clusterpress.calendars.views import CalendarView, view_events
from clusterpress.characters import one_line
from clusterpress.config.settings import Settings
from clusterpress.library.entries import CalendarTopic, Entry
from clusterpress.outputs import Output


def outputs(topics: Iterable[CalendarTopic], settings: Settings) -> Iterator[Output]:
    """Yield the calendar of each topic, and one for each event in any of them: ``<its page><slug>.ics``.

    A calendar without one event that has an exact date is not made.
    """
    followed = tuple(topics)
    alone = {
        entry.url: CalendarTopic(
            title=entry.item.title, lang=entry.lang, path=calendar_path(entry), entries=(entry,)
        )
        for topic in followed
        for entry in topic.entries
    }
    for topic in (*followed, *alone.values()):
        events = view_events(topic.entries, settings)
        if events:
            view = CalendarView(title=one_line(topic.title), url=settings.url + topic.path, events=events)
            yield Output(path=topic.path, make=make_calendar, inputs={"calendar": view})


def calendar_path(entry: Entry) -> str:
    """Return the path of the calendar that holds one event, beside its page."""
    return f"{entry.url}{entry.slug}.ics"


def make_calendar(calendar: CalendarView) -> bytes:
    """Return the calendar as iCalendar."""
    # Imported when one is made: it takes longer than planning a small site.
    from clusterpress.calendars import ical

    return ical.write(calendar)
