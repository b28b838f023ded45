"""Media types by the end of a file's name, as web hosts send them.

The types do not depend on the machine: a Windows registry often declares scripts as plain text, which
browsers refuse, and Python's table lacks the files of office programs. It is used for other files, without
the system's additions.
"""

from functools import lru_cache
from mimetypes import MimeTypes
from pathlib import PurePosixPath

_OFFICE, _OPEN = "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument"
_TYPES = {
    # Texts and data
    ".csv": "text/csv",
    ".eml": "message/rfc822",
    ".epub": "application/epub+zip",
    ".geojson": "application/geo+json",
    ".gpx": "application/gpx+xml",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".rtf": "application/rtf",
    ".srt": "application/x-subrip",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".vcf": "text/vcard",
    ".vtt": "text/vtt",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    # Office programs
    ".doc": "application/msword",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".dotx": f"{_OFFICE}.wordprocessingml.template",
    ".odg": f"{_OPEN}.graphics",
    ".odp": f"{_OPEN}.presentation",
    ".ods": f"{_OPEN}.spreadsheet",
    ".odt": f"{_OPEN}.text",
    ".ott": f"{_OPEN}.text-template",
    ".potx": f"{_OFFICE}.presentationml.template",
    ".pps": "application/vnd.ms-powerpoint",
    ".ppsx": f"{_OFFICE}.presentationml.slideshow",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".xls": "application/vnd.ms-excel",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".xltx": f"{_OFFICE}.spreadsheetml.template",
    # Archives
    ".7z": "application/x-7z-compressed",
    ".bz2": "application/x-bzip2",
    ".gz": "application/gzip",
    ".rar": "application/vnd.rar",
    ".tar": "application/x-tar",
    ".tgz": "application/gzip",
    ".xz": "application/x-xz",
    ".zip": "application/zip",
    # Pictures
    ".avif": "image/avif",
    ".eps": "application/postscript",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
    # Sound and film
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mka": "audio/x-matroska",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
    # The site itself
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".opml": "text/x-opml",
    ".otf": "font/otf",
    ".rss": "application/rss+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""End of a name → type, as registered with IANA where it is. XML is ``application/xml`` (RFC 7303): with a
feed's own type browsers would save the feed instead of showing it with its style sheet."""

_BY_NAME = {"apple-app-site-association": "application/json"}
"""Name of a file without an end of its own → type."""


def is_playable(kind: str) -> bool:
    """Return whether a media type is sound or film."""
    return kind.startswith(("audio/", "video/"))


def media_type(path: str) -> str:
    """Return the Content-Type of a file, with its character set if it is text."""
    file = PurePosixPath(path)
    kind = _BY_NAME.get(file.name) or _table().get(file.suffix.lower(), "application/octet-stream")
    written = kind.startswith("text/") or kind.endswith(("xml", "json"))
    return f"{kind}; charset=utf-8" if written else kind


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    return {**MimeTypes().types_map[True], **_TYPES}
