"""Keepsakes: what one build leaves beside the store for the next, in files that may be lost at any time."""

import os
import pickle
from pathlib import Path

_UNREADABLE = (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError)
"""What is raised for a file that is not there, is broken, or is of another version."""


def keep(place: Path, value: object) -> None:
    """Keep a value in a file, whole or not at all."""
    part = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        part.write_bytes(pickle.dumps(value, protocol=5))
        part.replace(place)
    except OSError:  # a disk that is full, or may only be read: the next build takes as long as this one
        part.unlink(missing_ok=True)


def recall(place: Path) -> object | None:
    """Return the value that is kept in a file, or None if there is none that can be read."""
    try:
        value: object = pickle.loads(place.read_bytes())  # noqa: S301 -- our own file
    except _UNREADABLE:
        return None
    return value
