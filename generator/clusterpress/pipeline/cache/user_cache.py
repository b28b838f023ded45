"""Small values kept in the user's cache for the next run, in files that may be lost at any time."""

import os
import pickle
from pathlib import Path

from clusterpress.pipeline.paths import cache_folder, is_private, make_cache_folder

_LOAD_ERRORS = (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError)
"""Raised for a file that is missing, broken, or of another version."""


def save(root: Path, name: str, value: object) -> None:
    """Save a value under a name for the project in ``root``, completely or not at all."""
    path = make_cache_folder(root) / name
    temporary = path.with_name(f"{name}.{os.getpid()}")
    try:
        temporary.write_bytes(pickle.dumps(value, protocol=5))
        temporary.replace(path)
    except OSError:  # the disk is full or read-only: the next build takes as long as this one
        temporary.unlink(missing_ok=True)


def load(root: Path, name: str) -> object | None:
    """Return the value saved under a name for a project, or None if there is none that can be read."""
    folder = cache_folder(root)
    if not is_private(folder):
        return None
    try:
        value: object = pickle.loads((folder / name).read_bytes())  # noqa: S301 -- in a folder of this user alone
    except _LOAD_ERRORS:
        return None
    return value


def delete(root: Path, name: str) -> None:
    """Delete the value saved under a name, if any."""
    (cache_folder(root) / name).unlink(missing_ok=True)
