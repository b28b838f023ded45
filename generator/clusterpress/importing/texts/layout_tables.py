"""Tables that only arrange a page, as in mails: they become their content, at any depth."""

import re
from collections.abc import Iterator
from html import unescape

from msgspec import Struct, field

from clusterpress.importing.texts.nesting import TAG

_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"})
_BLOCKS = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "hr"})
_BORDERED = re.compile(r"\sborder=\"?[1-9]")


class _Table(Struct):
    """A table that is open, and what is known of it so far."""

    start: str
    """Its opening tag."""
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    """Start and end of each of its own tags, and what replaces it in a layout."""
    holds_blocks: bool = False
    """Whether it holds other tables, headings or lists."""
    has_head: bool = False
    cells: int = 0
    """Cells of the latest row."""
    is_loose: bool = False
    """Whether a cell of the latest row has words of its own, outside of tables."""
    rows: int = 0
    """Rows of several cells with words: those of data."""

    def enter(self, tag: re.Match[str]) -> None:
        """Count one of its own tags."""
        name, end = tag["name"], tag["end"]
        if name == "tr":
            self.rows += self.is_loose and self.cells > 1
            self.cells, self.is_loose = 0, False
        self.has_head |= name == "th"
        self.cells += name in {"td", "th"} and not end
        self.edits.append((tag.start(), tag.end(), f"<{end}div>" if name in {"td", "caption"} else ""))

    @property
    def is_layout(self) -> bool:
        """Whether it only arranges what it holds."""
        if self.has_head or not (self.holds_blocks or "presentation" in self.start):
            return False
        return "presentation" in self.start or self.rows < (1 if _BORDERED.search(self.start) else 2)


def unwrap_layout_tables(html: str) -> str:
    """Return serialised HTML without tables that only arrange other blocks; their cells become boxes.

    A table with a head, or with two rows of several cells with words, is one of data.
    """
    if "<table" not in html:
        return html
    parts: list[str] = []
    at = 0
    for start, end, mark in sorted(_edits(html)):
        parts += [html[at:start], mark]
        at = end
    return "".join([*parts, html[at:]])


def _edits(html: str) -> Iterator[tuple[int, int, str]]:
    tables: list[_Table] = []
    at = 0
    for found in TAG.finditer(html):
        if tables and unescape(html[at : found.start()]).strip():
            tables[-1].is_loose = True
        at = found.end()
        name = found["name"]
        if tables and name in _BLOCKS:
            tables[-1].holds_blocks |= not found["end"]
        if name == "table" and not found["end"]:
            tables.append(_Table(found[0]))
        if tables and name in _PARTS:
            tables[-1].enter(found)
            if name == "table" and found["end"] and (table := tables.pop()).is_layout:
                yield from table.edits
