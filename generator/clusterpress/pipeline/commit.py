"""Commit: move rendered files into the output folder. If the build is killed, every file is still complete.

Files are first staged beside the output folder. If there is no output folder yet, the staging folder is
renamed to it. Otherwise the manifest deletes the fingerprints of all paths that will change; then each staged
file is renamed to its path; and only then does the manifest record the new fingerprints. If a step fails, all
files are put back as they were. A build that is killed in between leaves complete files, old or new. The next
build renders the paths without a fingerprint.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from msgspec import Struct

from clusterpress.pipeline.cache.manifest import BundleRecord, Manifest, Written
from clusterpress.pipeline.changes import Changes, make_folder
from clusterpress.pipeline.compare import Difference
from clusterpress.pipeline.errors import ForeignFolderError
from clusterpress.pipeline.plan import folders_of
from clusterpress.values.digests import digest_bytes
from clusterpress.values.source_names import OUTPUT_MARKER

_INNER_STAGE = ".clusterpress-staging"
"""The staging folder within an output folder that is a mount point or a symbolic link."""
ISSUE_MARKER = ".clusterpress-issue"
"""Name of a file that marks the folder of an exported issue, so that the site's folder is not overwritten."""

_MARKER_TEXT = "This folder is written by clusterpress; files that it did not make are removed.\n"


def check_folder(folder: Path, root: Path, marker: str = OUTPUT_MARKER) -> None:
    """Check that an output folder may be written and emptied.

    Args:
        folder: the folder, absolute.
        root: the project's folder.
        marker: name of a file that only our folders contain.

    Raises:
        ForeignFolderError: it is a file, or contains foreign files or the project itself.
    """
    if folder == root or folder in root.parents or (root / "content") in (folder, *folder.parents):
        raise ForeignFolderError(f"{folder} contains the files of the project: choose another output folder")
    if folder.exists() and not folder.is_dir():
        raise ForeignFolderError(f"{folder} is a file: choose another output folder")
    names = set(os.listdir(folder)) if folder.is_dir() else set()
    if names - {_INNER_STAGE} and not (folder / marker).is_file():
        reason = "contains files that clusterpress did not write: empty it, or choose another folder"
        raise ForeignFolderError(f"{folder} {reason}")


def empty(folder: Path) -> None:
    """Remove everything from an output folder."""
    if folder.is_symlink() or os.path.ismount(folder):
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)


class Stage(Struct, frozen=True):
    """The staging folder, which contains outputs until all are made; any process can write there."""

    folder: Path
    becomes_output: bool
    """Whether it becomes the output folder. Only then does it contain subfolders: to create and remove
    thousands of folders can take longer than the rest of a build."""
    backup: Path | None = None
    """Where the output folder that it replaces is put meanwhile; None if it replaces none."""

    def staged_path(self, path: str) -> str:
        """Return the staged file for a path of the site."""
        return os.path.join(self.folder, path if self.becomes_output else digest_bytes(path.encode()).hex())

    def write(self, path: str, content: bytes) -> None:
        """Stage the file for a path of the site."""
        staged_path = self.staged_path(path)
        if self.becomes_output:
            make_folder(os.path.dirname(staged_path))
        # Tens of thousands of files are written: buffers would take longer than the disk.
        with open(staged_path, "wb", buffering=0) as file:
            rest = memoryview(content)
            while rest:
                rest = rest[file.write(rest) :]


@contextmanager
def staging(folder: Path, *, clean: bool = False) -> Iterator[Stage]:
    """Provide an empty staging folder on the disk of the output folder, and remove it afterwards.

    Args:
        folder: the output folder.
        clean: replace the output folder as a whole, if possible; it stays as it is until then.
    """
    restore(folder)
    stage = folder / _INNER_STAGE if _is_fixed(folder) else folder.with_name(f".{folder.name}.staging")
    if stage.exists():
        shutil.rmtree(stage)
    stage.mkdir(parents=True)
    is_missing = not os.path.lexists(folder)
    is_replaced = clean and not is_missing and not _is_fixed(folder)
    try:
        yield Stage(stage, is_missing or is_replaced, _backup_of(folder) if is_replaced else None)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def restore(folder: Path) -> None:
    """Put an output folder back if a build was killed while it replaced it."""
    backup = _backup_of(folder)
    if backup.exists():
        shutil.rmtree(backup) if os.path.lexists(folder) else os.rename(backup, folder)


