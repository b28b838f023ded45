"""The catalogue: what each source file looked like, and the abstract of the item that it is.

It is kept in the store as a number of drawers, each with the rows of some of the files, so that opening it
takes a few reads and a change writes one drawer. A row is believed only if the file has the time and size
noted in it; a drawer only if the settings still read front matter the same way.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zlib import crc32

from clusterpress.build.store import Store
from clusterpress.digests import digest
from clusterpress.library import Abstract
from clusterpress.problems import Problem

DRAWERS = 64
"""Among so many drawers the rows are spread."""

KEYS = tuple(digest("catalogue", number) for number in range(DRAWERS))
"""Under these keys the drawers are stored."""


class Row(NamedTuple):
    """What is known of a source file."""

    changed: int
    """Time of its last change, in nanoseconds; 0 when that was so recent that it must be read again."""
    size: int
    """Bytes."""
    digest: bytes
    """Digest of its bytes."""
    problems: tuple[Problem, ...]
    """What is wrong with its front matter."""
    abstract: Abstract | None
    """The item in short; None for a file that is no item, or not a good one."""


def open_catalogue(store: Store, reading: bytes) -> dict[str, Row]:
    """Return source path → row, as far as rows are known.

    Args:
        store: the opened store.
        reading: digest of the settings, on which it depends what front matter means.
    """
    rows: dict[str, Row] = {}
    for held, drawer in store.find(KEYS).values():
        if held == reading:
            for path, changed, size, content, problems, abstract in drawer:
                short = Abstract._make(abstract) if abstract else None
                rows[path] = Row(changed, size, content, problems, short)
    return rows


def update_catalogue(store: Store, reading: bytes, rows: Mapping[str, Row], touched: Iterable[str]) -> None:
    """Write the drawers of those paths whose rows were added, changed or taken out."""
    numbers = {_number(path) for path in touched}
    drawers: dict[int, list[tuple[object, ...]]] = {number: [] for number in numbers}
    for path, row in rows.items():
        if (number := _number(path)) in numbers:
            drawers[number].append((path, *row[:4], tuple(row.abstract) if row.abstract else None))
    store.keep((KEYS[number], (reading, drawer)) for number, drawer in drawers.items())


def _number(path: str) -> int:
    return crc32(path.encode()) % DRAWERS
