"""Commit: put what was rendered into the output folder, so that a kill leaves every file whole.

Files are first staged beside the output folder. If there is none yet, the stage becomes it by one rename.
Else the store forgets the fingerprints of all paths about to change, the staged files take their places one
by one (each by a rename), and only then are the new fingerprints noted. A build that is killed in between
leaves whole files, old or new, and paths without a fingerprint, which the next build makes again.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from clusterpress.pipeline.cache.manifest import BundleRecord, Manifest, Written
from clusterpress.pipeline.compare import MARKER, Difference
from clusterpress.pipeline.errors import ForeignFolderError
from clusterpress.pipeline.plan import folders_of
from clusterpress.values.digests import digest_bytes

ISSUE_MARKER = ".clusterpress-issue"
"""A file that says a folder holds the files of one issue: the site's own folder is never taken for one."""

_MARKER_TEXT = "This folder is written by clusterpress; files that it did not make are removed.\n"


def check_folder(folder: Path, root: Path, marker: str = MARKER) -> None:
    """Make sure that an output folder may be written and emptied.

    Args:
        folder: the folder, absolute.
        root: the project's folder.
        marker: the file by which it is known to be ours.

    Raises:
        ForeignFolderError: it is a file, holds foreign files, or holds the project itself.
    """
    if folder == root or folder in root.parents or (root / "content") in (folder, *folder.parents):
        raise ForeignFolderError(f"{folder} contains the files of the project: choose another output folder")
    if folder.exists() and not folder.is_dir():
        raise ForeignFolderError(f"{folder} is a file: choose another output folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file():
        reason = "contains files that clusterpress did not write: empty it, or choose another folder"
        raise ForeignFolderError(f"{folder} {reason}")


def empty(folder: Path) -> None:
    """Remove everything from an output folder of ours."""
    if folder.is_symlink() or os.path.ismount(folder):
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where outputs lie until all of them are made; any process can write there."""

    folder: Path
    becomes_output: bool
    """Whether it becomes the output folder, because there is none yet. Then it is laid out like one; else its
    files lie side by side: a tree would have to be made and taken away again, and taking away some thousand
    folders can take longer than all the rest of a build."""

    def staged_path(self, path: str) -> str:
        """Return where the file for a path of the site is staged."""
        return os.path.join(self.folder, path if self.becomes_output else digest_bytes(path.encode()).hex())

    def write(self, path: str, content: bytes) -> None:
        """Stage the file for a path of the site."""
        staged_path = self.staged_path(path)
        if self.becomes_output:
            _make_folder(os.path.dirname(staged_path))
        # Tens of thousands of files are written: buffers would take longer than the disk.
        with open(staged_path, "wb", buffering=0) as file:
            rest = memoryview(content)
            while rest:
                rest = rest[file.write(rest) :]


@contextmanager
def staging(folder: Path, *, clean: bool = False) -> Iterator[Stage]:
    """Give a new empty stage beside the output folder, and take it away afterwards.

    It lies on the same disk, so that what is staged takes its place by a rename. ``clean`` begins with an
    empty output folder; what it held comes back if nothing takes its place.
    """
    stage, backup = (folder.with_name(f".{folder.name}.{name}") for name in ("staging", "aside"))
    for leftover in filter(Path.exists, (stage, backup)):
        shutil.rmtree(leftover)
    stage.mkdir(parents=True)
    if clean:
        _set_aside(folder, backup)
    try:
        yield Stage(stage, becomes_output=not os.path.lexists(folder))
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        if backup.exists() and not os.path.lexists(folder):
            os.rename(backup, folder)
        shutil.rmtree(backup, ignore_errors=True)


def _set_aside(folder: Path, backup: Path) -> None:
    """Empty an output folder, if possible by putting it aside.

    To remove ten thousand files first would not only take its time: ext4 is slow to make new ones then, as it
    passes over the places of files that were removed a moment ago.
    """
    if folder.is_symlink() or os.path.ismount(folder):
        empty(folder)
    elif folder.exists():
        os.rename(folder, backup)


def fill_folder(folder: Path, root: Path, files: Mapping[str, bytes]) -> None:
    """Write files by path into a folder of their own, in place of all that it held.

    Raises:
        ForeignFolderError: the folder holds other files.
    """
    check_folder(folder, root, ISSUE_MARKER)
    with staging(folder) as stage:
        for path, content in {ISSUE_MARKER: _MARKER_TEXT.encode(), **files}.items():
            target = stage.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        empty(folder)
        stage.folder.rename(folder)


def commit(
    manifest: Manifest, stage: Stage, difference: Difference, bundles: Mapping[str, BundleRecord]
) -> None:
    """Move what is staged to its place, remove files that nobody claims, and note it in the manifest."""
    folder, key = manifest.folder, str(manifest.folder)
    # Whatever lies in a folder of which nothing is noted is looked at by the next build.
    if manifest.count() or not stage.becomes_output:
        manifest.mark_unfinished(difference.stale)
    blocking = _find_blocking(difference)
    if stage.becomes_output and not os.path.lexists(folder):
        stage.write(MARKER, _MARKER_TEXT.encode())
        os.rename(stage.folder, folder)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
        _remove(folder, blocking)
        # Pictures and styles are there before the pages that show them.
        for path in sorted(difference.stale, key=lambda path: (path.endswith(".html"), path)):
            target = os.path.join(key, path)
            _make_folder(os.path.dirname(target))
            os.replace(stage.staged_path(path), target)
    written = {}
    for path in difference.stale:
        status = os.stat(f"{key}/{path}")
        written[path] = Written(difference.fingerprints[path], status.st_mtime_ns, status.st_size)
    _remove(folder, (path for path in difference.gone if path not in blocking))
    manifest.record(written, difference.gone, bundles)


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _find_blocking(difference: Difference) -> frozenset[str]:
    """Return files that stand where a folder is to be, or in a folder where a file is to be."""
    if not difference.gone:
        return frozenset()
    wanted = frozenset(difference.paths)
    folders = folders_of(wanted)
    return frozenset(
        path
        for path in difference.gone
        if path in folders or any(parent.as_posix() in wanted for parent in PurePosixPath(path).parents)
    )


def _remove(folder: Path, paths: Iterable[str]) -> None:
    removed = tuple(paths)
    for path in removed:
        (folder / path).unlink(missing_ok=True)
    # To try is faster than to ask: a folder may have held ten thousand files.
    for parent in sorted(folders_of(removed), reverse=True):
        with suppress(OSError):
            (folder / parent).rmdir()
