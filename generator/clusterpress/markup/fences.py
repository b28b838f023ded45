"""Fenced code: fences as in CommonMark 4.5, rewritten into those that SuperFences accepts.

SuperFences wants a closing fence that equals the opening one, and an info string in its own form. CommonMark
accepts any info string, a longer closing fence, and none at all: the code then ends with its list item or
quotation, or with the text.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from clusterpress.markup.blocks import BULLET, NUMBER

_START = re.compile(
    rf"(?P<before>[> ]*)(?P<item>(?:(?:{BULLET}|{NUMBER})[ ]{{1,4}})?)"
    r"(?P<fence>`{3,}(?=[^`]*$)|~{3,}(?!~))(?P<info>.*)"
)
_ACCEPTED = re.compile(
    r"(?:\.?[\w#.+-]+(?=[ ]|$))?(?:[ ]*\{.*\}|(?:[ ]+[a-zA-Z]\w*(?:=(?:\"[^\"]*\"|'[^']*'))?)*)"
)
_LANGUAGE = re.compile(r"[ ]*(?:\{[ ]*)?\.?([\w#+-][\w#+.-]*)")
_ITEM = re.compile(rf"[ ]*(?:{BULLET}|{NUMBER})[ ]+(?=[^ ])")
_TAB = 4
_MARK = "\ue0c6"
"""Stands in place of code while a text is changed: a character for private use, which texts do not have."""
_PLACE = re.compile(f"{_MARK}([0-9]+){_MARK}")


class _Fence(NamedTuple):
    """An open fence."""

    before: str
    """What precedes it on its line: marks of quotations and spaces."""
    mark: str
    """Its characters."""
    depth: int
    """Columns that its lines lose, because it stands in no list."""
    item: str = ""
    """What opens a list item on its line, with all before it."""

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


class FencedBlock(NamedTuple):
    """The lines of some fenced code."""

    fence: _Fence
    info: str
    """What stands behind the first fence."""
    start: int
    """Index of the line with the first fence."""
    end: int
    """Index after its last line."""
    has_end: bool
    """Whether its last line is a fence; otherwise it ends with what it stands in."""
    is_open: bool = False
    """Whether nothing closes it before the text ends."""

    @property
    def before(self) -> str:
        """What precedes each of its lines: marks of quotations and spaces."""
        return self.fence.before or " " * self.fence.depth

    def content(self, lines: list[str]) -> list[tuple[int, str]]:
        """Return the lines of the code with their numbers, from 1, without what precedes them."""
        last = self.end - self.has_end
        return [(at + 1, lines[at][_width(self.before, lines[at]) :]) for at in range(self.start + 1, last)]


def find_fences(lines: list[str]) -> Iterator[FencedBlock]:
    """Yield the fenced code of a text, tabs expanded, in order."""
    fence: _Fence | None = None
    info = ""
    start = column = 0  # column: where the text of the last list item begins; 0 below a line at the margin
    for at, line in enumerate(lines):
        if fence and not fence.goes_on(line):
            yield FencedBlock(fence, info, start, at, has_end=False)
            fence = None
        if fence:
            if fence.closes(line):
                yield FencedBlock(fence, info, start, at + 1, has_end=True)
                fence = None
        elif found := _START.fullmatch(line):
            fence, info, start = _open(found, column), found["info"], at
            column = len(found["before"] + found["item"]) if found["item"] else column
        elif item := _ITEM.match(line):
            column = min(column, item.end()) or item.end()
        elif line[:1] not in ("", " "):
            column = 0
    if fence:
        yield FencedBlock(fence, info, start, len(lines), has_end=False, is_open=True)


def normalise_fences(lines: list[str]) -> list[str]:
    """Return the lines with every fence in the form that SuperFences accepts."""
    result: list[str] = []
    done = 0
    for block in find_fences(lines):
        fence, last = block.fence, block.end - block.has_end
        result += lines[done : block.start]
        if fence.item:  # the code begins on a line of its own
            result.append(fence.item)
        result.append(fence.before + fence.mark + _info(block.info))
        code = lines[block.start + 1 : last]
        result += (_dedented(line, fence.depth) for line in code) if fence.depth else code
        result.append(fence.before + fence.mark)
        done = block.end
    return result + lines[done:]


def unclosed_fence(lines: list[str]) -> int:
    """Return the line, from 1, of a fence that nothing closes before the text ends, or 0."""
    return next((block.start + 1 for block in find_fences(lines) if block.is_open), 0)


def change_outside_fences(text: str, change: Callable[[str], str]) -> str:
    """Return a text in which everything but its fenced code is changed.

    The change sees a mark in place of the code, and may take it away with what it stands in: a comment.
    """
    lines = text.split("\n")
    kept: list[str] = []
    code: list[str] = []
    done = 0
    for block in find_fences([line.expandtabs(_TAB) for line in lines]):
        kept += (*lines[done : block.start], f"{_MARK}{len(code)}{_MARK}")
        code.append("\n".join(lines[block.start : block.end]))
        done = block.end
    changed = change("\n".join([*kept, *lines[done:]]))
    return _PLACE.sub(lambda place: code[int(place[1])] if int(place[1]) < len(code) else "", changed)


def _open(found: re.Match[str], column: int) -> _Fence:
    before = found["before"]
    if item := found["item"]:
        return _Fence(before + " " * len(item), found["fence"], 0, before + item)
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
