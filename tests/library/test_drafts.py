"""Drafts beside published items: a clash that only previews show stops nothing, whichever file comes first."""

import pytest
from msgspec.structs import replace

from clusterpress.values.problems import Severity
from tests.library.make import item, library

CLASHES = {
    "number": ("partners/{}.md", {"number": "PP1"}),
    "name": ("clusters/{}.md", {"title": "Food", "names": ("Agri",)}),
    "id": ("news/{}.md", {"id": "tag:x.eu,2020:1"}),
    "version": ("news/{}.fr.md", {"lang": "fr", "translation_of": "first"}),
}


def clash(kind, *, drafts):
    """Return the problems of two items that claim the same, beside the original of versions."""
    pattern, fields = CLASHES[kind]
    pair = [
        item(pattern.format(name), **{"slug": name, "title": name.title(), **fields}) for name in ("aa", "bb")
    ]
    pair = [replace(one, draft=one.slug in drafts) for one in pair]
    _, problems = library(item("news/first.md"), *pair, previews=True)
    return [one for one in problems if one.field in ("number", "names", "id", "translation_of")]


@pytest.mark.parametrize("kind", CLASHES)
@pytest.mark.parametrize("draft", ["aa", "bb"])
def test_a_clash_with_a_draft_is_a_warning_about_the_draft(kind, draft):
    problems = clash(kind, drafts=[draft])
    assert problems
    assert {one.severity for one in problems} == {Severity.WARNING}
    assert {f"/{draft}." in one.path for one in problems} == {True}


@pytest.mark.parametrize("kind", CLASHES)
def test_a_clash_of_published_items_stays_an_error(kind):
    assert Severity.ERROR in {one.severity for one in clash(kind, drafts=[])}
