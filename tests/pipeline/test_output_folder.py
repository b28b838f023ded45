"""The output folder: written whole, pruned, and never somebody else's."""

import os
from functools import partial

import pytest

from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.commit import check_folder, commit, staging
from clusterpress.pipeline.compare import compare
from clusterpress.pipeline.errors import ForeignFolderError
from clusterpress.pipeline.plan import Plan, find_conflicts, find_escaping_paths
from clusterpress.values.outputs import Bundle, Output


def say(text):
    return text.encode()


def plan_of(*bundles, records=None, **files):
    plan = Plan(records or {})
    plan.add(bundles)
    plan.add(outputs_of(files))
    return plan


def outputs_of(files):
    return [Output(path=path, make=partial(say, text=text)) for path, text in files.items()]


@pytest.fixture
def store(tmp_path, open_store):
    return open_store(tmp_path / "work" / "store.sqlite", b"code")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "site"


def bring_up_to_date(store, folder, plan):
    manifest = Manifest(store, folder)
    difference = compare(plan, manifest, manifest.find_modified())
    with staging(folder) as stage:
        for path in difference.stale:
            stage.write(path, plan.outputs[path].make())
        commit(manifest, stage, difference, plan.bundles)
    return difference


def content(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".clusterpress")
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_only_what_differs_is_made_and_the_reason_is_told(store, folder):
    bring_up_to_date(store, folder, plan_of(**{"a.html": "1", "b.html": "1"}))
    difference = bring_up_to_date(store, folder, plan_of(**{"a.html": "1", "b.html": "2"}))
    assert difference.stale == {"b.html": "changed: its text"}
    assert content(folder) == {"a.html": "1", "b.html": "2"}


def test_a_bundle_stays_closed_while_its_cache_key_is_the_same(store, folder):
    opened = []

    def bundle(cache_key, **files):
        return Bundle(
            name="b", cache_key=cache_key, plan=lambda: (opened.append(cache_key), *outputs_of(files))[1:]
        )

    def build(cache_key, **files):
        records = Manifest(store, folder).bundles()
        opened.clear()
        plan = plan_of(bundle(cache_key, **files), records=records, **{"c.html": "1"})
        return bring_up_to_date(store, folder, plan)

    one, two = {"a.html": "1", "b.html": "1"}, {"a.html": "1", "b.html": "2"}
    assert build(b"1", **one).new == {"a.html", "b.html", "c.html"}
    assert (build(b"1", **one).stale, opened) == ({}, [])
    assert (build(b"2", **two).stale, opened) == ({"b.html": "changed: its text"}, [b"2"])
    assert (build(b"3", **two).stale, opened) == ({}, [b"3"])
    assert (build(b"3", **two).stale, opened) == ({}, [])
    (folder / "a.html").write_text("by hand")
    assert (build(b"3", **two).stale, opened) == ({"a.html": "it was changed in the output folder"}, [b"3"])
    (folder / "b.html").unlink()
    assert build(b"3", **two).stale == {"b.html": "it was missing in the output folder"}
    assert content(folder) == {"a.html": "1", "b.html": "2", "c.html": "1"}
    assert build(b"4", **{"d.html": "1"}).gone == ("a.html", "b.html")
    assert content(folder) == {"c.html": "1", "d.html": "1"}


def test_a_bundle_is_opened_if_another_source_claims_one_of_its_paths(store, folder):
    bundle = Bundle(name="b", cache_key=b"1", plan=lambda: outputs_of({"a/index.html": "1"}))
    bring_up_to_date(store, folder, plan_of(bundle))
    records = Manifest(store, folder).bundles()
    for rival in ("a/index.html", "A/index.html", "a"):
        plan = plan_of(bundle, records=records, **{rival: "2"})
        assert plan.closed
        plan.open_conflicting(has_new=True)
        assert not plan.closed
        assert len(list(plan.conflicts())) == 1


