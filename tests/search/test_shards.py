"""The archive is counted from the oldest: the usual edit touches the recent shard alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.search import FIRST, LARGEST, cut, folders
from clusterpress.search.shards import BLOCK, LEAST, SMALLEST, archived_of, pieces
from tests.library.make import item, library

FIRST_DAY = date(2010, 1, 1)


def news(number, **fields):
    return item(f"news/n{number}.md", day=str(FIRST_DAY + timedelta(days=number)), **fields)


def shards_of(*items):
    return {shard.name: shard for shard in cut(library(*items)[0])}


@pytest.mark.parametrize(
    ("dated", "archived"),
    [(0, 0), (1, 0), (1000, 0), (1249, 0), (1250, 1000), (1499, 1000), (1500, 1250), (10_000, 9750)],
)
def test_all_full_blocks_but_the_newest_are_archived_once_they_are_a_thousand(dated, archived):
    assert archived_of(dated) == archived


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
        (12_000, [5000, 5000, 2000]),
    ],
)
def test_an_archive_has_two_pieces_unless_they_would_be_too_large(archived, sizes):
    assert [len(piece) for piece in pieces(archived)] == sizes


@given(st.integers(0, 30_000))
def test_every_dated_entry_is_in_one_shard_and_no_shard_is_too_large(dated):
    archived = archived_of(dated)
    covered = [number for piece in pieces(archived) for number in piece]
    assert covered == list(range(archived))
    assert dated - archived < (2 * BLOCK if archived else LEAST + BLOCK)
    assert all(len(piece) <= LARGEST for piece in pieces(archived))


@given(st.integers(0, 30_000))
def test_a_new_item_moves_no_border_but_when_a_block_is_full(dated):
    grown = dated + 1
    if grown % BLOCK:
        assert list(pieces(archived_of(grown))) == list(pieces(archived_of(dated)))


@pytest.fixture(scope="module")
def many():
    return [news(number) for number in range(LEAST + BLOCK + 3)]


def test_one_new_item_changes_the_recent_shard_alone(many):
    before, after = shards_of(*many), shards_of(*many, news(LEAST + BLOCK + 3))
    assert before["archive-1"].key == after["archive-1"].key
    assert before[FIRST].key != after[FIRST].key


def test_an_edit_changes_the_shard_that_holds_the_item(many):
    before = shards_of(*many)
    old, new = (
        shards_of(news(0, title="Other"), *many[1:]),
        shards_of(*many[:-1], news(LEAST + BLOCK + 2, title="Other")),
    )
    assert (old["archive-1"].key != before["archive-1"].key, old[FIRST].key) == (True, before[FIRST].key)
    assert (new["archive-1"].key, new[FIRST].key != before[FIRST].key) == (before["archive-1"].key, True)


def test_records_without_a_date_are_recent_and_the_newest_come_first(many):
    shards = shards_of(*many, item("clusters/qoot.md"), item("partners/milan.md"))
    recent = [entry.slug for entry in shards[FIRST].entries]
    assert recent[0] == f"n{LEAST + BLOCK + 2}"
    assert recent[-2:] == ["qoot", "milan"]
    assert [entry.slug for entry in shards["archive-1"].entries][-1] == "n0"


def test_each_language_has_an_index_of_its_own_if_there_is_anything_to_find():
    shards = cut(library(news(1), item("news/un.md", lang="fr"))[0])
    assert [(shard.lang, shard.name, len(shard.entries)) for shard in shards] == [
        ("en", FIRST, 1),
        ("fr", FIRST, 1),
    ]
    assert folders(shards) == {"en": ("assets/search/en/recent/",), "fr": ("assets/search/fr/recent/",)}


def test_the_archive_of_a_large_site_is_named_from_the_oldest_and_listed_from_the_newest():
    items = [news(number) for number in range(SMALLEST + 2 * BLOCK)]
    assert [shard.name for shard in cut(library(*items)[0])] == [FIRST, "archive-2", "archive-1"]
