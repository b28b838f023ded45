"""List pages are numbered from the oldest: a full page never changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from clusterpress.library.lists import split_in_pages


class Stub(Struct, frozen=True, dict=True):
    number: int


def pages_of(total, size):
    return split_in_pages([Stub(n) for n in range(total, 0, -1)], "news/", size)


@pytest.mark.parametrize(
    ("total", "sizes"),
    [
        (0, [0]),
        (1, [1]),
        (9, [9]),
        (10, [10]),
        (19, [19]),
        (20, [10, 10]),
        (29, [19, 10]),
        (30, [10, 10, 10]),
    ],
)
def test_the_newest_page_holds_between_one_and_two_full_pages(total, sizes):
    assert [len(page.entries) for page in pages_of(total, 10)] == sizes


def test_pages_know_their_neighbours():
    newest, second, first = pages_of(30, 10)
    assert (newest.url, newest.older, newest.newer) == ("news/", "news/page/2/", "")
    assert (second.url, second.older, second.newer) == ("news/page/2/", "news/page/1/", "news/")
    assert (first.url, first.older, first.newer) == ("news/page/1/", "", "news/page/2/")


@given(total=st.integers(0, 200), size=st.integers(1, 12))
def test_every_entry_is_on_exactly_one_page_in_order(total, size):
    listed = [entry.number for page in pages_of(total, size) for entry in page.entries]
    assert listed == list(range(total, 0, -1))


@given(total=st.integers(0, 200), size=st.integers(1, 12))
def test_one_more_entry_changes_at_most_three_pages(total, size):
    before = {page.url: page for page in pages_of(total, size)}
    after = {page.url: page for page in pages_of(total + 1, size)}
    changed = {url for url in before.keys() | after.keys() if before.get(url) != after.get(url)}
    assert "news/" in changed
    # The newest page, the page that has just become full, and its older neighbour's "newer" link.
    assert len(changed) <= 3
    numbered = [url for url in before.keys() & after.keys() if url != "news/"]
    assert all(before[url].entries == after[url].entries for url in numbered)
