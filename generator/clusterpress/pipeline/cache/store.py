"""The store: results of earlier builds, in one SQLite file that may be deleted at any time.

It keeps values by key (index records, items, rendered bodies, published pictures) and the manifest of each
output folder (see `manifest`). SQLite's transactions make it safe against a kill. A store of another version,
or a broken one, is created again.
"""

import os
import pickle
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from clusterpress.pipeline.errors import BusyError, CacheFolderError, DamagedCacheError, SourcesChangedError
from clusterpress.pipeline.paths import (
    CACHE_VARIABLE,
    delete_cache,
    is_private,
    make_cache_folder,
    make_work_folder,
    store_file,
)

# Values are long: in a table without rowids they would be stored between the keys, which makes searching and
# writing three times slower.
_TABLES = """
create table version (code blob not null);
create table value (key blob primary key, content blob not null, checksum integer not null);
create table garbage (count integer not null);
insert into garbage values (0);
create table output (
  folder text, path text, fingerprint blob, changed integer, size integer, primary key (folder, path)
) without rowid;
create table bundle (
  folder text, name text, cache_key blob, size integer, digest blob, paths text, checksum integer,
  primary key (folder, name)
) without rowid;
create table revision (folder text primary key, number integer, files integer) without rowid;
"""

_MACHINE_FAULTS = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    }
)
"""Primary result codes of SQLite for a full disk and the like, nothing is wrong with the file itself."""

_CHUNK = 500
"""Values read or written at once: SQLite limits the keys of a query, and memory the values."""


@contextmanager
def project_lock(root: Path) -> Iterator[None]:
    """Hold the lock of a project, which allows one build at a time.

    The system releases it even when the build is killed.

    Raises:
        BusyError: another build holds it.
        CacheFolderError: the work folder cannot be used.
    """
    from filelock import FileLock, Timeout  # imported here: the no-op check does not need it

    folder = make_work_folder(root)
    lock = FileLock(folder / "lock")
    try:
        # The workers of a killed build release it in a tenth of this time.
        lock.acquire(timeout=1.0)
    except Timeout as fault:
        raise BusyError("another build of this project is running: wait until it is done") from fault
    try:
        yield
    finally:
        lock.release()


@contextmanager
def locked_store(
    root: Path, code: bytes, *, is_read_remotely: bool = False, clean: bool = False
) -> "Iterator[Store]":
    """Open the store of a project while no other build runs.

    Args:
        root: the project's folder.
        code: digest of the code that makes outputs.
        is_read_remotely: processes of other machines will read the store.
        clean: discard the results of earlier builds.

    Raises:
        BusyError: another build is running.
        CacheFolderError: the user's cache folder cannot be used.
        DamagedCacheError: what lies there is damaged; it was deleted.
        SourcesChangedError: somebody deleted or renamed a file that was being read.
    """
    make_cache_folder(root)
    path = store_file(root)
    with project_lock(root):
        if clean:
            delete_cache(root)
        try:
            with closing(Store(path, code, is_read_remotely=is_read_remotely)) as store:
                yield store
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as fault:
            if (name := _name_in(root, fault.filename)) is None:
                raise
            raise SourcesChangedError(f"{name} vanished or changed while it was needed") from fault
        except (DamagedValueError, sqlite3.DatabaseError) as fault:
            # An extended result code holds the primary one in its last byte.
            if (getattr(fault, "sqlite_errorcode", None) or 0) & 0xFF in _MACHINE_FAULTS:
                message = f"the cache {path} cannot be used: {fault}; free space, or set {CACHE_VARIABLE}"
                raise CacheFolderError(message) from fault
            delete_cache(root)
            raise DamagedCacheError("the cache of this project was damaged, and was deleted") from fault


def _name_in(root: Path, name: object) -> str | None:
    """Return the path of a file below the project's folder; None for content/ itself and files elsewhere."""
    path = Path(name) if isinstance(name, str | Path) else root
    is_inside = path.is_relative_to(root) and path not in (root, root / "content")
    return path.relative_to(root).as_posix() if is_inside else None


class DamagedValueError(Exception):
    """A value in the store is not what was written there, or is missing."""


