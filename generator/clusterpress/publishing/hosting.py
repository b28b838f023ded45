"""How hosts serve the site: caching of each file, and the small files that hosts look for."""

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from html import unescape
from pathlib import PurePosixPath

from clusterpress.config.settings import PublishTarget
from clusterpress.theme.content_security import Policy, write_headers

COMPRESSED = {".gz": "gzip", ".br": "br"}
"""Suffix of a compressed copy → its Content-Encoding."""

IMMUTABLE = "public, max-age=31536000, immutable"
"""For files whose name holds the digest of their content (RFC 8246)."""
_AN_HOUR = "public, max-age=3600"
_A_MINUTE = "public, max-age=60, must-revalidate"

_HASHED = re.compile(r"media/(?:.*/)?[^/]+\.[0-9a-f]{8,}\.\w+")
_PAGES = frozenset({".html", ".htm"})
_FEED_SUFFIXES = frozenset({".xml", ".json", ".ics", ".opml", ".txt"})


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
    return (
        FileRole.PAGE if suffix in _PAGES else FileRole.FEED if suffix in _FEED_SUFFIXES else FileRole.ASSET
    )


def cache_control(path: str) -> str:
    """Return the value of Cache-Control for a file (RFC 9111)."""
    if _HASHED.fullmatch(strip_compression(path)):
        return IMMUTABLE
    return _AN_HOUR if role_of(path) is FileRole.ASSET else _A_MINUTE


_REDIRECT = re.compile(rb'<meta http-equiv="?refresh"? content="0; url=([^"]+)"')
_HEAD_SIZE = 2000
"""Bytes at the start of a page that contain its redirect, if there is one."""


def make_extras(
    target: PublishTarget, root: str, redirects: Mapping[str, str], policies: Iterable[Policy] = ()
) -> dict[str, bytes]:
    """Return path → content of the small files that the target's settings ask for.

    Args:
        target: the target's settings.
        root: the path of the site on its server, with slashes at both ends.
        redirects: page → the address that it redirects to.
        policies: content security policies of the pages.
    """
    wanted = {
        ".nojekyll": (target.nojekyll, b""),
        "CNAME": (bool(target.cname), f"{target.cname}\n".encode()),
        "_headers": (target.headers, _headers(root, policies)),
        "_redirects": (target.redirects, _redirects(root, redirects)),
    }
    return {path: content for path, (is_wanted, content) in wanted.items() if is_wanted}


def redirect_target(path: str, content: bytes) -> str:
    """Return the address that a page redirects to, or "" for an ordinary page."""
    found = _REDIRECT.search(content, 0, _HEAD_SIZE) if path.endswith((".html", ".htm")) else None
    return unescape(found[1].decode()) if found else ""


def _headers(root: str, policies: Iterable[Policy]) -> bytes:
    """Return rules in the format of Netlify and Cloudflare Pages."""
    lines = "".join(f"  {line}\n" for line in write_headers(policies))
    return f"{root}media/*\n  Cache-Control: {IMMUTABLE}\n{root}*\n{lines}".encode()


def _redirects(root: str, redirects: Mapping[str, str]) -> bytes:
    """Return one line for each old address: ``/old/ /new/ 301``."""
    lines = (
        f"{root}{path.removesuffix('index.html')} {address} 301\n" for path, address in redirects.items()
    )
    return "".join(sorted(lines)).encode()
