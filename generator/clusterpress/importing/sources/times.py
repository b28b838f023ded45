"""Times that exports write as a number of seconds, and times that no calendar has."""

from calendar import timegm
from datetime import UTC, datetime, timedelta
from time import struct_time

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def time_of(seconds: int) -> datetime | None:
    """Return the time so many seconds after the beginning of 1970; None if no calendar has it."""
    try:
        return _BEGIN + timedelta(seconds=seconds)
    except OverflowError:
        return None


def time_of_parts(parts: struct_time | None) -> datetime | None:
    """Return a time in UTC that feedparser has taken apart; None if no calendar has it."""
    try:
        return time_of(timegm(parts)) if parts else None
    except ValueError:
        return None
