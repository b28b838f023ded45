"""Lists: their pages, and the neighbours and related items of an entry in them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from clusterpress.library.entries import Entry
from clusterpress.library.terms import Term
from clusterpress.values.kinds import Taxonomy


class ListPage(Struct, frozen=True, kw_only=True):
    """One page of a list."""

    number: int
    """Counted from the oldest, from 1; 0 for the newest page."""
    url: str
    """Path below the site's root."""
    entries: tuple[Entry, ...]
    """Newest first."""
    older: str = ""
    """Path of the page with older entries; empty on the oldest page."""
    newer: str = ""
    """Path of the page with newer entries; empty on the newest page."""


def split_in_pages(entries: Sequence[Entry], url: str, size: int) -> tuple[ListPage, ...]:
    """Return the pages of a list, newest first.

    Args:
        entries: newest first.
        url: path of the newest page (``news/``); other pages are ``news/page/3/``.
        size: number of entries on a full page.
    """
    numbers = range(count_full(len(entries), size), 0, -1)
    numbered = (numbered_page(entries, url, size, number) for number in numbers)
    return (newest_page(entries, url, size), *numbered)


def newest_page(entries: Sequence[Entry], url: str, size: int) -> ListPage:
    """Return the newest page of a list; the arguments are those of `split_in_pages`."""
    full = count_full(len(entries), size)
    shown = entries[: len(entries) - full * size]
    return ListPage(number=0, url=url, entries=tuple(shown), older=f"{url}page/{full}/" if full else "")


def numbered_page(entries: Sequence[Entry], url: str, size: int, number: int) -> ListPage:
    """Return a numbered page of a list; the other arguments are those of `split_in_pages`."""
    return ListPage(
        number=number,
        url=f"{url}page/{number}/",
        entries=tuple(entries[len(entries) - number * size : len(entries) - (number - 1) * size]),
        older=f"{url}page/{number - 1}/" if number > 1 else "",
        newer=f"{url}page/{number + 1}/" if number < count_full(len(entries), size) else url,
    )


def count_full(count: int, size: int) -> int:
    """Return the number of numbered pages of a list with ``count`` entries."""
    return max(0, count // size - 1)


MAX_RELATED = 3
"""Number of related items on a page."""

MAX_CANDIDATES = 6
"""Number of older items of each term that are compared."""

SPECIFIC_TERMS: tuple[tuple[Taxonomy, int], ...] = (("clusters", 4), ("partners", 3), ("tags", 2))
"""Taxonomy, and score of a term that two items share."""
BROAD_TERMS: tuple[tuple[Taxonomy, int], ...] = (("programmes", 2), ("authors", 1))
"""The same for terms that many unrelated items share; used only for items without other terms."""


MAX_ONWARD = 3
"""Number of items on a page to read after its own."""


def find_onward(count: int, position: int, related: Iterable[int]) -> tuple[tuple[str, int], ...]:
    """Return what to read after the entry at a position of a list: (label, position), at most `MAX_ONWARD`.

    These are the next and the previous entry, then related ones, then older and newer ones, so that an item
    of a list of four or more always leads to three others. Newer ones follow the oldest items only: a new
    entry changes the pages of few others.

    Args:
        count: number of entries in the list, which is newest first.
        position: of the entry.
        related: positions of related entries, best first.
    """
    ways = (
        ("next_item", range(max(0, position - 1), position)),
        ("previous_item", range(position + 1, min(count, position + 2))),
        ("related", related),
        ("older", range(position + 2, min(count, position + 2 + MAX_ONWARD))),
        ("newer", range(position - 2, max(-1, position - 2 - MAX_ONWARD), -1)),
    )
    found: dict[int, str] = {}
    for label, positions in ways:
        for other in positions:
            found.setdefault(other, label)
    return tuple((label, other) for other, label in found.items())[:MAX_ONWARD]


class Related:
    """Finds for each entry of a list up to three older ones that share the most terms, best first.

    Only older entries count as related, so that a new entry changes no page but its own.
    """

    def __init__(self, entries: Sequence[Entry], terms: Iterable[Term]) -> None:
        """Prepare for entries of one language, newest first, and the terms of that language."""
        self._entries = entries
        self._terms = {(term.taxonomy, term.slug): term for term in terms}
        self._found: dict[tuple[Taxonomy, str], list[int]] = {}

    def of(self, position: int) -> tuple[int, ...]:
        """Return the positions of the entries related to the one at a position of the list."""
        terms = self._entries[position].terms
        scores: dict[int, int] = {}
        weights = SPECIFIC_TERMS if terms["tags"] or terms["clusters"] or terms["partners"] else BROAD_TERMS
        for taxonomy, weight in weights:
            for label in terms[taxonomy]:
                news = self._positions_of(taxonomy, label.slug)
                after = bisect_right(news, position)
                for other in news[after : after + MAX_CANDIDATES]:
                    scores[other] = scores.get(other, 0) + weight
        # With equal scores, the newer item comes first.
        return tuple(sorted(scores, key=lambda other: (-scores[other], other))[:MAX_RELATED])

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {id(entry): position for position, entry in enumerate(self._entries)}

    def _positions_of(self, taxonomy: Taxonomy, slug: str) -> list[int]:
        key = taxonomy, slug
        if key not in self._found:
            self._found[key] = [self._positions[id(entry)] for entry in self._terms[key].news]
        return self._found[key]
