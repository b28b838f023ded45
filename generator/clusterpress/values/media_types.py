"""Media types by the end of a file's name, as web hosts send them.

Python's own table is used with our additions in ``mime.types``, but without those of the system: a Windows
registry often declares scripts as plain text, which browsers refuse.
"""

from functools import lru_cache
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath


def media_type(path: str) -> str:
    """Return the Content-Type of a file, with its character set if it is text."""
    kind = _table().get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
    written = kind.startswith("text/") or kind.endswith(("xml", "json"))
    return f"{kind}; charset=utf-8" if written else kind


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    return MimeTypes([str(Path(__file__).with_name("mime.types"))]).types_map[True]
