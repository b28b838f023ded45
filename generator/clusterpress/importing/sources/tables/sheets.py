"""The sheets of a table, whatever program saved it."""

import re
from collections.abc import Iterator

from msgspec import Struct, field

_LETTERS = 26
_PLAIN_NAME = re.compile(r"\w+")


class Cell(Struct, frozen=True):
    """A cell with content."""

    text: str
    """What the cell shows: dates as ``2027-02-21`` or ``2027-02-21 14:00``."""
    number: float | None = None
    """Its number, if that is what it contains."""
    link: str = ""
    """Address that the cell links to."""
    fault: str = ""
    """Why its content is unknown, in plain words."""
    hint: str = ""
    """What to do about the fault."""


class Sheet(Struct, kw_only=True):
    """One sheet. Rows and columns are counted from 1."""

    name: str
    """Its name; "" for a file that has no sheets."""
    rows: dict[int, dict[int, Cell]]
    """Row → column → cell with content, in order; one that is merged downwards stands in each of its rows."""
    groups: dict[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) → text of the cell that is merged across it and its neighbours."""
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    starts_1904: bool = False
    """Whether days are counted from 1904 and not from 1900."""

    def place(self, row: int, column: int = 0) -> str:
        """Return the name of a cell or row: ``Partners!D17``, ``'Our partners'!D17``, ``Partners!17``."""
        name = self.name if _PLAIN_NAME.fullmatch(self.name) else f"'{self.name}'"
        return f"{f'{name}!' if self.name else ''}{column_letters(column)}{row}"

    def without_hidden(self) -> "Sheet":
        """Return the sheet as people see it."""
        rows = {
            number: {column: cell for column, cell in cells.items() if column not in self.hidden_columns}
            for number, cells in self.rows.items()
            if number not in self.hidden_rows
        }
        return Sheet(
            name=self.name,
            rows={number: cells for number, cells in rows.items() if cells},
            groups=self.groups,
            is_hidden=self.is_hidden,
            starts_1904=self.starts_1904,
        )


def column_letters(column: int) -> str:
    """Return the name of a column: 1 → ``A``, 28 → ``AB``; "" for 0."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def spans(numbers: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Return the first and the last of each run of numbers: {3, 4, 5, 9} → (3, 5), (9, 9)."""
    firsts = (number for number in sorted(numbers) if number - 1 not in numbers)
    lasts = (number for number in sorted(numbers) if number + 1 not in numbers)
    return zip(firsts, lasts, strict=True)
