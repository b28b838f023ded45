"""Searches for what stands between two marks, in time proportional to the text.

A mark that opens and never closes would make a regular expression read the whole rest of the text, and so
would each of a thousand such marks.
"""

import re
from collections.abc import Callable, Iterator

_LONGEST = 5_000
"""Characters of a mark with its arguments, at most."""


def sub_enclosed(
    pattern: re.Pattern[str], closing: re.Pattern[str], change: Callable[[re.Match[str]], str], text: str
) -> str:
    """Return a text with each match replaced; nothing can match behind the last closing mark.

    Args:
        pattern: an opening mark, any text, a closing mark.
        closing: the closing mark.
        change: returns what replaces a match.
        text: the text.
    """
    end = max((found.end() for found in closing.finditer(text)), default=0)
    return pattern.sub(change, text[:end]) + text[end:] if end else text


def find_marks(
    pattern: re.Pattern[str], opening: re.Pattern[str], closing: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern; none is longer than `_LONGEST`.

    Args:
        pattern: a mark.
        opening: a character with which it may begin.
        closing: a character with which it may end.
        text: the text.
    """
    at = end = 0
    while sign := opening.search(text, at):
        start = at = sign.start()
        if end <= start:
            found = closing.search(text, start)
            if not found:
                return
            end = found.end()
        mark = pattern.match(text, start, start + _LONGEST) if end - start <= _LONGEST else None
        at = mark.end() if mark else start + 1
        if mark:
            yield mark
