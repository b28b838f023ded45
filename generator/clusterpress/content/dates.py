"""Reads dates as people write them.

The grammar of dates in front matter, for this module, `date_ranges` and `periods`; `clocks` has that of
times. Case, accents and small words ("the", "of", "le", "de") make no difference; names of months and
weekdays are those of CLDR, first in the languages of the site, then in others::

    moment  = date [clock] | clock date
    date    = YYYY-MM-DD | YYYYMMDD | D.M.YYYY | D/M/YYYY | weekday, day, month and year in any order
    range   = ["from" | "between"] moment (dash | "to" | "until" | "and") moment
            | (D-D | D "and" D) month year | days clocks
    period  = [part "of"] (month year | season year ["/" year] | year ["/" year] | Q1 year)
            | period ("-" | "/") period
    part    = "beginning" | "middle" | "end" | ("first" | "second" …) ("half" | "quarter")

The halves of a range complete each other. A text with two readings (``05/06/2019``) or none (``31 June
2019``) is a fault with an explanation.
"""

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.content.item_values import Moment
from clusterpress.content.month_names import find_month, find_weekday, fold, near_month, words_of
from clusterpress.parsing.values import ValueFault

if TYPE_CHECKING:
    from clusterpress.content.clocks import Clock

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years outside are typing errors: 0019, 20199."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MAX_LENGTH = 80
"""Maximum length of a date or period."""

_HINT = 'write it like "15 June 2019" or "2019-06-15"'

_ONE_TIME = 'write one time, "2027-06-15 14:00", or one with an offset, "2027-06-15T14:00-05:00"'

GENERAL_HINTS = frozenset({_HINT, _ONE_TIME})
"""Hints that show the form of a date, and nothing of the text."""

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/]|\.\s?)(\d{1,2})(?:[-/]|\.\s?)(\d{1,2})\.?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
"""The basic form of ISO 8601: 20270615. No date with the day first looks like it."""
_AROUND_FIGURES = re.compile(
    r"(?P<weekday>(?:[^\W\d]+[.,]?\s+){0,3})"
    r"(?P<date>\d{1,4}([-/.])\s?\d{1,2}\3\s?\d{1,4}\.?)(?:\s*(?:г|р|ч)\.?)?\s*"
)
"""A date in figures after its weekday: "Tuesday 15/06/2027"; Bulgarian puts the word for "year" after it."""
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s*(\d{1,2})\2\s*(\d{2,4})\.?")
_IN_WORDS = re.compile(r"[\w\s.,،'’-]*")
_NUMBER = re.compile(r"(\d+)(?:(?:st|nd|rd|th|er|re|ere|e|eme|o|a)\b)?")


