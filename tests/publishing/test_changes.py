"""What has to be done to a target, and whom it believes about that."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.publishing.changes import compare, look_at
from clusterpress.publishing.manifest import MANIFEST, read_manifest, write_manifest
from tests.publishing.make import Shelf, as_files, send, site


def test_changes_are_told_in_words():
    shelf = Shelf()
    assert str(send(shelf, as_files(site(0)))) == "14 new"
    assert str(send(shelf, as_files(site(1)))) == "4 new, 9 changed, 4 gone"
    assert str(send(shelf, as_files(site(1)))) == "nothing to do"


def test_an_unchanged_site_costs_one_question():
    shelf = Shelf()
    send(shelf, as_files(site(0)))
    shelf.steps.clear()
    shelf.paths = None
    send(shelf, as_files(site(0)))
    assert shelf.steps == []


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"\xff\xfe", b"[]", b'{"version": 99, "files": {}}', b'{"version": 1, "files": []}']
)
def test_without_a_good_manifest_the_files_are_listed_and_foreign_ones_left_alone(broken):
    shelf = Shelf()
    send(shelf, as_files(site(0)))
    shelf.content[MANIFEST] = broken
    shelf.content["photo.jpg"] = b"mine"
    remote = look_at(shelf)
    assert remote.remark == "the manifest on the target is broken"
    changes = compare(as_files(site(0)), remote)
    assert (changes.new, len(changes.changed), changes.gone) == ((), 14, ())
    send(shelf, as_files(site(0)))
    assert shelf.content.items() >= (site(0) | {"photo.jpg": b"mine"}).items()
    assert not send(shelf, as_files(site(0)))


def test_an_empty_target_is_nothing_to_remark_on():
    remote = look_at(Shelf())
    assert (remote.remark, remote.ours, remote.foreign) == ("", {}, frozenset())


def test_foreign_files_on_a_first_target_are_remarked_on():
    remote = look_at(Shelf({"photo.jpg": b""}))
    assert (remote.remark, remote.foreign) == ("the target has no manifest of ours", {"photo.jpg"})


def test_relisting_finds_what_somebody_removed_by_hand():
    shelf = Shelf()
    send(shelf, as_files(site(0)))
    del shelf.content["index.html"]
    assert not send(shelf, as_files(site(0)))
    assert send(shelf, as_files(site(0)), relist=True).new == ("index.html",)
    assert not send(shelf, as_files(site(0)), relist=True)


@given(
    st.dictionaries(
        st.from_regex(r"[\w\- é][\w\-. é]{0,8}(/[\w\-é]{1,8}){0,2}\.\w{1,4}", fullmatch=True),
        st.none() | st.text(),
    )
)
def test_a_manifest_is_read_as_it_was_written(files):
    assert read_manifest(write_manifest(files)) == files


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a", "a/../../b", "a/./b", "a\\..\\b", "..", ".", "", "a/", "a\0b", MANIFEST]
)
def test_a_manifest_that_leads_out_of_the_target_is_not_believed(path):
    forged = json.dumps({"version": 1, "files": {path: "00"}}).encode()
    assert read_manifest(forged) is None


@given(st.binary(max_size=200))
def test_no_content_makes_the_reader_of_manifests_raise(content):
    assert read_manifest(content) is None
