"""Shards: which entries share an index, so that the usual edit makes only a small one again.

What is dated is counted from the oldest, as list pages are, in blocks of fixed size: full blocks but the
newest go to the archive, the rest is recent. A new item joins the recent shard and moves no border; only
every `BLOCK`-th one sends a block to the archive. Records without a date are edited at any time and are few,
so they are recent too. A site of a thousand dated entries has no archive yet: a second index costs every
reader some 20 kB more for each word of a first search.

A reader's browser opens every shard of a language. There are at most three of them, unless the archive is too
large for two that can be indexed in a gigabyte of memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clusterpress.digests import digest, joined
from clusterpress.library import Entry, Library

BLOCK = 250
"""Dated entries that go to the archive together: Pagefind indexes them in about 0.3 s."""

LEAST = 4 * BLOCK
"""Entries from which on an archive is worth its cost to readers."""

SMALLEST = 5 * BLOCK
"""Entries of a full piece of a small archive; larger archives have pieces of twice, four times as many."""

LARGEST = 4 * SMALLEST
"""Entries of the largest piece: Pagefind takes some 180 kB of memory for an entry of 450 words."""

FIRST = "recent"
"""The shard that a browser opens first: every language with anything to find has it."""

_DATED = frozenset({"news", "event", "issue"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Entries that are indexed together."""

    lang: str
    name: str
    """``recent``, or ``archive-1``, ``archive-2`` …, where 1 is the oldest."""
    entries: tuple[Entry, ...]
    """Newest first, then those without a date, by address: so they are found where all else is equal."""

    @property
    def key(self) -> bytes:
        """Digest of all that the index depends on: what readers see of the entries, not the pages around."""
        return digest(
            "search", self.lang, self.name == FIRST, joined([entry.digest for entry in self.entries])
        )


def cut(library: Library) -> tuple[Shard, ...]:
    """Return the shards of all languages in which there is anything to find, the newest of each first."""
    return tuple(
        Shard(lang=lang, name=name, entries=entries)
        for lang in library.languages()
        for name, entries in _cut_language([entry for entry in library.entries if entry.lang == lang])
    )


def _cut_language(entries: list[Entry]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    dated = sorted((e for e in entries if e.kind in _DATED), key=lambda e: (e.abstract.published, e.url))
    timeless = sorted((e for e in entries if e.kind not in _DATED), key=lambda e: e.url)
    archived = archived_of(len(dated))
    if recent := (*reversed(dated[archived:]), *timeless):
        yield FIRST, recent
    for number, piece in reversed([*enumerate(pieces(archived), start=1)]):
        yield f"archive-{number}", tuple(reversed(dated[piece.start : piece.stop]))


def archived_of(dated: int) -> int:
    """Return how many of so many dated entries are archived: all full blocks but the newest, or none."""
    archived = (dated // BLOCK - 1) * BLOCK
    return archived if archived >= LEAST else 0


def pieces(archived: int) -> Iterable[range]:
    """Yield the pieces of an archive of so many entries, counted from the oldest."""
    size = SMALLEST
    while size < LARGEST and archived > 2 * size:
        size *= 2
    for start in range(0, archived, size):
        yield range(start, min(start + size, archived))
