"""Tables in plain text: aligned columns where they fit, otherwise each cell on a line with its heading."""

from collections.abc import Callable, Iterator, Sequence
from unicodedata import combining, east_asian_width

from msgspec import Struct

from clusterpress.newsletters.nodes import Block, Cell, Table

GAP = "  "
"""Between two columns."""

WriteCell = Callable[[Sequence[Block]], list[str]]
WrapText = Callable[[str], list[str]]


class _Place(Struct):
    """A cell at its place in a row."""

    column: int
    lines: list[str]
    align: str
    is_spread: bool
    """Whether it reaches over several columns or rows."""


def set_table(table: Table, write: WriteCell, wrap: WrapText, width: int) -> Iterator[str]:
    """Yield the lines of a table.

    Args:
        table: the table.
        write: returns the lines of a cell.
        wrap: breaks a long line.
        width: columns of text that there are.
    """
    head, rows = _place(table["head"], write), _place(table["rows"], write)
    cells = [cell for row in (*head, *rows) for cell in row]
    if not cells:
        return
    widths = [
        max((_width(line) for cell in cells if cell.column == column for line in cell.lines), default=0)
        for column in range(max(cell.column for cell in cells) + 1)
    ]
    is_plain = not any(cell.is_spread or len(cell.lines) > 1 for cell in cells)
    if is_plain and sum(widths) + len(GAP) * (len(widths) - 1) <= width:
        yield from (_aligned(row, widths) for row in head)
        yield from [GAP.join("-" * wide for wide in widths)] if head else []
        yield from (_aligned(row, widths) for row in rows)
    else:
        yield from _records(head, rows, wrap)


def _place(rows: Sequence[Sequence[Cell]], write: WriteCell) -> list[list[_Place]]:
    """Return the cells of rows with their columns, of which cells above may take some."""
    taken: dict[int, int] = {}
    placed: list[list[_Place]] = []
    for row in rows:
        held = {column for column, left in taken.items() if left > 0}
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        line: list[_Place] = []
        column = 0
        for cell in row:
            while column in held:
                column += 1
            spread = cell["colspan"] > 1 or cell["rowspan"] > 1
            line.append(_Place(column, write(cell["c"]), cell["align"], spread))
            for one in range(column, column + cell["colspan"]):
                if cell["rowspan"] > 1:
                    taken[one] = cell["rowspan"] - 1
            column += cell["colspan"]
        placed.append(line)
    return placed


def _aligned(row: Sequence[_Place], widths: Sequence[int]) -> str:
    by_column = {cell.column: cell for cell in row}
    fields = []
    for column, wide in enumerate(widths):
        cell = by_column.get(column)
        text = cell.lines[0] if cell and cell.lines else ""
        space = wide - _width(text)
        before = {"right": space, "center": space // 2}.get(cell.align if cell else "", 0)
        fields.append(" " * before + text + " " * (space - before))
    return GAP.join(fields).rstrip(" ")


def _records(
    head: Sequence[Sequence[_Place]], rows: Sequence[Sequence[_Place]], wrap: WrapText
) -> Iterator[str]:
    """Yield each cell on lines of its own, and an empty line between rows."""
    names: dict[int, str] = {}
    for cell in (cell for row in head for cell in row):
        words = " ".join(cell.lines)
        names[cell.column] = " ".join(filter(None, (names.get(cell.column, ""), words)))
    if not rows:
        yield from (line for name in names.values() for line in wrap(name))
    for number, row in enumerate(rows):
        yield from [""] if number else []
        for cell in row:
            name = names.get(cell.column, "").rstrip(":")
            first, *rest = cell.lines or [""]
            if first:
                yield from wrap(f"{name}: {first}" if name else first)
            yield from (f"  {part}" for line in rest for part in wrap(line))


def _width(text: str) -> int:
    """Return how many columns of a fixed-width font a text takes."""
    return sum(0 if combining(one) else 1 + (east_asian_width(one) in "WF") for one in text)
