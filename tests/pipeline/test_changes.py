"""A commit that fails at any step leaves the old site or the new one, never a mix, and a later build heals."""

import errno
import os
from itertools import count

import pytest

from clusterpress.pipeline import changes, commit
from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.changes import Changes
from clusterpress.pipeline.commit import staging
from clusterpress.pipeline.compare import compare
from tests.pipeline.test_output_folder import content, plan_of

OLD = {
    "a.html": "old",
    "b/c.html": "old",
    "file": "old",
    "folder/x.html": "old",
    "gone/g.html": "old",
    "k.css": "k",
}
NEW = {
    "a.html": "new",
    "b/c.html": "new",
    "file/y.html": "new",
    "folder": "new",
    "n/m/o.html": "new",
    "k.css": "k",
}


def bring_up_to_date(store, folder, files, *, clean=False):
    plan, manifest = plan_of(**files), Manifest(store, folder)
    with staging(folder, clean=clean) as stage:
        is_replaced = stage.backup is not None
        difference = compare(plan, manifest, manifest.find_modified(), is_replaced=is_replaced)
        if is_replaced:
            difference = compare(
                plan, Manifest(store, folder), dict.fromkeys(files, "clean"), is_replaced=True
            )
        for path in difference.stale:
            stage.write(path, plan.outputs[path].make())
        commit.commit(manifest, stage, difference, plan.bundles)


def fail_at(patch, module, function, number, code):
    """Let the n-th call of a function of the system fail; return the calls."""
    real, calls = getattr(module.os, function), []

    def run(*args, **options):
        calls.append(args)
        if len(calls) == number:
            raise OSError(code, os.strerror(code))
        return real(*args, **options)

    patch.setattr(module.os, function, run)
    return calls


@pytest.mark.parametrize(
    ("links", "code"), [(True, errno.ENOSPC), (True, errno.EACCES), (False, errno.ENAMETOOLONG)]
)
@pytest.mark.parametrize("function", ["replace", "unlink", "mkdir", "stat"])
def test_a_commit_that_fails_at_any_file_leaves_the_old_site(
    tmp_path, monkeypatch, function, links, code, open_store
):
    for number in count(1):
        store = open_store(tmp_path / str(number) / "store.sqlite", b"code")
        folder = tmp_path / str(number) / "site"
        bring_up_to_date(store, folder, OLD)
        failed = False
        with monkeypatch.context() as patch:
            if not links:
                patch.setattr(os, "link", lambda *_, **__: fail_link())
            calls = fail_at(patch, changes, function, number, code) if function != "stat" else []
            try:
                if function == "stat":
                    with patch.context() as inner:
                        inner.setattr(Manifest, "record", fail_link)
                        bring_up_to_date(store, folder, NEW)
                else:
                    bring_up_to_date(store, folder, NEW)
            except OSError:
                failed = True
        assert content(folder) == (OLD if failed else NEW), (function, number)
        bring_up_to_date(store, folder, NEW)
        assert content(folder) == NEW
        assert not list(tmp_path.rglob("*old-*"))
        if function == "stat" or len(calls) < number:
            break
    assert number > 1 or function in ("stat", "unlink")


def fail_link(*_args):
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("number", [1, 2])
def test_a_clean_commit_that_fails_leaves_the_old_site(tmp_path, monkeypatch, number, open_store):
    store, folder = open_store(tmp_path / "store.sqlite", b"code"), tmp_path / "site"
    bring_up_to_date(store, folder, OLD)
    with monkeypatch.context() as patch:
        fail_at(patch, commit, "rename", number, errno.EACCES)
        with pytest.raises(PermissionError):
            bring_up_to_date(store, folder, NEW, clean=True)
    assert content(folder) == OLD
    bring_up_to_date(store, folder, NEW, clean=True)
    assert content(folder) == NEW


def test_a_file_that_cannot_be_put_back_does_not_keep_the_others_from_it(tmp_path, monkeypatch):
    folder, kept = tmp_path / "site", tmp_path / "kept"
    for path in (folder, kept):
        path.mkdir()
    for name in ("a", "b", "c"):
        (folder / name).write_text("old")
        (tmp_path / name).write_text("new")
    made = Changes(str(folder), kept)
    for name in ("a", "b", "c"):
        made.put(str(tmp_path / name), name)
    fail_at(monkeypatch, changes, "replace", 2, errno.EIO)
    made.__exit__(RuntimeError, None, None)
    assert [(folder / name).read_text() for name in ("a", "b", "c")] == ["old", "new", "old"]
