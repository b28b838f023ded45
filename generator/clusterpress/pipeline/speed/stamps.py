"""Stamps: times and sizes of files, to open a project and find it up to date without reading files.

To read the settings, hash the theme and look up versions takes longer than the rest of a small build.
Therefore an opened project is saved, and loaded while none of its files has changed. A build finally saves
the stamps of all sources, and the time until which its result is valid: the end of the day, of an embargo, or
of an item's publication. The no-op check of the next build compares them.
"""

import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.store import DamagedValueError, open_read_only
from clusterpress.pipeline.paths import (
    THEMES,
    delete_value,
    load_value,
    project_inputs,
    save_value,
    store_file,
)
from clusterpress.sources.files import RACY_WINDOW, ScanResult, scan_of_themes, scan_sources, walk_own
from clusterpress.values.digests import digest, digest_bytes
from clusterpress.values.plain import is_plain
from clusterpress.values.problems import Problem

_PROJECT = "project.pickle"
_MAX_RACY = 100
"""If more sources than this have to be read because they changed a moment ago, no stamp is saved."""


class ProjectStamp(NamedTuple):
    """Times and sizes of the files that a project is opened from."""

    digest: bytes
    is_stable: bool
    """Whether no file changed so recently that its stamp may not show another change."""


def project_stamp_of(root: Path, *, untrusted: bool = False) -> ProjectStamp:
    """Return the stamp of a project's settings, themes and tools, and of whether it is trusted."""
    stamps = [*_stamps_of_themes(root), *_stamps(project_inputs(root))]
    latest = max((changed for _, changed, _ in stamps), default=0)
    # The program alone has more than a thousand files, which `repr` writes faster than `digest`.
    return ProjectStamp(digest(sys.version, untrusted, repr(stamps)), time.time_ns() - latest > RACY_WINDOW)


def load_project(root: Path, stamp: ProjectStamp) -> object | None:
    """Return the project that was saved with a stamp, or None; see `save_project`."""
    match load_value(root, _PROJECT):
        case (saved_stamp, project) if saved_stamp == stamp.digest and not is_plain():
            return project
    return None


def save_project(root: Path, stamp: ProjectStamp, project: object) -> None:
    """Save an opened project under its stamp, if it is stable and the project was built before.

    Args:
        root: the project's folder.
        stamp: the stamp of the project.
        project: the opened project.
    """
    if stamp.is_stable and not is_plain() and store_file(root).exists():
        save_value(root, _PROJECT, (stamp.digest, project))


def _stamps_of_themes(root: Path) -> Iterator[tuple[str, int, int]]:
    """Yield (path, time of change, size) of the files in the project's own themes, and the faults there."""
    folder, scan = root / THEMES, scan_of_themes(root)
    if folder.is_dir():
        yield from ((path, stamp.changed, stamp.size) for path, stamp in scan.files(folder, THEMES))
    yield from ((str(fault), 0, 0) for fault in sorted(scan.faults))


def _stamps(parts: list[Path]) -> Iterator[tuple[str, int, int]]:
    """Yield (path, time of change, size) of the parts, and of the folders in which packages are installed."""
    for part in parts:
        if part.is_dir():
            yield from ((path, stamp.changed, stamp.size) for path, stamp in walk_own(part, str(part)))
        elif part.exists():
            status = part.stat()
            yield str(part), status.st_mtime_ns, status.st_size
    for folder in sys.path:
        if folder.endswith("-packages") and Path(folder).is_dir():
            yield folder, Path(folder).stat().st_mtime_ns, 0


class Request(NamedTuple):
    """The output folder and the options of a build."""

    root: Path
    """The project's folder."""
    folder: Path
    """The output folder, absolute."""
    previews: bool
    strict: bool
    now: float
    """The time, in seconds since the epoch."""
    untrusted: bool = False
    """Whether nothing but the content is trusted."""

    def digest(self) -> bytes:
        """Return the digest of folder and options."""
        return digest(str(self.folder), self.previews, self.strict, self.untrusted)


class BuildStamp(NamedTuple):
    """The state that a successful build left."""

    project_stamp: bytes
    """See `ProjectStamp`; empty if its files changed a moment before."""
    sources: bytes
    """Digest of the scan of all sources."""
    linked: tuple[str, ...]
    """Folders outside the project to which links may lead, as the settings say."""
    racy: tuple[tuple[str, bytes], ...]
    """(path, digest) of sources changed so recently that their stamps may not show a new change."""
    size: int
    """Number of outputs."""
    until: float
    """When something changes with time alone, in seconds since the epoch."""
    problems: tuple[Problem, ...]
    """All warnings, including those about the settings."""


def check_up_to_date(request: Request) -> tuple[BuildStamp | None, ScanResult | None]:
    """Return the stamp of the last build if everything still is as it left it: there is nothing to do.

    Also return the scan of the sources, if one was made, for the build that has to follow otherwise.
    """
    if is_plain():
        return None, None
    root, stamp, scan = request.root, _load_stamp(request), None
    try:
        if stamp is None or stamp.project_stamp != project_stamp_of(root, untrusted=request.untrusted).digest:
            return None, None
        scan = scan_sources(root, stamp.linked)
        is_current = (
            stamp.sources == digest_of_scan(scan.stamps, scan.left_out, scan.faults)
            and all(digest_bytes((root / path).read_bytes()) == content for path, content in stamp.racy)
            and _is_intact(root, request.folder, stamp.size)
        )
    except (OSError, sqlite3.Error, DamagedValueError):
        return None, scan
    return (stamp if is_current else None), scan


def write_stamp(request: Request, stamp: BuildStamp) -> None:
    """Record that an output folder is up to date."""
    if stamp.project_stamp and len(stamp.racy) <= _MAX_RACY and not is_plain():
        saved = (request.digest(), request.now, tuple(stamp))
        save_value(request.root, _name(request.folder), saved)


def delete_stamp(root: Path, folder: Path) -> None:
    """Delete the stamp of an output folder, before anything is done to it."""
    delete_value(root, _name(folder))


def digest_of_scan(
    stamps: Mapping[str, tuple[int, int]], left_out: Iterable[str], faults: Iterable[Problem]
) -> bytes:
    """Return the digest of a scan.

    Args:
        stamps: path → (time of change, size), in their order.
        left_out: paths that were left out because of their names, in their order.
        faults: links that are not followed and special files, in their order.
    """
    lines = [f"{path!r} {at} {size}" for path, (at, size) in stamps.items()]
    return digest_bytes("\n".join([*lines, repr((*left_out,)), *map(repr, faults)]).encode())


def _is_intact(root: Path, folder: Path, size: int) -> bool:
    """Return whether an output folder contains all files of its manifest, unmodified."""
    store = open_read_only(root)
    if store is None:
        return False
    with closing(store.connection):
        manifest = Manifest(store, folder)
        return manifest.count() == size and not manifest.find_modified()


def _load_stamp(request: Request) -> BuildStamp | None:
    """Return the stamp of the last build with the same options, if it is still valid."""
    match load_value(request.root, _name(request.folder)):
        case (saved, float(since), (_, _, _, _, _, _, _) as values) if saved == request.digest():
            stamp = BuildStamp._make(values)
            return stamp if since <= request.now < stamp.until else None
    return None


def _name(folder: Path) -> str:
    return f"build-{digest(str(folder)).hex()[:8]}.pickle"
