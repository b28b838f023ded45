"""Neighbours and related items, chosen so that a new item touches few old pages."""

from collections import defaultdict
from collections.abc import Sequence

from clusterpress.library.entries import Entry, Taxonomy

RELATED = 3
"""How many related items are shown."""

REACH = 6
"""How many older items of each term are looked at."""

CLOSE: tuple[tuple[Taxonomy, int], ...] = (("clusters", 4), ("partners", 3), ("tags", 2))
"""How much it counts that two items share a term."""
LOOSE: tuple[tuple[Taxonomy, int], ...] = (("programmes", 2), ("authors", 1))
"""The same for terms that join what has little in common; asked only when there is no other term."""

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
        terms = entry.terms
        scores: dict[int, int] = {}
        ties = CLOSE if terms["tags"] or terms["clusters"] or terms["partners"] else LOOSE
        for taxonomy, weight in ties:
            for label in terms[taxonomy]:
                for other in recent[taxonomy, label.slug][-REACH:]:
                    scores[other] = scores.get(other, other) + (weight << _SCORE)
        for taxonomy, labels in terms.items():
            for label in labels:
                recent[taxonomy, label.slug].append(place)
        best = sorted(scores.values(), reverse=True)[:RELATED]
        found.append(tuple([oldest_first[score & ((1 << _SCORE) - 1)] for score in best]))
    found.reverse()
    return found
