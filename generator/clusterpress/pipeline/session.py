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
from pathlib import Path

from clusterpress.library.build import check_library
from clusterpress.library.patching import amend, can_amend, may_alter_faults
from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.source_index import Row
from clusterpress.pipeline.cache.store import Store, peek
from clusterpress.pipeline.paths import STORE, WORKSHOP
from clusterpress.pipeline.read import Gathered, Shelves, TakenIn, is_picture
from clusterpress.pipeline.scan import Seen, Stamp, look_around, walk
from clusterpress.values.digests import of_bytes


@dataclass(slots=True)
class Memory:
    """What is kept; empty at first, and good for one project, opened once, built with the same options."""

    taken: TakenIn | None = None
    """The sources as the last build took them in."""
    gathered: Gathered | None = None
    """What it gathered from them."""
    since: float = 0.0
    """When it was gathered, in seconds since the epoch."""
    revision: int = -1
    """Revision of the output folder when its files were last as they had to be."""

    def look(self, root: Path, changed: Iterable[str]) -> Seen:
        """Look at the files that changed, or at all if it is not only files, or nobody knows which.

        Args:
            root: the project's folder.
            changed: paths relative to it; none when it is not known which.
        """
        paths = tuple(changed)
        if self.taken is None or not paths:
            return look_around(root)
        began, stamps = time.time_ns(), dict(self.taken.stamps)
        for path in paths:
            file = root / path
            if file.is_file():
                status = file.stat()
                stamps[path] = Stamp(status.st_mtime_ns, status.st_size)
            elif file.exists() or path not in stamps:
                return look_around(root)
            else:
                del stamps[path]
        return Seen(began, stamps, frozenset(paths))

    def is_current(
        self, root: Path, folder: Path, now: datetime, is_wanted: Callable[[], bool] = lambda: False
    ) -> bool:
        """Return whether a build would find nothing to do.

        Args:
            root: the project's folder.
            folder: the output folder.
            now: the time, with its zone.
            is_wanted: says that there is something more urgent: then the look at the sources ends early, and
                those not looked at are taken to be as they were.
        """
        if self.taken is None or self.gathered is None or self.revision != _revision_of(root, folder):
            return False
        if not self.since <= now.timestamp() < self.gathered.until:
            return False
        rows = self.taken.rows
        left = len(rows)
        try:
            for path, (changed, size) in walk(root / "content", "content"):
                row = rows.get(path)
                if row is None or row.size != size or (row.changed and row.changed != changed):
                    return False
                # What changed a moment before it was read may have changed again within the clock's tick.
                if not row.changed and of_bytes((root / path).read_bytes()) != row.digest:
                    return False
                if is_wanted():
                    return True
                left -= 1
        except OSError:
            return False
        return not left

    def rows(self) -> dict[str, Row] | None:
        """Return the rows of all sources, if they are known."""
        return self.taken.rows if self.taken else None

    def amended(self, taken: TakenIn, store: Store, now: datetime) -> Gathered | None:
        """Return what is gathered from sources that were taken in, if it can be told from what is kept."""
        old, before = self.gathered, self.rows()
        if old is None or before is None or not self.since <= now.timestamp() < old.until:
            return None
        pairs = [(before.get(path), taken.rows.get(path)) for path in taken.touched]
        abstracts = [(one and one.abstract, other and other.abstract) for one, other in pairs]
        changed, may_alter = [], False
        for one, other in abstracts:
            if not (one and other and can_amend(old.library, one, other)):
                return None
            if any(is_picture(path) and path not in old.library.resolver.pictures for path in other.shown):
                return None  # it has yet to be developed
            changed.append(other)
            may_alter |= may_alter_faults(old.library, one, other, old.between)
        # The store that the last build opened is closed.
        shelves = Shelves(store)
        old.library.resolver.stacks.move(shelves.item, shelves.outline)
        for other in changed:
            amend(old.library, other)
        between = tuple(check_library(old.library)) if may_alter else old.between
        problems = {*taken.problems(), *old.faults, *between}
        return replace(old, problems=tuple(sorted(problems)), between=between)

    def keep(self, taken: TakenIn, gathered: Gathered, now: datetime) -> None:
        """Keep what was gathered from what was taken in."""
        self.taken, self.gathered, self.since = taken, gathered, now.timestamp()


def _revision_of(root: Path, folder: Path) -> int:
    """Return the revision of an output folder, whoever changed it last; -2 if nothing is known of it."""
    try:
        store = peek(root / WORKSHOP / STORE)
        if store is None:
            return -2
        with closing(store.connection):
            return Manifest(store, folder).revision()
    except sqlite3.Error:
        return -2
