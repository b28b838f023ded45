"""Reads ranges of dates and times: "21-22 February 2012", "15 June 2027, 14:00-17:00" (grammar: `dates`)."""

import re
from datetime import date, timedelta
from itertools import pairwise

from msgspec.structs import replace

from clusterpress.content.clocks import ends_next_day, find_clock, find_clocks, right_season, season_zone
from clusterpress.content.dates import (
    MAX_LENGTH,
    PartialDate,
    complete_date,
    format_day,
    read_moment,
    read_partial_date,
)
from clusterpress.content.item_values import Moment
from clusterpress.content.month_names import fold
from clusterpress.parsing.values import ValueFault

_DASH = r"\s+-\s+|\s*[–—]\s*"
_TO = (
    r"to|until|till?|thru|through|au|jusqu'au|bis(?:\s+zum)?|al|do|ao|ate|tot(?:\s+en\s+met)?|t/m|az|pana\s+la|iki"
    r"|lidz|kuni|الى|حتى|по|до|εως|ως|a(?=\s+\d)"
)
SEPARATOR = re.compile(rf"{_DASH}|\s+(?:{_TO})\s+")
"""Separates the ends of a range, in folded text."""
_BETWEEN = re.compile(r"(?:between|zwischen|entre|tra|fra|tussen|mellan|mellem|mellom|miedzy|بين)\s+")
_OPENING = re.compile(
    rf"{_BETWEEN.pattern}|(?:from|du|les?|des|del?|dal|von|vom|od|van|fran|nuo|no|alates|de\s+la|من|от|с|από)\s+"
)
_AND = r"and|und|et|y|e|i|u|en|og|och|ja|ir|un|și|si|και|и|та|і"
_ALSO = re.compile(rf"\s+(?:{_AND})\s+|\s*&\s*|\s+و\s*")
"""Joins two days that are named one by one."""
_ARTICLE = r"(?:\b(?:the|le|el|il|dem|den|der|o)\s+)?"
_DAY = r"\d{1,2}(?:(?:st|nd|rd|th|er|e|o|a)\b|\.)?"
# Days of one month; a number with another hyphen next to it is part of 2012-02-21.
_DAYS = re.compile(
    rf"(?P<before>(?:[^\d-]|\D-\D|\d{{4}})*?)(?P<first>{_ARTICLE}{_DAY}(?:\s*,\s*{_DAY})*)"
    rf"(?P<joint>\s*(?:[-–—/]|\s(?:{_TO})\s)\s*|\s*,?\s+(?:{_AND})\s+|\s*[&+]\s*|\s+و\s*)"
    rf"{_ARTICLE}(?P<last>{_DAY})(?P<after>(?:[\s,./][^-–—]*)?)"
)
_FIGURES = r"\d{1,2}\.\s?\d{1,2}\.?(?:\s?\d{4})?|\d{1,2}/\d{1,2}(?:/\d{4})?"
_IN_FIGURES = re.compile(rf"({_FIGURES})\s*[-–—]\s*({_FIGURES})")
_SLASHES = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2(\d{4})\s*")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d(?:[t ][\d:.+z-]+)?)\s*(?:/|--)\s*(\d.*)")
_YEAR_ONCE = re.compile(r"((\d{4}[-.]\s?)\d\d[-.]\s?)(\d\d)\.?\s*[–—]\s*(\d\d(?:[-.]\s?\d\d)?)\.?")
"""2027-06-30–07-02 and 2027. 02. 21–22."""
_TIGHT = re.compile(r"(?<=\d)-(?=[^\W\d])|(?<=[^\W\d])-(?=\d)")
"""A hyphen between a number and a word: "30 June-2 July"."""
_DAY_MONTH = re.compile(r"(?:[^\W\d]+[.,]?\s+)?(\d{1,2})([./])\s?(\d{1,2})\.?")


