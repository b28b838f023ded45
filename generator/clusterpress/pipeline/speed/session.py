"""Session: the data that a preview keeps from one build to the next.

A preview knows which files were saved. It need not scan all others, nor assemble the library again, if the
edit changed only what one item says and no other build touched the output folder.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import datetime
from functools import reduce
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.library.build import check_library
from clusterpress.library.patching import can_patch, may_change_problems, patch
from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.source_index import Row
from clusterpress.pipeline.cache.store import Store, open_read_only
from clusterpress.pipeline.pictures import is_picture
from clusterpress.pipeline.read import SourceSet
from clusterpress.pipeline.snapshot import Snapshot, StoreLoader
from clusterpress.sources.files import ScanResult, Stamp, scan_sources, walk
from clusterpress.values.digests import digest_bytes
from clusterpress.values.plain import is_plain


class Session(Struct):
    """Empty at first; valid for one project, opened once, built with the same options."""

    sources: SourceSet | None = None
    """The sources as the last build read them."""
    snapshot: Snapshot | None = None
    """The snapshot of them."""
    since: float = 0.0
    """Time of the snapshot, in seconds since the epoch."""
    revision: int = -1
    """Revision of the output folder after the last successful build."""

    def rescan(self, root: Path, changed: Iterable[str]) -> ScanResult:
        """Scan the files that changed, given by their paths relative to the project's folder.

        Scans all sources if folders changed too, or if no path is given: the changes are unknown.
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
        return ScanResult(began, stamps, frozenset(paths), self.sources.left_out)

    def is_current(
        self, root: Path, folder: Path, now: datetime, should_stop: Callable[[], bool] = lambda: False
    ) -> bool:
        """Return whether a build would find nothing to do.

        Args:
            root: the project's folder.
            folder: the output folder.
            now: the time, with its zone.
            should_stop: returns whether something is more urgent. The scan of the sources then ends early,
                and those not scanned count as unchanged.
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
                # A file that changed just before it was read may have changed again within the same tick.
                if not row.changed and digest_bytes((root / path).read_bytes()) != row.digest:
                    return False
                if should_stop():
                    return True
                left -= 1
        except OSError:
            return False
        return not left

    @property
    def rows(self) -> dict[str, Row] | None:
        """The rows of all sources, if they are known."""
        return self.sources.rows if self.sources else None

    def patch(self, sources: SourceSet, store: Store, now: datetime) -> Snapshot | None:
        """Return the snapshot of newly read sources, if the last one can be patched.

        Args:
            sources: the sources, read.
            store: results of earlier builds.
            now: the time of the build, with its zone.
        """
        old, before = self.snapshot, self.rows
        if old is None or before is None or not self.since <= now.timestamp() < old.until:
            return None
        pairs = [(before.get(path), sources.rows.get(path)) for path in sources.touched]
        index_records = [(one and one.index_record, other and other.index_record) for one, other in pairs]
        changed, may_have_problems = [], False
        for one, other in index_records:
            if not (one and other and can_patch(old.library, one, other)):
                return None
            if any(
                is_picture(path) and path not in old.library.resolver.link_targets.pictures
                for path in other.shown
            ):
                return None  # it is not processed yet
            changed.append(other)
            may_have_problems |= may_change_problems(old.library, one, other, old.library_problems)
        # The store of the last build is closed.
        store_loader = StoreLoader(store)
        old.library.resolver.item_loader.rebind(store_loader.item, store_loader.outline)
        library = reduce(patch, changed, old.library)
        library_problems = tuple(check_library(library)) if may_have_problems else old.library_problems
        problems = {*sources.problems(), *old.picture_problems, *library_problems}
        return replace(
            old, library=library, problems=tuple(sorted(problems)), library_problems=library_problems
        )

    def update(self, sources: SourceSet, snapshot: Snapshot, now: datetime) -> None:
        """Keep sources and their snapshot for the next build.

        Args:
            sources: the sources, read.
            snapshot: the snapshot of them.
            now: its time, with its zone.
        """
        if not is_plain():
            self.sources, self.snapshot, self.since = sources, snapshot, now.timestamp()

    def settle(self, revision: int) -> None:
        """Record the revision of the output folder, which now agrees with the snapshot."""
        if self.sources is not None:
            self.revision = revision


def _revision_of(root: Path, folder: Path) -> int:
    """Return the revision of an output folder, also after other builds; -2 if it is unknown."""
    with suppress(sqlite3.Error):
        if store := open_read_only(root):
            with closing(store.connection):
                return Manifest(store, folder).revision()
    return -2
