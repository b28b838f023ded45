"""Neighbours and related items, chosen so that a new item touches few old pages."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from clusterpress.library.entries import Entry, Taxonomy, Term

RELATED = 3
"""How many related items are shown."""

REACH = 6
"""How many older items of each term are looked at."""

CLOSE: tuple[tuple[Taxonomy, int], ...] = (("clusters", 4), ("partners", 3), ("tags", 2))
"""How much it counts that two items share a term."""
LOOSE: tuple[tuple[Taxonomy, int], ...] = (("programmes", 2), ("authors", 1))
"""The same for terms that join what has little in common; asked only when there is no other term."""


def neighbours(entries: Sequence[Entry], place: int) -> tuple[Entry | None, Entry | None]:
    """Return (older, newer) neighbour of the entry at a place of a list that is newest first."""
    older = entries[place + 1] if place + 1 < len(entries) else None
    return older, entries[place - 1] if place else None


class Related:
    """Finds for each entry of a list up to three older ones that share most terms, best first.

    Only older entries are related: a new one then changes no page but its own.
    """

    def __init__(self, entries: Sequence[Entry], terms: Iterable[Term]) -> None:
        """Prepare for entries of one language, newest first, and the terms of that language."""
        self._entries = entries
        self._terms = {(term.taxonomy, term.slug): term for term in terms}
        self._found: dict[tuple[Taxonomy, str], list[int]] = {}

    def of(self, place: int) -> tuple[Entry, ...]:
        """Return the entries related to the one at a place of the list."""
        terms = self._entries[place].terms
        scores: dict[int, int] = {}
        ties = CLOSE if terms["tags"] or terms["clusters"] or terms["partners"] else LOOSE
        for taxonomy, weight in ties:
            for label in terms[taxonomy]:
                news = self._places_of(taxonomy, label.slug)
                after = bisect_right(news, place)
                for other in news[after : after + REACH]:
                    scores[other] = scores.get(other, 0) + weight
        # Of two equal scores the newer item wins.
        best = sorted(scores, key=lambda other: (-scores[other], other))[:RELATED]
        return tuple([self._entries[other] for other in best])

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(entry): place for place, entry in enumerate(self._entries)}

    def _places_of(self, taxonomy: Taxonomy, slug: str) -> list[int]:
        """Return the places of a term's entries, in order."""
        found = self._found.get((taxonomy, slug))
        if found is None:
            news = self._terms[taxonomy, slug].news
            found = self._found[taxonomy, slug] = list(map(self._places.__getitem__, map(id, news)))
        return found
