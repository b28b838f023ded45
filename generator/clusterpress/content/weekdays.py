"""Weekdays in running text that do not fit their dates: "on Monday, 14 November 2012" was a Wednesday."""

import re
from collections.abc import Iterator

from clusterpress.content.dates import WEEKDAYS, existing_day, format_day, read_partial_date
from clusterpress.content.month_names import fold, weekday_called
from clusterpress.parsing.values import ValueFault

_NUMBER = r"\d{1,2}(?:st|nd|rd|th|er|re|[.ºª°])?"
_JOINT = r"(?:of |de |d'|d’|del |di |da )?"
_SHAPE = re.compile(
    rf"(?P<weekday>[^\W\d_][^\W\d_'-]*)(?:,? (?:the |le |den |el |il |dem )?|, )"
    rf"(?P<date>{_NUMBER},? {_JOINT}[^\W\d_]{{3,}}\.?,? {_JOINT}\d{{4}}"
    rf"|[^\W\d_]{{3,}}\.? {_NUMBER},? \d{{4}})\b"
)
"""A word, and what looks like a date in words. Most words are no weekdays: a language's names tell."""
_SPACE = re.compile(r"\s")
_YEAR = re.compile(r"\d\d\d\d\b(?<=[\s'’]\d{4})")
"""The end of a date; what stands before it is a space or the apostrophe of a `_JOINT`."""
_MAX_SPAN = 100
"""Most characters from the beginning of a weekday to its year: only there is a text looked at closely."""


def find_weekday_mismatches(text: str, languages: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield (line, words, what day it was) for each date in a text that names another weekday than its own.

    Args:
        text: any text; its lines are counted from 1.
        languages: whose names of months and weekdays are known; the most likely first.
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
