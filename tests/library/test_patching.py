"""A library in which one item says something else is a new value."""

import pytest

from clusterpress.library.patching import can_patch, patch
from clusterpress.markup.body import LinkRef, Outline
from tests.library.make import item, library

PATHS = {name: f"content/news/{name}.md" for name in ("a", "b", "c")}


@pytest.fixture
def lib():
    return outlined(
        {"news/a.md": Outline(links=(LinkRef("b.md#plan", 1),)), "news/b.md": Outline(anchors=("plan",))}
    )


def outlined(outlines):
    items = (item(f"news/{name}.md", tags=("food",), aliases=(f"/old/{name}/",)) for name in PATHS)
    lib, problems = library(*items, outlines=outlines)
    assert not problems
    return lib


def changed(lib, name, **fields):
    """Return an item's index record with other values."""
    return lib.by_path[PATHS[name]].index_record._replace(**fields)


def titles(lib):
    """Return the titles of an entry wherever the library has it."""
    shown = [
        *lib.entries,
        *lib.of_kind("news", "en"),
        *lib.terms("tags", "en")[0].news,
        *lib.by_path.values(),
    ]
    return [entry.title for entry in (*shown, *(entry for _, entry in lib.redirects)) if entry.slug == "c"]


def test_a_patched_library_is_new_and_the_old_one_stays(lib):
    digest = lib.by_path[PATHS["c"]].digest
    after = changed(lib, "c", title="Other", digest=b"x" * 12, teaser_digest=b"y" * 12)
    patched = patch(lib, after)
    assert titles(patched) == ["Other"] * 5
    assert titles(lib) == ["C"] * 5
    assert lib.by_path[PATHS["c"]].digest == digest != patched.by_path[PATHS["c"]].digest


def test_a_patched_library_forgets_results_about_what_changed(lib):
    def results(one):
        cards = one.digest_cards("all", one.entries)
        return one.with_field("pinned"), cards, one.memo("order", object)

    before = results(lib)
    after = results(patch(lib, changed(lib, "c", pinned=True, teaser_digest=b"y" * 12)))
    assert [entry.slug for entry in after[0]] == ["c"]
    assert before[0] == ()
    assert before[1] != after[1]
    assert before[2] is after[2]
    assert results(lib) == before


def test_entries_and_libraries_are_frozen(lib):
    with pytest.raises(AttributeError):
        lib.entries = ()
    with pytest.raises(AttributeError):
        lib.entries[0].index_record = None


def test_an_item_whose_headings_are_linked_to_is_not_patched(lib):
    before = changed(lib, "b")
    assert not can_patch(lib, before, before._replace(body=b"z" * 12))
    assert can_patch(lib, before, before._replace(title="Other"))


def test_an_item_named_in_a_short_way_counts_as_linked_to():
    lib = outlined(
        {"news/a.md": Outline(links=(LinkRef("b#plan", 1),)), "news/b.md": Outline(anchors=("plan",))}
    )
    before = changed(lib, "b")
    assert not can_patch(lib, before, before._replace(body=b"z" * 12))


@pytest.mark.parametrize(("name", "fits"), [("c", False), ("b", True)])
def test_a_link_to_a_heading_of_a_patched_item_is_not_patched_in(lib, name, fits):
    patched = patch(lib, changed(lib, "c", body=b"z" * 12))
    before = changed(patched, "a")
    link = ("x.md#y", PATHS[name], "y", "#y", 1, "")
    assert can_patch(patched, before, before._replace(links=(link,))) == fits


def test_an_item_that_links_to_its_own_heading_is_patched_only_if_its_body_stays(lib):
    before = changed(lib, "c")
    own = before._replace(links=(("c.md#y", PATHS["c"], "y", "#y", 1, ""),))
    assert can_patch(lib, before, own)
    assert not can_patch(lib, before, own._replace(body=b"z" * 12))


def test_a_record_is_never_patched():
    lib, _ = library(item("clusters/qoot.md"))
    record = lib.entries[0].index_record
    assert not can_patch(lib, record, record._replace(title="Other"))
