"""The manifest of an output folder: its files as the last build left them; the store contains it.

A build queries only what it needs: a site has tens of thousands of files, of which an edit changes few.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from sqlite3 import Cursor
from typing import NamedTuple
from zlib import crc32

from clusterpress.pipeline.cache.store import DamagedValueError, ReadOnlyStore, Store

MISSING = "it was missing in the output folder"
CHANGED = "it was changed in the output folder"
UNFINISHED = "the last build did not finish it"


class Written(NamedTuple):
    """A file of the output folder as a build left it."""

    fingerprint: bytes
    """See `Output.fingerprint`; empty while a file is being replaced, and if a killed build left it."""
    changed: int
    """Time of its last change, in nanoseconds."""
    size: int
    """Bytes."""


class BundleRecord(NamedTuple):
    """A bundle when its outputs were last brought up to date."""

    cache_key: bytes
    """See `Bundle.cache_key`."""
    size: int
    """Number of its pages in the sitemap."""
    digest: bytes
    """Digest of their entries in the sitemap."""
    paths: str
    """Paths of its outputs, one per line."""


class Manifest:
    """The files of one output folder. Like the store, it can be sent to another process."""

    def __init__(self, store: Store | ReadOnlyStore, folder: Path) -> None:
        """Open the manifest of an output folder, given by its absolute path."""
        self.folder = folder
        self._store = store
        self._key = str(folder)
        self._count: int | None = None

    def _find(self, query: str, *values: object) -> Cursor:
        return self._store.connection.execute(query, (self._key, *values))

    def count(self) -> int:
        """Return the number of files."""
        if self._count is None:
            self._count = int(self._find("select count(*) from output where folder = ?").fetchone()[0])
        return self._count

    def paths(self) -> list[str]:
        """Return the paths of all files."""
        return [path for (path,) in self._find("select path from output where folder = ?")]

    def fingerprints(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return path → fingerprint, for those of the paths that the manifest contains."""
        if not self.count():  # a first build asks for tens of thousands
            return {}
        query = "select fingerprint from output where folder = ? and path = ?"
        rows = ((path, self._find(query, path).fetchone()) for path in paths)
        return {path: row[0] for path, row in rows if row}

    def bundles(self) -> dict[str, BundleRecord]:
        """Return name → record of each bundle.

        Raises:
            DamagedValueError: a record is not what was written.
        """
        query = "select name, cache_key, size, digest, paths, checksum from bundle where folder = ?"
        found = {}
        for name, *row, checksum in self._find(query):
            found[name] = BundleRecord._make(row)
            if checksum != _checksum(name, found[name]):
                raise DamagedValueError
        return found

    def revision(self) -> int:
        """Return how many builds changed the folder: another number means other files."""
        found = self._find("select number from revision where folder = ?").fetchone()
        return int(found[0]) if found else 0

    def _recorded_count(self) -> int:
        found = self._find("select files from revision where folder = ?").fetchone()
        return int(found[0]) if found else 0

    def find_modified(self) -> dict[str, str]:
        """Return path → reason for each file that differs from what the last build was to leave there.

        A damaged time, size, fingerprint or path needs no checksum: its file then counts as modified.

        Raises:
            DamagedValueError: files are missing in the manifest.
        """
        query = "select path, changed, size, length(fingerprint) from output where folder = ?"
        below, stat = f"{self._key}/", os.stat
        modified: dict[str, str] = {}
        if self.count() < self._recorded_count():
            raise DamagedValueError
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
        """Record that files are about to be written; their content is unknown until `record`."""
        self._count = None
        with self._store.connection as connection:
            rows = ((self._key, path, b"", 0, 0) for path in paths)
            connection.executemany("insert or replace into output values (?, ?, ?, ?, ?)", rows)

    def record(
        self, written: Mapping[str, Written], gone: Iterable[str], bundles: Mapping[str, BundleRecord]
    ) -> None:
        """Record the result of a build, in one transaction.

        Args:
            written: path → each file that was written.
            gone: paths of the files that were removed.
            bundles: name → each bundle of the site; other bundles are forgotten.
        """
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
                "insert or replace into bundle values (?, ?, ?, ?, ?, ?, ?)",
                ((self._key, name, *one, _checksum(name, one)) for name, one in changed),
            )
            if written or removed:
                values = (self._key, self.revision() + 1, self.count())
                connection.execute("insert or replace into revision values (?, ?, ?)", values)


def _checksum(name: str, record: BundleRecord) -> int:
    return crc32(repr((name, *record)).encode())
