"""The lines of a Markdown text: where an address stands, and how deeply lists are indented.

Most editors and CommonMark nest a list under the first letter of its parent's text; Python-Markdown asks for
four spaces and would read such a list as flat. A list item is only touched when a child of it stands at an
indent that is no multiple of four, so text written for Python-Markdown stays as it is.
"""

import re
from functools import cached_property
from html import unescape
from typing import NamedTuple

from clusterpress.markup.blocks import BULLET, NUMBER

_STEP = 4
"""Columns of one level in Python-Markdown."""

_UNEVEN = re.compile(r"^(?: {4})* {1,3}[^ \n]", re.MULTILINE)
_ITEM = re.compile(rf"(?:{BULLET}|{NUMBER}) +(?=[^ ]|$)")
_NOTE = re.compile(r"(?:!!!|\?\?\?\+?|===) |\[\^[^\]]+\]:|: ")  # their content is indented by four anyway
_RULE = re.compile(r"(?:[-*_] *){3,}$")
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b(?!.{0,300}</\1>)", re.IGNORECASE)


_FENCE = re.compile(r"^[ >]*(`{3,}|~{3,}).*?(?:^[ >]*\1[`~]*[ ]*$|\Z)", re.MULTILINE | re.DOTALL)
_BEFORE = " \t\n(<\"'=,"
_AFTER = " \t\n)>\"',"
_MANY = 1000
"""Addresses or words whose lines are looked for in the whole text; nobody writes more."""
_COMPARED = 500
"""Characters of a passage by which it is found."""
_CONTROLS = re.compile(r"[\x00-\x1f]")


class _Level(NamedTuple):
    """An open list item or note, and where its children stand."""

    children: int
    """Least indent of a child."""
    content: int
    """Column of the parent's own text."""
    target: int
    """Indent that its children get."""


def indent_by_four(lines: list[str]) -> list[str]:
    """Return the lines with the children of lists indented by four columns a level.

    Fenced code must have been taken out before, and tabs expanded.
    """
    text = "\n".join(lines)
    if not ("\n " in text or text.startswith(" ")) or not _UNEVEN.search(text):
        return lines
    result: list[str] = []
    at = 0
    may_open = True
    while at < len(lines):
        line = lines[at]
        level = _level(line)
        if level and _indent(line) < _STEP and (may_open or _NOTE.match(line)):
            end = _end_of_item(lines, at, level)
            result += _with_even_children(lines[at:end], level)
        else:
            end = _end_of_verbatim(lines, at)
            result += lines[at:end]
        # A list begins after an empty line, a heading, a tag or another item: elsewhere it is running text.
        may_open = bool(level and may_open) or not lines[end - 1].strip() or line[0] in "#<"
        at = end
    return result


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _level(line: str) -> _Level | None:
    """Return the level that a line opens if it stands at the margin, or None if it opens none."""
    text = line.lstrip(" ")
    indent = len(line) - len(text)
    if _NOTE.match(text):
        return _Level(indent + _STEP, indent + _STEP, _STEP)
    if (item := _ITEM.match(text)) and not _RULE.match(text):
        content = indent + (item.end() if item.end() <= 2 * _STEP else len(item[0].rstrip()) + 1)
        return _Level(min(content, indent + _STEP), content, _STEP)
    return None


def _end_of_item(lines: list[str], start: int, root: _Level) -> int:
    after_blank = False
    for at in range(start + 1, len(lines)):
        line = lines[at]
        blank = not line.strip()
        if not blank and _indent(line) < root.children and (after_blank or _level(line)):
            return at
        after_blank = blank
    return len(lines)


def _end_of_verbatim(lines: list[str], start: int) -> int:
    """Return the line after an element whose white space counts; the next line if none begins here."""
    if begun := _VERBATIM.search(lines[start]):
        closing = f"</{begun[1].lower()}"
        for at in range(start + 1, len(lines)):
            if closing in lines[at].lower():
                return at + 1
    return start + 1


