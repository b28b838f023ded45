"""Neighbours and related items, chosen so that a new item touches few old pages."""

from collections import defaultdict
from collections.abc import Sequence

from clusterpress.library.entries import Entry, Taxonomy

RELATED = 3
"""How many related items are shown."""

REACH = 6
"""How many older items of each term are looked at."""

WEIGHTS: tuple[tuple[Taxonomy, int], ...] = (
    ("clusters", 4), ("partners", 3), ("programmes", 2), ("tags", 2), ("authors", 1),
)  # fmt: skip
"""How much it counts that two items share a term."""

_SCORE = 32
"""Bits below a score that hold an item's place: of two equal scores the newer item wins."""


def neighbours(entries: Sequence[Entry]) -> list[tuple[Entry | None, Entry | None]]:
    """Return (older, newer) neighbour of each entry of a list that is newest first."""
    return list(zip((*entries[1:], None), (None, *entries[:-1]), strict=False)) if entries else []


def related(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Return for each entry up to three older ones that share most terms, best first.

    Only older entries are related: a new one then changes no page but its own.

    Args:
        entries: newest first, of one language.
    """
    found: list[tuple[Entry, ...]] = []
    recent: dict[tuple[Taxonomy, str], list[int]] = defaultdict(list)
    oldest_first = entries[::-1]
    for place, entry in enumerate(oldest_first):
        scores: dict[int, int] = {}
        for taxonomy, weight in WEIGHTS:
            for label in entry.terms[taxonomy]:
                seen = recent[taxonomy, label.slug]
                for other in seen[-REACH:]:
                    scores[other] = scores.get(other, other) + (weight << _SCORE)
                seen.append(place)
        best = sorted(scores.values(), reverse=True)[:RELATED]
        found.append(tuple([oldest_first[score & ((1 << _SCORE) - 1)] for score in best]))
    found.reverse()
    return found
