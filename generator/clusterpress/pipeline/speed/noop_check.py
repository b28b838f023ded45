"""Up to date: the quick answer of a build that has nothing to do.

When a build ends, it notes the time and size of all that it looked at (sources, outputs, what the project is
opened from), and until when its answer holds: until the day ends, or an embargo or an item's time does. A
build that finds everything so need not know what a site is: it reads neither the store nor the settings.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.pickle_cache import load, save
from clusterpress.pipeline.cache.store import open_read_only
from clusterpress.pipeline.paths import CACHE_FOLDER, STORE, project_inputs
from clusterpress.pipeline.speed.project_cache import project_stamp_of
from clusterpress.sources.files import ScanResult, Stamp, scan_sources
from clusterpress.values.digests import digest, digest_bytes
from clusterpress.values.problems import Problem

_MAX_RACY = 100
"""If more sources than this have to be read because they changed a moment ago, nothing is noted."""


class BuildStamp(NamedTuple):
    """What a build left behind in order."""

    request: bytes
    """Digest of the output folder and the options."""
    project_stamp: bytes
    """Mark of what the project's opening came of; see `last_opening`."""
    sources: bytes
    """Digest of the stamps of all sources."""
    racy: tuple[tuple[str, bytes], ...]
    """(path, digest) of sources that changed so shortly before the build that their stamps may not tell."""
    size: int
    """How many outputs there are; what they have to be like, the manifest says."""
    since: float
    """Time of the build, in seconds since the epoch."""
    until: float
    """When something changes by the clock alone."""
    problems: tuple[Problem, ...]
    """All warnings, those about the settings too."""


class Request(NamedTuple):
    """What a build is asked to bring up to date."""

    root: Path
    """The project's folder."""
    folder: Path
    """The output folder, absolute."""
    previews: bool
    """As for `build`."""
    strict: bool
    """As for `build`."""
    now: float
    """The time, in seconds since the epoch."""


def check_up_to_date(request: Request) -> tuple[BuildStamp | None, ScanResult | None]:
    """Return the note of the last build if all is as it says: then there is nothing to do.

    Returns also what the sources look like, if that was looked at, for the build that has to be done else.
    """
    root, folder, previews, strict, now = request
    stamp, scan = _load_stamp(root, folder), None
    try:
        if (
            stamp
            and stamp.since <= now < stamp.until
            and stamp.request == digest(str(folder), previews, strict)
            and stamp.project_stamp == project_stamp_of(project_inputs(root)).digest
        ):
            scan = scan_sources(root)
        is_current = (
            stamp is not None
            and scan is not None
            and stamp.sources == digest_of_stamps(scan.stamps)
            and all(digest_bytes((root / path).read_bytes()) == content for path, content in stamp.racy)
            and _is_intact(root, folder, stamp.size)
        )
    except (OSError, sqlite3.Error):
        return None, scan
    return (stamp if is_current else None), scan


def write_stamp(
    root: Path,
    folder: Path,
    *,
    previews: bool,
    strict: bool,
    project_stamp: bytes,
    sources: Mapping[str, Stamp],
    racy: Mapping[str, bytes],
    size: int,
    since: float,
    until: float,
    problems: Iterable[Problem],
) -> None:
    """Note that an output folder is up to date; what the arguments mean is told in `BuildStamp`."""
    if not project_stamp or len(racy) > _MAX_RACY:
        return
    stamp = BuildStamp(
        request=digest(str(folder), previews, strict),
        project_stamp=project_stamp,
        sources=digest_of_stamps(sources),
        racy=tuple(racy.items()),
        size=size,
        since=since,
        until=until,
        problems=tuple(sorted(problems)),
    )
    save(_stamp_path(root, folder), tuple(stamp))


def delete_stamp(root: Path, folder: Path) -> None:
    """Take back what was noted of an output folder, before anything is done to it."""
    _stamp_path(root, folder).unlink(missing_ok=True)


def _is_intact(root: Path, folder: Path, size: int) -> bool:
    """Return whether an output folder holds so many files as the manifest says, all of them as it says."""
    store = open_read_only(root / CACHE_FOLDER / STORE)
    if store is None:
        return False
    with closing(store.connection):
        manifest = Manifest(store, folder)
        return manifest.count() == size and not manifest.find_modified()


def digest_of_stamps(stamps: Mapping[str, tuple[int, int]]) -> bytes:
    """Return the digest of path → (time of change, size), in their order."""
    return digest_bytes("\n".join([f"{path!r} {at} {size}" for path, (at, size) in stamps.items()]).encode())


def _load_stamp(root: Path, folder: Path) -> BuildStamp | None:
    match load(_stamp_path(root, folder)):
        case tuple() as values if len(values) == len(BuildStamp._fields):
            return BuildStamp._make(values)
    return None


def _stamp_path(root: Path, folder: Path) -> Path:
    return root / CACHE_FOLDER / f"up_to_date-{digest(str(folder)).hex()[:8]}.pickle"
