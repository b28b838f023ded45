"""The store forgets nothing it should know, and believes nothing of another version."""

from pathlib import Path

import pytest

from clusterpress.pipeline.cache.manifest import CHANGED, MISSING, UNFINISHED, BundleRecord, Manifest, Written
from clusterpress.pipeline.cache.store import DamagedValueError, locked_store, open_read_only

CODE = b"code"
SITE = Path("/site")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "work" / "store.sqlite"


def test_values_survive_closing(path, open_store):
    store = open_store(path, CODE)
    store.save([(b"k", ("a", 1))])
    store.close()
    assert open_store(path, CODE).value(b"k") == ("a", 1)


def test_a_key_that_was_never_kept_is_an_error(path, open_store):
    with pytest.raises(DamagedValueError):
        open_store(path, CODE).value(b"nothing")


def test_a_store_of_other_code_is_begun_anew(path, open_store):
    store = open_store(path, CODE)
    store.save([(b"k", 1)])
    Manifest(store, SITE).record({"a": Written(b"", 1, 2)}, (), {})
    store.close()
    other = open_store(path, b"other code")
    assert not other.contains(b"k")
    assert Manifest(other, SITE).count() == 0


@pytest.mark.parametrize("damage", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_broken_store_is_begun_anew(path, damage, open_store):
    store = open_store(path, CODE)
    store.save([(b"k", 1)])
    store.close()
    path.write_bytes(damage)
    mended = open_store(path, CODE)
    assert not mended.contains(b"k")
    mended.save([(b"k", 2)])
    assert mended.value(b"k") == 2


def test_what_nobody_uses_is_swept_out(path, open_store):
    store = open_store(path, CODE)
    store.save([(b"a", 1), (b"b", 2)])
    assert store.add_garbage(2) == 2
    assert store.add_garbage(1) == 3
    store.collect_garbage({b"a"})
    assert store.existing([b"a", b"b"]) == {b"a"}
    assert store.add_garbage(0) == 0


def test_the_manifest_is_kept_for_each_output_folder(path, open_store):
    store = open_store(path, CODE)
    site, other = Manifest(store, SITE), Manifest(store, Path("/other"))
    page, bundle = Written(b"settings and text", 5, 6), BundleRecord(b"cache key", 1, b"rows", "b")
    site.record({"a/index.html": page, "b": page}, (), {"one": bundle, "two": bundle})
    other.record({"c": page}, (), {})
    site.record({}, ["b"], {"two": bundle})
    assert site.paths() == ["a/index.html"]
    assert site.fingerprints(["a/index.html", "b", "c"]) == {"a/index.html": page.fingerprint}
    assert site.bundles() == {"two": bundle}
    assert (other.paths(), other.bundles()) == (["c"], {})


def test_what_is_forgotten_counts_but_is_not_sound(path, tmp_path, open_store):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a").write_text("x")
    (folder / "b").write_text("y")
    manifest = Manifest(open_store(path, CODE), folder)
    stamps = {name: (folder / name).stat() for name in ("a", "b")}
    files = {name: Written(b"f", one.st_mtime_ns, one.st_size) for name, one in stamps.items()}
    manifest.record(files | {"c": Written(b"f", 1, 1)}, (), {})
    assert manifest.find_modified() == {"c": MISSING}
    manifest.mark_unfinished(["a", "d"])
    (folder / "b").write_text("changed")
    assert manifest.find_modified() == {"a": UNFINISHED, "b": CHANGED, "c": MISSING, "d": MISSING}
    assert manifest.count() == 4


def test_only_a_change_of_files_is_a_revision(path, open_store):
    manifest = Manifest(open_store(path, CODE), SITE)
    manifest.record({"a": Written(b"f", 1, 1)}, (), {})
    first = manifest.revision()
    manifest.record({}, (), {"one": BundleRecord(b"cache key", 1, b"rows", "a")})
    assert manifest.revision() == first
    manifest.record({}, ["a"], {})
    assert manifest.revision() != first


def test_a_store_that_is_opened_read_only_stays_as_it_is(tmp_path):
    assert open_read_only(tmp_path) is None
    with locked_store(tmp_path, CODE) as store:
        Manifest(store, SITE).record({"a": Written(b"", 1, 2)}, (), {})
    read_only = open_read_only(tmp_path)
    assert Manifest(read_only, SITE).paths() == ["a"]
    read_only.connection.close()
    with locked_store(tmp_path, CODE) as store:
        assert Manifest(store, SITE).paths() == ["a"]


def test_a_clean_store_is_empty(tmp_path):
    with locked_store(tmp_path, CODE) as store:
        store.save([(b"k", 1)])
    with locked_store(tmp_path, CODE, clean=True) as store:
        assert not store.contains(b"k")
