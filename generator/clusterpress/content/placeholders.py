"""Placeholders: text that stands in a new file until somebody writes their own.

They all begin with the same two words, which nobody writes by chance, so that `check` can remark on those
that were forgotten and `publish` can refuse them. A draft may keep them: it is published nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clusterpress.parsing.values import Position, Value, position_of
from clusterpress.values.problems import Problem, Severity

MARK = "REPLACE THIS"
"""The words with which placeholder text begins."""

FIELD = "placeholder"
"""What problems of this sort name as their field."""


def placeholder(words: str) -> str:
    """Return text that stands in for what an editor will write."""
    return f"{MARK}: {words}"


def find_placeholders(
    values: Mapping[str, Value], lines: Mapping[str, Position], body: str, body_line: int, path: str
) -> Iterator[Problem]:
    """Yield a warning for each placeholder that is left in an item.

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
