"""The nodes of a body → lines of plain text, as mail programs without HTML and screen readers read them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import wrap
from typing import assert_never

from msgspec import Struct, field

from clusterpress.newsletters.mail.text_tables import set_table
from clusterpress.newsletters.nodes import Block, Box, Figure, Inline, LinkTarget, List, Quote, Table, Terms
from clusterpress.theme.addresses import without_scheme

WIDTH = 72
"""Columns; quoted in replies a few times, lines still fit into 80."""

MIN_WIDTH = 24
"""Columns that a block gets however deep it stands."""

BOX_MARK = "| "
"""At the left of each line of a box."""

_SPACES = re.compile(" {2,}")


class TextWriter(Struct):
    """Writes the blocks of one e-mail; explains each abbreviation where it comes first."""

    address: Callable[[LinkTarget], str]
    """A link → its full address."""
    explained: set[str] = field(default_factory=set)
    """Meanings of abbreviations written so far."""

    def write(self, blocks: Iterable[Block], width: int = WIDTH) -> list[str]:
        """Return the blocks, each as lines joined by line breaks, without empty ones."""
        width = max(width, MIN_WIDTH)
        return [text for block in blocks if (text := "\n".join(self._lines(block, width)))]

    def _lines(self, block: Block, width: int) -> Iterator[str]:  # noqa: C901, PLR0912 -- one case for each kind of block
        match block["t"]:
            case "p" | "h":
                yield from self._inline(block["c"], width)
            case "list":
                yield from self._list(block, width)
            case "facts":
                for one in block["c"]:
                    yield from wrapped(" ".join((one["before"], one["figure"], one["label"])), width)
            case "quote":
                yield from self._quote(block, width)
            case "table":
                yield from self._table(block, width)
            case "box":
                yield from self._box(block, width)
            case "terms":
                yield from self._terms(block, width)
            case "pre":
                yield from block["text"].split("\n")
            case "figure":
                yield from self._figure(block, width)
            case "more":
                yield from _apart(self.write(block["c"], width))
            case "rule":
                yield "* * *"
            case other:
                assert_never(other)

    def _inline(self, parts: Sequence[Inline], width: int) -> list[str]:
        return wrapped("".join(map(self._mark, parts)), width)

    def _mark(self, part: Inline) -> str:
        if isinstance(part, str):
            return part
        match part["t"]:
            case "br":
                return "\n"
            case "del":
                return ""  # without its line, it would be valid
            case "figure":
                return f"[{part['alt']}]" if part["alt"] else ""
        words = "".join(map(self._mark, part["c"]))
        match part["t"]:
            case "a":
                return linked(words, self.address(part))
            case "abbr" if part["title"] not in self.explained:
                self.explained.add(part["title"])
                return f"{words} ({part['title']})"
            case "note":
                return f" [{words}]"
        return words

    def _list(self, block: List, width: int) -> Iterator[str]:
        marks = (
            f"{number}. " if block["ordered"] else "* "
            for number, _ in enumerate(block["c"], start=block["start"])
        )
        items = [
            (mark, lines)
            for mark, item in zip(marks, block["c"], strict=False)
            if (lines := self._within(item, width - len(mark)))
        ]
        is_loose = any("" in lines for _, lines in items)
        for number, (mark, lines) in enumerate(items):
            yield from [""] if is_loose and number else []
            yield from _marked(lines, mark, " " * len(mark))

    def _within(self, blocks: Sequence[Block], width: int) -> list[str]:
        """Return the lines of an item or a description; a list follows its words without an empty line."""
        lines: list[str] = []
        for block in blocks:
            if text := "\n".join(self.write([block], width)):
                lines += [""] if lines and block["t"] != "list" else []
                lines += text.split("\n")
        return lines

    def _quote(self, block: Quote, width: int) -> Iterator[str]:
        yield from _marked(_apart(self.write(block["c"], width - 2)), "> ")
        if by := self._inline(block.get("by") or [], width - 2):
            yield from _marked(by, "— ", "  ")

    def _box(self, block: Box, width: int) -> Iterator[str]:
        inner = width - len(BOX_MARK)
        title = "\n".join(self._inline(block["title"], inner))
        yield from _marked(_apart([*filter(None, [title]), *self.write(block["c"], inner)]), BOX_MARK)

    def _table(self, block: Table, width: int) -> Iterator[str]:
        if caption := self._inline(block["caption"], width):
            yield from [*caption, ""]

        def cell(blocks: Sequence[Block]) -> list[str]:
            return [line for text in self.write(blocks, MAX_CELL) for line in text.split("\n") if line]

        yield from set_table(block, cell, lambda text: wrapped(text, width), width)

    def _terms(self, block: Terms, width: int) -> Iterator[str]:
        for number, one in enumerate(block["c"]):
            yield from [""] if number else []
            yield from self._inline(one["term"], width)
            yield from _marked(self._within(one["c"], width - 4), "    ")

    def _figure(self, block: Figure, width: int) -> Iterator[str]:
        caption = self._inline(block["caption"], width)
        if block["alt"] and [block["alt"]] != caption:
            yield from wrapped(f"[{block['alt']}]", width)
        yield from caption


MAX_CELL = 10_000
"""Columns: a cell is wrapped only when its place in the table is known."""


def linked(words: str, address: str) -> str:
    """Return the words of a link with its address; an address that is its own words stands once."""
    shown = words.strip()
    if shown in (address, address.partition(":")[2]):
        return words
    if not shown or without_scheme(shown).rstrip("/") == without_scheme(address).rstrip("/"):
        return address
    return f"{words} <{address}>"


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Return the lines of a text; an address is never broken, and a line break stays one."""
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.strip("\n").split("\n"))
    return [
        part
        for line in lines
        if line
        for part in wrap(line, width, break_long_words=False, break_on_hyphens=False)
    ]


def _apart(texts: Iterable[str]) -> list[str]:
    """Return the lines of texts with an empty line between them."""
    joined = "\n\n".join(texts)
    return joined.split("\n") if joined else []


def _marked(lines: Iterable[str], first: str, rest: str = "") -> Iterator[str]:
    """Yield lines with a mark before the first and before the others; empty ones end without a space."""
    for number, line in enumerate(lines):
        yield f"{first if number == 0 else rest or first}{line}".rstrip(" ")
