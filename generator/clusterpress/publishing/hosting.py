"""How hosts serve the site: caching of each file, and the small files that hosts look for."""

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from html import unescape
from pathlib import PurePosixPath

from clusterpress.config.settings import PublishTarget
from clusterpress.theme.addresses import FRAMES, VERSIONED
from clusterpress.theme.content_security import FRAME_POLICY, Policy, write_headers

MANIFEST = ".clusterpress-manifest.json"
"""Path of the list of our files on a target."""
COMPRESSED = {".gz": "gzip", ".br": "br"}
"""Suffix of a compressed copy → its Content-Encoding."""

IMMUTABLE = "public, max-age=31536000, immutable"
"""For files whose path holds the digest of their content, or of the theme (RFC 8246)."""
_AN_HOUR = "public, max-age=3600"
_A_MINUTE = "public, max-age=60, must-revalidate"

_HASHED = re.compile(r"media/(?:.*/)?[^/]+\.[0-9a-f]{8,}\.\w+|assets/v/[0-9a-f]{8}/.+")
_PAGES = frozenset({".html", ".htm"})
_FEED_SUFFIXES = frozenset({".xml", ".json", ".ics", ".opml", ".txt"})
_REDIRECT = re.compile(rb'<meta http-equiv="?refresh"? content="0; url=([^"]+)"')
_MOST_PATTERNS = 80
"""Cloudflare Pages reads 100 rules of ``_headers``; the editor comes first, other pages are only read."""
_HEAD_SIZE = 2000
"""Bytes at the start of a page that contain its redirect, if there is one."""


class FileRole(IntEnum):
    """The role of a file for readers, in the order in which changed files are uploaded."""

    ASSET = 0
    """Used by pages: pictures, styles, scripts, documents."""
    PAGE = 1
    """A page."""
    FEED = 2
    """Announces pages: feeds, calendars, the sitemap, the first file of the search index."""


def strip_compression(path: str) -> str:
    """Return a path without the suffix of a compressed copy."""
    return path[:-3] if path.endswith(tuple(COMPRESSED)) else path


def role_of(path: str) -> FileRole:
    """Return the role of a file; a compressed copy has the role of its original."""
    suffix = PurePosixPath(strip_compression(path)).suffix.lower()
    if suffix in _PAGES:
        return FileRole.PAGE
    return FileRole.FEED if suffix in _FEED_SUFFIXES else FileRole.ASSET


def cache_control(path: str) -> str:
    """Return the value of Cache-Control for a file (RFC 9111)."""
    if path == MANIFEST:
        return "no-store"
    if _HASHED.fullmatch(strip_compression(path)):
        return IMMUTABLE
    return _AN_HOUR if role_of(path) is FileRole.ASSET else _A_MINUTE


def make_extras(
    target: PublishTarget,
    root: str,
    redirects: Mapping[str, str],
    policies: Iterable[Policy] = (),
    *,
    opens_windows: bool = False,
    pages: Iterable[str] = (),
) -> dict[str, bytes]:
    """Return path → content of the small files that the target's settings ask for.

    Args:
        target: the target's settings.
        root: the path of the site on its server, with slashes at both ends.
        redirects: page → the address that it redirects to.
        policies: content security policies of the pages.
        opens_windows: whether a page gets an answer from a window of another site that it opens.
        pages: paths of all pages.
    """
    unframed = _unframed(pages)
    lines = write_headers(policies, opens_windows=opens_windows, framed=bool(unframed))
    headers = "".join(f"  {line}\n" for line in lines)
    headers += "".join(f"{root}{one}\n  Content-Security-Policy: {FRAME_POLICY}\n" for one in unframed)
    folders = f"{root}media/*", f"{root}{VERSIONED}*"
    immutable = "".join(f"{folder}\n  Cache-Control: {IMMUTABLE}\n" for folder in folders)
    moves = (f"{root}{page.removesuffix('index.html')} {to} 301\n" for page, to in redirects.items())
    wanted = {
        ".nojekyll": (target.nojekyll, ""),
        "CNAME": (bool(target.cname), f"{target.cname}\n"),
        # The formats of Netlify and Cloudflare Pages.
        "_headers": (target.headers, f"{immutable}{root}*\n{headers}"),
        "_redirects": (target.redirects, "".join(sorted(moves))),
    }
    return {path: content.encode() for path, (is_wanted, content) in wanted.items() if is_wanted}


def _unframed(pages: Iterable[str]) -> list[str]:
    """Return patterns of the pages that no other site may show in a frame; none if no page may be framed.

    Hosts add the headers of all patterns that match a path, so that none can take back what ``/*`` forbids.
    """
    tops = dict.fromkeys(
        f"{top}/*" if rest else "" if top == "index.html" else top
        for top, _, rest in (page.partition("/") for page in pages)
    )
    if tops.pop(f"{FRAMES}*", 0) == 0:
        return []
    return sorted(tops, key=lambda one: (one != "admin/*", one))[:_MOST_PATTERNS]


def redirect_target(path: str, content: bytes) -> str:
    """Return the address that a page redirects to, or "" for an ordinary page."""
    found = _REDIRECT.search(content, 0, _HEAD_SIZE) if path.endswith((".html", ".htm")) else None
    return unescape(found[1].decode()) if found else ""
