"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from clusterpress.feeds.views import EntryView, FeedView, SiteView, feed_path

_CACHE_SIZE = 1024
"""Items kept in memory: topics share their newest entries."""


def write(feed: FeedView, site: SiteView, texts: Iterable[str]) -> bytes:
    """Return a feed.

    Args:
        feed: the topic with its entries.
        site: the site.
        texts: HTML of each entry in the same order; empty for none.
    """
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.topic.title,
        "home_page_url": site.url + feed.topic.url,
        "feed_url": site.url + feed_path(feed.topic.url, "json"),
        "description": feed.topic.about,
        "language": feed.topic.lang,
        "authors": [{"name": site.publisher, "url": site.url}],
    }
    items = [_item(view, text, site) for view, text in zip(feed.entries, texts, strict=True)]
    listed = "\n  " + ",\n  ".join(items) + "\n " if items else ""
    head = _write(made).removesuffix("\n}")
    return f'{head},\n "items": [{listed}]\n}}\n'.encode()


def _write(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


@lru_cache(maxsize=_CACHE_SIZE)
def _item(view: EntryView, text: str, site: SiteView) -> str:
    """Return an item, the same for all topics that have it among their newest."""
    entry, picture = view.entry, view.entry.picture
    # One of the two is required.
    content = {"content_html": text} if text else {"content_text": view.summary or view.title}
    item = {
        "id": entry.id,
        "url": site.url + entry.url,
        "title": view.title,
        **content,
        "summary": view.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": entry.lang,
        "authors": [
            {"name": author.name} | ({"url": site.url + author.url} if author.url else {})
            for author in view.authors
        ],
        "tags": list(dict.fromkeys(label.name for _, label in view.categories)),
        "image": site.url + picture.picture.url if picture else "",
        "attachments": [
            {"url": site.url + file.path, "mime_type": file.type, "size_in_bytes": file.length}
            for file in view.files
        ],
    }
    # Line ends within texts are escaped.
    return _write({key: value for key, value in item.items() if value}).replace("\n", "\n  ")
