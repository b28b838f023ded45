"""Keepsakes: what one build leaves beside the store for the next, in files that may be lost at any time."""

import os
import pickle
from pathlib import Path

_LOAD_ERRORS = (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError)
"""What is raised for a file that is not there, is broken, or is of another version."""


def save(path: Path, value: object) -> None:
    """Keep a value in a file, whole or not at all."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(pickle.dumps(value, protocol=5))
        temporary.replace(path)
    except OSError:  # a disk that is full, or may only be read: the next build takes as long as this one
        temporary.unlink(missing_ok=True)


def load(path: Path) -> object | None:
    """Return the value that is kept in a file, or None if there is none that can be read."""
    try:
        value: object = pickle.loads(path.read_bytes())  # noqa: S301 -- our own file
    except _LOAD_ERRORS:
        return None
    return value
