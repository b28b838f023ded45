"""A large WordPress export comes over without an edit: every item, every word, every address, and all of it named."""

import re

import pytest

from clusterpress.importing.inventory import Use
from clusterpress.importing.records import ImportStatus
from clusterpress.importing.sources.wordpress import KINDS, read_wordpress
from clusterpress.values.problems import errors
from tests.importing import wordpress_site
from tests.importing.imported_site import PRINTED_MARKUP, Imported, flat, text_of
from tests.importing.project import folder_of, picture

LEFT_OUT_TYPES = {"attachment", "wp_block", "nav_menu_item", "tribe_venue", "tribe_organizer", "sculpture"}


@pytest.fixture(scope="module")
def items():
    return wordpress_site.build()


@pytest.fixture(scope="module")
def taken(items):
    return [item for item in items if item.type not in LEFT_OUT_TYPES and item.status != "trash"]


@pytest.fixture(scope="module")
def site(items, tmp_path_factory):
    root = tmp_path_factory.mktemp("wordpress")
    files = {
        "2021/hall.jpg": picture(),
        "2021/map.jpg": picture("blue"),
        "2021/plan.pdf": b"%PDF-1.4",
        "2021/ep.mp3": b"ID3",
    }
    export = read_wordpress(wordpress_site.xml(items).encode(), "export.xml")
    return Imported(root, export, folder_of(root / "uploads", files))


def test_every_item_comes_over_once_and_builds_without_an_edit(site, taken):
    assert len(taken) >= 320
    authors = 2
    assert site.first.counts == {ImportStatus.NEW: len(taken) + authors}
    assert site.second.is_idle
    assert not errors(site.first.warnings)
    assert not errors(site.result.problems), [str(one) for one in errors(site.result.problems)][:5]


def test_every_word_is_on_the_page_that_its_old_address_leads_to(site, taken):
    lost = []
    for item in taken:
        if item.path:
            text = text_of(site.page_at(item.path))
            lost += [(item.path, words) for words in map(flat, item.shown) if words not in text]
    assert not lost


def test_no_page_prints_markup(site, taken):
    found = [
        (item.path, shown[0])
        for item in taken
        if item.path and (shown := PRINTED_MARKUP.search(text_of(site.page_at(item.path))))
    ]
    assert not found


def test_old_names_of_items_lead_on(site):
    assert site.page_at("/2021/03/older-26/") == site.page_at("/2021/03/item-26/")


def test_only_what_was_public_is_public(site):
    drafts = {f"item-{n}" for n in range(1, len(wordpress_site.STATUSES) + 1)} | {"item-22"}
    written = {
        path.rsplit("/", 1)[-1].removesuffix(".md").removesuffix(".fr")
        for path, content in site.files.items()
        if path.endswith(".md") and b"\ndraft: true\n" in content
    }
    assert written == drafts
    assert b"publish: 2030-01-01 09:00" in site.files["content/news/2030/item-23.md"]


def test_states_are_named(site):
    said = {w.path.rsplit("/", 1)[-1]: w.message for w in site.first.warnings if "draft now" in w.message}
    assert 'its status was "pitch"' in said["item-2.md"]
    assert 'its status was ""' in said["item-10.md"]
    assert "private or had a password" in said["item-5.md"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("content/news/2020/item-27.md", b"date: 2020-01-01 00:30"),
        ("content/news/2021/item-11.md", b"tags: [Cheese & milk, Food, Tag 2]"),
        ("content/news/2021/item-29.fr.md", b"translation_of: item-28"),
        ("content/events/event-1110.md", b"place: Old town hall, Linz"),
        ("content/events/event-1110.md", b"address: Hauptplatz 1, 4020 Linz"),
        ("content/events/event-1110.md", b"organiser: [The Agency]"),
        ("content/events/event-1119.md", b"start: 2026-09-19"),
        ("content/authors/person-1200.md", b"role: Head of Design"),
        ("content/partners/partner-1300.md", b"url: https://elsewhere.example/p"),
        ("content/authors/bela-pelda.md", "title: Béla Példa".encode()),
    ],
)
def test_facts_have_their_keys(site, path, line):
    assert line in site.files[path].splitlines()


def test_an_old_sticky_post_is_not_pinned(site):
    assert b"pinned" not in site.files["content/news/2019/item-21.md"]
    assert any("pinned long ago" in one.message for one in site.first.warnings)


def test_all_that_was_met_is_carried_or_named(site, items):
    rows = {(row.sort, row.name): row.use for row in site.first.inventory}
    for item in items:
        if item.type in KINDS and item.status != "trash":
            for key in item.meta:
                assert ("custom field", key) in rows or not item.meta[key], key
            for name in re.findall(r"<!-- wp:([\w/-]+)", item.html):
                assert ("block", name) in rows, name
            for name in set(re.findall(r"<([a-z]\w*)", item.html)) - {"sup"}:  # a mark of a note
                assert ("element", name) in rows, name
    left_out = {name for (_, name), use in rows.items() if use is Use.LEFT_OUT}
    assert left_out == {"mood", "_odd_words", "_EventCost", "category", "contact-form-7"}
    for name in left_out:
        assert any(f'"{name}"' in one.message and "left out" in one.message for one in site.first.warnings)
    assert {left.what for left in site.first.skipped} >= {'sculpture "Sculpture"', 'nav_menu_item "Menu"'}
