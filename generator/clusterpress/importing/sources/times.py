"""Times that exports write as a number of seconds."""

from datetime import UTC, datetime, timedelta

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


def time_of(seconds: int) -> datetime | None:
    """Return the time so many seconds after the beginning of 1970; None if no calendar has it."""
    try:
        return _BEGIN + timedelta(seconds=seconds)
    except OverflowError:
        return None
