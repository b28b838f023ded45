"""How a file of the site is served: what it is to readers, and how long browsers may keep it."""

import re
from enum import IntEnum
from pathlib import PurePosixPath

COMPRESSED = {".gz": "gzip", ".br": "br"}
"""Ending of a compressed copy → its Content-Encoding."""

IMMUTABLE = "public, max-age=31536000, immutable"
"""For files whose name holds the digest of their content (RFC 8246)."""
_AN_HOUR = "public, max-age=3600"
_A_MINUTE = "public, max-age=60, must-revalidate"

_HASHED = re.compile(r"media/(?:.*/)?[^/]+\.[0-9a-f]{8,}\.\w+")
_PAGES = frozenset({".html", ".htm"})
_FEED_SUFFIXES = frozenset({".xml", ".json", ".ics", ".opml", ".txt"})


class FileRole(IntEnum):
    """What a file is to readers, in the order in which changed files are uploaded."""

    ASSET = 0
    """What pages are made of: pictures, styles, scripts, documents."""
    PAGE = 1
    """A page."""
    FEED = 2
    """What announces pages: feeds, calendars, the sitemap, the search index's first file."""


def strip_compression(path: str) -> str:
    """Return a path without the ending of a compressed copy."""
    return path[:-3] if path.endswith(tuple(COMPRESSED)) else path


def role_of(path: str) -> FileRole:
    """Return what a file is to readers; a compressed copy is what its original is."""
    suffix = PurePosixPath(strip_compression(path)).suffix.lower()
    return (
        FileRole.PAGE if suffix in _PAGES else FileRole.FEED if suffix in _FEED_SUFFIXES else FileRole.ASSET
    )


def cache_control(path: str) -> str:
    """Return the value of Cache-Control for a file (RFC 9111)."""
    if _HASHED.fullmatch(strip_compression(path)):
        return IMMUTABLE
    return _AN_HOUR if role_of(path) is FileRole.ASSET else _A_MINUTE