def _with_even_children(item: list[str], root: _Level) -> list[str]:
    """Return the lines of one item with its children at multiples of four, or unchanged if they are."""
    levels = [root]
    result = item[:1]
    uneven = after_blank = False
    for line in item[1:]:
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        level = _level(line)
        if text and (level or after_blank):
            while indent < levels[-1].children and len(levels) > 1:
                levels.pop()
            uneven = uneven or indent % _STEP != 0
        parent = next((level for level in reversed(levels) if level.children <= indent), None)
        place = _place(parent, indent) if parent and text else indent
        if level:
            levels.append(level._replace(target=place + _STEP))
        result.append(" " * place + text)
        after_blank = not text
    return result if uneven else item


def _place(parent: _Level, indent: int) -> int:
    """Return the new indent of a child: odd spaces go, the four of indented code stay."""
    spare = indent - parent.content
    return parent.target + (spare if spare >= _STEP else 0)


class LineFinder:
    """Finds addresses in the order of the calls, because Python-Markdown keeps no line numbers."""

    def __init__(self, text: str) -> None:
        self.has_fences = ("`" in text and "```" in text) or ("~" in text and "~~~" in text)
        """Whether it may contain fenced code."""
        self.written = text
        """The text."""
        self.text = _FENCE.sub(lambda fence: "\n" * fence[0].count("\n"), text) if self.has_fences else text
        """The text with fenced code replaced by empty lines."""
        self._searched: dict[str, int] = {}
        self._absent: dict[str, int] = {}
        self._latest = 0
        """Where an address was found last."""
        self._counted = (0, 1)
        """An offset, and its line."""
        self._words_searched = 0

    def line_of(self, address: str) -> int:
        """Return the line, from 1, of the next occurrence of an address; the last one if there is no other.

        Finds addresses written with entities, too. Returns 1 if there is none.
        """
        if address in self._absent:
            return self._absent[address]
        # Elements come in order, nearly: beyond any usual number, each search begins at the one before.
        at = self._find(address, self._searched.get(address, self._latest if self._is_long else 0))
        if at < 0:
            at = self._find(address, 0)
        if at < 0:
            self._absent[address] = 1 if len(self._absent) > _MANY else self._line_of_escaped(address)
            return self._absent[address]
        self._searched[address] = at + 1
        self._latest = at
        return self._line_at(at)

    def line_of_words(self, words: str) -> int:
        """Return the line, from 1, on which some words begin, ignoring the marks between them."""
        first = re.findall(r"\w+", words[:_COMPARED])[:5]
        self._words_searched += 1
        if not first or self._words_searched > _MANY:
            return 1
        found = re.search(r"[\W_]+".join(map(re.escape, first)), self.text)
        return self._line_at(found.start()) if found else 1

    @property
    def _is_long(self) -> bool:
        return len(self._searched) > _MANY

    def _line_at(self, at: int) -> int:
        """Return the line of an offset, counted from the last one."""
        before, line = self._counted
        line += self.text.count("\n", before, at) if at >= before else -self.text.count("\n", at, before)
        self._counted = at, line
        return line

    @property
    def has_indented_lines(self) -> bool:
        """Return whether any line begins with white space."""
        text = self.text
        return "\n " in text or ("\t" in text and "\n\t" in text) or text[:1] in {" ", "\t"}

    @property
    def lines(self) -> list[str]:
        """The lines of the text, tabs expanded, those of fenced code empty."""
        return self.text.expandtabs(4).split("\n")

    def _find(self, address: str, start: int) -> int:
        """Return where the address stands on its own (``a.jpg`` is not in ``casa.jpg``), or -1."""
        while (at := self.text.find(address, start)) >= 0:
            end = at + len(address)
            if self.text[max(at - 1, 0) : at] in _BEFORE and self.text[end : end + 1] in _AFTER:
                return at
            start = at + 1
        return -1

    def _line_of_escaped(self, address: str) -> int:
        at = self._unescaped.find(_CONTROLS.sub("", address))
        return self._unescaped.count("\n", 0, at) + 1 if at >= 0 else 1

    @cached_property
    def _unescaped(self) -> str:
        """The text without entities and control characters."""
        return "\n".join(_CONTROLS.sub("", unescape(line)) for line in self.text.split("\n"))
