"""Makers: the pure functions behind feed outputs, which other processes may run.

The formats are imported when a feed is made: feedgen and Babel take as long to import as planning a small
site.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from types import MappingProxyType

from clusterpress.feeds.views import (
    EntryView,
    FeedView,
    ListedFeed,
    PrintedPage,
    SiteView,
    TopicView,
    view_entry,
    view_feed,
)
from clusterpress.library.entries import Entry
from clusterpress.markup.body import Body

NO_SIZES: Mapping[str, int] = MappingProxyType({})
"""No sizes: most feeds have no files."""

_CACHE_SIZE = 1024
"""Entries kept with their text: each topic has three feeds, and topics share their newest entries."""


def warm_up() -> None:
    """Import what a feed is made with."""
    from clusterpress.feeds import generator  # noqa: F401 -- to have it imported is all that is wanted


def make_rss(
    feed: TopicView,
    site: SiteView,
    entries: tuple[Entry, ...],
    files: tuple[PrintedPage, ...],
    stored: tuple[Body, ...] = (),
    sizes: Mapping[str, int] = NO_SIZES,
) -> bytes:
    """Return the topic's RSS 2.0 feed."""
    from clusterpress.feeds import generator

    shown, texts = _build_feed(feed, site, entries, files, stored, sizes)
    return generator.write("rss", shown, site, texts)


def make_atom(
    feed: TopicView,
    site: SiteView,
    entries: tuple[Entry, ...],
    files: tuple[PrintedPage, ...],
    stored: tuple[Body, ...] = (),
    sizes: Mapping[str, int] = NO_SIZES,
) -> bytes:
    """Return the topic's Atom feed."""
    from clusterpress.feeds import generator

    shown, texts = _build_feed(feed, site, entries, files, stored, sizes)
    return generator.write("atom", shown, site, texts)


def make_json(
    feed: TopicView,
    site: SiteView,
    entries: tuple[Entry, ...],
    files: tuple[PrintedPage, ...],
    stored: tuple[Body, ...] = (),
    sizes: Mapping[str, int] = NO_SIZES,
) -> bytes:
    """Return the topic's JSON Feed."""
    from clusterpress.feeds import json_feed

    shown, texts = _build_feed(feed, site, entries, files, stored, sizes)
    return json_feed.write(shown, site, texts)


def make_opml(feeds: tuple[ListedFeed, ...], site: SiteView) -> bytes:
    """Return the list of all feeds as OPML."""
    from clusterpress.feeds import opml

    return opml.write(feeds, site)


def make_style(style: str) -> bytes:
    """Return the style sheet of feeds."""
    return style.encode()


@dataclass(frozen=True, slots=True)
class _EntrySource:
    """An entry with its body; it is known by the entry, whose digest covers the body."""

    entry: Entry
    body: Body | None = field(compare=False)
    """None when the feed gives summaries alone."""


def _build_feed(
    topic: TopicView,
    site: SiteView,
    entries: tuple[Entry, ...],
    files: tuple[PrintedPage, ...],
    bodies: tuple[Body, ...],
    sizes: Mapping[str, int],
) -> tuple[FeedView, list[str]]:
    """Return what a feed shows: the view of its topic, and the HTML of each entry, empty without bodies."""
    sources = map(_EntrySource, entries, bodies or repeat(None))
    built = [_build_entry(source, site, full_text=topic.full_text) for source in sources]
    return view_feed(topic, (view for view, _ in built), files, sizes), [text for _, text in built]


@lru_cache(maxsize=_CACHE_SIZE)
def _build_entry(source: _EntrySource, site: SiteView, *, full_text: bool) -> tuple[EntryView, str]:
    from clusterpress.feeds.full_text import write_text

    view = view_entry(source.entry, full_text=full_text)
    return view, write_text(view, source.body, site) if source.body else ""
