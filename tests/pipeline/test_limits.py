"""An item that takes too long, too much memory or too many levels is a fault of its own."""

from contextlib import suppress
from time import process_time

import pytest

from clusterpress.config.settings import Settings
from clusterpress.pipeline.limits import LimitError, watch_items
from clusterpress.pipeline.read import _read_watched

SETTINGS = Settings(name="Demo", url="https://example.eu/")


def compute(seconds):
    end = process_time() + seconds
    while process_time() < end:
        pass


def test_long_work_ends_with_its_reason():
    started = process_time()
    with (
        watch_items(seconds=0.05, interval=0.02) as watch,
        pytest.raises(LimitError, match=r"takes more than 0\.05 seconds"),
        watch.item(),
    ):
        compute(5)
    assert process_time() - started < 1


def test_an_error_that_a_library_swallows_does_not_hide_the_limit():
    def careless():
        while True:
            with suppress(Exception):
                compute(5)

    with watch_items(seconds=0.05, interval=0.02) as watch, pytest.raises(LimitError), watch.item():
        careless()


def test_memory_is_limited():
    kept = []

    def keep():
        while True:
            kept.append(bytearray(1_000_000))
            compute(0.001)

    with (
        watch_items(seconds=9, megabytes=50, interval=0.02) as watch,
        pytest.raises(LimitError, match="more than 50 MB"),
        watch.item(),
    ):
        keep()


def test_nothing_is_ended_between_items():
    with watch_items(seconds=0.02, interval=0.01) as watch:
        with watch.item():
            pass
        compute(0.1)


def test_endless_nesting_is_a_limit():
    def deeper(level):
        return deeper(level + 1)

    with watch_items() as watch, pytest.raises(LimitError, match="nested too deeply"), watch.item():
        deeper(0)


def test_the_item_is_named_and_the_others_are_read(tmp_path, open_store):
    folder = tmp_path / "content" / "news"
    folder.mkdir(parents=True)
    head = "---\ntitle: A\ndate: 2020-01-31\n---\n"
    (folder / "good.md").write_text(f"{head}Text.\n")
    (folder / "slow.md").write_text(head + "* a <b>" * 60_000)
    files = [("content/news/slow.md", b""), ("content/news/good.md", b"")]
    store = open_store(tmp_path / "store.sqlite", b"code")
    with watch_items(seconds=0.1, interval=0.02) as watch:
        read = {path: result for path, _, result in _read_watched((tmp_path, SETTINGS, store), files, watch)}
    store.close()
    (problem,) = [one for one in read["content/news/slow.md"].problems if one.severity == "error"]
    assert (problem.path, problem.line) == ("content/news/slow.md", 1)
    assert "takes more than 0.1 seconds" in problem.message
    assert "marks that never close" in problem.hint
    assert read["content/news/good.md"].index_record.title == "A"
