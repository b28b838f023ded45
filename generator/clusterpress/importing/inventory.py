"""Inventory: every kind of thing that a source contains, and what became of it.

An import may lose nothing silently. Each key, custom field, block, shortcode, element and type that a reader
meets gets a row; rows that were left out become warnings of the report.
"""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct, field

from clusterpress.values.problems import Problem, Severity


class Use(StrEnum):
    """What became of something that a source contains."""

    CARRIED = "carried"
    """Its content is in the imported items."""
    NOT_NEEDED = "not needed"
    """It only configured the other program, or repeats what was carried."""
    LEFT_OUT = "left out"
    """Its content is not in the imported items: an editor must look at it."""


class Row(Struct, frozen=True, kw_only=True, order=True):
    """One row of the inventory."""

    sort: str
    """What it is: ``block``, ``custom field``, ``element``, ``field``, ``key`` …"""
    name: str
    """Its name in the source."""
    use: Use
    note: str = ""
    """What it became, or why it was left out."""
    count: int = 1
    """How often it occurs."""
    place: str = ""
    """The file with its first occurrence."""
    line: int = 1
    """The line of its first occurrence."""
    hint: str = ""
    """What to do about it."""

    def as_problem(self) -> Problem:
        """Return a row that was left out as one warning."""
        times = f" ({self.count} times)" if self.count > 1 else ""
        message = f'the {self.sort} "{self.name}" was left out{times}: {self.note}'
        return Problem(
            path=self.place, line=self.line, severity=Severity.WARNING, message=message, hint=self.hint
        )


class Inventory(Struct):
    """Collects rows; equal ones are counted."""

    place: str = ""
    """The file that is being read."""
    line: int = 1
    """The line of the record that is being read."""
    _rows: dict[tuple[str, str, Use, str, str], tuple[int, str, int]] = field(default_factory=dict)

    def add(
        self, sort: str, name: str, use: Use = Use.CARRIED, note: str = "", hint: str = "", count: int = 1
    ) -> None:
        """Count something at the current place.

        Args:
            sort: what it is; see `Row` for all arguments.
            name: its name in the source.
            use: what became of it.
            note: what it became, or why it was left out.
            hint: what to do about it.
            count: how often it occurs there.
        """
        key = (sort, name, use, note, hint)
        number, place, line = self._rows.get(key, (0, self.place, self.line))
        self._rows[key] = (number + count, place, line)

    def at(self, place: str, line: int) -> None:
        """Set the place of what comes next."""
        self.place, self.line = place, line

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, sorted."""
        return tuple(
            sorted(
                Row(sort=sort, name=name, use=use, note=note, hint=hint, count=number, place=place, line=line)
                for (sort, name, use, note, hint), (number, place, line) in self._rows.items()
            )
        )


def merge_rows(groups: Iterable[Iterable[Row]]) -> tuple[Row, ...]:
    """Return the rows of several inventories as one."""
    merged = Inventory()
    for row in (row for rows in groups for row in rows):
        merged.at(row.place, row.line)
        merged.add(row.sort, row.name, row.use, row.note, row.hint, row.count)
    return merged.rows
