"""Addresses: where the files of this floor lie."""

from collections.abc import Mapping
from typing import Literal

Format = Literal["rss", "atom", "json"]
"""RSS 2.0, Atom, JSON Feed 1.1."""

NAMES: Mapping[Format, str] = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
"""Format → file name."""
OPML = "feeds/feeds.opml"
"""The list of all feeds, below the site's root."""
STYLE = "feeds/feed.css"
"""The style sheet of RSS and Atom, below the site's root."""


def feed_path(url: str, kind: Format) -> str:
    """Return the path of a feed below the root: it lies beside the topic's page ``url``."""
    return url + NAMES[kind]
