"""The plan: every output of this floor, before any is made."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from clusterpress.config.settings import Settings
from clusterpress.digests import digest, joined
from clusterpress.feeds.addresses import OPML, STYLE, Format, feed_path
from clusterpress.feeds.makers import make_atom, make_json, make_opml, make_rss, make_style
from clusterpress.feeds.style import STYLE_SHEET
from clusterpress.feeds.views import PrintedPage, SiteView, list_topic, view_site, view_topic
from clusterpress.library.entries import FeedTopic
from clusterpress.outputs import Bundle, Output, Planned

NEWSLETTER = "newsletter"
"""Kind of topic whose entries come with their file."""

MAKERS: Mapping[Format, Callable[..., bytes]] = {"rss": make_rss, "atom": make_atom, "json": make_json}
"""Format → its maker."""


def outputs(
    topics: Iterable[FeedTopic],
    settings: Settings,
    printed: Iterable[PrintedPage] = (),
    ground: bytes = b"",
) -> Iterator[Planned]:
    """Yield the three feeds of each topic in a bundle, then the list of all feeds and their style sheet.

    Args:
        topics: everything with a feed.
        settings: the site's settings.
        printed: pages that are there as files, too, which the feeds of newsletters offer.
        ground: digest of what entries may show of others; see `Library.ground`.
    """
    held = {file.page: file for file in printed}
    followed = tuple(topics)
    site = view_site(settings)
    common = joined([ground, digest(site)])
    for topic in followed:
        if topic.kind == NEWSLETTER:
            files = tuple(held[entry.url] for entry in topic.entries if entry.url in held)
            yield from _feeds(topic, settings, site, files)
            continue
        about = digest(view_topic(topic, settings))
        yield Bundle(
            name=f"feeds/{topic.url}",
            origin=joined([common, about, *[entry.origin for entry in topic.entries]]),
            plan=partial(_feeds, topic, settings, site),
        )
    yield list_feeds(followed, settings)
    yield Output(path=STYLE, make=make_style, inputs={"style": STYLE_SHEET})


def _feeds(
    topic: FeedTopic, settings: Settings, site: SiteView, files: tuple[PrintedPage, ...] = ()
) -> Iterator[Output]:
    feed = view_topic(topic, settings)
    bodies = tuple(entry.body for entry in topic.entries) if settings.feeds.full_text else ()
    for kind, make in MAKERS.items():
        yield Output(
            path=feed_path(topic.url, kind),
            make=make,
            inputs={"feed": feed, "site": site, "entries": topic.entries, "files": files},
            stored=bodies,
            measured=tuple(file.path for file in files),
        )


def list_feeds(topics: Iterable[FeedTopic], settings: Settings) -> Output:
    """Return the list of all feeds."""
    feeds = tuple(list_topic(topic) for topic in topics)
    return Output(path=OPML, make=make_opml, inputs={"feeds": feeds, "site": view_site(settings)})