def read_range(text: str, zone: str, languages: tuple[str, ...]) -> tuple[Moment, Moment] | None:
    """Return the first and last moment, or None when the text is not two dates or times.

    Each half takes missing parts (month, year, the day of a second time) from the other.

    Args:
        text: the dates as written.
        zone: the IANA name of the zone of times without one.
        languages: in which names of months are looked up first.

    Raises:
        ValueFault: the text is two dates, but one does not exist, or they are in the wrong order or not in
            succession ("21 and 23 June").
    """
    folded = fold(text).strip(" .") if len(text) <= MAX_LENGTH else ""
    ends = _with_clocks(folded, languages) or _two_days(folded, languages)
    if ends is None:
        return None
    first, last, is_list = ends
    start, end = complete_date(first, zone, text), complete_date(last, zone, text)
    if first.clock and last.clock and end.day == start.day and ends_next_day(first.clock, last.clock):
        end = complete_date(_on(last, end.day + timedelta(days=1)), zone, text)
    if end.day < start.day:
        raise ValueFault(f'"{text}" ends before it begins', "write the earlier date first")
    if start.at and end.at and end.at < start.at:
        raise ValueFault(f'"{text}" ends before it begins', "write the earlier time first, or two dates")
    if is_list and (end.day - start.day).days != 1:
        hint = f'write "{start.day} - {end.day}" if it lasts from the first to the last, or make two events'
        raise ValueFault(f'the days of "{text}" do not follow one another', hint)
    return start, end


