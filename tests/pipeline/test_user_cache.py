"""The user's cache: outside the project, written by this user alone; what cannot be read counts as missing."""

import os
import pickle
import stat

import pytest

from clusterpress.pipeline.errors import CacheFolderError
from clusterpress.pipeline.paths import (
    cache_folder,
    delete_value,
    load_value,
    make_cache_folder,
    save_value,
    store_file,
)

NAME = "kept.pickle"
UNREADABLE = [
    b"",
    b"broken",
    pickle.dumps((1, "two"))[:-3],
    b"cclusterpress.problems\nGone\n.",
    b"cno.such.module\nGone\n.",
]


def test_a_saved_value_is_loaded_until_it_is_deleted(tmp_path):
    assert load_value(tmp_path, NAME) is None
    save_value(tmp_path, NAME, (1, "two"))
    save_value(tmp_path, NAME, (2, "three"))
    assert load_value(tmp_path, NAME) == (2, "three")
    assert [*cache_folder(tmp_path).iterdir()] == [cache_folder(tmp_path) / NAME]
    delete_value(tmp_path, NAME)
    delete_value(tmp_path, NAME)
    assert load_value(tmp_path, NAME) is None


@pytest.mark.parametrize("content", UNREADABLE)
def test_a_value_that_cannot_be_read_counts_as_missing(tmp_path, content):
    (make_cache_folder(tmp_path) / NAME).write_bytes(content)
    assert load_value(tmp_path, NAME) is None


def test_a_value_that_cannot_be_written_leaves_no_part_of_a_file(tmp_path):
    (make_cache_folder(tmp_path) / NAME / "in-the-way").mkdir(parents=True)
    save_value(tmp_path, NAME, "value")
    assert [*cache_folder(tmp_path).iterdir()] == [cache_folder(tmp_path) / NAME]


def test_each_project_has_a_folder_outside_of_it(tmp_path, monkeypatch):
    monkeypatch.setenv("CLUSTERPRESS_CACHE", str(tmp_path / "cache"))
    one, two = tmp_path / "a/site", tmp_path / "b/site"
    assert cache_folder(one).parent == tmp_path / "cache"
    assert cache_folder(one) != cache_folder(two)
    assert store_file(one).parent == cache_folder(one)


@pytest.mark.skipif(os.name == "nt", reason="other folders there")
def test_by_default_it_is_the_folder_of_the_platform(tmp_path, monkeypatch):
    monkeypatch.delenv("CLUSTERPRESS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder(tmp_path).parent == tmp_path / "xdg/clusterpress"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder(tmp_path).parent == tmp_path / "home/.cache/clusterpress"
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder(tmp_path).parent == tmp_path / "home/Library/Caches/clusterpress"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache_folder(tmp_path).parent == tmp_path / "local/clusterpress"


@pytest.mark.skipif(os.name == "nt", reason="permissions are others there")
def test_a_folder_that_others_may_write_is_emptied_and_one_of_theirs_is_refused(tmp_path, monkeypatch):
    save_value(tmp_path, NAME, "value")
    folder = cache_folder(tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o770)
    assert load_value(tmp_path, NAME) is None
    assert make_cache_folder(tmp_path) == folder
    assert (stat.S_IMODE(folder.stat().st_mode), [*folder.iterdir()]) == (0o700, [])
    monkeypatch.setattr("os.getuid", lambda: folder.stat().st_uid + 1)
    assert load_value(tmp_path, NAME) is None
    with pytest.raises(CacheFolderError, match="belongs to another user; set CLUSTERPRESS_CACHE"):
        save_value(tmp_path, NAME, "value")


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_to_another_folder_is_refused(tmp_path):
    cache_folder(tmp_path).parent.mkdir(exist_ok=True)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    cache_folder(tmp_path).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CacheFolderError):
        make_cache_folder(tmp_path)