class PartialDate(Struct, frozen=True):
    """The parts of a date that a text names; the first half of a range may name only a day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekdays: frozenset[int] = frozenset()
    """The weekdays (Monday is 0) that the text may name; empty if it names none."""
    clock: "Clock | None" = None
    """Time of day."""


def read_moment(text: str, zone: str, languages: tuple[str, ...]) -> Moment:
    """Return the day, and the time if there is one.

    Args:
        text: the date as written.
        zone: the IANA name of the zone of a time without one.
        languages: in which names of months are looked up first.

    Raises:
        ValueFault: the text is no date, has two readings, or names a day that does not exist.
    """
    return complete_date(read_partial_date(text, languages), zone, text)


def complete_date(partial_date: PartialDate, zone: str, text: str) -> Moment:
    """Check the parts of a date and return the moment.

    Args:
        partial_date: the parts.
        zone: the IANA name of the zone of a time without one.
        text: the date as written, for messages.

    Raises:
        ValueFault: a part is missing, or there is no such day.
    """
    for part in ("year", "month", "day"):
        if getattr(partial_date, part) is None:
            raise ValueFault(f'the date "{text}" has no {part}', _HINT)
    day = _existing_day(partial_date.year or 0, partial_date.month or 0, partial_date.day or 0)
    if partial_date.weekdays and day.weekday() not in partial_date.weekdays:
        named = " or ".join(WEEKDAYS[number] for number in sorted(partial_date.weekdays))
        message = f"{format_day(day)} is a {WEEKDAYS[day.weekday()]}, not a {named}"
        raise ValueFault(message, "correct the weekday or the date")
    if partial_date.clock is None:
        return Moment(day)
    at = partial_date.clock.on(day, zone)
    return Moment(day, at)


def format_day(day: date) -> str:
    """Return a day in an unambiguous form: 15 June 2019."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def check_year(year: int) -> None:
    """Check that a year is plausible.

    Raises:
        ValueFault: it is not.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}"
        raise ValueFault(message, "write the year with four digits")


def read_partial_date(text: str, languages: tuple[str, ...]) -> PartialDate:
    """Return the parts of a date that ``text`` names, perhaps not all of them.

    Raises:
        ValueFault: some of it is no part of a date, or it has two readings.
    """
    if len(text) > MAX_LENGTH:
        raise ValueFault("this is too long for a date", _HINT)
    folded, clock = _COMPACT.sub(r"\1-\2-\3", fold(text).strip()), None
    if numbers := _YEAR_FIRST.fullmatch(folded):
        return _year_first(numbers)
    # Most dates need no clock.
    from clusterpress.content.clocks import find_clock, find_clocks, is_offset_of_date

    if found := find_clock(folded):
        if (two := find_clocks(folded)) and not is_offset_of_date(found[1], *two):
            raise ValueFault(f'"{text}" is a range of times, not one time', _ONE_TIME)
        folded, clock = found
    weekdays: frozenset[int] = frozenset()
    if figures := _AROUND_FIGURES.fullmatch(folded):
        month, weekdays = _month_and_weekday(words_of(figures["weekday"]), languages, text)
        if month:
            raise ValueFault(f'"{text}" is not a date', _HINT)
        folded = figures["date"]
    if numbers := _YEAR_FIRST.fullmatch(folded):
        return replace(_year_first(numbers), weekdays=weekdays, clock=clock)
    if numbers := _YEAR_LAST.fullmatch(folded):
        return replace(_figures(numbers, text), weekdays=weekdays, clock=clock)
    return replace(_words(folded, languages, text), clock=clock)


def _year_first(numbers: re.Match[str]) -> PartialDate:
    year, month, day = map(int, numbers.groups())
    return PartialDate(year, month, day)


def _figures(found: re.Match[str], text: str) -> PartialDate:
    """Read ``14.11.2011`` (with dots, the day is first all over Europe) and ``14/11/2011``."""
    first, separator, second, year = int(found[1]), found[2], int(found[3]), found[4]
    if len(year) < len("2019"):
        raise ValueFault(f'the year of "{text}" is cut short', "write the year with four digits")
    months = range(1, 13)
    if separator != "." and first != second and first in months and second in months:
        readings = [f"{day} {MONTHS[month - 1]} {year}" for day, month in ((first, second), (second, first))]
        message = f'"{text}" can be {readings[0]} or {readings[1]}'
        raise ValueFault(message, f'write "{readings[0]}" if that is meant')
    day, month = (first, second) if separator == "." or second in months else (second, first)
    return PartialDate(int(year), month, day)


def _words(folded: str, languages: tuple[str, ...], text: str) -> PartialDate:
    """Read ``monday, 14 november 2011`` in any order and language."""
    numbers = _NUMBER.findall(folded)
    years = [int(number) for number in numbers if len(number) > 2]  # noqa: PLR2004 - a day has two digits at most
    days = [int(number) for number in numbers if len(number) <= 2]  # noqa: PLR2004
    if not _IN_WORDS.fullmatch(folded) or len(years) > 1 or len(days) > 1:
        raise ValueFault(f'"{text}" is not a date', _HINT)
    month, weekdays = _month_and_weekday(words_of(_NUMBER.sub(" ", folded)), languages, text)
    return PartialDate(years[0] if years else None, month, days[0] if days else None, weekdays)


def _month_and_weekday(
    words: list[str], languages: tuple[str, ...], text: str
) -> tuple[int | None, frozenset[int]]:
    """Find the month among the words, with the weekday before or after it; either may have several words."""
    if not words:
        return None, frozenset()
    for own_only in (True, False):
        for cut in range(len(words) + 1):
            for name, rest in ((words[cut:], words[:cut]), (words[:cut], words[cut:])):
                month = find_month(" ".join(name), languages, own_only=own_only) if name else None
                weekdays = find_weekday(" ".join(rest), languages, own_only=own_only) if rest else set()
                if (month or not name) and (weekdays or not rest):
                    return month, frozenset(weekdays)
    guess = next((near for word in words if (near := near_month(word, languages))), None)
    raise ValueFault(f'"{text}" is not a date', f'did you mean "{guess.capitalize()}"?' if guess else _HINT)


def _existing_day(year: int, month: int, day: int) -> date:
    check_year(year)
    if not 1 <= month <= len(MONTHS):
        raise ValueFault(f"there is no month {month}", _HINT)
    name, last = MONTHS[month - 1], monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueFault(f"there is no {day} {name} {year}", f"{name} {year} has {last} days")
    return date(year, month, day)
