"""Shards: which entries share an index, in which blocks they are indexed, and the outputs of the index.

Dated entries are counted from the oldest, like list pages, in blocks of fixed size. Pagefind indexes a block
at once, so an edit needs one block indexed; the indexes of the blocks of a shard are merged. All full blocks
except the newest form the archive, the others the recent shard. A new item joins the recent shard and moves
no border; only every `BLOCK_SIZE`-th item moves a block to the archive. Entries without a date are edited at
any time and are few, so they are recent, too. A site of a thousand dated entries has no archive yet: a second
index costs each reader about 20 kB more for each word of a first search.

A browser opens all shards of a language, at most three.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.outputs import Bundle, Output, publish_stored

BLOCK_SIZE = 250
"""Dated entries of a block, which Pagefind indexes in about 0.4 s."""

MIN_ARCHIVE = 4 * BLOCK_SIZE
"""Entries above which an archive is worth its cost to readers."""

MIN_PIECE = 5 * BLOCK_SIZE
"""Entries of a full piece of a small archive; larger archives have pieces of two or four times the size."""

RECENT = "recent"
"""The shard that a browser opens first; every language with entries has it."""

_DATED = frozenset({"news", "event", "issue"})


class Block(Struct, frozen=True, kw_only=True):
    """Entries that Pagefind indexes together, at least one; the indexes of several blocks are merged."""

    lang: str
    entries: tuple[Entry, ...]
    shared_digest: bytes
    """That of the library."""

    @property
    def dependency_digest(self) -> bytes:
        """Digest of everything that the index depends on, and more; computed faster than the key."""
        return digest(
            "dependencies of search",
            self.lang,
            self.shared_digest,
            join_digests([entry.dependency_digest for entry in self.entries]),
        )

    @property
    def key(self) -> bytes:
        """Digest of what the index depends on: the entries as readers see them, not their pages."""
        return digest("block of search", self.lang, join_digests([entry.digest for entry in self.entries]))


class Shard(Struct, frozen=True, kw_only=True):
    """Entries that share an index."""

    lang: str
    name: str
    """``recent``, or ``archive-1``, ``archive-2`` …, where 1 is the oldest."""
    blocks: tuple[Block, ...]
    """Newest first, then entries without a date, by address: the order of equally good results."""


def partition(library: Library) -> tuple[Shard, ...]:
    """Return the shards of all languages with entries, the newest of each language first."""
    return tuple(
        Shard(
            lang=lang,
            name=name,
            blocks=tuple(
                Block(lang=lang, entries=entries, shared_digest=library.shared_digest) for entries in blocks
            ),
        )
        for lang in library.settings.languages
        for name, blocks in _partition_language([entry for entry in library.entries if entry.lang == lang])
    )


def _partition_language(entries: list[Entry]) -> Iterator[tuple[str, list[tuple[Entry, ...]]]]:
    dated = sorted((e for e in entries if e.kind in _DATED), key=lambda e: (e.index_record.published, e.url))
    undated = sorted((e for e in entries if e.kind not in _DATED), key=lambda e: e.url)
    archived = count_archived(len(dated))
    if recent := [*_newest_first(dated[archived:]), *_in_blocks(undated)]:
        yield RECENT, recent
    for number, piece in reversed([*enumerate(split_archive(archived), start=1)]):
        yield f"archive-{number}", _newest_first(dated[piece.start : piece.stop])


def _newest_first(dated: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    return [block[::-1] for block in reversed(_in_blocks(dated))]


def _in_blocks(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    return [tuple(entries[at : at + BLOCK_SIZE]) for at in range(0, len(entries), BLOCK_SIZE)]


def count_archived(dated: int) -> int:
    """Return how many of `dated` entries are archived: all full blocks except the newest, or none."""
    archived = (dated // BLOCK_SIZE - 1) * BLOCK_SIZE
    return archived if archived >= MIN_ARCHIVE else 0


def split_archive(archived: int) -> list[range]:
    """Return the pieces of an archive of `archived` entries, counted from the oldest."""
    size = MIN_PIECE
    while archived > 2 * size:
        size *= 2
    return [range(start, min(start + size, archived)) for start in range(0, archived, size)]


def folder_of(lang: str, shard: str) -> str:
    """Return the folder of a shard, as a path below the site's root that ends with a slash."""
    return f"assets/search/{lang}/{shard}/"


def folders(shards: Iterable[Shard]) -> Mapping[str, tuple[str, ...]]:
    """Return language → the folders of its shards, the newest first."""
    found: dict[str, tuple[str, ...]] = {}
    for shard in shards:
        found[shard.lang] = (*found.get(shard.lang, ()), folder_of(shard.lang, shard.name))
    return found


def bundle(name: str, cache_key: bytes, files: Iterable[tuple[str, bytes]]) -> Bundle:
    """Return the outputs of files of an index that are added and removed together.

    Args:
        name: unique among all groups of all indexes.
        cache_key: digest of everything that they depend on.
        files: (path below the root, key of the stored content); equal keys mean equal contents.
    """
    return Bundle(name=f"search/{name}", cache_key=cache_key, plan=partial(_publish_all, files))


def _publish_all(files: Iterable[tuple[str, bytes]]) -> Iterator[Output]:
    for path, key in files:
        yield Output(path=path, make=partial(publish_stored), stored=(key,))
