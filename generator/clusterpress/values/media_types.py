"""Media types by the end of a file's name, as web hosts send them.

The types are in ``mime.types``, and for other files in Python's own table, but not in those of the system: a
Windows registry often declares scripts as plain text, which browsers refuse.
"""

from functools import lru_cache
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath

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
    return MimeTypes([str(Path(__file__).with_name("mime.types"))]).types_map[True]
