"""The plan: every output of this floor, before any is made."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from clusterpress.config.settings import Settings
from clusterpress.feeds.addresses import OPML, STYLE, Format, feed_path
from clusterpress.feeds.makers import make_atom, make_json, make_opml, make_rss, make_style
from clusterpress.feeds.style import STYLE_SHEET
from clusterpress.feeds.views import PrintedPage, list_topic, view_site, view_topic
from clusterpress.library.entries import FeedTopic
from clusterpress.outputs import Output

NEWSLETTER = "newsletter"
"""Kind of topic whose entries come with their file."""

MAKERS: Mapping[Format, Callable[..., bytes]] = {"rss": make_rss, "atom": make_atom, "json": make_json}
"""Format → its maker."""


def outputs(
    topics: Iterable[FeedTopic], settings: Settings, printed: Iterable[PrintedPage] = ()
) -> Iterator[Output]:
    """Yield the three feeds of each topic, then the list of all feeds and the style sheet of feeds.

    Args:
        topics: everything with a feed.
        settings: the site's settings.
        printed: pages that are there as files, too, which the feeds of newsletters offer.
    """
    held = {file.page: file for file in printed}
    followed = tuple(topics)
    site = view_site(settings)
    full_text = settings.feeds.full_text
    for topic in followed:
        feed = view_topic(topic, settings)
        bodies = tuple(entry.body for entry in topic.entries) if full_text else ()
        files = (
            tuple(held[entry.url] for entry in topic.entries if entry.url in held)
            if topic.kind == NEWSLETTER
            else ()
        )
        for kind, make in MAKERS.items():
            yield Output(
                path=feed_path(topic.url, kind),
                make=make,
                inputs={"feed": feed, "site": site, "entries": topic.entries, "files": files},
                stored=bodies,
                measured=tuple(file.path for file in files),
            )
    yield list_feeds(followed, settings)
    yield Output(path=STYLE, make=make_style, inputs={"style": STYLE_SHEET})


def list_feeds(topics: Iterable[FeedTopic], settings: Settings) -> Output:
    """Return the list of all feeds."""
    feeds = tuple(list_topic(topic) for topic in topics)
    return Output(path=OPML, make=make_opml, inputs={"feeds": feeds, "site": view_site(settings)})
