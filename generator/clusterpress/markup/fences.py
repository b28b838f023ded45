"""Fenced code: fences as in CommonMark 4.5, rewritten into those that SuperFences accepts.

SuperFences wants a closing fence that equals the opening one, and an info string in its own form. CommonMark
accepts any info string, a longer closing fence, and none at all: the code then ends with its list item or
quotation, or with the text.
"""

import re
from typing import NamedTuple

from clusterpress.markup.blocks import BULLET, NUMBER

_START = re.compile(r"(?P<before>[> ]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,}(?!~))(?P<info>.*)")
_ACCEPTED = re.compile(
    r"(?:\.?[\w#.+-]+(?=[ ]|$))?(?:[ ]*\{.*\}|(?:[ ]+[a-zA-Z]\w*(?:=(?:\"[^\"]*\"|'[^']*'))?)*)"
)
_LANGUAGE = re.compile(r"[ ]*(?:\{[ ]*)?\.?([\w#+-][\w#+.-]*)")
_ITEM = re.compile(rf"[ ]*(?:{BULLET}|{NUMBER})[ ]+(?=[^ ])")


class _Fence(NamedTuple):
    """An open fence."""

    before: str
    """What precedes it on its line: marks of quotations and spaces."""
    mark: str
    """Its characters."""
    depth: int
    """Columns that its lines lose, because it stands in no list."""

    def closes(self, line: str) -> bool:
        """Return whether a line of the code is its last fence."""
        return is_closing(line[_width(self.before, line) :], self.mark)

    def goes_on(self, line: str) -> bool:
        """Return whether a line is still in the quotation or list item of the fence."""
        quotes = self.before.count(">")
        if quotes:
            return line[: len(self.before)].count(">") >= quotes
        return not line.strip() or self.depth > 0 or line.startswith(self.before)


def is_closing(text: str, mark: str) -> bool:
    """Return whether a line closes a fence of these characters; a closing fence may be longer."""
    text = text.strip(" ")
    return len(text) >= len(mark) and not text.strip(mark[0])


def normalise_fences(lines: list[str]) -> list[str]:
    """Return the lines with every fence in the form that SuperFences accepts."""
    return _read(lines)[0]


def unclosed_fence(lines: list[str]) -> int:
    """Return the line, from 1, of a fence that nothing closes before the text ends, or 0."""
    return _read(lines)[1]


def _read(lines: list[str]) -> tuple[list[str], int]:
    result: list[str] = []
    fence: _Fence | None = None
    opened = column = 0  # column: where the text of the last list item begins; 0 below a line at the margin
    for number, line in enumerate(lines, start=1):
        if fence and not fence.goes_on(line):
            result.append(fence.before + fence.mark)
            fence = None
        if fence:
            closes = fence.closes(line)
            result.append(fence.before + fence.mark if closes else _dedented(line, fence.depth))
            fence = None if closes else fence
        elif found := _START.fullmatch(line):
            fence, opened = _open(found, column), number
            result.append(fence.before + fence.mark + _info(found["info"]))
        else:
            result.append(line)
            if item := _ITEM.match(line):
                column = min(column, item.end()) or item.end()
            elif line[:1] not in ("", " "):
                column = 0
    return ([*result, fence.before + fence.mark], opened) if fence else (result, 0)


def _open(found: re.Match[str], column: int) -> _Fence:
    before = found["before"]
    in_item = column and len(before) >= min(column, 4)
    depth = len(before) if not in_item and ">" not in before and len(before) < 4 else 0  # noqa: PLR2004 (4 spaces: indented code)
    return _Fence("" if depth else before, found["fence"], depth)


def _width(before: str, line: str) -> int:
    """Return how many of the first characters of a line correspond to those before the fence."""
    end = 0
    while end < min(len(before), len(line)) and line[end] in "> ":
        end += 1
    return end


def _dedented(line: str, depth: int) -> str:
    return line[min(depth, len(line) - len(line.lstrip(" "))) :]


def _info(info: str) -> str:
    """Return the info string if SuperFences reads all of it, else its language."""
    if _ACCEPTED.fullmatch(info.strip(" ")):
        return info
    language = _LANGUAGE.match(info)
    return language[1] if language else ""
