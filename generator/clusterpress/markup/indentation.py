"""Indentation: lists nested by two or three spaces, brought to the four that Python-Markdown asks for.

Most editors and CommonMark nest a list under the first letter of its parent's text; Python-Markdown would
read such a list as flat. A list item is only touched when a child of it stands at an indent that is no
multiple of four, so text written for Python-Markdown stays as it is.
"""

import re
from typing import NamedTuple

STEP = 4
"""Columns of one level in Python-Markdown."""

_UNEVEN = re.compile(r"^(?: {4})* {1,3}[^ \n]", re.MULTILINE)
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}\.) +(?=[^ ])")
_NOTE = re.compile(r"(?:!!!|\?\?\?\+?|===) |\[\^[^\]]+\]:|: ")  # their content is indented by four anyway
_RULE = re.compile(r"(?:[-*_] *){3,}$")
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b(?!.*</\1>)", re.IGNORECASE)


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
        if level and _indent(line) < STEP and (may_open or _NOTE.match(line)):
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
        return _Level(indent + STEP, indent + STEP, STEP)
    if (item := _ITEM.match(text)) and not _RULE.match(text):
        content = indent + (item.end() if item.end() <= 2 * STEP else len(item[0].rstrip()) + 1)
        return _Level(min(content, indent + STEP), content, STEP)
    return None


def _end_of_item(lines: list[str], start: int, root: _Level) -> int:
    """Return the number of the first line after the item that begins on line ``start``."""
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
            uneven = uneven or indent % STEP != 0
        parent = next((level for level in reversed(levels) if level.children <= indent), None)
        place = _place(parent, indent) if parent and text else indent
        if level:
            levels.append(level._replace(target=place + STEP))
        result.append(" " * place + text)
        after_blank = not text
    return result if uneven else item


def _place(parent: _Level, indent: int) -> int:
    """Return the new indent of a child: odd spaces go, the four of indented code stay."""
    spare = indent - parent.content
    return parent.target + (spare if spare >= STEP else 0)
