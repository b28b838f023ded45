"""Which outputs there are, and what changes their keys."""

from datetime import UTC, date, datetime

import pytest
from lxml import etree
from msgspec.structs import replace

from clusterpress.feeds.plan import outputs
from clusterpress.library.entries import AlreadyResolved, Label
from clusterpress.library.revisions import Revision
from tests.feeds.make import BODIES, SAMPLE, SETTINGS, SUMMARIES, entry, make, topic
from tests.planned import expand_bundles


def keys(*topics, settings=SETTINGS):
    return {output.path: output.fingerprint() for output in expand_bundles(outputs(topics, settings))}


def test_each_topic_has_three_feeds_and_the_site_a_list_and_a_style_sheet():
    assert list(keys(topic(url=""), topic(url="clusters/qoot/"))) == [
        "feed.xml", "atom.xml", "feed.json",
        "clusters/qoot/feed.xml", "clusters/qoot/atom.xml", "clusters/qoot/feed.json",
        "feeds/feeds.opml", "feeds/feed.css",
    ]  # fmt: skip


def test_bodies_are_asked_for_in_the_order_of_entries():
    first = next(expand_bundles(outputs([SAMPLE], SETTINGS)))
    assert first.stored == tuple(one.body for one in SAMPLE.entries)
    assert next(expand_bundles(outputs([SAMPLE], SUMMARIES))).stored == ()


@pytest.mark.parametrize(
    "change",
    [
        {"body": b"other"},
        {"id": "https://example.eu/other/"},
        {"terms": {"clusters": (Label(name="QOOT"),)}},
        {"targets": (("a.md", "news/a/"),)},
        {"summary": "Other."},
    ],
)
def test_key_changes_with_what_a_feed_shows(change):
    before, after = keys(topic(entry())), keys(topic(entry(**change)))
    assert [path for path in before if before[path] != after[path]] == [
        "news/feed.xml", "news/atom.xml", "news/feed.json",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"cancelled": "Abgesagt"},
        {"today": date(2019, 5, 1)},
        {"revisions": {"content/events/e.md": Revision("a", 0, datetime(2019, 4, 1, tzinfo=UTC))}},
    ],
)
def test_bundles_open_when_what_is_known_of_events_changes(change):
    before, after = (
        next(iter(outputs([one], SETTINGS))) for one in (topic(entry()), topic(entry(), **change))
    )
    assert before.cache_key != after.cache_key


def test_key_goes_by_the_digests_of_the_entries_alone():
    one = entry()
    assert keys(topic(one)) == keys(topic(_resolved(one, translations=(("fr", "fr/x/"),))))
    assert keys(topic(one)) != keys(topic(_resolved(one, digest=b"other")))


def _resolved(one, **changes):
    return replace(one, resolver=AlreadyResolved(one.resolved._replace(**changes), one.targets))


def test_list_of_feeds_is_grouped_by_language_and_kind(golden):
    made = make(
        [
            topic(title="Cluster News", url="", kind="site"),
            topic(title="Cluster News: QOOT & Co.", url="clusters/qoot/", kind="clusters"),
            topic(title="Cluster News: BLUES", url="clusters/blues/", kind="clusters"),
            topic(title="أخبار", url="ar/", kind="site", lang="ar", description="A\x08B"),
        ]
    )["feeds/feeds.opml"]
    golden("feeds/feeds.opml", made)
    body = etree.fromstring(made).find("body")
    assert [group.get("text") for group in body] == ["English", "العربية"]
    assert [outline.get("text") for outline in body[0]] == ["Cluster News", "Clusters"]
    assert [outline.get("xmlUrl") for outline in body[0][1]] == [
        SETTINGS.url + "clusters/qoot/feed.xml",
        SETTINGS.url + "clusters/blues/feed.xml",
    ]
    assert body[1][0].get("description") == "AB"


def test_list_of_a_site_in_one_language_has_no_groups_of_languages():
    made = make([topic()])["feeds/feeds.opml"]
    assert [outline.get("type") for outline in etree.fromstring(made).find("body")] == ["rss"]


def test_style_sheet_styles_every_kind_of_element_that_feeds_have():
    made = make([SAMPLE], BODIES)
    css = made["feeds/feed.css"].decode()
    names = {
        etree.QName(element).localname
        for name in ("feed.xml", "atom.xml")
        for element in etree.fromstring(made[f"news/{name}"]).iter(etree.Element)
    }
    unstyled = {"generator", "name", "uri", "subtitle"}  # inside what is hidden, or plain text
    assert {name for name in names - unstyled if name not in css} == set()
