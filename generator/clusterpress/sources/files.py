"""Files of a project on disk: list them without opening any, and write one in a single step."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

RACY_WINDOW = 2_000_000_000
"""Nanoseconds after a change in which a second change may leave the same time stamp."""

_IGNORED = (".", "~$", "Thumbs.db", "desktop.ini")
"""Prefixes of names that belong to editors and file managers, not to the site."""


class Stamp(NamedTuple):
    """Time and size of a file, read without opening it."""

    changed: int
    """Time of the last change of the file's content or metadata, in nanoseconds.

    Tools can set the first back, as `cp -p` and archives do, but not the second."""
    size: int
    """Bytes."""


class ScanResult(NamedTuple):
    """The files below content/ at one moment."""

    began: int
    """Start of the scan, in nanoseconds since the epoch."""
    stamps: dict[str, Stamp]
    """Source path → its stamp."""
    subset: frozenset[str] | None = None
    """The files that were scanned; the others are assumed unchanged. None: all files."""


def scan_sources(root: Path) -> ScanResult:
    """Return the stamp of every source file of a project."""
    return ScanResult(time.time_ns(), dict(walk(root / "content", "content")))


def is_ignored(name: str) -> bool:
    """Return whether a file or folder of this name belongs to an editor or file manager."""
    return name.startswith(_IGNORED) or name.endswith("~")


def walk(
    folder: str | Path, start: str, ignores: Callable[[str], bool] = is_ignored
) -> Iterator[tuple[str, Stamp]]:
    """Yield (path, stamp) of each file below a folder: subfolders first, each in the order of names.

    Args:
        folder: where to start.
        start: prefix of the paths, such as ``content``.
        ignores: returns whether to leave a name out.
    """
    below = f"{start}/" if start else ""
    folders, files = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if ignores(name):
                continue
            if entry.is_dir():
                folders.append(name)
            else:
                status = entry.stat()
                changed = max(status.st_mtime_ns, status.st_ctime_ns)
                files.append((below + name, Stamp(changed, status.st_size)))
    for name in sorted(folders):
        yield from walk(f"{folder}/{name}", below + name, ignores)
    yield from sorted(files)


def list_files(root: Path) -> list[str]:
    """Return the path of each file below content/."""
    folder = root / "content"
    return [path for path, _ in walk(folder, "content")] if folder.is_dir() else []


def walk_output(folder: Path) -> dict[str, tuple[int, int]]:
    """Return path → (time of change, size) of each file of the output folder, if there is such a folder."""
    return dict(walk(folder, "", lambda _: False)) if folder.is_dir() else {}


def write_file(path: Path, content: bytes) -> None:
    """Write a file in one step: a kill leaves the old content or the new.

    Permissions stay as they are. A symbolic link is followed: the file that it leads to is written. Missing
    folders are made.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(content)
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
