"""Makers: the pure functions behind feed outputs, which other processes may run.

The formats are imported when a feed is made: feedgen and Babel take as long to import as planning a small
site.
"""

from collections.abc import Mapping
from itertools import zip_longest
from types import MappingProxyType

from clusterpress.feeds.views import FeedView, ListedFeed, PrintedPage, SiteView, TopicView, view_feed
from clusterpress.library.entries import Entry
from clusterpress.markup.body import Body

NOTHING: Mapping[str, int] = MappingProxyType({})
"""No sizes: most feeds have no files."""


def make_rss(
    topic: TopicView,
    site: SiteView,
    entries: tuple[Entry, ...],
    files: tuple[PrintedPage, ...],
    *bodies: Body,
    sizes: Mapping[str, int] = NOTHING,
) -> bytes:
    """Return the topic's RSS 2.0 feed."""
    from clusterpress.feeds import generator

    feed = view_feed(topic, entries, files, sizes)
    return generator.write("rss", feed, site, _texts(feed, site, bodies))


def make_atom(
    topic: TopicView,
    site: SiteView,
    entries: tuple[Entry, ...],
    files: tuple[PrintedPage, ...],
    *bodies: Body,
    sizes: Mapping[str, int] = NOTHING,
) -> bytes:
    """Return the topic's Atom feed."""
    from clusterpress.feeds import generator

    feed = view_feed(topic, entries, files, sizes)
    return generator.write("atom", feed, site, _texts(feed, site, bodies))


def make_json(
    topic: TopicView,
    site: SiteView,
    entries: tuple[Entry, ...],
    files: tuple[PrintedPage, ...],
    *bodies: Body,
    sizes: Mapping[str, int] = NOTHING,
) -> bytes:
    """Return the topic's JSON Feed."""
    from clusterpress.feeds import json_feed

    feed = view_feed(topic, entries, files, sizes)
    return json_feed.write(feed, site, _texts(feed, site, bodies))


def make_opml(feeds: tuple[ListedFeed, ...], site: SiteView) -> bytes:
    """Return the list of all feeds as OPML."""
    from clusterpress.feeds import opml

    return opml.write(feeds, site)


def make_style(css: str) -> bytes:
    """Return the style sheet of feeds."""
    return css.encode()


def _texts(feed: FeedView, site: SiteView, bodies: tuple[Body, ...]) -> list[str]:
    """Return the HTML of each entry; empty texts when the feed gives summaries alone, without bodies."""
    from clusterpress.feeds.full_text import full_text

    return [full_text(entry, body, site) if body else "" for entry, body in zip_longest(feed.entries, bodies)]
