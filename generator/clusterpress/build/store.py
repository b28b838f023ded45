"""The store: what earlier builds found out, in one SQLite file that may be deleted at any time.

It keeps three things: what source files looked like (so that unchanged ones are not read again), values by
key (items, rendered bodies, published pictures), and what lies in each output folder (the manifest).
SQLite's transactions make it safe against a kill; a store of another version, or a broken one, is begun anew.
"""

import os
import pickle
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

_TABLES = """
create table version (code blob not null);
create table source (path text primary key, changed integer, size integer, digest blob) without rowid;
create table value (key blob primary key, content blob not null) without rowid;
create table output (
  folder text, path text, fingerprint blob, changed integer, size integer, primary key (folder, path)
) without rowid;
"""

_CHUNK = 500
"""Values read or written in one go: SQLite bounds the keys of a query, and memory the values."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the disk says of a file without opening it."""

    changed: int
    """Time of the last change, in nanoseconds."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the output folder as the last build left it."""

    fingerprint: Mapping[str, bytes]
    """Digest of each input; empty for a file that is being replaced or was left by a killed build."""
    stamp: Stamp


class Store:
    """The opened store."""

    def __init__(self, path: Path, code: bytes) -> None:
        """Open or begin the store at ``path`` for the code with this digest."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._code = code
        self._process = os.getpid()
        self._connection = self._open(code)
        self._held = {key for (key,) in self._connection.execute("select key from value")}
        self._used: set[bytes] = set()

    def __getstate__(self) -> tuple[Path, bytes]:
        """Give another process what it needs to open the store for itself."""
        return self._path, self._code

    def __setstate__(self, state: tuple[Path, bytes]) -> None:
        """Open the store in another process."""
        self.__init__(*state)  # type: ignore[misc]

    def _reader(self) -> sqlite3.Connection:
        """Return a connection of this very process: SQLite's must not be carried across a fork."""
        if self._process != os.getpid():
            self._connection, self._process = _connect(self._path), os.getpid()
        return self._connection

    def _open(self, code: bytes) -> sqlite3.Connection:
        try:
            connection = _connect(self._path)
            held = connection.execute("select code from version").fetchone()
        except sqlite3.DatabaseError:
            held = None
        if held == (code,):
            return connection
        discard(self._path)
        connection = _connect(self._path)
        connection.executescript(_TABLES)
        with connection:
            connection.execute("insert into version values (?)", (code,))
        return connection

    def close(self) -> None:
        """Write everything down and let go of the file."""
        self._connection.close()

    def sources(self) -> dict[str, tuple[Stamp, bytes]]:
        """Return path → (stamp, digest) of the source files as last seen."""
        rows = self._connection.execute("select path, changed, size, digest from source")
        return {path: (Stamp(changed, size), digest) for path, changed, size, digest in rows}

    def keep_sources(self, sources: Mapping[str, tuple[Stamp, bytes]]) -> None:
        """Replace what is known of the source files."""
        with self._connection:
            self._connection.execute("delete from source")
            rows = ((path, s.changed, s.size, digest) for path, (s, digest) in sources.items())
            self._connection.executemany("insert into source values (?, ?, ?, ?)", rows)

    def value(self, key: bytes) -> Any:
        """Return the value kept under a key.

        Raises:
            KeyError: nothing is kept under it.
        """
        return self.values([key])[0]

    def values(self, keys: Sequence[bytes]) -> list[Any]:
        """Return the values kept under some keys, in the order of the keys.

        Raises:
            KeyError: nothing is kept under one of them.
        """
        found: dict[bytes, Any] = {}
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            # The marks are ours; the keys themselves are bound.
            rows = self._reader().execute(
                f"select key, content from value where key in ({marks})",  # noqa: S608
                chunk,
            )
            found |= {key: pickle.loads(content) for key, content in rows}  # noqa: S301 -- our own file
        self._used.update(keys)
        return [found[key] for key in keys]

    def holds(self, key: bytes) -> bool:
        """Return whether a value is kept under a key, and count it as still in use."""
        self._used.add(key)
        return key in self._held

    def keep(self, values: Iterable[tuple[bytes, Any]]) -> None:
        """Keep values by key, a chunk at a time: a build that is killed keeps what it has."""
        values = iter(values)
        while rows := [(key, pickle.dumps(value, protocol=5)) for key, value in islice(values, _CHUNK)]:
            with self._connection:
                self._connection.executemany("insert or replace into value values (?, ?)", rows)
            self._used.update(key for key, _ in rows)
            self._held.update(key for key, _ in rows)

    def forget_unused(self) -> None:
        """Drop every value that nobody asked for since the store was opened."""
        unused = self._held - self._used
        with self._connection:
            self._connection.executemany("delete from value where key = ?", ((key,) for key in unused))
        self._held -= unused

    def written(self, folder: str) -> dict[str, Written]:
        """Return path → what the last build wrote there, for an output folder."""
        query = "select path, fingerprint, changed, size from output where folder = ?"
        rows = self._connection.execute(query, (folder,))
        return {p: Written(pickle.loads(f), Stamp(c, s)) for p, f, c, s in rows}  # noqa: S301 -- our own

    def record(self, folder: str, written: Mapping[str, Written], gone: Iterable[str] = ()) -> None:
        """Note what was written to an output folder and what was removed from it."""
        with self._connection:
            rows = (
                (folder, path, pickle.dumps(dict(w.fingerprint), protocol=5), w.stamp.changed, w.stamp.size)
                for path, w in written.items()
            )
            self._connection.executemany("insert or replace into output values (?, ?, ?, ?, ?)", rows)
            removed = ((folder, path) for path in gone)
            self._connection.executemany("delete from output where folder = ? and path = ?", removed)


def discard(path: Path) -> None:
    """Remove a store, with the files that SQLite keeps beside it."""
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    return connection
