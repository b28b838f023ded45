"""What one part of the suite reports: a row of the table, and how to repeat what went wrong."""

import sys
from typing import Any

from msgspec import Struct, field
from msgspec.structs import fields

SIZES = ("tiny", "small", "full")
"""``tiny`` runs in ``make test``, ``small`` in minutes, ``full`` is what is promised."""


class Row(Struct):
    """The counts of one part. All but the number of trials have to be nought."""

    part: str
    trials: int = 0
    tracebacks: int = 0
    """Runs that ended with a traceback, or told of a fault of the program itself."""
    hangs: int = 0
    """Runs that did not end in time."""
    wrong_sites: int = 0
    """Sites that differ from a clean build of the same sources, and published sites with broken links."""
    lost_sites: int = 0
    """Runs after which the old site was damaged or gone without a new one, and runs with a wrong exit code."""
    leaks: int = 0
    """Texts that reached readers although they must not, and files of others that were published."""
    executed: int = 0
    """Scripts and files that ran although they must not."""
    remarks: list[str] = field(default_factory=list)
    """How to repeat each fault."""

    def count(self, kind: str, remark: str) -> None:
        """Count a fault of a kind, which is the name of a field."""
        setattr(self, kind, getattr(self, kind) + 1)
        self.remarks.append(f"{kind}: {remark}")
        print(f"{self.part}: {self.remarks[-1]}", file=sys.stderr, flush=True)

    @property
    def faults(self) -> int:
        """The number of faults of all kinds."""
        return sum(getattr(self, name) for name in FAULTS)


COLUMNS = tuple(one.name for one in fields(Row) if one.name != "remarks")
FAULTS = COLUMNS[2:]


def as_row(part: str, made: Any) -> Row:
    """Return what the function ``main`` of a part returned as a row.

    It may be a row, a mapping of its fields, a tuple (what was tried, how often, how often it held, a remark), or a
    list of curves of time, which know whether they are bad.
    """
    row = Row(part)
    match made:
        case Row():
            return made
        case (str(what), int(tried), int(held), str(note)):
            row.trials, row.wrong_sites = tried, tried - held
            row.remarks.append(f"{what}: {held} of {tried}, {note}")
        case dict():
            row = Row(**{"part": part, **made})
        case list():
            row.trials = len(made)
            bad = [f"{one.name} grows faster than its text" for one in made if one.is_bad]
            row.hangs, row.remarks = len(bad), bad
    return row


def table(rows: list[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = [[name.replace("_", " ") for name in COLUMNS], ["---", *["--:"] * (len(COLUMNS) - 1)]]
    lines += [[str(getattr(row, name)) for name in COLUMNS] for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
