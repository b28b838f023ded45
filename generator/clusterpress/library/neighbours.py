"""Neighbours and related items, chosen so that a new item touches few old pages."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

from clusterpress.library.entries import Entry

RELATED = 3
"""How many related items are shown."""

REACH = 6
"""How many older items of each term are looked at."""

_WEIGHT = {"clusters": 4, "partners": 3, "programmes": 2, "tags": 2, "authors": 1}


def neighbours(entries: Sequence[Entry]) -> dict[str, tuple[Entry | None, Entry | None]]:
    """Return source path → (older, newer) neighbour in a list that is newest first."""
    older = (*entries[1:], None)
    newer = (None, *entries[:-1])
    return {e.item.source.path: (o, n) for e, o, n in zip(entries, older, newer, strict=False)}


def related(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Return source path → up to three older entries that share most terms, best first.

    Only older entries are related: a new one then changes no page but its own.

    Args:
        entries: newest first, of one language.
    """
    found: dict[str, tuple[Entry, ...]] = {}
    recent: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in reversed(entries):
        scores: Counter[str] = Counter()
        candidates: dict[str, tuple[int, Entry]] = {}
        for taxonomy, weight in _WEIGHT.items():
            for label in entry.terms[taxonomy]:  # type: ignore[index]  # keys of _WEIGHT are the taxonomies
                seen = recent[taxonomy, label.slug]
                for rank, other in enumerate(islice(reversed(seen), REACH)):
                    scores[other.item.source.path] += weight
                    known = candidates.get(other.item.source.path)
                    candidates[other.item.source.path] = (min(rank, known[0]) if known else rank, other)
                seen.append(entry)
        best = sorted(candidates, key=lambda path: (-scores[path], candidates[path][0], path))
        found[entry.item.source.path] = tuple(candidates[path][1] for path in best[:RELATED])
    return found
