"""No-op check: a build that has nothing to do finds out without reading the store or the settings.

When a build ends, it saves the time and size of everything it looked at (sources, outputs, settings, themes)
and until when its result holds: the end of the day, of an embargo, or of an item's publication.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from clusterpress.pipeline.cache import user_cache
from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.store import open_read_only
from clusterpress.pipeline.speed.project_cache import project_stamp_of
from clusterpress.sources.files import ScanResult, scan_sources
from clusterpress.values.digests import digest, digest_bytes
from clusterpress.values.plain import is_plain
from clusterpress.values.problems import Problem

_MAX_RACY = 100
"""If more sources than this have to be read because they changed a moment ago, no stamp is saved."""


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

    def digest(self) -> bytes:
        """Return the digest of folder and options."""
        return digest(str(self.folder), self.previews, self.strict)


class BuildStamp(NamedTuple):
    """The state that a successful build left."""

    project_stamp: bytes
    """See `project_cache`; empty if its files changed a moment before."""
    sources: bytes
    """Digest of the stamps of all sources."""
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
        if stamp is None or stamp.project_stamp != project_stamp_of(root).digest:
            return None, None
        scan = scan_sources(root)
        is_current = (
            stamp.sources == digest_of_stamps(scan.stamps)
            and all(digest_bytes((root / path).read_bytes()) == content for path, content in stamp.racy)
            and _is_intact(root, request.folder, stamp.size)
        )
    except (OSError, sqlite3.Error):
        return None, scan
    return (stamp if is_current else None), scan


def write_stamp(request: Request, stamp: BuildStamp) -> None:
    """Record that an output folder is up to date."""
    if stamp.project_stamp and len(stamp.racy) <= _MAX_RACY and not is_plain():
        saved = (request.digest(), request.now, tuple(stamp))
        user_cache.save(request.root, _name(request.folder), saved)


def delete_stamp(root: Path, folder: Path) -> None:
    """Delete the stamp of an output folder, before anything is done to it."""
    user_cache.delete(root, _name(folder))


def digest_of_stamps(stamps: Mapping[str, tuple[int, int]]) -> bytes:
    """Return the digest of path → (time of change, size), in their order."""
    return digest_bytes("\n".join([f"{path!r} {at} {size}" for path, (at, size) in stamps.items()]).encode())


def _is_intact(root: Path, folder: Path, size: int) -> bool:
    """Return whether an output folder holds as many files as its manifest says, all unmodified."""
    store = open_read_only(root)
    if store is None:
        return False
    with closing(store.connection):
        manifest = Manifest(store, folder)
        return manifest.count() == size and not manifest.find_modified()


def _load_stamp(request: Request) -> BuildStamp | None:
    """Return the stamp of the last build with the same options, if it holds at the time of this one."""
    match user_cache.load(request.root, _name(request.folder)):
        case (saved_request, float(since), tuple() as values) if saved_request == request.digest() and len(
            values
        ) == len(BuildStamp._fields):
            stamp = BuildStamp._make(values)
            return stamp if since <= request.now < stamp.until else None
    return None


def _name(folder: Path) -> str:
    return f"build-{digest(str(folder)).hex()[:8]}.pickle"
