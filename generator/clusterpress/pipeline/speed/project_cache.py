"""The last opening: what was found when a project was last opened, as long as nothing it came of has changed.

Reading settings, hashing a theme and looking up versions takes longer than all else a small build does. What
came of it is kept beside the store, with the time and size of every file that had a part in it.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from clusterpress.pipeline.cache.pickle_cache import load, save
from clusterpress.sources.files import RACY_WINDOW, walk
from clusterpress.values.digests import digest

_NAME = "opening.pickle"


class ProjectStamp(NamedTuple):
    """What the disk says of the files that a project is opened from."""

    digest: bytes
    """Digest of their paths, times and sizes."""
    is_stable: bool
    """Whether none of them changed so short a time ago that it might change again unseen."""


def project_stamp_of(parts: list[Path]) -> ProjectStamp:
    """Return the mark of some files and folders, and of the folders in which packages are installed."""
    stamps = list(_stamps(parts))
    latest = max((changed for _, changed, _ in stamps), default=0)
    return ProjectStamp(digest(sys.version, stamps), time.time_ns() - latest > RACY_WINDOW)


def load_project(cache_folder: Path, stamp: bytes) -> object | None:
    """Return what was kept under a mark, or None; see `save_project`."""
    match load(cache_folder / _NAME):
        case (cached_stamp, project) if cached_stamp == stamp:
            return project
    return None


def save_project(cache_folder: Path, stamp: bytes, project: object) -> None:
    """Keep what was found in files with this mark, if the project has been built before."""
    if cache_folder.is_dir():
        save(cache_folder / _NAME, (stamp, project))


def _stamps(parts: list[Path]) -> Iterator[tuple[str, int, int]]:
    """Yield (path, time of change, size) of the parts, and of the folders in which packages are installed."""
    for part in parts:
        if part.is_dir():
            found = walk(part, str(part), lambda name: name == "__pycache__")
            yield from ((path, stamp.changed, stamp.size) for path, stamp in found)
        elif part.exists():
            status = part.stat()
            yield str(part), status.st_mtime_ns, status.st_size
    for folder in sys.path:
        if folder.endswith("-packages") and Path(folder).is_dir():
            yield folder, Path(folder).stat().st_mtime_ns, 0