class Store:
    """The opened store."""

    def __init__(self, path: Path, code: bytes, *, is_read_remotely: bool = False) -> None:
        """Open or create the store at ``path`` for the code with this digest.

        If processes of other machines will read it, the file changes only when it is sent to them, because
        they cannot take part in SQLite's log: what they read stays as it was then.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._is_read_remotely = is_read_remotely
        self._process = os.getpid()
        self._connection = self._open(code)
        if is_read_remotely:
            self._connection.execute("pragma wal_autocheckpoint = 0")

    def __getstate__(self) -> tuple[Path, bool]:
        """Return what another process needs to open the store for reading.

        Raises:
            BusyError: another program reads the store.
        """
        if self._is_read_remotely:
            # What is in SQLite's log comes into the file.
            is_busy, *_ = self._connection.execute("pragma wal_checkpoint(truncate)").fetchone()
            if is_busy:
                raise BusyError(f"another program reads {self._path}: close it")
        return self._path, self._is_read_remotely

    def __setstate__(self, state: tuple[Path, bool]) -> None:
        """Open the store in another process."""
        self._path, self._is_read_remotely = state
        self._process = os.getpid()
        self._connection = _connect_immutable(self._path) if self._is_read_remotely else _connect(self._path)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this process: one of SQLite must not be used after a fork."""
        if self._process != os.getpid():
            self._connection, self._process = _connect(self._path), os.getpid()
        return self._connection

    def _open(self, code: bytes) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        try:
            _set_up(connection)
            version = connection.execute("select code from version").fetchone()
        except sqlite3.DatabaseError:
            version = None
        if version == (code,):
            return connection
        connection.close()  # Windows deletes no file that is open
        discard(self._path)
        connection = _connect(self._path)
        connection.executescript(_TABLES)
        with connection:
            connection.execute("insert into version values (?)", (code,))
        return connection

    def close(self) -> None:
        """Write everything and close the file."""
        self._connection.close()

    def value(self, key: bytes) -> Any:
        """Return the value stored under a key.

        Raises:
            DamagedValueError: nothing is stored under it.
        """
        return self.values([key])[0]

    def values(self, keys: Sequence[bytes]) -> list[Any]:
        """Return the values stored under some keys, in the order of the keys.

        Raises:
            DamagedValueError: nothing is stored under one of them.
        """
        found = self.find(keys)
        try:
            return [found[key] for key in keys]
        except KeyError as fault:
            raise DamagedValueError from fault

    def find(self, keys: Sequence[bytes]) -> dict[bytes, Any]:
        """Return key → value for those of some keys under which something is stored."""
        return {key: pickle.loads(content) for key, content in self._contents(keys)}  # noqa: S301

    def find_packed(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return key → bytes, as `save_packed` took them, for those of some keys that have any."""
        return dict(self._contents(keys))

    def existing(self, keys: Sequence[bytes]) -> set[bytes]:
        """Return those of some keys under which something is stored."""
        return {key for (key,) in self._rows("key", keys)}

    def contains(self, key: bytes) -> bool:
        """Return whether something is stored under a key."""
        return bool(self.existing([key]))

    def _contents(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        for key, content, checksum in self._rows("key, content, checksum", keys):
            if checksum != crc32(content, crc32(key)):
                raise DamagedValueError
            yield key, content

    def _rows(self, columns: str, keys: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            # Columns and marks are ours; the keys themselves are bound.
            query = f"select {columns} from value where key in ({marks})"  # noqa: S608
            yield from self.connection.execute(query, chunk)

    def save(self, values: Iterable[tuple[bytes, Any]]) -> None:
        """Store values by key."""
        self.save_packed((key, pack(value)) for key, value in values)

    def save_packed(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Store packed values by key, a chunk at a time: a killed build keeps what it has."""
        values = iter(values)
        while rows := list(islice(values, _CHUNK)):
            with self._connection:
                self._connection.executemany(
                    "insert or replace into value values (?, ?, ?)",
                    ((key, content, crc32(content, crc32(key))) for key, content in rows),
                )

    def add_garbage(self, count: int) -> int:
        """Add to the number of values that may be unused; return the new number."""
        with self._connection:
            self._connection.execute("update garbage set count = count + ?", (count,))
        return int(self._connection.execute("select count from garbage").fetchone()[0])

    def collect_garbage(self, used: Collection[bytes]) -> None:
        """Delete every value except those under the given keys."""
        with self._connection:
            keys = (key for (key,) in self._connection.execute("select key from value").fetchall())
            unused = [(key,) for key in keys if key not in used]
            self._connection.executemany("delete from value where key = ?", unused)
            self._connection.execute("update garbage set count = 0")


class ReadOnlyStore(NamedTuple):
    """A store opened for reading, of any version of the code."""

    connection: sqlite3.Connection


def open_read_only(root: Path) -> ReadOnlyStore | None:
    """Open the store of a project as it is, for reading; None if there is none of this user."""
    path = store_file(root)
    return ReadOnlyStore(_connect(path)) if path.is_file() and is_private(path.parent) else None


def pack(value: object) -> bytes:
    """Return a value in the form in which it is stored."""
    return pickle.dumps(value, protocol=5)


def discard(path: Path) -> None:
    """Delete a store, with the files that SQLite keeps beside it."""
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def _connect_immutable(path: Path) -> sqlite3.Connection:
    """Open a file that does not change, without SQLite's log and locks, for one thread at a time."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        _set_up(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
