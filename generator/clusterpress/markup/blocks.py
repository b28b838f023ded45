"""Blocks: where a line of text ends and a list, quotation, table or other block begins.

Python-Markdown begins a block only after an empty line. CommonMark (0.31, chapters 4 and 5) and GitHub begin
most blocks right under a line of text, too. `split_blocks` finds these places; both parsers use it. Whatever
the text, it looks at each line once.
"""

import re
from enum import Enum, auto

from clusterpress.markup.body import find_player

BULLET = "[-+*\u2022]"
"""Marks of a list without numbers, with the bullet that word processors write."""
NUMBER = r"[0-9]{1,9}[.)]"
"""Marks of a numbered list."""
STASHED = "\x02wzxhzdk:[0-9]+\x03"
"""What stands in a text for code or raw HTML that Python-Markdown has set aside."""
ATTRIBUTES = re.compile(r"[ ]{0,3}\{((?::|[ ]*[.#])[^{}\n]*)\}[ ]*")
"""A line of attributes, as in kramdown: ``{: .note}``."""

_MAY_BEGIN = re.compile(
    rf"\n[ ]{{0,3}}(?:[-+*_=\u2022|:>#{{\x02]|{NUMBER}|<?https?:)|\A[ ]{{0,3}}(?:[-*_#>\x02]|<?https?:)"
)
_HEADING = re.compile(r"#{1,6}[ ]+[^ #]|#{1,6}[ ]+#+[^\s#]")
_RULE = re.compile(r"(?:-[ ]*){3,}|(?:_[ ]*){3,}|(?:\*[ ]*){3,}")
_ABBREVIATION = re.compile(r"\*\[[^\]\n]+\][ ]?:[ ]*[^ \n]")
_UNDERLINE = re.compile(r"(?:-+|=+)[ ]*")
_BULLET = re.compile(rf"{BULLET}(?:[ ]+|$)(?=(.?))")
_NUMBER = re.compile(rf"({NUMBER})(?:[ ]+(?=[^ ])|[ ]+$)")
_STASHED = re.compile(rf"{STASHED}[ ]*")
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?[ ]*")
_CELL = r"[ ]*:?-+:?[ ]*"
_HEAD_END = re.compile(rf"[ ]{{0,3}}\|?{_CELL}(?:\|{_CELL})*(?:\|[ ]*)?")
_PIPE = re.compile(r"(?<!\\)\|")
_CODE = 4
"""Least indent of code."""


class Kind(Enum):
    """A kind of block."""

    NONE = auto()
    """No block has begun."""
    ATTRIBUTES = auto()
    """A line of attributes, which belongs to the block before or after it."""
    TEXT = auto()
    HEADING = auto()
    RULE = auto()
    QUOTE = auto()
    BULLETS = auto()
    NUMBERS = auto()
    TABLE = auto()
    CODE = auto()
    STASHED = auto()
    """Code or HTML that is set aside."""
    EMBED = auto()
    """The address of a player."""
    ABBREVIATION = auto()
    """The long form of an abbreviation."""


_ONE_LINE = (Kind.HEADING, Kind.RULE, Kind.STASHED, Kind.EMBED, Kind.ABBREVIATION)
_LISTS = (Kind.BULLETS, Kind.NUMBERS)


def kind_of(line: str) -> Kind:
    """Return the kind of block that a line begins after an empty line."""
    return _kind(line.lstrip(" "), _indent(line))


def kind_of_block(lines: list[str]) -> Kind:
    """Return the kind of a block, given its lines."""
    kind = kind_of(lines[0])
    if kind is Kind.TEXT and len(lines) > 1:
        if _UNDERLINE.fullmatch(lines[1]):
            return Kind.HEADING
        if _is_table_head(lines[0], lines[1]):
            return Kind.TABLE
    return kind


def player_address(block: str) -> str:
    """Return the address if a block is nothing but the address of a player, else an empty string."""
    found = _ADDRESS.fullmatch(block.strip(" "))
    return found[1] if found and find_player(found[1]) else ""


