"""A site stays whole until the next one stands, wherever its folder lies and whenever a build is killed."""

import os
from pathlib import Path

import pytest

from clusterpress.pipeline import commit
from clusterpress.pipeline.commit import check_folder, fill_folder, staging
from tests.sites.small_site import Site

MEMORY = Path("/dev/shm")


class KilledError(BaseException):
    """What ends a build at once."""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    site.build()
    return site


def kill_before(monkeypatch, function, count=1):
    """Let the process end before the n-th call of a function of the system."""
    real, calls = getattr(os, function), []

    def run(*args):
        calls.append(args)
        if len(calls) == count:
            raise KilledError
        return real(*args)

    monkeypatch.setattr(commit.os, function, run)


def test_a_clean_build_leaves_the_old_site_in_place_until_the_new_one_stands(site):
    before = site.output()
    with staging(site.root / "site", clean=True) as stage:
        assert site.output() == before
        assert stage.becomes_output
    assert site.output() == before


@pytest.mark.parametrize("count", [1, 2])
def test_a_clean_build_that_is_killed_while_it_changes_folders_loses_nothing(site, monkeypatch, count):
    before = site.output()
    with monkeypatch.context() as patch:
        kill_before(patch, "rename", count)
        with pytest.raises(KilledError):
            site.build(clean=True)
    site.build()
    assert site.output() == before
    assert not (site.root / ".site.aside").exists()


def test_a_site_that_was_put_aside_survives_a_build_that_fails(site, monkeypatch):
    before = site.output()
    with monkeypatch.context() as patch:
        kill_before(patch, "rename", 2)
        with pytest.raises(KilledError):
            site.build(clean=True)
    site.write("content/news/broken.md", "---\ntitle: [\n---\n")
    assert site.build().difference is None
    assert site.output() == before


def test_a_clean_build_removes_foreign_files(site):
    before = site.output()
    (site.root / "site/foreign").mkdir()
    (site.root / "site/foreign/file.html").write_text("x")
    site.build(clean=True)
    assert site.output() == before


@pytest.fixture(params=["mount", "link", "link to another disk"])
def fixed(request, tmp_path, monkeypatch):
    """A project whose output folder cannot be renamed."""
    site = Site(tmp_path / "project")
    folder = site.root / "site"
    if request.param == "mount":
        folder.mkdir()
        is_mount = os.path.ismount
        monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == folder or is_mount(path))
        yield site
        return
    if request.param == "link" or not MEMORY.is_dir():
        target = tmp_path / "elsewhere"
        target.mkdir()
        folder.symlink_to(target)
        yield site
        return
    import tempfile

    with tempfile.TemporaryDirectory(dir=MEMORY) as target:
        folder.symlink_to(target)
        yield site


@pytest.mark.parametrize("clean", [False, True])
def test_a_folder_that_cannot_be_renamed_is_filled_and_changed(fixed, clean):
    fixed.build(clean=clean)
    first = fixed.output()
    assert "news/2019/one/index.html" in first
    fixed.write("content/news/two.md", "---\ntitle: Two again\ndate: 2019-06-15\n---\nOther words.\n")
    fixed.build(clean=clean)
    assert b"Other words." in fixed.output()["news/2019/two/index.html"]
    searched = {path for path in (fixed.output().keys() ^ first.keys()) if path.startswith("assets/search/")}
    assert fixed.output().keys() ^ first.keys() == searched
    assert not [name for name in names(fixed.root / "site") if "staging" in name]


def test_what_a_killed_build_left_in_such_a_folder_is_not_foreign(fixed):
    folder = fixed.root / "site"
    (folder / ".clusterpress-staging/x").mkdir(parents=True)
    check_folder(folder, fixed.root)
    fixed.build()
    assert "index.html" in names(folder)
    assert ".clusterpress-staging" not in names(folder)


def test_the_folder_of_an_issue_may_be_one_that_cannot_be_renamed(fixed):
    folder = fixed.root / "site"
    fill_folder(folder, fixed.root, {"a/b.txt": b"1", "c.txt": b"2"})
    fill_folder(folder, fixed.root, {"a/d.txt": b"3"})
    assert [path.name for path in folder.rglob("*.txt")] == ["d.txt"]
