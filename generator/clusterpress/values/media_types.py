"""Media types by the end of a file's name, as web hosts send them.

Python's own table is used without the system's additions: a Windows registry often declares scripts as plain
text, which browsers refuse.
"""

from functools import lru_cache
from mimetypes import MimeTypes
from pathlib import PurePosixPath

_OVERRIDES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".eml": "message/rfc822",
    ".ics": "text/calendar",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".opml": "text/x-opml",
    ".otf": "font/otf",
    ".rss": "application/rss+xml",
    ".ttf": "font/ttf",
    ".vcf": "text/vcard",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Types that Python's table lacks, or has in an old form. XML is ``application/xml`` (RFC 7303):
with a feed's own type browsers would save the feed instead of showing it with its style sheet."""


def media_type(path: str) -> str:
    """Return the Content-Type of a file, with its character set if it is text."""
    kind = _table().get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
    written = kind.startswith("text/") or kind.endswith(("xml", "json"))
    return f"{kind}; charset=utf-8" if written else kind


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    return {**MimeTypes().types_map[True], **_OVERRIDES}