def split_blocks(block: str) -> list[str]:
    """Return the blocks that a text without empty lines consists of.

    A line of attributes belongs to the block before it, or to the next one if it comes first.
    """
    if not _MAY_BEGIN.search(block):  # most paragraphs
        return [block]
    lines = block.split("\n")
    starts = _starts(lines)
    return ["\n".join(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _starts(lines: list[str]) -> list[int]:
    """Return the number of the first line of each block."""
    starts, first = [0], 0  # first: the first line of the last block that holds no attributes
    kind, column, closed = Kind.NONE, 0, False  # closed: nothing can be added to the block before
    for at, line in enumerate(lines):
        indent = _indent(line)
        new = _kind(line[indent:], indent)
        in_item = kind in _LISTS and indent >= column
        if new is Kind.ATTRIBUTES:
            closed = not in_item and kind is not Kind.NONE
            continue
        if kind is Kind.TEXT and at == first + 1 and _UNDERLINE.fullmatch(line, indent):
            kind = Kind.HEADING
            continue
        begins = _is_next(kind, new, closed) or (not in_item and _interrupts(kind, new, line[indent:]))
        if kind is Kind.NONE or begins:
            if begins:
                starts.append(at)
            kind, first = new, at
        elif not in_item and kind is not Kind.TABLE and _is_table_head(lines[at - 1], line):
            if at - 1 > first:
                starts.append(at - 1)
            kind = Kind.TABLE
        if new is kind:
            column, closed = _column(line, new), _ends_with(line, new)
    return starts


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _kind(text: str, indent: int) -> Kind:
    """Return the kind of a line without its indent."""
    first = text[:1]
    if indent >= _CODE:
        return Kind.CODE
    if first == ">":
        return Kind.QUOTE
    if first == "#":
        return Kind.HEADING if _HEADING.match(text) else Kind.TEXT
    if first and first in "-_*" and _RULE.fullmatch(text):
        return Kind.RULE
    if first == "*" and _ABBREVIATION.match(text):
        return Kind.ABBREVIATION
    if first and first in "-+*\u2022":
        return Kind.BULLETS if _BULLET.match(text) else Kind.TEXT
    if first.isdigit():
        return Kind.NUMBERS if _NUMBER.match(text) else Kind.TEXT
    if first == "{":
        return Kind.ATTRIBUTES if ATTRIBUTES.fullmatch(text) else Kind.TEXT
    if first == "\x02":
        return Kind.STASHED if _STASHED.fullmatch(text) else Kind.TEXT
    return Kind.EMBED if text.startswith(("http", "<http")) and player_address(text) else Kind.TEXT


def _column(line: str, kind: Kind) -> int:
    """Return the column at which the text of a list's item begins."""
    if kind not in _LISTS:
        return 0
    indent = _indent(line)
    found = (_BULLET if kind is Kind.BULLETS else _NUMBER).match(line, indent)
    return found.end() if found else 0


def _is_next(kind: Kind, new: Kind, closed: bool) -> bool:
    """Return whether a line begins a block because the one before is complete."""
    return kind in _ONE_LINE or (closed and not (new is kind and kind in (*_LISTS, Kind.QUOTE)))


def _ends_with(line: str, kind: Kind) -> bool:
    """Return whether a line of a quotation ends with it: only running text goes on without a mark."""
    if kind is not Kind.QUOTE:
        return False
    inner = line.strip(" ")[1:].strip(" ")
    return not inner or _kind(inner, 0) in _ONE_LINE


def _interrupts(kind: Kind, new: Kind, text: str) -> bool:
    """Return whether a line without its indent ends the block before it (CommonMark 4.8 and 5.2)."""
    if kind is Kind.NONE or new in (Kind.TEXT, Kind.CODE, kind):
        return False
    if new is Kind.BULLETS:
        found = _BULLET.match(text)
        return bool(found and found[1])
    if new is Kind.NUMBERS:
        number = _NUMBER.match(text)
        return bool(number and number[1][:-1] == "1")
    return True


def _is_table_head(head: str, end: str) -> bool:
    """Return whether two lines are the head of a table and the line under it."""
    if "|" not in end or "|" not in head or not _HEAD_END.fullmatch(end):
        return False
    return kind_of(head) is Kind.TEXT and _cells(head) == _cells(end)


def _cells(row: str) -> int:
    row = row.strip(" ").removeprefix("|")
    return len(_PIPE.findall(row)) + (0 if row.endswith("|") and not row.endswith("\\|") else 1)
