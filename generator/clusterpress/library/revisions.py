"""Revisions of events: when calendars were last told something new of an event, and how often.

Calendar programs that hold an event take over a change only if its sequence number or stamp rises (RFC 5545,
3.8.7.4 and 3.8.7.3). What was published is the memory of both; without it, the source alone decides.
"""

from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import NamedTuple

from clusterpress.content.item_values import Moment
from clusterpress.library.entries import Entry
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.publication import instant

_BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
"""The last change of an event without any date but its own, and the zero of sequence numbers."""


_STEP = timedelta(seconds=1)
"""The least by which a stamp rises: builds know the day, as one on the same day must give the same bytes."""


class Revision(NamedTuple):
    """What calendars know of an event."""

    shown: str
    """`IndexRecord.in_calendars` at that time."""
    sequence: int
    changed: datetime
    """When it was last changed, to the second."""
    details: str = ""
    """`IndexRecord.calendar_details` at that time; empty if it is not known."""

    def differs_from(self, record: IndexRecord) -> bool:
        """Return whether calendars say anything of an event that they did not say before."""
        other_details = bool(self.details) and self.details != record.calendar_details
        return other_details or self.shown != record.in_calendars


def revise(entry: Entry, today: date | None, known: Revision | None) -> Revision:
    """Return the revision of an event that calendars show, given the one that was published.

    If calendars say anything else now, the change is of today, and later than the one before, also twice in a
    day. If it concerns whoever wants to come, the number is one more (RFC 5546, 2.1.4). Neither ever falls.

    Args:
        entry: the event.
        today: the day of the build; may be None if `is_ahead` says that it does not matter.
        known: the published revision; None if there is none.
    """
    changed, sequence = _from_source(entry, today)
    record = entry.index_record
    if known:
        moments = [changed, known.changed]
        if today and known.differs_from(record):
            midnight = instant(Moment(today), entry.item_loader.zone).astimezone(UTC)
            moments += [midnight, known.changed + _STEP]
        is_new = known.shown != record.in_calendars
        changed, sequence = max(moments), max(sequence, known.sequence + is_new)
    return Revision(record.in_calendars, sequence, changed, record.calendar_details)


def is_ahead(entry: Entry, today: date, known: Revision | None) -> bool:
    """Return whether the revision of an event depends on the day of the build.

    Its ``updated`` is not past yet, or it is to come and has no announcement, or calendars know it otherwise.
    """
    one = entry.index_record
    is_unannounced = not isfinite(one.publish_at) and one.first_day >= today.toordinal()
    is_changed = known is not None and known.differs_from(one)
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
