"""Reminders on the first page of the editor: what `list stale` finds, in words without paths."""

import pytest

from clusterpress.editing.editor_api import EditorApi
from tests.editing.test_editor_api import Visitor
from tests.sites.small_site import Site


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "project")


def reminders(site):
    found = Visitor(EditorApi(site.root, "http://127.0.0.1:8000")).get("reminders")
    return [(one["path"].removeprefix("content/"), one["title"], one["lang"], one["note"]) for one in found]


def write(site, path, keys, text="Text."):
    site.write(f"content/{path}", f"---\n{keys}\n---\n{text}\n")


def test_nothing_is_shown_when_nothing_is_due(site):
    assert reminders(site) == []


def test_what_is_due_is_named_with_its_item(site):
    write(site, "news/one.md", "title: One\ndate: 2019-04-12\nupdated: 2021-03-01")
    write(site, "news/one.fr.md", "title: Un\ndate: 2019-04-12\nupdated: 2021-02-01")
    write(site, "news/one.ar.md", "title: واحد\ndate: 2019-04-12\nupdated: 2021-03-01")
    write(site, "events/forum.md", "title: Forum\nstart: 21 February 2012\nplace: Linz", "Please register.")
    write(site, "programmes/old.md", "title: Old\nsummary: S.\nperiod: 2007-2013")
    write(site, "news/draft.fr.md", "title: Brouillon\ndate: 2019-04-12\ndraft: true\ntranslation_of: one")
    assert reminders(site) == [
        ("events/forum.md", "Forum", "en", 'the event is over, but it still says "Please register"'),
        ("news/one.fr.md", "Un", "fr", "“One” was updated on 1 March 2021, and this translation was not"),
        ("programmes/old.md", "Old", "en", "the programme ended on 31 December 2013"),
    ]


def test_a_statement_in_the_settings_has_no_form(site):
    config = site.root / "site_config.yml"
    legal = 'contact: a@example.eu\nlegal:\n  address: A\n  accessibility: {status: full, prepared: "2012-01-31", enforcement: The body}\n'
    config.write_text(config.read_text("utf-8") + legal, encoding="utf-8")
    ((path, _, _, note),) = reminders(site)
    assert path == ""
    assert note == "the accessibility statement was last reviewed on 31 January 2012"
