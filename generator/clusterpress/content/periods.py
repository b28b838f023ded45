"""Reads periods in words, and returns the days they can mean (grammar: `dates`)."""

import re
from calendar import monthrange
from datetime import date, timedelta

from clusterpress.content.date_ranges import SEPARATOR, read_range
from clusterpress.content.dates import MAX_LENGTH, check_year, read_partial_date
from clusterpress.content.item_values import Period
from clusterpress.content.month_names import fold
from clusterpress.parsing.values import ValueFault

_HINT = 'write it like "June 2012", "beginning of April 2012" or "winter 2011/2012"'

Span = tuple[date, date]


def _numbered(*lines: str) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines) for word in line.split()}


_THIRDS = _numbered(
    "beginning begin start early debut anfang inizio principios comienzos",
    "middle mid mi milieu mitte meta mediados",
    "end late fin ende fine finales",
)
_ORDINALS = _numbered(
    "first 1st premier premiere 1er 1re erste",
    "second 2nd deuxieme seconde 2e 2eme zweite",
    "third 3rd troisieme 3e 3eme dritte",
    "fourth 4th last quatrieme 4e 4eme dernier vierte",
)
_PARTS = dict.fromkeys(["half", "semester", "semestre", "moitie", "halfte"], 2)
_PARTS |= dict.fromkeys(["quarter", "trimestre", "quartal"], 4)
_LETTERS = {"h": 2, "s": 2, "q": 4, "t": 4}
_SEASONS = _numbered(
    "spring printemps fruhling fruhjahr primavera",
    "summer ete sommer estate verano",
    "autumn fall automne herbst autunno otono",
    "winter hiver inverno invierno",
)
"""The meteorologists' seasons: spring begins in March."""

_OF = r"[\s-]+(?:(?:of|de|du|des|del|di|d'|l'|the|la|le)\s*\b)*"
_THIRD = re.compile(rf"(?:the\s+|a\s+)?({'|'.join(_THIRDS)}){_OF}(.+)")
_PART = re.compile(rf"(?:the\s+|la\s+|le\s+)?({'|'.join(_ORDINALS)})\s+({'|'.join(_PARTS)}){_OF}(.+)")
_LETTERED = re.compile(r"([hsqt])([1-4])[\s,]+(\d{4})|(\d{4})[\s,-]*([hsqt])([1-4])")
_SEASON = re.compile(rf"({'|'.join(_SEASONS)})(?:{_OF})(\d{{4}})(?:\s*[/–-]\s*(\d{{2,4}}))?")
_YEARS = re.compile(r"(\d{4})(?:\s*[/–-]\s*(\d{4}))?")
_SLASH = re.compile(r"\s*/\s*|(?<=[^\W\d])-(?=[^\W\d])")


def read_period(text: str, languages: tuple[str, ...]) -> Period:
    """Return the period that a text means.

    Args:
        text: the period as written.
        languages: in which names of months are looked up first.

    Raises:
        ValueFault: it is no period, or an exact date.
    """
    if len(text) > MAX_LENGTH:
        raise ValueFault("this is too long for a period", _HINT)
    try:
        first, last = _span(fold(text).strip(" ."), text, languages)
    except ValueFault:
        if _is_range(text, languages):
            raise _exact(text) from None
        raise
    if last < first:
        raise ValueFault(f'"{text}" ends before it begins', "write the earlier part first")
    return Period(text, first, last)


_BRACKETS = re.compile(r"\([^()]*\)")
_SHORT_YEARS = re.compile(r"(\d\d)(\d\d)\s*[-–/]\s*(\d\d)")
"""2021-27"""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNTIL = re.compile(r"(?:until|till?|jusqu|bis|hasta|fino|sino|do|حتى)\b")


