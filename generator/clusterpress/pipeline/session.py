"""Memory: what a process that builds again and again keeps from one build to the next.

A preview is told which files were saved. It need neither look at all others nor put all items in order again,
as long as the edit changed what one item says, and nobody else had a hand in the output folder.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from pathlib import Path

from clusterpress.library.build import check_library
from clusterpress.library.patching import can_patch, may_change_problems, patch
from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.source_index import Row
from clusterpress.pipeline.cache.store import Store, open_read_only
from clusterpress.pipeline.paths import CACHE_FOLDER, STORE
from clusterpress.pipeline.read import Snapshot, SourceSet, StoreLoader, is_picture
from clusterpress.sources.files import ScanResult, Stamp, scan_sources, walk
from clusterpress.values.digests import digest_bytes


@dataclass(slots=True)
class Session:
    """What is kept; empty at first, and good for one project, opened once, built with the same options."""

    sources: SourceSet | None = None
    """The sources as the last build took them in."""
    snapshot: Snapshot | None = None
    """What it gathered from them."""
    since: float = 0.0
    """When it was gathered, in seconds since the epoch."""
    revision: int = -1
    """Revision of the output folder when its files were last as they had to be."""

    def rescan(self, root: Path, changed: Iterable[str]) -> ScanResult:
        """Look at the files that changed, or at all if it is not only files, or nobody knows which.

        Args:
            root: the project's folder.
            changed: paths relative to it; none when it is not known which.
        """
        paths = tuple(changed)
        if self.sources is None or not paths:
            return scan_sources(root)
        began, stamps = time.time_ns(), dict(self.sources.stamps)
        for path in paths:
            file = root / path
            if file.is_file():
                status = file.stat()
                stamps[path] = Stamp(status.st_mtime_ns, status.st_size)
            elif file.exists() or path not in stamps:
                return scan_sources(root)
            else:
                del stamps[path]
        return ScanResult(began, stamps, frozenset(paths))

    def is_current(
        self, root: Path, folder: Path, now: datetime, should_stop: Callable[[], bool] = lambda: False
    ) -> bool:
        """Return whether a build would find nothing to do.

        Args:
            root: the project's folder.
            folder: the output folder.
            now: the time, with its zone.
            should_stop: says that something is more urgent: then the scan of the sources ends early, and
                those not looked at are taken to be as they were.
        """
        if self.sources is None or self.snapshot is None or self.revision != _revision_of(root, folder):
            return False
        if not self.since <= now.timestamp() < self.snapshot.until:
            return False
        rows = self.sources.rows
        left = len(rows)
        try:
            for path, (changed, size) in walk(root / "content", "content"):
                row = rows.get(path)
                if row is None or row.size != size or (row.changed and row.changed != changed):
                    return False
                # What changed a moment before it was read may have changed again within the clock's tick.
                if not row.changed and digest_bytes((root / path).read_bytes()) != row.digest:
                    return False
                if should_stop():
                    return True
                left -= 1
        except OSError:
            return False
        return not left

    def rows(self) -> dict[str, Row] | None:
        """Return the rows of all sources, if they are known."""
        return self.sources.rows if self.sources else None

    def patch(self, sources: SourceSet, store: Store, now: datetime) -> Snapshot | None:
        """Return what is gathered from sources that were taken in, if it can be told from what is kept."""
        old, before = self.snapshot, self.rows()
        if old is None or before is None or not self.since <= now.timestamp() < old.until:
            return None
        pairs = [(before.get(path), sources.rows.get(path)) for path in sources.touched]
        index_records = [(one and one.index_record, other and other.index_record) for one, other in pairs]
        changed, may_alter = [], False
        for one, other in index_records:
            if not (one and other and can_patch(old.library, one, other)):
                return None
            if any(
                is_picture(path) and path not in old.library.resolver.link_targets.pictures
                for path in other.shown
            ):
                return None  # it has yet to be developed
            changed.append(other)
            may_alter |= may_change_problems(old.library, one, other, old.library_problems)
        # The store that the last build opened is closed.
        store_loader = StoreLoader(store)
        old.library.resolver.item_loader.rebind(store_loader.item, store_loader.outline)
        library = reduce(patch, changed, old.library)
        library_problems = tuple(check_library(library)) if may_alter else old.library_problems
        problems = {*sources.problems(), *old.picture_problems, *library_problems}
        return replace(
            old, library=library, problems=tuple(sorted(problems)), library_problems=library_problems
        )

    def update(self, sources: SourceSet, snapshot: Snapshot, now: datetime) -> None:
        """Keep what was gathered from what was taken in."""
        self.sources, self.snapshot, self.since = sources, snapshot, now.timestamp()


def _revision_of(root: Path, folder: Path) -> int:
    """Return the revision of an output folder, whoever changed it last; -2 if nothing is known of it."""
    try:
        store = open_read_only(root / CACHE_FOLDER / STORE)
        if store is None:
            return -2
        with closing(store.connection):
            return Manifest(store, folder).revision()
    except sqlite3.Error:
        return -2
