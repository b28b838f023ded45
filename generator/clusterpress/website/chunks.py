"""Blocks: a growing list in pieces, counted from the oldest entry: a new one touches the last piece."""

from collections.abc import Iterator

CHUNK_SIZE = 64
"""Entries of a full block: planning so many pages takes some thousandths of a second."""


def split_in_chunks(count: int, size: int = CHUNK_SIZE) -> Iterator[tuple[int, range]]:
    """Yield (number from 1, places) for each block of a list that is newest first, the oldest block first.

    Args:
        count: how long the list is.
        size: entries of a full block.
    """
    for number, start in enumerate(range(0, count, size), start=1):
        yield number, range(max(0, count - start - size), count - start)
