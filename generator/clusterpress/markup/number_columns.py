"""Columns of numbers in tables: their cells are marked, so that the numbers range at the end of the line."""

import re
from itertools import count

_TAG = re.compile(r"<[^<>]*>")
_CELL = re.compile(r"<(?P<name>t[hd])(?P<keys>[^<>]*)>")
_UNIT = r"(?:[€$£%‰]|[A-Z]{3}|[a-zµ]{1,3}[²³]?)"
_NUMBER = re.compile(rf"(?:{_UNIT}\s?)?[+−–-]?\d[\d.,\s’']*{_UNIT}?|[–—-]?")
_MIN_NUMBERS = 2

_Cell = tuple[str, str, str]
"""Name of the element, its attributes, its text."""


def mark_number_columns(html: str) -> str:
    """Return a text with the class ``number`` on the cells of columns of numbers, their heads included.

    A column counts if each cell below its head is empty or a number, with a unit or without, and at least
    two are numbers. The first column names its rows; columns that the author has aligned keep their place.
    """
    before, *others = html.split("<table>")
    return "<table>".join((before, *map(_mark, others)))


def _mark(part: str) -> str:
    """Return the text from behind the start of a table to the start of the next one."""
    table, end, after = part.partition("</table>")
    start, *rows = table.split("<tr>")
    cells = [_read_cells(row) for row in rows]
    columns = {place for place in range(1, max(map(len, cells), default=0)) if _is_of_numbers(cells, place)}
    if not end or not columns or "<tr " in table:
        return part
    return "<tr>".join((start, *(_mark_row(row, columns) for row in rows))) + end + after


def _read_cells(row: str) -> list[_Cell]:
    _, *pieces = _CELL.split(row)
    texts = (_TAG.sub("", text).replace("&nbsp;", " ").strip() for text in pieces[2::3])
    return list(zip(pieces[::3], pieces[1::3], texts, strict=True))


def _mark_row(row: str, columns: set[int]) -> str:
    places = count()

    def mark(cell: re.Match[str]) -> str:
        keys = cell["keys"]
        if next(places) in columns:
            classed = keys.replace(' class="', ' class="number ', 1)
            keys = classed if classed != keys else f' class="number"{keys}'
        return f"<{cell['name']}{keys}>"

    return _CELL.sub(mark, row)


def _is_of_numbers(rows: list[list[_Cell]], place: int) -> bool:
    """Return whether a column, found by its place in rows without joined cells, holds numbers."""
    cells = [row[place] for row in rows if place < len(row)]
    texts = [text for name, _, text in cells if name == "td"]
    plain = not any("span=" in keys for row in rows for _, keys, _ in row)
    aligned = any("style=" in keys for _, keys, _ in cells)
    figures = sum(any(one.isdigit() for one in text) for text in texts)
    return plain and not aligned and figures >= _MIN_NUMBERS and all(map(_NUMBER.fullmatch, texts))
