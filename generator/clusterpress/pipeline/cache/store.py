"""The store: what earlier builds found out, in one SQLite file that may be deleted at any time.

It keeps values by key (abstracts, items, rendered bodies, published pictures), and what lies in each output
folder, of which `manifest` tells. SQLite's transactions make it safe against a kill; a store of another
version, or a broken one, is begun anew.
"""

import os
import pickle
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from clusterpress.pipeline.lock import BusyError

# Values are long: in a table without rowids they would lie among the keys, which takes three times as long to
# search and to fill.
_TABLES = """
create table version (code blob not null);
create table value (key blob primary key, content blob not null);
create table garbage (count integer not null);
insert into garbage values (0);
create table output (
  folder text, path text, fingerprint blob, changed integer, size integer, primary key (folder, path)
) without rowid;
create table bundle (
  folder text, name text, cache_key blob, size integer, digest blob, paths text, primary key (folder, name)
) without rowid;
create table revision (folder text primary key, number integer) without rowid;
"""

_CHUNK = 500
"""Values read or written in one go: SQLite bounds the keys of a query, and memory the values."""


class Store:
    """The opened store."""

    def __init__(self, path: Path, code: bytes, *, is_read_remotely: bool = False) -> None:
        """Open or begin the store at ``path`` for the code with this digest.

        ``is_far_read`` says that processes of other machines will read it. They cannot take part in SQLite's
        log, so the file itself changes only when it is sent to them: what they read stays as it was then.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._is_read_remotely = is_read_remotely
        self._process = os.getpid()
        self._connection = self._open(code)
        if is_read_remotely:
            self._connection.execute("pragma wal_autocheckpoint = 0")

    def __getstate__(self) -> tuple[Path, bool]:
        """Give another process what it needs to open the store for itself, to read from it."""
        if self._is_read_remotely:
            self._checkpoint()
        return self._path, self._is_read_remotely

    def __setstate__(self, state: tuple[Path, bool]) -> None:
        """Open the store in another process."""
        self._path, self._is_read_remotely = state
        self._process = os.getpid()
        self._connection = _connect_immutable(self._path) if self._is_read_remotely else _connect(self._path)

    def _checkpoint(self) -> None:
        """Bring everything from SQLite's log into the file.

        Raises:
            BusyError: another program reads the store.
        """
        is_busy, *_ = self._connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        if is_busy:
            raise BusyError(f"another program reads {self._path}: close it")

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this very process: SQLite's must not be carried across a fork."""
        if self._process != os.getpid():
            self._connection, self._process = _connect(self._path), os.getpid()
        return self._connection

    def _open(self, code: bytes) -> sqlite3.Connection:
        try:
            connection = _connect(self._path)
            version = connection.execute("select code from version").fetchone()
        except sqlite3.DatabaseError:
            version = None
        if version == (code,):
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
        found = self.find(keys)
        return [found[key] for key in keys]

    def find(self, keys: Sequence[bytes]) -> dict[bytes, Any]:
        """Return key → value for those of some keys under which something is kept."""
        return {key: pickle.loads(content) for key, content in self._rows("key, content", keys)}  # noqa: S301

    def find_packed(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return key → bytes, as `save_packed` took them, for those of some keys that have any."""
        return dict(self._rows("key, content", keys))

    def existing(self, keys: Sequence[bytes]) -> set[bytes]:
        """Return those of some keys under which something is kept."""
        return {key for (key,) in self._rows("key", keys)}

    def contains(self, key: bytes) -> bool:
        """Return whether something is kept under a key."""
        return bool(self.existing([key]))

    def _rows(self, columns: str, keys: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            # Columns and marks are ours; the keys themselves are bound.
            query = f"select {columns} from value where key in ({marks})"  # noqa: S608
            yield from self.connection.execute(query, chunk)

    def save(self, values: Iterable[tuple[bytes, Any]]) -> None:
        """Keep values by key."""
        self.save_packed((key, pack(value)) for key, value in values)

    def save_packed(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep packed values by key, a chunk at a time: a build that is killed keeps what it has."""
        values = iter(values)
        while rows := list(islice(values, _CHUNK)):
            with self._connection:
                self._connection.executemany("insert or replace into value values (?, ?)", rows)

    def add_garbage(self, count: int) -> int:
        """Note that so many more values may have fallen out of use; return how many may in all."""
        with self._connection:
            self._connection.execute("update garbage set count = count + ?", (count,))
        return int(self._connection.execute("select count from garbage").fetchone()[0])

    def collect_garbage(self, used: Collection[bytes]) -> None:
        """Drop every value but those under the given keys."""
        with self._connection:
            keys = (key for (key,) in self._connection.execute("select key from value").fetchall())
            unused = [(key,) for key in keys if key not in used]
            self._connection.executemany("delete from value where key = ?", unused)
            self._connection.execute("update garbage set count = 0")


class ReadOnlyStore(NamedTuple):
    """A store that is only looked at, whatever code it is of."""

    connection: sqlite3.Connection


def open_read_only(path: Path) -> ReadOnlyStore | None:
    """Open the store at ``path`` as it is, for reading; None if there is none."""
    return ReadOnlyStore(_connect(path)) if path.is_file() else None


def pack(value: object) -> bytes:
    """Return a value in the form in which it is kept."""
    return pickle.dumps(value, protocol=5)


def discard(path: Path) -> None:
    """Remove a store, with the files that SQLite keeps beside it."""
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def _connect_immutable(path: Path) -> sqlite3.Connection:
    """Read a file that stays as it is, without SQLite's log and locks; one thread at a time does."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    return connection
