"""Taxonomies of a site's own in its settings."""

import pytest

from clusterpress.config.reader import read_settings


def read(text):
    return read_settings(f"name: X\nurl: https://x.eu/\ntaxonomies:\n  {text}\n")


@pytest.mark.parametrize(
    "text", ["topics: {label: Topics}", "topics: {label: {en: Topics}, key: topic, terms: [A, B]}"]
)
def test_a_taxonomy_has_a_label_perhaps_a_key_and_terms(text):
    settings, problems = read(text)
    assert problems == []
    assert settings.all_taxonomies[-1].name == "topics"


@pytest.mark.parametrize(
    ("text", "field", "part"),
    [
        ("news: {label: X}", "taxonomies.news", "belongs to another part"),
        ("tags: {label: X}", "taxonomies.tags", "belongs to another part"),
        ("search: {label: X}", "taxonomies.search", "belongs to another part"),
        ("en: {label: X}", "taxonomies.en", "belongs to another part"),
        ("Topics A: {label: X}", "taxonomies.Topics A", "cannot stand in an address"),
        ("topics: {label: X, key: title}", "taxonomies.topics.key", "cannot be the front-matter key"),
        ("topics: {label: X, key: A b}", "taxonomies.topics.key", "cannot be the front-matter key"),
        ("topics: {key: topic}", "taxonomies.topics", 'has no "label"'),
    ],
)  # fmt: skip
def test_it_takes_no_address_and_no_key_of_others(text, field, part):
    settings, problems = read(text)
    assert settings is None
    assert any(one.field == field and part in one.message for one in problems), problems
