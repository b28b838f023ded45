"""What has to be done to a target, and whom it believes about that."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.publishing.changes import compare, inspect_target, read_manifest, write_manifest
from clusterpress.publishing.hosting import MANIFEST
from tests.publishing.make import MemoryTarget, as_files, send, site


def test_changes_are_told_in_words():
    memory_target = MemoryTarget()
    assert str(send(memory_target, as_files(site(0)))) == "14 new"
    assert str(send(memory_target, as_files(site(1)))) == "4 new, 9 changed, 4 gone"
    assert str(send(memory_target, as_files(site(1)))) == "nothing to do"


def test_an_unchanged_site_costs_one_question():
    memory_target = MemoryTarget()
    send(memory_target, as_files(site(0)))
    memory_target.steps.clear()
    memory_target.paths = None
    send(memory_target, as_files(site(0)))
    assert memory_target.steps == []


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"\xff\xfe", b"[]", b'{"version": 99, "files": {}}', b'{"version": 1, "files": []}']
)
def test_without_a_good_manifest_the_files_are_listed_and_foreign_ones_left_alone(broken):
    memory_target = MemoryTarget()
    send(memory_target, as_files(site(0)))
    memory_target.content[MANIFEST] = broken
    memory_target.content["photo.jpg"] = b"mine"
    remote = inspect_target(memory_target)
    assert remote.remark == "the manifest on the target is broken"
    changes = compare(as_files(site(0)), remote)
    assert (changes.new, len(changes.changed), changes.removed) == ((), 14, ())
    send(memory_target, as_files(site(0)))
    assert memory_target.content.items() >= (site(0) | {"photo.jpg": b"mine"}).items()
    assert not send(memory_target, as_files(site(0)))


def test_an_empty_target_is_nothing_to_remark_on():
    remote = inspect_target(MemoryTarget())
    assert (remote.remark, remote.managed, remote.unmanaged) == ("", {}, frozenset())


def test_foreign_files_on_a_first_target_are_remarked_on():
    remote = inspect_target(MemoryTarget({"photo.jpg": b""}))
    assert (remote.remark, remote.unmanaged) == ("the target has no manifest of ours", {"photo.jpg"})


def test_relisting_finds_what_somebody_removed_by_hand():
    memory_target = MemoryTarget()
    send(memory_target, as_files(site(0)))
    del memory_target.content["index.html"]
    assert not send(memory_target, as_files(site(0)))
    assert send(memory_target, as_files(site(0)), relist=True).new == ("index.html",)
    assert not send(memory_target, as_files(site(0)), relist=True)


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
