"""Reads ranges of dates: ``21-22 February``, ``30 November - 2 December 2011`` (grammar: `dates`)."""

import re
from dataclasses import replace

from clusterpress.content.dates import PartialDate, complete_date, read_partial_date
from clusterpress.content.items import Moment
from clusterpress.content.month_names import fold
from clusterpress.parsing.values import ValueFault

_DASH = r"\s+-\s+|\s*[–—]\s*"
SEPARATOR = re.compile(rf"{_DASH}|\s+(?:to|until|till|through|au|jusqu'au|bis|al|do|ao)\s+")
"""Separates the ends of a range, in folded text."""
_OPENING = re.compile(r"(?:from|du|von|vom|dal|del|od)\s+")
# Two days of one month; a number with another hyphen next to it is part of 2012-02-21.
_DAYS = re.compile(r"((?:[^\d-]|\D-\D)*)(\d{1,2})\.?\s*[-/]\s*(\d{1,2})((?:[\s,.][^-/]*)?)")


def read_range(text: str, zone: str, languages: tuple[str, ...]) -> tuple[Moment, Moment] | None:
    """Return the first and last moment, or None when the text is not two dates.

    Each half takes missing parts (month, year, the day of a second time) from the other.

    Args:
        text: the dates as written.
        zone: the IANA name of the zone of times without one.
        languages: in which names of months are looked up first.

    Raises:
        ValueFault: the text is two dates, but one does not exist or they are in the wrong order.
    """
    halves = _halves(_OPENING.sub("", fold(text).strip(), count=1))
    if len(halves) != 2:  # noqa: PLR2004 - a range has two ends
        return None
    try:
        first, last = (read_partial_date(half, languages) for half in halves)
    except ValueFault:
        return None
    if first.day is None or (last.day is None and last.clock is None):
        return None
    first, last = _fill(first, last), _fill(last, first)
    if (
        first.year == last.year
        and (first.month or 0) > (last.month or 0)
        and not re.search(r"\d{4}", halves[0])
    ):
        first = replace(first, year=(first.year or 0) - 1)
    start, end = complete_date(first, zone, text), complete_date(last, zone, text)
    if end.day < start.day:
        raise ValueFault(f'"{text}" ends before it begins', "write the earlier date first")
    return start, end


def _halves(folded: str) -> list[str]:
    if days := _DAYS.fullmatch(folded):
        before, first, last, after = days.groups()
        return [before + first + after, before + last + after]
    return SEPARATOR.split(folded)


def _fill(half: PartialDate, other: PartialDate) -> PartialDate:
    """Complete ``half`` with parts of ``other``."""
    return replace(
        half, year=half.year or other.year, month=half.month or other.month, day=half.day or other.day
    )