def find_doubt(text: str, zone: str, languages: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what to ask the author of a date that can be read, and a remedy; None without doubt.

    Args:
        text: a date or range.
        zone: the IANA name of the zone of times without one.
        languages: in which names of months are looked up first.
    """
    if not (written := season_zone(fold(text))):
        return None
    try:
        moments = read_range(text, zone, languages) or (read_moment(text, zone, languages),)
    except ValueFault:
        return None
    for moment in moments:
        if moment.at and (right := right_season(moment.at, written)):
            message = f'"{text}": on {format_day(moment.day)} the time is {right}, not {written.upper()}'
            return message, f'write "{right}" if {moment.at:%H:%M} is the time on the clock there'
    return None


_Ends = tuple[PartialDate, PartialDate, bool]
"""First and last day, and whether they are named one by one ("21 and 22")."""


def _with_clocks(folded: str, languages: tuple[str, ...]) -> _Ends | None:
    """Read one or several days with two times: "21 February 2012, 09:00-17:00"."""
    if (found := find_clocks(folded)) is None:
        return None
    rest, clocks = found
    days = _two_days(rest, languages)
    if days is None:
        try:
            day = read_partial_date(_without_opening(rest), languages)
        except ValueFault:
            return None
        days = day, day, False
    first, last, is_list = days
    # A text without a day is no time either: "21.02-22.02.2027".
    is_timed = first.day is not None and first.clock is None and last.clock is None
    return (replace(first, clock=clocks[0]), replace(last, clock=clocks[1]), is_list) if is_timed else None


def _two_days(folded: str, languages: tuple[str, ...]) -> _Ends | None:
    """Return the two days that a text names, each completed by the other; None if it does not name two."""
    is_between = bool(_BETWEEN.match(folded))
    opened = _without_opening(folded)
    halves, is_list = _days_of_one_month(opened, languages[0]) or _halves(opened)
    if len(halves) != 2:  # noqa: PLR2004 - a range has two ends
        return None
    try:
        first, last = (_half(half, languages) for half in _in_one_order(halves))
    except ValueFault:
        return None
    if first.day is None or (last.day is None and (is_list or last.clock is None or first.clock is None)):
        return None
    return (*_complete(first, last), is_list and not is_between)


def _without_opening(folded: str) -> str:
    opening = _OPENING.match(folded)
    return folded[opening.end() :] if opening else folded


def _days_of_one_month(folded: str, language: str) -> tuple[list[str], bool] | None:
    """Split "21, 22 and 23 February, 09:00": the time is that of the first day."""
    rest, clock = folded, ""
    if (found := find_clock(folded)) and folded.startswith(found[0]):
        rest, clock = found[0], folded[len(found[0]) :]
    days = _DAYS.fullmatch(rest.strip(" ,"))
    if not days:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", days["first"] + " " + days["last"])]
    joint = days["joint"].strip()
    # "a" is "to" in Spanish, and "and" in Czech and Slovak.
    is_list = language in {"cs", "sk"} if joint == "a" else not re.fullmatch(rf"[-–—/]|{_TO}", joint)
    steps = {after - before for before, after in pairwise(numbers)}
    halves = [f"{days['before']} {number} {days['after']}" for number in (numbers[0], numbers[-1])]
    if figures := re.match(r"[./]?\s*(\d\d?)([./])\s*(?=\d)", days["after"]):
        after = f"{figures[2]}{figures[1]}{figures[2]}{days['after'][figures.end() :]}"
        halves = [f"{number}{after}" for number in (numbers[0], numbers[-1])]
    return [halves[0] + clock, halves[1]], is_list and steps != {1}


def _halves(folded: str) -> tuple[list[str], bool]:
    for pattern in (_ISO, _IN_FIGURES):
        if found := pattern.fullmatch(folded):
            return [*found.groups()], False
    if found := _YEAR_ONCE.fullmatch(folded):
        return [found[1] + found[3], found[1 if len(found[4]) == len("22") else 2] + found[4]], False
    for separator in (SEPARATOR, _ALSO, _TIGHT):
        if len(halves := separator.split(folded)) > 1:
            return halves, separator is _ALSO
    return [folded], False


def _in_one_order(halves: list[str]) -> list[str]:
    """Return two dates in figures with the day first, if one of them shows the order of both."""
    figures = [_SLASHES.fullmatch(half) for half in halves]
    pairs = [(int(found[1]), int(found[3]), found[4]) for found in figures if found]
    is_month_first = any(second > 12 for _, second, _ in pairs)  # noqa: PLR2004
    if len(pairs) != len(halves) or is_month_first == any(first > 12 for first, *_ in pairs):  # noqa: PLR2004
        return halves
    ordered = [
        (second, first, year) if is_month_first else (first, second, year) for first, second, year in pairs
    ]
    return [f"{day}.{month}.{year}" for day, month, year in ordered]


def _half(half: str, languages: tuple[str, ...]) -> PartialDate:
    """Read one end of a range, which may be a day and a month in figures: "21.02."."""
    if (found := _DAY_MONTH.fullmatch(half.strip())) and (found[2] == "." or int(found[3]) > 12):  # noqa: PLR2004
        return PartialDate(None, int(found[3]), int(found[1]))
    if found and int(found[1]) > 12:  # noqa: PLR2004 - only a day can be
        return PartialDate(None, int(found[3]), int(found[1]))
    return read_partial_date(half, languages)


def _complete(first: PartialDate, last: PartialDate) -> tuple[PartialDate, PartialDate]:
    """Complete each end of a range by the other; a range over New Year has two years."""
    begin, end = _fill(first, last), _fill(last, first)
    year = begin.year
    if year and year == end.year and (begin.month or 0) > (end.month or 0):
        if first.year is None:
            begin = replace(begin, year=year - 1)
        elif last.year is None:
            end = replace(end, year=year + 1)
    return begin, end


def _on(partial_date: PartialDate, day: date) -> PartialDate:
    return replace(partial_date, year=day.year, month=day.month, day=day.day, weekdays=frozenset())


def _fill(half: PartialDate, other: PartialDate) -> PartialDate:
    """Complete ``half`` with parts of ``other``."""
    return replace(
        half, year=half.year or other.year, month=half.month or other.month, day=half.day or other.day
    )
