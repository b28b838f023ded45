"""Revisions of events: when calendars were last told something new of an event, and how often.

Calendar programs that hold an event take over a change only if its sequence number or stamp rises (RFC 5545,
3.8.7.4 and 3.8.7.3). What was published is the memory of both; without it, the source alone decides.
"""

from datetime import UTC, date, datetime
from math import isfinite
from typing import NamedTuple

from clusterpress.content.item_values import Moment
from clusterpress.library.entries import Entry
from clusterpress.library.publication import instant

_BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
"""The last change of an event without any date but its own, and the zero of sequence numbers."""


class Revision(NamedTuple):
    """What calendars know of an event."""

    shown: str
    """`IndexRecord.in_calendars` at that time."""
    sequence: int
    changed: datetime
    """When it was last changed, to the second."""


def revise(entry: Entry, today: date | None, known: Revision | None) -> Revision:
    """Return the revision of an event that calendars show, given the one that was published.

    If calendars show something else now, the number is one more, and the change is of today. Neither of them
    ever falls.

    Args:
        entry: the event.
        today: the day of the build; may be None if `is_ahead` says that it does not matter.
        known: the published revision; None if there is none.
    """
    changed, sequence = _from_source(entry, today)
    shown = entry.index_record.in_calendars
    if known:
        is_new = known.shown != shown
        moments = [changed, known.changed]
        if is_new and today:
            moments.append(instant(Moment(today), entry.item_loader.zone).astimezone(UTC))
        changed, sequence = max(moments), max(sequence, known.sequence + is_new)
    return Revision(shown, sequence, changed)


def is_ahead(entry: Entry, today: date, known: Revision | None) -> bool:
    """Return whether the revision of an event depends on the day of the build.

    Its ``updated`` is not past yet, or it is to come and has no announcement, or calendars know it otherwise.
    """
    one = entry.index_record
    is_unannounced = not isfinite(one.publish_at) and one.first_day >= today.toordinal()
    is_changed = known is not None and known.shown != one.in_calendars
    return is_unannounced or is_changed or one.modified >= today.isoformat()


def _from_source(entry: Entry, today: date | None) -> tuple[datetime, int]:
    """Return when an event was last changed, and its sequence number, as its source says.

    Both depend on what the source says alone, so that no build takes them back: the announcement, and
    ``updated``. The number rises with ``updated``, and by one if the event is cancelled. The day of the event
    itself counts only without an announcement, and only when it is past.
    """
    published, updated = entry.index_record.publish_at, entry.item.updated
    last = datetime.fromtimestamp(published, UTC) if isfinite(published) else _BEGIN
    day = date.fromordinal(entry.index_record.first_day)
    if not isfinite(published) and (today is None or day < today):
        last = instant(Moment(day), entry.item_loader.zone)
    number = 0
    if updated and (today is None or updated.day <= today):
        is_today = today is not None and updated.day == today
        changed = instant(Moment(updated.day) if is_today else updated, entry.item_loader.zone)
        last, number = max(last, changed), max(int((changed - _BEGIN).total_seconds()) // 60, 0)
    return last, 2 * number + entry.index_record.teaser.cancelled
