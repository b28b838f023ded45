"""Files of a project on disk: list them without opening any, and write one in a single step."""

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.sources.boundary import Boundary, LinkFault, kind_of_file, special_file
from clusterpress.values.problems import Problem
from clusterpress.values.source_names import is_left_out, is_of_tools

RACY_WINDOW = 2_000_000_000
"""Nanoseconds after a change in which a second change may leave the same time stamp."""


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
    left_out: tuple[str, ...] = ()
    """Paths that were left out because of their names, except those of version control."""
    faults: tuple[Problem, ...] = ()
    """Symbolic links that are not followed, and special files, which are not opened."""


def scan_sources(root: Path, linked: Iterable[str] = ()) -> ScanResult:
    """Return the stamp of every source file of a project.

    Args:
        root: the project's folder.
        linked: folders outside it to which links may lead; see `Settings.linked_folders`.
    """
    began, scan = time.time_ns(), FolderScan(Boundary.of(root, linked))
    stamps = dict(scan.files(root / "content", "content"))
    return ScanResult(began, stamps, left_out=tuple(sorted(scan.left_out)), faults=tuple(sorted(scan.faults)))


def scan_of_themes(root: Path) -> "FolderScan":
    """Return the scan with which the themes of a project are listed."""
    return FolderScan(Boundary.of(root), lambda name: name == "__pycache__")


class FolderScan(Struct):
    """Lists the regular files below a folder; takes note of everything that it leaves out."""

    boundary: Boundary
    ignores: Callable[[str], bool] = is_left_out
    """Returns whether to leave a name out."""
    left_out: list[str] = field(default_factory=list)
    """Paths that were left out because of their names, except what belongs to version control."""
    faults: list[Problem] = field(default_factory=list)
    """Links that are not followed, and special files."""

    def files(self, folder: Path, start: str) -> Iterator[tuple[str, Stamp]]:
        """Yield (path, stamp) of each file below a folder: subfolders first, each in the order of names.

        Args:
            folder: where to start. It may be a link, too.
            start: prefix of the paths, such as ``content``.
        """
        real = os.path.realpath(folder)
        if folder.is_symlink():
            try:
                real, _ = self.boundary.follow(str(folder), start, os.path.realpath(folder.parent))
            except LinkFault as fault:
                self.faults.append(fault.problem)
                return
        yield from self._files(real, start, is_linked=False)

    def _files(self, folder: str, start: str, *, is_linked: bool) -> Iterator[tuple[str, Stamp]]:
        below = f"{start}/" if start else ""
        folders: list[tuple[str, str, bool]] = []
        files: list[tuple[str, Stamp]] = []
        with self._open(folder, start) as entries:
            for entry in entries:
                path = below + entry.name
                if self.ignores(entry.name):
                    self.left_out += () if is_of_tools(entry.name) else (path,)
                elif entry.is_file(follow_symlinks=False):
                    files.append((path, _stamp_of(entry.stat())))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((path, entry.path, is_linked))
                elif entry.is_symlink():
                    self._follow(entry, path, folder, folders if not is_linked else None, files)
                else:
                    self.faults.append(special_file(path, entry.stat(follow_symlinks=False).st_mode))
        for path, place, linked in sorted(folders):
            yield from self._files(place, path, is_linked=linked)
        yield from sorted(files)

    @contextmanager
    def _open(self, folder: str, path: str) -> Iterator[Iterable["os.DirEntry[str]"]]:
        """Provide the entries of a folder; one that cannot be listed is a fault, and has none."""
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            self.faults.append(Problem(path=path, message="there is no such folder", hint="create it"))
            yield ()
        except OSError as fault:
            message = f"this folder cannot be read: {fault.strerror}"
            self.faults.append(Problem(path=path, message=message, hint="correct it, or delete it"))
            yield ()
        else:
            with entries:
                yield entries

    def _follow(
        self,
        entry: "os.DirEntry[str]",
        path: str,
        above: str,
        folders: list[tuple[str, str, bool]] | None,
        files: list[tuple[str, Stamp]],
    ) -> None:
        """Add what a link leads to, to the folders or the files.

        In a linked folder, links to folders are not followed: a few of them, each to the next, could stand
        for more files than a disk holds.
        """
        try:
            target, status = self.boundary.follow(entry.path, path, above)
            if stat.S_ISDIR(status.st_mode) and folders is None:
                message = "a link in a linked folder leads to a folder"
                hint = "link to that folder from content/ itself"
                self.faults.append(Problem(path=path, message=message, hint=hint))
            elif stat.S_ISDIR(status.st_mode) and folders is not None:
                folders.append((path, target, True))
            elif stat.S_ISREG(status.st_mode):
                own = entry.stat(follow_symlinks=False)
                changed, size = _stamp_of(status)
                files.append((path, Stamp(max(changed, own.st_ctime_ns), size)))
            else:
                self.faults.append(special_file(path, status.st_mode))
        except LinkFault as fault:
            self.faults.append(fault.problem)


def _stamp_of(status: os.stat_result) -> Stamp:
    return Stamp(max(status.st_mtime_ns, status.st_ctime_ns), status.st_size)


def list_files(root: Path, linked: Iterable[str] = ()) -> list[str]:
    """Return the path of each file below content/; for the arguments see `scan_sources`."""
    folder = root / "content"
    return [*scan_sources(root, linked).stamps] if folder.is_dir() else []


def find_fault(root: Path, path: str) -> Problem | None:
    """Return why a single file of a project must not be opened, as an error: for links see `Boundary`."""
    file = root / path
    try:
        mode = file.lstat().st_mode
        if stat.S_ISLNK(mode):
            _, status = Boundary.of(root).follow(str(file), path, os.path.realpath(root))
            mode = status.st_mode
    except FileNotFoundError:
        return None
    except LinkFault as fault:
        return replace(fault.problem, hint="put the file itself here")
    if stat.S_ISREG(mode):
        return None
    message = f"this is {kind_of_file(mode)}, not a file"
    return Problem(path=path, message=message, hint="put the file itself here, or delete it")


def walk_own(folder: Path, start: str) -> Iterator[tuple[str, Stamp]]:
    """Yield (path, stamp) of all files of the program below a folder, except bytecode; follow links."""
    with os.scandir(folder) as entries:
        found = sorted((entry.name, entry) for entry in entries if entry.name != "__pycache__")
    for name, entry in found:
        if entry.is_dir():
            yield from walk_own(folder / name, f"{start}/{name}")
        else:
            yield f"{start}/{name}", _stamp_of(entry.stat())


def walk_output(folder: Path) -> dict[str, tuple[int, int]]:
    """Return path → (time of change, size) of each file of the output folder, if there is such a folder.

    Links in it are files themselves: what they lead to is not ours to change or delete.
    """
    return dict(_walk_output(str(folder), "")) if folder.is_dir() else {}


def _walk_output(folder: str, start: str) -> Iterator[tuple[str, tuple[int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk_output(entry.path, f"{start}{entry.name}/")
            else:
                yield start + entry.name, _stamp_of(entry.stat(follow_symlinks=False))


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
