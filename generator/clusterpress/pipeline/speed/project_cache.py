"""Project cache: an opened project, kept as long as no file that it was read from has changed.

To read the settings, hash the theme and look up versions takes longer than the rest of a small build.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from clusterpress.pipeline.cache.user_cache import load, save
from clusterpress.pipeline.paths import project_inputs, store_file
from clusterpress.sources.files import RACY_WINDOW, walk
from clusterpress.values.digests import digest
from clusterpress.values.plain import is_plain

_NAME = "project.pickle"


class ProjectStamp(NamedTuple):
    """Times and sizes of the files that a project is opened from."""

    digest: bytes
    is_stable: bool
    """Whether none of them changed so recently that it might change again unseen."""


def project_stamp_of(root: Path) -> ProjectStamp:
    """Return the stamp of a project's settings, themes and tools."""
    stamps = list(_stamps(project_inputs(root)))
    latest = max((changed for _, changed, _ in stamps), default=0)
    return ProjectStamp(digest(sys.version, stamps), time.time_ns() - latest > RACY_WINDOW)


def load_project(root: Path, stamp: ProjectStamp) -> object | None:
    """Return the project that was saved with a stamp, or None; see `save_project`."""
    if is_plain():
        return None
    match load(root, _NAME):
        case (saved_stamp, project) if saved_stamp == stamp.digest:
            return project
    return None


def save_project(root: Path, stamp: ProjectStamp, project: object) -> None:
    """Save an opened project under its stamp, if it is stable and the project was built before."""
    if stamp.is_stable and not is_plain() and store_file(root).exists():
        save(root, _NAME, (stamp.digest, project))


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
