"""A large Drupal export comes over without an edit: every node, every word, every address, and all of it named."""

import pytest

from clusterpress.importing.inventory import Use
from clusterpress.importing.records import ImportStatus
from clusterpress.importing.sources.drupal import read_drupal
from clusterpress.values.problems import errors
from tests.importing import drupal_site
from tests.importing.imported_site import PRINTED_MARKUP, Imported, flat, text_of
from tests.importing.project import folder_of, picture


@pytest.fixture(scope="module")
def made():
    return drupal_site.build()


@pytest.fixture(scope="module")
def taken(made):
    return [node for node in made[0] if node.kind != "recipe"]


@pytest.fixture(scope="module")
def site(made, tmp_path_factory):
    root = tmp_path_factory.mktemp("drupal")
    media = folder_of(root / "files", {"2021-05/hall.jpg": picture(), "2021-05/plan.pdf": b"%PDF-1.4"})
    return Imported(root, read_drupal(drupal_site.export(*made), "nodes.json"), media)


def old_address(node):
    return f"/{node.langcode}{node.alias}" if node.langcode != "en" else node.alias


def test_every_node_comes_over_once_and_builds_without_an_edit(site, taken):
    assert len(taken) >= 320
    assert site.first.counts == {ImportStatus.NEW: len(taken)}
    assert site.second.is_idle
    assert not errors(site.first.warnings)
    assert not errors(site.result.problems), [str(one) for one in errors(site.result.problems)][:5]


def test_every_word_is_on_the_page_that_its_old_address_leads_to(site, taken):
    lost = []
    for node in taken:
        text = text_of(site.page_at(old_address(node)))
        lost += [(node.alias, words) for words in map(flat, node.shown) if words not in text]
    assert not lost


def test_addresses_by_number_lead_on(site):
    assert site.page_at("/node/12") == site.page_at("/articles/item-12")


def test_no_page_prints_markup(site, taken):
    found = [
        (n.alias, shown[0])
        for n in taken
        if (shown := PRINTED_MARKUP.search(text_of(site.page_at(old_address(n)))))
    ]
    assert not found


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("content/news/2020/item-2.md", "date: 2020-01-01 00:30"),
        ("content/news/2020/item-11.md", "date: 2020-01-01 00:30"),
        ("content/news/2021/item-3.md", "draft: true"),
        ("content/news/2021/item-6.md", "author: [Béla Példa]"),
        ("content/news/2021/item-9.md", "publish: 2030-01-01 09:00"),
        ("content/news/2021/item-14.md", "tags: [Cheese, Tag 3]"),
        (
            "content/news/2021/item-20.fr.md",
            "aliases: [/articles-fr/item-20, /fr/articles-fr/item-20, /fr/node/20]",
        ),
        ("content/pages/about/page-500.md", "path: /about/page-500/"),
        ("content/events/e-600.md", "start: 2026-09-10 18:00"),
        ("content/events/e-600.md", "end: 2026-09-10 20:30"),
        ("content/events/e-600.md", "place: Old town hall, Linz"),
        ("content/events/e-600.md", "address: Hauptplatz 1, 4020 Linz"),
        ("content/events/e-600.md", "url: https://elsewhere.example/forum"),
        ("content/authors/p-700.md", "role: Head of Design"),
    ],
)
def test_facts_have_their_keys(site, path, line):
    assert line in site.files[path].decode().splitlines()


def test_what_cannot_be_carried_is_named(site, made):
    rows = {(row.sort, row.name): row.use for row in site.first.inventory}
    resources = [node.resource for node in made[0] if node.kind != "recipe"]
    fields = {
        key
        for one in resources
        for key in one["attributes"] | one["relationships"]
        if key.startswith("field_")
    }
    assert fields - {name for sort, name in rows if sort == "field"} <= {"field_tags"}
    assert {name for (sort, name) in rows if sort == "paragraph"} == {
        "text",
        "quote",
        "link",
        "media",
        "film",
        "group",
    }
    left_out = {name for (_, name), use in rows.items() if use is Use.LEFT_OUT}
    assert left_out == {"field_mood", "field_score", "field_gone"}
    messages = [one.message for one in site.first.warnings]
    assert all(any(f'"{name}" was left out' in message for message in messages) for name in left_out)
    assert any("2 entries are not resources" in message for message in messages)
    assert any('its state was "archived"' in message for message in messages)
