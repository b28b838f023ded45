"""Rows: one answer to a question about the project's items and files."""

from dataclasses import dataclass

from clusterpress.library.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Row:
    """An item or a file, and what is to be said of it."""

    path: str
    """Its file, relative to the project's root."""
    line: int = 1
    """The line to look at."""
    kind: str = ""
    """Kind of item; "" for a file that is none."""
    lang: str = ""
    title: str = ""
    note: str = ""
    """Why it is in the list."""


def row_of(entry: Entry, note: str, line: int = 1) -> Row:
    """Return the row of an item."""
    item = entry.item
    return Row(path=item.source.path, line=line, kind=item.kind, lang=entry.lang, title=item.title, note=note)
