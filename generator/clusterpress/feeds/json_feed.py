"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from clusterpress.feeds.views import EntryView, FeedView, SiteView, feed_path

_CACHE_SIZE = 1024
"""Items kept: topics share their newest entries."""


def write(feed: FeedView, site: SiteView, texts: Iterable[str]) -> bytes:
    """Return a feed.

    Args:
        feed: the topic.
        site: the site.
        texts: HTML of each entry in order; empty where there is none to show.
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
    items = [_item(entry, text, site) for entry, text in zip(feed.entries, texts, strict=True)]
    listed = "\n  " + ",\n  ".join(items) + "\n " if items else ""
    head = _write(made).removesuffix("\n}")
    return f'{head},\n "items": [{listed}]\n}}\n'.encode()


def _write(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


@lru_cache(maxsize=_CACHE_SIZE)
def _item(entry: EntryView, text: str, site: SiteView) -> str:
    """Return an item, the same for all topics that have it among their newest."""
    # One of the two is required.
    content = {"content_html": text} if text else {"content_text": entry.summary or entry.title}
    item = {
        "id": entry.id,
        "url": site.url + entry.url,
        "title": entry.title,
        **content,
        "summary": entry.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": entry.lang,
        "authors": [_author(author.name, author.url, site) for author in entry.authors],
        "tags": list(dict.fromkeys(label.name for _, label in entry.categories)),
        **_files(entry, site),
    }
    # Within texts, line ends are written as signs.
    return _write({key: value for key, value in item.items() if value}).replace("\n", "\n  ")


def _author(name: str, url: str, site: SiteView) -> dict[str, str]:
    return {"name": name} | ({"url": site.url + url} if url else {})


def _files(entry: EntryView, site: SiteView) -> dict[str, Any]:
    picture = entry.picture.picture if entry.picture else None
    files = [(file.path, file.type, file.length) for file in (entry.file,) if file]
    files += [(picture.url, picture.type, picture.length)] if picture else []
    return {
        "image": site.url + picture.url if picture else "",
        "attachments": [
            {"url": site.url + path, "mime_type": kind, "size_in_bytes": length}
            for path, kind, length in files
        ],
    }
