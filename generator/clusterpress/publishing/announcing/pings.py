"""Pings: hubs are told which feeds changed (WebSub), and search engines which pages did (IndexNow)."""

import json
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from urllib.parse import urlencode, urlsplit

from clusterpress.config.announcing import IndexNowSettings
from clusterpress.config.settings import Settings
from clusterpress.feeds.views import NAMES
from clusterpress.publishing.changes import Changes
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.files import SiteFile
from clusterpress.publishing.hosting import redirect_target
from clusterpress.publishing.requests import JsonClient
from clusterpress.theme.addresses import FRAMES, absolute

FEEDS_AT_ONCE = 100
"""Feeds named by one request to a hub: some 10 KB."""
MOST_ADDRESSES = 10_000
"""Addresses that IndexNow takes in one request."""

_NOINDEX = b'<meta name="robots" content="noindex">'
_FORM = "application/x-www-form-urlencoded"


def changed_feeds(changes: Changes, settings: Settings) -> tuple[str, ...]:
    """Return the full addresses of the feeds that an upload added or changed."""
    names = frozenset(NAMES.values())
    paths = sorted((*changes.new, *changes.changed))
    return tuple(absolute(path, settings.url) for path in paths if posixpath.basename(path) in names)


def changed_pages(changes: Changes, files: Mapping[str, SiteFile], settings: Settings) -> tuple[str, ...]:
    """Return the full addresses of the pages that an upload added, changed or removed.

    Pages that search engines must not list are left out, and so are pages that lead to another one.

    Args:
        changes: of the upload.
        files: the site.
        settings: the site's settings.
    """
    there = (path for path in (*changes.new, *changes.changed) if _is_page(path))
    shown = (path for path in there if _is_listed(path, files[path].read()))
    gone = (path for path in changes.removed if _is_page(path))
    addresses = {absolute(path.removesuffix("index.html"), settings.url) for path in (*shown, *gone)}
    return tuple(sorted(addresses))


def _is_page(path: str) -> bool:
    return path.endswith(".html") and not path.startswith(FRAMES) and posixpath.basename(path) != "404.html"


def _is_listed(path: str, content: bytes) -> bool:
    return _NOINDEX not in content and not redirect_target(path, content)


def send_pings(
    settings: Settings, changes: Changes, files: Mapping[str, SiteFile], warn: Callable[[str], None]
) -> Iterator[str]:
    """Tell hub and search engines of an upload, if the settings name them; yield a sentence for each.

    Args:
        settings: the site's settings.
        changes: of the upload.
        files: the site.
        warn: takes a sentence about each that cannot be told.
    """
    for send, words in _pings(settings, changes, files):
        try:
            send()
        except PublishError as fault:
            warn(f"{fault} (the site is published)")
        else:
            yield words


def _pings(
    settings: Settings, changes: Changes, files: Mapping[str, SiteFile]
) -> Iterator[tuple[Callable[[], None], str]]:
    """Yield a function for each that is to be told, and what is said when it was."""
    hub, index_now = settings.feeds.hub, settings.index_now
    if hub and (feeds := changed_feeds(changes, settings)):
        yield partial(ping_hub, hub, feeds), f"the hub was told of {_count(feeds, 'feed')}"
    if index_now and (pages := changed_pages(changes, files, settings)):
        words = f"search engines were told of {_count(pages, 'page')}"
        yield partial(ping_index_now, index_now, settings.url, pages), words


def _count(things: Sequence[str], word: str) -> str:
    return f"1 {word}" if len(things) == 1 else f"{len(things)} {word}s"


def ping_hub(hub: str, feeds: Sequence[str]) -> None:
    """Tell a WebSub hub which feeds changed.

    How publishers tell hubs is left open by WebSub; hubs take the form of PubSubHubbub 0.4, section 7.1.

    Raises:
        PublishError: the hub refuses, or cannot be reached.
    """
    origin, path = _split(hub)
    client = JsonClient(
        title="the hub", base=origin, headers={}, variable="", secret="", place='"hub" under "feeds"'
    )
    rest = iter(feeds)
    while batch := tuple(islice(rest, FEEDS_AT_ONCE)):
        form = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in batch)])
        client.deliver("POST", path, form.encode(), _FORM)


def ping_index_now(settings: IndexNowSettings, site: str, pages: Sequence[str]) -> None:
    """Tell search engines which pages changed (https://www.indexnow.org/documentation).

    Args:
        settings: key and endpoint.
        site: full address of the site.
        pages: full addresses.

    Raises:
        PublishError: the endpoint refuses, or cannot be reached.
    """
    origin, path = _split(settings.endpoint)
    client = JsonClient(
        title="IndexNow",
        base=origin,
        headers={},
        variable="",
        secret=settings.key,
        rights="the same name as the file at the top of the site",
        place='"endpoint" under "index_now"',
    )
    rest = iter(pages)
    while batch := list(islice(rest, MOST_ADDRESSES)):
        body = {
            "host": urlsplit(site).netloc,
            "key": settings.key,
            "keyLocation": f"{site}{settings.key}.txt",
            "urlList": batch,
        }
        client.deliver("POST", path, json.dumps(body).encode(), "application/json; charset=utf-8")


def _split(address: str) -> tuple[str, str]:
    """Return origin and path of an address, the path with its query."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}", (parts.path or "/") + query