def test_nothing_to_do_the_second_time(store, folder):
    plan = plan_of(**{"a/index.html": "1"})
    assert bring_up_to_date(store, folder, plan).stale == {"a/index.html": "it is new"}
    assert bring_up_to_date(store, folder, plan).stale == {}


def test_a_plugin_that_looks_beyond_its_page_makes_all_pages_stale_and_nothing_else(store, folder):
    plan = plan_of(**{"a.html": "1", "b.css": "1"})
    bring_up_to_date(store, folder, plan)
    difference = compare(plan, Manifest(store, folder), {}, ["tags"])
    assert difference.stale == {"a.html": "tags may depend on other pages"}


def test_files_nobody_claims_are_removed_with_their_empty_folders(store, folder):
    bring_up_to_date(store, folder, plan_of(**{"a/b/c.html": "1", "d.html": "1"}))
    difference = bring_up_to_date(store, folder, plan_of(**{"d.html": "1"}))
    assert difference.gone == ("a/b/c.html",)
    assert not (folder / "a").exists()


def test_a_file_that_was_changed_or_lost_in_the_output_folder_is_made_again(store, folder):
    plan = plan_of(**{"a.html": "1", "b.html": "1"})
    bring_up_to_date(store, folder, plan)
    (folder / "a.html").write_text("vandalised")
    (folder / "b.html").unlink()
    reasons = bring_up_to_date(store, folder, plan).stale
    assert reasons == {
        "a.html": "it was changed in the output folder",
        "b.html": "it was missing in the output folder",
    }
    assert content(folder) == {"a.html": "1", "b.html": "1"}


def test_a_page_may_take_the_place_of_a_folder_and_the_other_way_round(store, folder):
    bring_up_to_date(store, folder, plan_of(**{"a/b.html": "1", "c": "1"}))
    bring_up_to_date(store, folder, plan_of(**{"a": "2", "c/d.html": "2"}))
    assert content(folder) == {"a": "2", "c/d.html": "2"}


class KilledError(Exception):
    pass


@pytest.mark.parametrize("survive", range(4))
def test_a_commit_that_is_killed_leaves_whole_files_and_is_mended(store, folder, monkeypatch, survive):
    old = plan_of(**{"a.html": "old", "b.html": "old", "c.html": "old", "gone.html": "old"})
    bring_up_to_date(store, folder, old)
    replaced = []
    replace = os.replace

    def stop_after(path, target):
        if len(replaced) == survive:
            raise KilledError
        replaced.append(target)
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stop_after)
        new = plan_of(**{"a.html": "new", "b.html": "new", "c.html": "new"})
        if survive < 3:
            with pytest.raises(KilledError):
                bring_up_to_date(store, folder, new)
        else:
            bring_up_to_date(store, folder, new)
    assert set(content(folder).values()) <= {"old", "new"}
    assert content(folder).keys() >= {"a.html", "b.html", "c.html"}
    # The edit is taken back: what the killed build had written must not be taken for the old version.
    bring_up_to_date(store, folder, old)
    assert content(folder) == {"a.html": "old", "b.html": "old", "c.html": "old", "gone.html": "old"}


def test_a_first_build_that_is_killed_leaves_nothing_that_nobody_claims(store, folder, monkeypatch):
    def stop(*_):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(Manifest, "record", stop)
        with pytest.raises(KilledError):
            bring_up_to_date(store, folder, plan_of(**{"a.html": "1", "b/c.html": "1"}))
    assert content(folder) == {"a.html": "1", "b/c.html": "1"}
    bring_up_to_date(store, folder, plan_of(**{"a.html": "2"}))
    assert content(folder) == {"a.html": "2"}


def test_a_folder_that_appears_meanwhile_is_filled(store, folder):
    plan = plan_of(**{"a/b.html": "1"})
    manifest = Manifest(store, folder)
    difference = compare(plan, manifest, {})
    with staging(folder) as stage:
        stage.write("a/b.html", b"1")
        (folder / "a").mkdir(parents=True)
        (folder / "a" / "b.html").write_text("0")
        commit(manifest, stage, difference, plan.bundles)
    assert content(folder) == {"a/b.html": "1"}


