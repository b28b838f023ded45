"""Checks of texts: leftover placeholders, and weekdays that do not match their dates.

New files contain placeholder text. It begins with a fixed pair of words, so that `check` can warn of it and
`publish` can refuse it. Drafts may keep it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clusterpress.content.dates import WEEKDAYS, existing_day, format_day, read_partial_date
from clusterpress.content.month_names import fold, weekday_called
from clusterpress.parsing.values import Position, Value, ValueFault, position_of
from clusterpress.values.problems import Problem, Severity

MARK = "REPLACE THIS"
"""The first words of placeholder text."""

FIELD = "placeholder"
"""The ``field`` of problems about placeholders."""

_NUMBER = r"\d{1,2}(?:st|nd|rd|th|er|re|[.ºª°])?"
_JOINT = r"(?:of |de |d'|d’|del |di |da )?"
_SHAPE = re.compile(
    rf"(?P<weekday>[^\W\d_][^\W\d_'-]*)(?:,? (?:the |le |den |el |il |dem )?|, )"
    rf"(?P<date>{_NUMBER},? {_JOINT}[^\W\d_]{{3,}}\.?,? {_JOINT}\d{{4}}"
    rf"|[^\W\d_]{{3,}}\.? {_NUMBER},? \d{{4}})\b"
)
"""A word followed by a date in words; only names of weekdays count."""
_SPACE = re.compile(r"\s")
_YEAR = re.compile(r"\d\d\d\d\b(?<=[\s'’]\d{4})")
"""The year of a date, after a space or the apostrophe of a `_JOINT`."""
_MAX_SPAN = 100
"""Maximum distance from a weekday to its year; limits the search."""


def placeholder(words: str) -> str:
    """Return placeholder text."""
    return f"{MARK}: {words}"


def find_placeholders(
    values: Mapping[str, Value], lines: Mapping[str, Position], body: str, body_line: int, path: str
) -> Iterator[Problem]:
    """Yield a warning for each placeholder in an item.

    Args:
        values: key → value, as read.
        lines: dotted key → place.
        body: the Markdown text.
        body_line: the line of the file on which it begins.
        path: the file.
    """
    for name, text in _texts(values):
        if MARK in text:
            yield _warning(path, *position_of(name, lines))
    for number, line in enumerate(body.split("\n") if MARK in body else (), start=body_line):
        if MARK in line:
            yield _warning(path, number, line.index(MARK) + 1)


def placeholders_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are placeholders left in items."""
    return tuple(problem for problem in problems if problem.field == FIELD)


def _warning(path: str, line: int, column: int) -> Problem:
    return Problem(
        path=path,
        line=line,
        column=column,
        severity=Severity.WARNING,
        message="placeholder text is still here",
        hint="write your own text in its place, or set draft: true until you do",
        field=FIELD,
    )


def _texts(values: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted key, text) for every text among values."""
    for key, value in values.items():
        if isinstance(value, str):
            yield f"{start}{key}", value
        elif isinstance(value, Mapping):
            yield from _texts(value, f"{start}{key}.")
        elif isinstance(value, list | tuple):
            yield from _texts({str(index): part for index, part in enumerate(value)}, f"{start}{key}.")


def find_weekday_mismatches(text: str, languages: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield (line, words, correction) for each date in a text with a wrong weekday.

    Args:
        text: any text; its lines are counted from 1.
        languages: those of the names of months and weekdays, the most likely first.
    """
    if not _YEAR.search(text):  # most texts
        return
    for found in _dates(_SPACE.sub(" ", text)):
        named = weekday_called(fold(found["weekday"]), languages)
        if named is None:
            continue
        try:
            partial_date = read_partial_date(found["date"], languages)
            day = existing_day(partial_date.year or 0, partial_date.month or 0, partial_date.day or 0)
        except ValueFault:
            continue
        if day.weekday() != named:
            said = f"{format_day(day)} was a {WEEKDAYS[day.weekday()]}"
            yield text.count("\n", 0, found.start()) + 1, found[0], said


def _dates(text: str) -> Iterator[re.Match[str]]:
    for year in _YEAR.finditer(text):
        begin = text.rfind(" ", 0, max(year.start() - _MAX_SPAN, 0)) + 1
        for found in _SHAPE.finditer(text, begin, year.end()):
            if found.end() == year.end():
                yield found
