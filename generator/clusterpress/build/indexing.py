"""Indexing: Pagefind makes the shards that changed, while the plan is made; the store keeps their files.

Pagefind runs as a program of its own, which ends when this process does: it reads from us until then.
"""

import subprocess
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from clusterpress.build.gather import Work
from clusterpress.build.store import Store
from clusterpress.digests import digest, of_bytes
from clusterpress.problems import Problem
from clusterpress.search import (
    FIRST,
    LARGEST,
    IndexFile,
    Record,
    ServiceError,
    Shard,
    folder_of,
    make_record,
    read_answers,
    read_files,
    requests,
    settle,
)

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_BATCH = 500
"""Bodies that are in memory at one time."""


class Indexing:
    """The making of an index; leaving its context ends what is still running."""

    def __init__(self, shards: Sequence[Shard], store: Store, work: Work, *, may_lag: bool = False) -> None:
        """Begin to index what the store does not have yet.

        Args:
            shards: all shards of the site.
            store: keeps the files of each shard, and has the bodies of its entries.
            work: how it is done.
            may_lag: be content with the last index of a shard that there was, whatever changed since.
        """
        self._store = store
        self._work = work
        self._keys = [(shard, _key_of(shard, store, may_lag=may_lag)) for shard in shards]
        self.problems: list[Problem] = []
        """What went wrong, once `files` was called."""
        self.replaced = 0
        """How many files were made anew: as many may lie in the store that nobody asks for any more."""
        stale = [(shard, key) for shard, key in self._keys if not store.holds(key)]
        self._pool: ThreadPoolExecutor | None = None
        self._running: list[tuple[Shard, bytes, Future[list[IndexFile]]]] = []
        if stale:
            # Imported when there is something to index, which takes longer.
            from concurrent import futures

            workers = _side_by_side([shard for shard, _ in stale], work.jobs)
            pool = self._pool = futures.ThreadPoolExecutor(workers)
            self._running = [
                (shard, key, pool.submit(_index, shard, list(_records(shard, store)))) for shard, key in stale
            ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def used(self) -> set[bytes]:
        """Return the keys of the stored values that indexing itself asks for."""
        return {key for _, key in self._keys} | {_last(shard) for shard, _ in self._keys}

    def files(self) -> list[tuple[str, bytes]]:
        """Return (path below the root, key of the stored content) of every file, when all are made."""
        for done, (shard, key, future) in enumerate(self._running, start=1):
            try:
                self._keep(shard, key, future.result())
            except (OSError, ImportError, ServiceError) as fault:
                self.problems.append(_describe(fault))
                return []
            self._work.report("indexing for search", done, len(self._running))
        found = []
        for shard, key in self._keys:
            folder = folder_of(shard.lang, shard.name)
            found += [(folder + path, content) for path, content in self._store.value(key)]
        return found

    def _keep(self, shard: Shard, key: bytes, files: Sequence[IndexFile]) -> None:
        contents = {of_bytes(file.content): file.content for file in files}
        held = self._store.held(list(contents))
        new = [(one, content) for one, content in contents.items() if one not in held]
        names = tuple((file.path, of_bytes(file.content)) for file in files)
        self._store.keep([*new, (key, names), (_last(shard), key)])
        self.replaced += len(new)


def _key_of(shard: Shard, store: Store, *, may_lag: bool) -> bytes:
    """Return the key of the index to publish: that of the shard, or of its last index if that will do."""
    key = shard.key
    if store.holds(_last(shard)) and may_lag and not store.holds(key):
        last: bytes = store.value(_last(shard))
        return last if store.holds(last) else key
    return key


def _last(shard: Shard) -> bytes:
    return digest("last index", shard.lang, shard.name)


def _side_by_side(shards: Sequence[Shard], jobs: int) -> int:
    """Return how many shards to index at one time: together they take no more memory than the largest may."""
    largest = max((len(shard.entries) for shard in shards), default=0)
    return max(1, min(jobs, LARGEST // max(largest, 1)))


def _records(shard: Shard, store: Store) -> Iterator[Record]:
    for start in range(0, len(shard.entries), _BATCH):
        entries = shard.entries[start : start + _BATCH]
        bodies = store.values([entry.body for entry in entries])
        yield from (make_record(entry, body) for entry, body in zip(entries, bodies, strict=True))


def _index(shard: Shard, records: Sequence[Record]) -> list[IndexFile]:
    """Return the files of a shard's index.

    Raises:
        ServiceError: Pagefind refused, or ended before its work was done.
    """
    from pagefind_bin import get_executable

    with subprocess.Popen(  # noqa: S603 -- the program of a package that we depend on
        [str(get_executable()), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as service:
        assert service.stdin and service.stdout  # noqa: S101, PT018 -- both are pipes
        try:
            service.stdin.writelines(requests(records, shard.lang))
            service.stdin.flush()
            for answer in read_answers(_chunks(service.stdout)):
                if "files" in answer:
                    return settle(read_files(answer), shard.lang, first=shard.name == FIRST)
        finally:
            service.kill()
    message = f"it ended while {len(records)} items in the language {shard.lang} were indexed"
    raise ServiceError(message)


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read1(1 << 20):  # type: ignore[attr-defined]
        yield chunk


def _describe(fault: Exception) -> Problem:
    message = f"the search index cannot be made: Pagefind: {fault}"
    hint = 'install the package "pagefind_bin" anew, or set "search: false" to do without search'
    return Problem(path="site_config.yml", field="search", message=message, hint=hint)
