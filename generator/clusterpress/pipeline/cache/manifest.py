"""The manifest: what lies in an output folder, as the last build left it; the store keeps it.

A build asks of it what it needs, and never for all of it: a site has tens of thousands of files, of which an
edit touches a few.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from sqlite3 import Cursor
from typing import NamedTuple

from clusterpress.pipeline.cache.store import ReadOnlyStore, Store

MISSING = "it was missing in the output folder"
CHANGED = "it was changed in the output folder"
UNFINISHED = "the last build did not finish it"


class Written(NamedTuple):
    """A file of the output folder as a build left it."""

    fingerprint: bytes
    """As `Output.fingerprint`; empty for a file that is being replaced or was left by a killed build."""
    changed: int
    """Time of its last change, in nanoseconds."""
    size: int
    """Bytes."""


class BundleRecord(NamedTuple):
    """What was noted of a bundle when its outputs were last brought up to date."""

    cache_key: bytes
    """As `Bundle.cache_key`."""
    size: int
    """How many pages it has in a sitemap."""
    digest: bytes
    """Digest of what the sitemap says of them."""
    paths: str
    """Paths of its outputs, a line each."""


class Manifest:
    """What lies in one output folder. It can be given to another process, as the store can."""

    def __init__(self, store: Store | ReadOnlyStore, folder: Path) -> None:
        """Open the manifest of an output folder, given by its absolute path."""
        self.folder = folder
        self._store = store
        self._key = str(folder)
        self._count: int | None = None

    def _find(self, query: str, *values: object) -> Cursor:
        return self._store.connection.execute(query, (self._key, *values))

    def count(self) -> int:
        """Return how many files there are."""
        if self._count is None:
            self._count = int(self._find("select count(*) from output where folder = ?").fetchone()[0])
        return self._count

    def paths(self) -> list[str]:
        """Return the paths of all files."""
        return [path for (path,) in self._find("select path from output where folder = ?")]

    def fingerprints(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return path → fingerprint of those of some files that are there."""
        if not self.count():  # a first build asks for tens of thousands
            return {}
        query = "select fingerprint from output where folder = ? and path = ?"
        rows = ((path, self._find(query, path).fetchone()) for path in paths)
        return {path: row[0] for path, row in rows if row}

    def larger_than(self, size: int) -> list[tuple[str, int]]:
        """Return path and size of each file with more bytes than ``size``."""
        query = "select path, size from output where folder = ? and size > ?"
        return [(path, found) for path, found in self._find(query, size)]

    def bundles(self) -> dict[str, BundleRecord]:
        """Return name → what was noted of each bundle."""
        query = "select name, cache_key, size, digest, paths from bundle where folder = ?"
        return {name: BundleRecord._make(row) for name, *row in self._find(query)}

    def revision(self) -> int:
        """Return how often the folder was changed: another number means other files."""
        found = self._find("select number from revision where folder = ?").fetchone()
        return int(found[0]) if found else 0

    def find_modified(self) -> dict[str, str]:
        """Return path → why for each file that is not, or no longer, as the last build meant to leave it."""
        query = "select path, changed, size, length(fingerprint) from output where folder = ?"
        below, stat = f"{self._key}/", os.stat
        modified: dict[str, str] = {}
        for path, changed, size, is_finished in self._find(query):
            try:
                status = stat(below + path)
            except OSError:
                modified[path] = MISSING
                continue
            if not is_finished:
                modified[path] = UNFINISHED
            elif status.st_mtime_ns != changed or status.st_size != size:
                modified[path] = CHANGED
        return modified

    def mark_unfinished(self, paths: Iterable[str]) -> None:
        """Note that some files are about to be written: until `record`, nothing is known of them."""
        self._count = None
        with self._store.connection as connection:
            rows = ((self._key, path, b"", 0, 0) for path in paths)
            connection.executemany("insert or replace into output values (?, ?, ?, ?, ?)", rows)

    def record(
        self, written: Mapping[str, Written], gone: Iterable[str], bundles: Mapping[str, BundleRecord]
    ) -> None:
        """Note, all at once, what was written and what was removed, and which bundles there are now."""
        self._count = None
        removed = tuple(gone)
        known = dict(self._find("select name, cache_key from bundle where folder = ?"))
        dropped = known.keys() - bundles.keys()
        changed = ((name, one) for name, one in bundles.items() if known.get(name) != one.cache_key)
        with self._store.connection as connection:
            rows = ((self._key, path, *one) for path, one in written.items())
            connection.executemany("insert or replace into output values (?, ?, ?, ?, ?)", rows)
            connection.executemany(
                "delete from output where folder = ? and path = ?", ((self._key, path) for path in removed)
            )
            connection.executemany(
                "delete from bundle where folder = ? and name = ?", ((self._key, name) for name in dropped)
            )
            connection.executemany(
                "insert or replace into bundle values (?, ?, ?, ?, ?, ?)",
                ((self._key, name, *one) for name, one in changed),
            )
            if written or removed:
                number = self.revision() + 1
                connection.execute("insert or replace into revision values (?, ?)", (self._key, number))
