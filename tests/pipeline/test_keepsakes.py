"""Keepsakes: what cannot be read or written is as if it were not there."""

import pickle

import pytest

from clusterpress.pipeline.cache.pickle_cache import keep, recall


def test_what_is_kept_is_found_again(tmp_path):
    place = tmp_path / "kept.pickle"
    assert recall(place) is None
    keep(place, (1, "two"))
    keep(place, (2, "three"))
    assert recall(place) == (2, "three")
    assert [*tmp_path.iterdir()] == [place]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"broken",
        pickle.dumps((1, "two"))[:-3],
        b"cclusterpress.problems\nGone\n.",
        b"cno.such.module\nGone\n.",
    ],
)
def test_what_cannot_be_read_is_as_if_it_were_not_there(tmp_path, content):
    (tmp_path / "kept.pickle").write_bytes(content)
    assert recall(tmp_path / "kept.pickle") is None


def test_what_cannot_be_written_leaves_nothing_half_done(tmp_path):
    place = tmp_path / "kept.pickle"
    keep(place, "before")
    keep(tmp_path / "gone" / "kept.pickle", "after")
    place.unlink()
    place.mkdir()
    (place / "in-the-way").touch()
    keep(place, "after")
    assert [*tmp_path.iterdir()] == [place]