def _backup_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.aside")


def _is_fixed(folder: Path) -> bool:
    """Return whether a folder cannot be renamed, and may be on another disk than the folder above it."""
    return folder.is_symlink() or os.path.ismount(folder)


def _put_in_place(stage: Stage, folder: Path) -> None:
    if not stage.backup:
        os.rename(stage.folder, folder)
        return
    try:
        os.rename(folder, stage.backup)
        os.rename(stage.folder, folder)
    except OSError:
        restore(folder)
        raise
    shutil.rmtree(stage.backup, ignore_errors=True)


def fill_folder(folder: Path, root: Path, files: Mapping[str, bytes]) -> None:
    """Replace the content of a folder that we wrote before, or create it.

    Args:
        folder: the folder, absolute.
        root: the project's folder.
        files: path below the folder → content.

    Raises:
        ForeignFolderError: the folder contains other files.
    """
    check_folder(folder, root, ISSUE_MARKER)
    with staging(folder, clean=True) as stage:
        if not stage.becomes_output:
            empty(folder)
        for path, content in {ISSUE_MARKER: _MARKER_TEXT.encode(), **files}.items():
            target = (stage.folder if stage.becomes_output else folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if stage.becomes_output:
            _put_in_place(stage, folder)


def commit(
    manifest: Manifest, stage: Stage, difference: Difference, bundles: Mapping[str, BundleRecord]
) -> None:
    """Move the staged files to the output folder, remove files that no output claims, update the manifest.

    Args:
        manifest: the manifest of the output folder.
        stage: the staging folder, with all stale outputs.
        difference: the stale outputs, and the files to remove.
        bundles: name → each bundle of the site.
    """
    folder, key = manifest.folder, str(manifest.folder)
    # If the manifest is empty, the next build checks every file in the folder anyway.
    if manifest.count() or not stage.becomes_output:
        manifest.mark_unfinished(difference.stale)
    if stage.becomes_output and (stage.backup or not os.path.lexists(folder)):
        stage.write(OUTPUT_MARKER, _MARKER_TEXT.encode())
        _put_in_place(stage, folder)
        _record(manifest, difference, bundles)
        return
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / OUTPUT_MARKER).is_file():
        (folder / OUTPUT_MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
    blocking = _find_blocking(difference)
    with Changes(key, stage.folder) as changes:
        changes.remove(blocking)
        _remove_folders(folder, blocking)
        # Pictures and styles come before the pages that use them.
        for path in sorted(difference.stale, key=lambda path: (path.endswith(".html"), path)):
            changes.put(stage.staged_path(path), path)
        changes.remove(path for path in difference.gone if path not in blocking)
        _record(manifest, difference, bundles)
    _remove_folders(folder, difference.gone)


def _record(manifest: Manifest, difference: Difference, bundles: Mapping[str, BundleRecord]) -> None:
    written = {}
    for path in difference.stale:
        status = os.stat(f"{manifest.folder}/{path}")
        written[path] = Written(difference.fingerprints[path], status.st_mtime_ns, status.st_size)
    manifest.record(written, difference.gone, bundles)


def _find_blocking(difference: Difference) -> frozenset[str]:
    """Return the files to remove first, because a new folder or file needs their path."""
    if not difference.gone:
        return frozenset()
    wanted = frozenset(difference.paths)
    folders = folders_of(wanted)
    return frozenset(
        path
        for path in difference.gone
        if path in folders or any(parent.as_posix() in wanted for parent in PurePosixPath(path).parents)
    )


def _remove_folders(folder: Path, paths: Iterable[str]) -> None:
    """Remove the folders of files that were removed, as far as they are empty."""
    # To try is faster than to list a folder that may have contained ten thousand files.
    for parent in sorted(folders_of(paths), reverse=True):
        with suppress(OSError):
            (folder / parent).rmdir()
