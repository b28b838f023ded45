"""Keepsakes: what cannot be read or written is as if it were not there."""

import pickle

import pytest

from clusterpress.pipeline.cache.pickle_cache import load, save


def test_what_is_kept_is_found_again(tmp_path):
    path = tmp_path / "kept.pickle"
    assert load(path) is None
    save(path, (1, "two"))
    save(path, (2, "three"))
    assert load(path) == (2, "three")
    assert [*tmp_path.iterdir()] == [path]


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
    assert load(tmp_path / "kept.pickle") is None


def test_what_cannot_be_written_leaves_nothing_half_done(tmp_path):
    path = tmp_path / "kept.pickle"
    save(path, "before")
    save(tmp_path / "gone" / "kept.pickle", "after")
    path.unlink()
    path.mkdir()
    (path / "in-the-way").touch()
    save(path, "after")
    assert [*tmp_path.iterdir()] == [path]
