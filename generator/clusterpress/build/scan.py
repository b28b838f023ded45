"""Scan: which files there are below content/, read again only where the disk says they changed."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clusterpress.build.store import Stamp, Store
from clusterpress.digests import of_bytes

_SETTLED = 2_000_000_000
"""A file changed less than so many nanoseconds ago may change again within the clock's tick: it is read."""

_IGNORED = (".", "~$", "Thumbs.db", "desktop.ini")
"""Names that begin so belong to editors and file managers, not to the site."""


def is_passed_over(name: str) -> bool:
    """Return whether a file or folder of this name belongs to an editor or file manager, not to the site."""
    return name.startswith(_IGNORED) or name.endswith("~")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below content/."""

    path: str
    """Relative to the project's root, with forward slashes."""
    digest: bytes
    """Digest of its bytes."""


def walk(
    folder: str | Path, start: str, passed_over: Callable[[str], bool] = is_passed_over
) -> Iterator[tuple[str, Stamp]]:
    """Yield (path, stamp) for each file below a folder, in the order of names.

    Args:
        folder: where to look.
        start: what the paths begin with, such as ``content``.
        passed_over: tells of a name whether it is left out.
    """
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if passed_over(entry.name):
            continue
        path = f"{start}/{entry.name}" if start else entry.name
        if entry.is_dir():
            yield from walk(entry.path, path, passed_over)
        else:
            status = entry.stat()
            yield path, Stamp(status.st_mtime_ns, status.st_size)


def scan(root: Path, store: Store) -> list[SourceFile]:
    """Return all files below content/, with their digests."""
    known = store.sources()
    began = time.time_ns()
    seen: dict[str, tuple[Stamp, bytes]] = {}
    found: list[SourceFile] = []
    for path, stamp in walk(root / "content", "content"):
        held = known.get(path)
        digest = held[1] if held and held[0] == stamp else of_bytes((root / path).read_bytes())
        if began - stamp.changed > _SETTLED:
            seen[path] = (stamp, digest)
        found.append(SourceFile(path, digest))
    if seen != known:
        store.keep_sources(seen)
    return found


def list_files(root: Path) -> list[str]:
    """Return the path of each file below content/, without reading any."""
    folder = root / "content"
    return [path for path, _ in walk(folder, "content")] if folder.is_dir() else []
