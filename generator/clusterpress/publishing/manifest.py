"""The manifest: a small file on the target that lists our files there, with their digests."""

import json
import posixpath
from collections.abc import Mapping

MANIFEST = ".clusterpress-manifest.json"
"""Its path on the target."""
_VERSION = 1


def write_manifest(files: Mapping[str, str | None]) -> bytes:
    """Return the content of the manifest.

    Args:
        files: path → digest; None while a file is being replaced, uploaded or removed.
    """
    content = {"version": _VERSION, "files": dict(sorted(files.items()))}
    return json.dumps(content, ensure_ascii=False, indent=0).encode()


def read_manifest(content: bytes) -> dict[str, str | None] | None:
    """Return path → digest, or None if the content is not a valid manifest.

    A path outside the target makes it invalid: a forged manifest could otherwise remove foreign files.
    """
    try:
        parsed = json.loads(content)
    except ValueError:
        return None
    if not isinstance(parsed, dict) or parsed.get("version") != _VERSION:
        return None
    files = parsed.get("files")
    is_valid = isinstance(files, dict) and all(
        _is_inside(path) and (value is None or isinstance(value, str)) for path, value in files.items()
    )
    return files if is_valid else None


def _is_inside(path: str) -> bool:
    return (
        path == posixpath.normpath(path)
        and path not in (".", "..")
        and not path.startswith(("/", "../"))
        and "\\" not in path
        and "\0" not in path
        and path != MANIFEST
    )
