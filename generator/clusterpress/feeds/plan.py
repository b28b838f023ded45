"""The plan of all feeds, and the pure functions that make them, which other processes may run.

The formats are imported when a feed is made: feedgen and Babel take as long to import as planning a small
site.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from itertools import repeat
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.feeds.views import (
    NAMES,
    OPML,
    STYLE,
    Attachment,
    Format,
    PrintedPage,
    SiteView,
    TopicView,
    feed_path,
    view_entry,
    view_site,
    view_topic,
)
from clusterpress.library.entries import Entry
from clusterpress.library.revisions import revise
from clusterpress.library.topics import FeedTopic
from clusterpress.values.digests import digest
from clusterpress.values.outputs import Bundle, Output, Planned

if TYPE_CHECKING:
    from clusterpress.feeds.formats import WrittenEntry
    from clusterpress.markup.body import Body

_CACHE_SIZE = 1024
"""Entries kept in each format: each topic has three feeds, and topics share their newest entries."""


def outputs(
    topics: Iterable[FeedTopic],
    settings: Settings,
    printed: Iterable[PrintedPage] = (),
    shared_digest: bytes = b"",
) -> Iterator[Planned]:
    """Yield the three feeds of each topic in a bundle, then the list of all feeds and their style sheet.

    Args:
        topics: everything with a feed.
        settings: the site's settings.
        printed: pages that exist as files, too; the feeds of newsletters offer these.
        shared_digest: that of the library.
    """
    file_by_page = {file.page: file for file in printed}
    all_topics = tuple(topics)
    topic_digests = [
        digest(topic.title, topic.description, topic.lang, topic.url, topic.kind) for topic in all_topics
    ]
    for topic, topic_digest in zip(all_topics, topic_digests, strict=True):
        if topic.kind == "newsletter":  # its entries come with their file
            files = tuple(file_by_page[entry.url] for entry in topic.entries if entry.url in file_by_page)
            yield from _feeds(topic, settings, files)
            continue
        entry_digests = [entry.dependency_digest for entry in topic.entries]
        yield Bundle(
            name=f"feeds/{topic.url}",
            cache_key=digest(
                shared_digest, topic_digest, entry_digests, topic.cancelled, topic.today, topic.revisions
            ),
            plan=partial(_feeds, topic, settings),
        )
    yield Bundle(
        name="feeds",
        cache_key=digest(shared_digest, topic_digests),
        plan=partial(_feed_list_and_style, all_topics, settings),
    )


def _feeds(topic: FeedTopic, settings: Settings, files: tuple[PrintedPage, ...] = ()) -> Iterator[Output]:
    feed, site = view_topic(topic, settings), view_site(settings.in_language(topic.lang))
    bodies = tuple(entry.body for entry in topic.entries) if settings.feeds.full_text else ()
    for kind in NAMES:
        yield Output(
            path=feed_path(topic.url, kind),
            make=partial(make_feed, kind=kind, topic=topic, feed=feed, site=site, files=files),
            stored=bodies,
            measured=tuple(file.path for file in files),
        )


def _feed_list_and_style(topics: Iterable[FeedTopic], settings: Settings) -> Iterator[Output]:
    feeds = tuple(view_topic(topic, settings) for topic in topics)
    style = Path(__file__).with_name("feed.css").read_text("utf-8")
    yield Output(path=OPML, make=partial(make_opml, feeds=feeds, site=view_site(settings)))
    yield Output(path=STYLE, make=partial(make_style, style=style))


def make_feed(
    kind: Format,
    topic: FeedTopic,
    feed: TopicView,
    site: SiteView,
    files: tuple[PrintedPage, ...],
    stored: tuple["Body", ...] = (),
    sizes: Mapping[str, int] = MappingProxyType({}),
) -> bytes:
    """Return a topic's feed in one format.

    Args:
        kind: the format.
        topic: the topic.
        feed: its view.
        site: the site.
        files: the entries that exist as files, too.
        stored: bodies of the entries in the same order; empty if feeds give summaries alone.
        sizes: path of each file → its bytes.
    """
    from clusterpress.feeds import formats

    attached = {
        file.page: (Attachment(path=file.path, type=file.type, length=sizes[file.path]),)
        for file in files
        if file.path in sizes
    }
    written = [
        _write_entry(kind, source, attached.get(source.entry.url, ()), site, full_text=feed.full_text)
        for source in _sources(topic, stored)
    ]
    if kind == "json":
        return formats.write_json(feed, written, site)
    return formats.write_xml(kind, feed, written, site)


def make_opml(feeds: tuple[TopicView, ...], site: SiteView) -> bytes:
    """Return the list of all feeds as OPML."""
    from clusterpress.feeds import formats

    return formats.write_opml(feeds, site)


def make_style(style: str) -> bytes:
    """Return the style sheet of feeds."""
    return style.encode()


class _EntrySource(Struct, frozen=True, eq=False):
    """An entry with its body; two are equal if what feeds show of them is, as its digest covers the body."""

    entry: Entry
    body: "Body | None"
    """None if the feed gives summaries alone."""
    cancelled: str
    """The word for a cancelled event; empty if it is none."""
    changed: datetime | None
    """When readers were last told something new of an event, if that is known."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _EntrySource) and self._identity == other._identity

    @property
    def _identity(self) -> tuple[Entry, str, datetime | None]:
        return self.entry, self.cancelled, self.changed

    def __hash__(self) -> int:
        return hash(self.entry)


def _sources(topic: FeedTopic, stored: tuple["Body", ...]) -> Iterator[_EntrySource]:
    for entry, body in zip(topic.entries, stored or repeat(None), strict=False):
        known = topic.revisions.get(entry.path)
        changed = revise(entry, topic.today, known).changed if known else None
        word = topic.cancelled if entry.index_record.teaser.cancelled else ""
        yield _EntrySource(entry, body, word, changed)


# What is kept are finished texts and elements alone. Views fetch items from the store, which closes when a
# build ends.
@lru_cache(maxsize=3 * _CACHE_SIZE)
def _write_entry(
    kind: Format, source: _EntrySource, files: tuple[Attachment, ...], site: SiteView, *, full_text: bool
) -> "WrittenEntry":
    """Return an entry in one format, with the files that it offers before its picture."""
    from clusterpress.feeds import formats

    view = view_entry(source.entry, source.cancelled, source.changed)
    view = replace(view, files=files + view.files)
    text = _write_text(source, site) if full_text else ""
    if kind == "json":
        return formats.make_json_item(view, text, site)
    return formats.make_element(kind, view, text, site)


@lru_cache(maxsize=_CACHE_SIZE)
def _write_text(source: _EntrySource, site: SiteView) -> str:
    """Return the HTML of an entry as feeds show it; empty if the feed gives summaries alone."""
    from clusterpress.feeds.full_text import write_text

    return write_text(source.entry, source.body, site, source.cancelled) if source.body else ""