def test_a_clean_build_that_is_killed_leaves_the_old_site(folder):
    folder.mkdir()
    (folder / "a.html").write_text("old")

    def fail():
        with staging(folder, clean=True):
            assert content(folder) == {"a.html": "old"}
            raise KilledError

    with pytest.raises(KilledError):
        fail()
    assert content(folder) == {"a.html": "old"}
    assert [*folder.parent.iterdir()] == [folder]


def test_a_folder_that_lies_elsewhere_is_not_replaced(tmp_path, folder):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "a").mkdir(parents=True)
    (elsewhere / "a" / "b.html").touch()
    folder.symlink_to(elsewhere)
    with staging(folder, clean=True) as stage:
        assert not stage.becomes_output
        assert stage.folder.parent == folder
    assert folder.is_symlink()
    assert [path.name for path in elsewhere.rglob("*")] == ["a", "b.html"]


def test_a_folder_with_foreign_files_is_refused(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "wedding.jpg").touch()
    with pytest.raises(ForeignFolderError, match="did not write"):
        check_folder(folder, tmp_path / "project")
    assert (folder / "wedding.jpg").exists()


@pytest.mark.parametrize("place", ["", "..", "content", "content/news"])
def test_a_folder_that_holds_the_sources_is_refused(tmp_path, place):
    root = tmp_path / "project"
    (root / "content" / "news").mkdir(parents=True)
    with pytest.raises(ForeignFolderError, match="files of the project"):
        check_folder((root / place).resolve(), root)


def claim(*pairs):
    claims = {}
    for path, source in pairs:
        output = Output(path=path, make=partial(say, text=""), sources=(source,))
        claims.setdefault(path, []).append(output)
    return claims


@pytest.mark.parametrize(
    ("one", "two"),
    [("a/index.html", "a/index.html"), ("A/index.html", "a/index.html"), ("a", "a/index.html")],
)
def test_two_sources_for_one_address_are_both_named(one, two):
    claims = claim((one, "content/x.md"), (two, "content/y.md"))
    first = {path: outputs[0] for path, outputs in claims.items()}
    (problem,) = find_conflicts(first, {path: outputs[1:] for path, outputs in claims.items() if outputs[1:]})
    assert "content/x.md, content/y.md" in str(problem)


def test_a_page_of_the_site_itself_is_named_beside_the_source_that_claims_its_address():
    (source,) = claim(("404.html", "content/pages/404.md"))["404.html"]
    (problem,) = find_conflicts(
        {"404.html": source}, {"404.html": [Output(path="404.html", make=partial(say, text=""))]}
    )
    assert "/404.html: content/pages/404.md, a page that the site makes itself" in str(problem)
    assert problem.path == "content/pages/404.md"


@pytest.mark.parametrize(
    ("drafts", "severity"),
    [
        ([], "error"),
        (["content/z.md"], "error"),
        (["content/x.md"], "warning"),
        (["content/y.md"], "warning"),
    ],
)
def test_an_address_that_only_a_draft_claims_too_stops_no_preview(drafts, severity):
    ((_, (first, second)),) = claim(("a", "content/x.md"), ("a", "content/y.md")).items()
    (problem,) = find_conflicts({"a": first}, {"a": [second]}, iter(drafts))
    assert problem.severity == severity


@pytest.mark.parametrize("path", ["../evil.html", "/etc/passwd", "a/../../b", "a\\b", "a//b"])
def test_an_address_outside_the_output_folder_is_a_fault(path):
    assert len(list(find_escaping_paths([path]))) == 1
    assert len(list(find_escaping_paths(["a/b.html", path]))) == 1
    assert list(find_escaping_paths(["a/b.html", ".nojekyll", "a/.well-known/b", "a..b/c"])) == []
