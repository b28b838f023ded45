"""Stable pagination: list pages are numbered from the oldest, so that a full page never changes.

The newest page has no number and contains n to 2n-1 entries. With 2n entries, its n oldest become the next
numbered page. A new entry therefore changes the newest page and, once in n times, adds one page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clusterpress.library.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
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
