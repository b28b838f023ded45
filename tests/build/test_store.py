"""The store forgets nothing it should know, and believes nothing of another version."""

import pytest

from clusterpress.build.store import Store, Written

CODE = b"code"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "work" / "store.sqlite"


def test_values_survive_closing(path):
    store = Store(path, CODE)
    store.keep([(b"k", ("a", 1))])
    store.close()
    assert Store(path, CODE).value(b"k") == ("a", 1)


def test_a_key_that_was_never_kept_is_an_error(path):
    with pytest.raises(KeyError):
        Store(path, CODE).value(b"nothing")


def test_a_store_of_other_code_is_begun_anew(path):
    store = Store(path, CODE)
    store.keep([(b"k", 1)])
    store.record("site", {"a": Written(b"", 1, 2)})
    store.close()
    other = Store(path, b"other code")
    assert not other.holds(b"k")
    assert other.written("site") == {}


@pytest.mark.parametrize("damage", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_broken_store_is_begun_anew(path, damage):
    store = Store(path, CODE)
    store.keep([(b"k", 1)])
    store.close()
    path.write_bytes(damage)
    mended = Store(path, CODE)
    assert not mended.holds(b"k")
    mended.keep([(b"k", 2)])
    assert mended.value(b"k") == 2


def test_what_nobody_uses_is_swept_out(path):
    store = Store(path, CODE)
    store.keep([(b"a", 1), (b"b", 2)])
    assert store.litter(2) == 2
    assert store.litter(1) == 3
    store.sweep({b"a"})
    assert store.held([b"a", b"b"]) == {b"a"}
    assert store.litter(0) == 0


def test_the_manifest_is_kept_for_each_output_folder(path):
    store = Store(path, CODE)
    page = Written(b"settings and text", 5, 6)
    store.record("site", {"a/index.html": page, "b": page})
    store.record("other", {"c": page})
    store.record("site", {}, gone=["b"])
    assert store.written("site") == {"a/index.html": page}
    assert store.written("other") == {"c": page}
