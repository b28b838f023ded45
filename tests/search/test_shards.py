"""The archive is counted from the oldest: the usual edit touches the recent shard alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.search.shards import (
    BLOCK_SIZE,
    MIN_ARCHIVE,
    MIN_PIECE,
    RECENT,
    count_archived,
    folders,
    partition,
    split_archive,
)
from tests.library.make import item, library

FIRST_DAY = date(2010, 1, 1)


def news(number, **fields):
    return item(f"news/n{number}.md", day=str(FIRST_DAY + timedelta(days=number)), **fields)


def shards_of(*items):
    return {shard.name: shard for shard in partition(library(*items)[0])}


@pytest.mark.parametrize(
    ("dated", "archived"),
    [(0, 0), (1, 0), (1000, 0), (1249, 0), (1250, 1000), (1499, 1000), (1500, 1250), (10_000, 9750)],
)
def test_all_full_blocks_but_the_newest_are_archived_once_they_are_a_thousand(dated, archived):
    assert count_archived(dated) == archived


@pytest.mark.parametrize(
    ("archived", "sizes"),
    [
        (0, []),
        (250, [250]),
        (1250, [1250]),
        (1500, [1250, 250]),
        (2500, [1250, 1250]),
        (2750, [2500, 250]),
        (9750, [5000, 4750]),
        (12_000, [10_000, 2000]),
        (99_750, [80_000, 19_750]),
    ],
)
def test_an_archive_has_two_pieces_at_most(archived, sizes):
    assert [len(piece) for piece in split_archive(archived)] == sizes


@given(st.integers(0, 30_000))
def test_every_dated_entry_is_in_one_shard_and_there_are_three_at_most(dated):
    archived = count_archived(dated)
    covered = [number for piece in split_archive(archived) for number in piece]
    assert covered == list(range(archived))
    assert dated - archived < (2 * BLOCK_SIZE if archived else MIN_ARCHIVE + BLOCK_SIZE)
    assert len([*split_archive(archived)]) <= 2
    assert all(piece.start % BLOCK_SIZE == 0 for piece in split_archive(archived))


@given(st.integers(0, 30_000))
def test_a_new_item_moves_no_border_but_when_a_block_is_full(dated):
    grown = dated + 1
    if grown % BLOCK_SIZE:
        assert list(split_archive(count_archived(grown))) == list(split_archive(count_archived(dated)))


@pytest.fixture(scope="module")
def many():
    return [news(number) for number in range(MIN_ARCHIVE + BLOCK_SIZE + 3)]


def test_one_new_item_changes_the_recent_shard_alone(many):
    before, after = shards_of(*many), shards_of(*many, news(MIN_ARCHIVE + BLOCK_SIZE + 3))
    assert keys(before["archive-1"]) == keys(after["archive-1"])
    assert keys(before[RECENT])[0] != keys(after[RECENT])[0]
    assert keys(before[RECENT])[1:] == keys(after[RECENT])[1:]


def test_an_edit_changes_the_block_that_holds_the_item(many):
    before = shards_of(*many)
    old, new = (
        shards_of(news(0, title="Other"), *many[1:]),
        shards_of(*many[:-1], news(MIN_ARCHIVE + BLOCK_SIZE + 2, title="Other")),
    )
    assert keys(old[RECENT]) == keys(before[RECENT])
    assert keys(old["archive-1"])[:-1] == keys(before["archive-1"])[:-1]
    assert keys(old["archive-1"])[-1] != keys(before["archive-1"])[-1]
    assert keys(new["archive-1"]) == keys(before["archive-1"])
    assert keys(new[RECENT]) != keys(before[RECENT])


def test_equal_dependency_digests_mean_equal_keys(many):
    before = shards_of(*many)["archive-1"].blocks
    for edit in ({}, {"title": "Other"}):
        after = shards_of(news(0, **edit), *many[1:])["archive-1"].blocks
        same = [one.key == two.key for one, two in zip(before, after, strict=True)]
        assert [
            one.dependency_digest == two.dependency_digest for one, two in zip(before, after, strict=True)
        ] == same


def keys(shard):
    return [block.key for block in shard.blocks]


def test_records_without_a_date_are_recent_and_the_newest_come_first(many):
    shards = shards_of(*many, item("clusters/qoot.md"), item("partners/milan.md"))
    recent = [entry.slug for entry in shards[RECENT].entries]
    assert recent[0] == f"n{MIN_ARCHIVE + BLOCK_SIZE + 2}"
    assert recent[-2:] == ["qoot", "milan"]
    assert [entry.slug for entry in shards["archive-1"].entries][-1] == "n0"


def test_each_language_has_an_index_of_its_own_if_there_is_anything_to_find():
    shards = partition(library(news(1), item("news/un.md", lang="fr"))[0])
    assert [(shard.lang, shard.name, len(shard.entries)) for shard in shards] == [
        ("en", RECENT, 1),
        ("fr", RECENT, 1),
    ]
    assert folders(shards) == {"en": ("assets/search/en/recent/",), "fr": ("assets/search/fr/recent/",)}


def test_the_archive_of_a_large_site_is_named_from_the_oldest_and_listed_from_the_newest():
    items = [news(number) for number in range(MIN_PIECE + 2 * BLOCK_SIZE)]
    assert [shard.name for shard in partition(library(*items)[0])] == [RECENT, "archive-2", "archive-1"]
