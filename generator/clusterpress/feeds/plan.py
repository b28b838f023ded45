"""The plan: every output of this floor, before any is made."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from clusterpress.config.settings import Settings
from clusterpress.feeds.addresses import OPML, STYLE, Format, feed_path
from clusterpress.library.entries import FeedTopic
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.outputs import Bundle, Output, Planned

if TYPE_CHECKING:
    from clusterpress.feeds.views import PrintedPage

NEWSLETTER = "newsletter"
"""Kind of topic whose entries come with their file."""


def outputs(
    topics: Iterable[FeedTopic],
    settings: Settings,
    printed: "Iterable[PrintedPage]" = (),
    ground: bytes = b"",
) -> Iterator[Planned]:
    """Yield the three feeds of each topic in a bundle, then the list of all feeds and their style sheet.

    Args:
        topics: everything with a feed.
        settings: the site's settings.
        printed: pages that are there as files, too, which the feeds of newsletters offer.
        ground: digest of what entries may show of others; see `Library.shared_digest`.
    """
    file_by_page = {file.page: file for file in printed}
    all_topics = tuple(topics)
    topic_digests = [
        digest(topic.title, topic.description, topic.lang, topic.url, topic.kind) for topic in all_topics
    ]
    for topic, topic_digest in zip(all_topics, topic_digests, strict=True):
        if topic.kind == NEWSLETTER:
            files = tuple(file_by_page[entry.url] for entry in topic.entries if entry.url in file_by_page)
            yield from _feeds(topic, settings, files)
            continue
        yield Bundle(
            name=f"feeds/{topic.url}",
            cache_key=join_digests(
                [ground, topic_digest, *[entry.dependency_digest for entry in topic.entries]]
            ),
            plan=partial(_feeds, topic, settings),
        )
    yield Bundle(
        name="feeds",
        cache_key=join_digests([ground, *topic_digests]),
        plan=partial(_feed_list_and_style, all_topics, settings),
    )


def _feeds(topic: FeedTopic, settings: Settings, files: "tuple[PrintedPage, ...]" = ()) -> Iterator[Output]:
    # Imported when feeds are planned or made, which an edit of a page often does not ask for.
    from clusterpress.feeds.makers import make_atom, make_json, make_rss
    from clusterpress.feeds.views import view_site, view_topic

    makers: Mapping[Format, Callable[..., bytes]] = {"rss": make_rss, "atom": make_atom, "json": make_json}
    feed, site = view_topic(topic, settings), view_site(settings)
    bodies = tuple(entry.body for entry in topic.entries) if settings.feeds.full_text else ()
    for kind, make in makers.items():
        yield Output(
            path=feed_path(topic.url, kind),
            make=partial(make, feed=feed, site=site, entries=topic.entries, files=files),
            stored=bodies,
            measured=tuple(file.path for file in files),
        )


def _feed_list_and_style(topics: Iterable[FeedTopic], settings: Settings) -> Iterator[Output]:
    """Yield the list of all feeds, and their style sheet."""
    from clusterpress.feeds.makers import make_opml, make_style
    from clusterpress.feeds.style import STYLE_SHEET
    from clusterpress.feeds.views import list_topic, view_site

    feeds = tuple(list_topic(topic) for topic in topics)
    yield Output(path=OPML, make=partial(make_opml, feeds=feeds, site=view_site(settings)))
    yield Output(path=STYLE, make=partial(make_style, style=STYLE_SHEET))
