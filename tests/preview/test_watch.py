"""Watching real files: which changes are told, under which names, and which are nobody's business."""

import os
import queue
import shutil
import threading

import pytest

from clusterpress.preview.watch import SourceWatcher
from tests.timing import PATIENCE

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    (tmp_path / "content" / "news").mkdir(parents=True)
    (tmp_path / "content" / "news" / "one.md").write_text("one")
    (tmp_path / "site_config.yml").write_text("name: x")
    (tmp_path / "site").mkdir()
    return tmp_path


class Ear:
    """Hears what a watch tells, in a thread of its own."""

    def __init__(self, watch):
        self._heard = queue.Queue()
        self._thread = threading.Thread(target=self._listen, args=(watch,), daemon=True)
        self._thread.start()

    def _listen(self, watch):
        for paths in watch.changes():
            self._heard.put(paths)

    def until(self, path):
        """Return everything heard up to the batch with this path."""
        heard = set()
        while path not in heard:
            heard |= self._heard.get(timeout=PATIENCE)
        return heard


@pytest.fixture
def ear(root):
    with SourceWatcher(root) as watch:
        ear = Ear(watch)
        yield ear
        watch.close()
        ear._thread.join(PATIENCE)
        assert not ear._thread.is_alive()


def test_a_saved_file_is_told_by_its_path_in_the_project(root, ear):
    (root / "content/news/one.md").write_text("changed")
    assert ear.until("content/news/one.md") == {"content/news/one.md"}


def test_a_save_by_rename_is_told_under_the_name_that_counts(root, ear):
    (root / "content/news/.one.md.tmp").write_text("changed")
    (root / "content/news/.one.md.tmp").replace(root / "content/news/one.md")
    assert ear.until("content/news/one.md") == {"content/news/one.md"}


def test_files_in_a_new_folder_are_told(root, ear):
    (root / "content/events/2020").mkdir(parents=True)
    ear.until("content/events/2020")
    (root / "content/events/2020/forum.md").write_text("x")
    ear.until("content/events/2020/forum.md")


def test_a_removed_file_is_told(root, ear):
    (root / "content/news/one.md").unlink()
    ear.until("content/news/one.md")


def test_editors_leavings_outputs_and_reading_are_no_changes(root, ear):
    for path in (
        "content/news/.one.md.swp",
        "content/news/one.md~",
        "content/.git/x.md",
        "site/index.html",
        "note.md",
    ):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text("x")
    (root / "content/news/one.md").read_bytes()
    (root / "site_config.yml").write_text("name: y")
    assert ear.until("site_config.yml") == {"site_config.yml"}


def test_a_theme_that_comes_later_is_watched(root, ear):
    (root / "themes").mkdir()
    ear.until("themes")
    (root / "themes/own").mkdir()
    ear.until("themes/own")
    (root / "themes/own/theme.yml").write_text("x")
    ear.until("themes/own/theme.yml")


def test_content_put_in_the_place_of_the_old_is_watched(root, ear):
    shutil.move(root / "content", root / "old")
    ear.until("content")
    shutil.copytree(root / "old", root / "content")
    ear.until("content")
    (root / "content/news/one.md").write_text("again")
    ear.until("content/news/one.md")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_content_that_is_a_link_is_told_by_its_name_in_the_project(root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.move(root / "content", elsewhere / "texts")
    (root / "content").symlink_to(elsewhere / "texts")
    with SourceWatcher(root) as watch:
        ear = Ear(watch)
        (elsewhere / "texts/news/one.md").write_text("changed")
        ear.until("content/news/one.md")


def test_many_changes_of_one_save_are_told_together(root):
    with SourceWatcher(root, debounce=0.3) as watch:
        ear = Ear(watch)
        for number in range(20):
            (root / f"content/news/{number}.md").write_text("x")
        assert len(ear.until("content/news/19.md")) == 20


def test_what_was_told_stirs_nobody_and_the_end_everybody(root):
    with SourceWatcher(root, debounce=PATIENCE) as watch:
        changes = watch.changes()
        assert not watch.has_changes()
        (root / "content/news/one.md").write_text("changed")
        assert next(changes)
        assert not watch.has_changes()
        watch.close()
        assert watch.has_changes()