def last_day_of(duration: str, languages: tuple[str, ...]) -> date | None:
    """Return the last day of a duration in words, such as "2021-27"; None if it has none ("from 2020").

    Args:
        duration: as written; it need not follow the grammar of periods.
        languages: in which names of months are looked up first.
    """
    text = _BRACKETS.sub("", duration).strip()[:MAX_LENGTH]
    if (short := _SHORT_YEARS.fullmatch(text)) and short[3] > short[2]:
        return date(int(short[1] + short[3]), 12, 31)
    try:
        return read_period(text, languages).last
    except ValueFault:
        pass
    try:
        if moments := read_range(text, "UTC", languages):
            return moments[1].day
    except ValueFault:
        pass
    years = [int(year) for year in _YEAR.findall(text)]
    return date(max(years), 12, 31) if len(years) > 1 or (years and _UNTIL.match(fold(text))) else None


def _is_range(text: str, languages: tuple[str, ...]) -> bool:
    try:
        return read_range(text, "UTC", languages) is not None
    except ValueFault:
        return False


def _exact(text: str) -> ValueFault:
    return ValueFault(f'"{text}" is an exact date', 'write it as "start"')


def _span(folded: str, text: str, languages: tuple[str, ...]) -> Span:
    if found := _THIRD.fullmatch(folded):
        return _subdivide(_span(found[2], text, languages), _THIRDS[found[1]], 3)
    if found := _PART.fullmatch(folded):
        return _subdivide(_span(found[3], text, languages), _ORDINALS[found[1]], _PARTS[found[2]])
    if found := _LETTERED.fullmatch(folded):
        letter, number, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[6], found[4])
        return _subdivide(_months(int(year), 1, 12), int(number) - 1, _LETTERS[letter])
    if found := _SEASON.fullmatch(folded):
        return _months(int(found[2]), 3 * _SEASONS[found[1]] + 3, 3)
    if found := _YEARS.fullmatch(folded):
        return _months(int(found[1]), 1, 12)[0], _months(int(found[2] or found[1]), 1, 12)[1]
    halves = [half for piece in SEPARATOR.split(folded) for half in _SLASH.split(piece)]
    if len(halves) == 2:  # noqa: PLR2004 - a range has two ends
        return _from_to(halves[0], halves[1], text, languages)
    try:
        partial_date = read_partial_date(folded, languages)
    except ValueFault:
        partial_date = None
    if partial_date and partial_date.day:
        raise _exact(text)
    if not partial_date or not partial_date.month or not partial_date.year:
        raise ValueFault(f'"{text}" is not a period', _HINT)
    return _months(partial_date.year, partial_date.month, 1)


def _from_to(begin: str, end: str, text: str, languages: tuple[str, ...]) -> Span:
    """Read two halves; a first half without a year takes the other's, or the year before it."""
    last = _span(end, text, languages)
    if re.search(r"\d{4}", begin):
        return _span(begin, text, languages)[0], last[1]
    first = _span(f"{begin} {last[1].year}", text, languages)
    if first[0] > last[1]:
        first = _span(f"{begin} {last[1].year - 1}", text, languages)
    return first[0], last[1]


def _months(year: int, month: int, count: int) -> Span:
    """Return the span of ``count`` months, the first of which is ``month`` (13 is next January)."""
    check_year(year)
    past = (month - 1) // 12
    first = date(year + past, month - 12 * past, 1)
    end = first.month + count - 1
    last_year, last_month = first.year + (end - 1) // 12, (end - 1) % 12 + 1
    return first, date(last_year, last_month, monthrange(last_year, last_month)[1])


def _subdivide(span: Span, part: int, parts: int) -> Span:
    """Return one of ``parts`` equal parts of a span: whole months where they come out even, else days."""
    first, last = span
    if part >= parts:
        raise ValueFault(f"there is no part {part + 1} of {parts}", _HINT)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months % parts == 0:
        size = months // parts
        return _months(first.year, first.month + part * size, size)
    size = ((last - first).days + 1) // parts
    start = first + timedelta(days=part * size)
    return start, last if part == parts - 1 else start + timedelta(days=size - 1)
