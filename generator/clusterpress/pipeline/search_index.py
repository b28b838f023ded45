"""The search index: Pagefind indexes the blocks that changed, while the plan is made; shards merge blocks.

The store contains the index of each block, and the files of each shard. Pagefind runs in its own process,
which reads from this one and therefore ends with it.
"""

import errno
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Self

from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.paths import CONFIG
from clusterpress.pipeline.run_context import RunContext
from clusterpress.search.merge import fragments, merge, width_of
from clusterpress.search.parts import Part, read_part
from clusterpress.search.records import Record, ServiceError, make_record, read_answers, read_files, requests
from clusterpress.search.shards import RECENT, Block, Shard, bundle, folder_of
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.outputs import Bundle
from clusterpress.values.problems import Problem

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_IS_PAGEFIND = frozenset({None, errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOEXEC})
"""Numbers of system errors for which Pagefind's package is to blame, and not a full disk or the like."""

IndexedBlock = tuple[Part, Mapping[bytes, bytes]]
"""The index of a block, and digest → content of its files."""


class IndexBuilder:
    """Builds the search index; at the end of its context, it cancels work that is still waiting."""

    def __init__(
        self, shards: Sequence[Shard], store: Store, run: RunContext, *, may_be_stale: bool = False
    ) -> None:
        """Start to index the blocks that the store does not contain.

        Args:
            shards: all shards of the site.
            store: contains indexed blocks and shards, and the bodies of entries.
            run: how the work is done.
            may_be_stale: use the last index of a shard, even if entries have changed since.
        """
        self._store = store
        self._run = run
        self._blocks = {shard: _block_keys(shard.blocks, store) for shard in shards}
        self._keys = {
            shard: _index_key(shard, keys, store, may_be_stale=may_be_stale)
            for shard, keys in self._blocks.items()
        }
        self.problems: list[Problem] = []
        """Problems that `files` found."""
        self.replaced = 0
        """Number of new values in the store; as many old ones may be unused now."""
        self._stale = [shard for shard, key in self._keys.items() if not store.contains(key)]
        wanted = [
            pair for shard in self._stale for pair in zip(self._blocks[shard], shard.blocks, strict=True)
        ]
        blocks = [(key, block) for key, block in wanted if not _is_complete(key, store)]
        self._pool: ThreadPoolExecutor | None = None
        self._running: dict[bytes, Future[IndexedBlock]] = {}
        if blocks:
            # Imported only if there is something to index.
            from concurrent import futures

            pool = self._pool = futures.ThreadPoolExecutor(run.jobs)
            self._running = {
                key: pool.submit(_index_again, _records(block, store), block.lang) for key, block in blocks
            }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def used(self) -> set[bytes]:
        """Return the keys of the stored values that the index needs."""
        published = [*self._keys.values()]
        used = {*published, *(_last_index_key(shard) for shard in self._keys)}
        used.update(block.dependency_digest for shard in self._blocks for block in shard.blocks)
        for blocks, groups in self._store.find(published).values():
            used.update(blocks)
            used.update(content for _, _, files in groups for _, content in files)
        return used

    def files(self) -> list[Bundle]:
        """Wait until all blocks are indexed; return the files of the index."""
        for done, (key, future) in enumerate(self._running.items(), start=1):
            try:
                part, contents = future.result()
            except (OSError, ImportError, ServiceError) as fault:
                if getattr(fault, "errno", None) not in _IS_PAGEFIND:
                    raise  # the machine is to blame: a full disk, too many open files
                message = f"the search index cannot be built: Pagefind: {fault}"
                hint = 'reinstall the package "pagefind_bin", or set "search: false" to disable search'
                self.problems.append(Problem(path=CONFIG, field="search", message=message, hint=hint))
                return []
            self._save({**contents, key: part})
            self._run.report("indexing for search", done, len(self._running))
        for shard in self._stale:
            self._merge(shard)
        return [bundle(*group) for key in self._keys.values() for group in self._store.value(key)[1]]

    def _merge(self, shard: Shard) -> None:
        """Merge the blocks of a shard; store their keys, and the content of its bundles."""
        keys, key, folder = self._blocks[shard], self._keys[shard], folder_of(shard.lang, shard.name)
        parts: list[Part] = self._store.values(keys)
        made = {file.key: file for file in merge(parts, shard.lang)}
        existing = self._store.existing(list(made))
        self._save({key: file.content() for key, file in made.items() if key not in existing})
        files = [(file.path, key) for key, file in made.items()]
        files += parts[0].program if shard.name == RECENT else ()
        name = f"{shard.lang}/{shard.name}"
        groups, width = [(name, key, _in_folder(folder, files))], width_of(parts)
        # Numbered from the oldest, so that a new block does not rename the others.
        for number, (one, part) in enumerate(zip(reversed(keys), reversed(parts), strict=True), start=1):
            pages = _in_folder(folder, fragments(part, shard.lang, width))
            groups.append((f"{name}/{number}", digest(one, width), pages))
        self._store.save([(key, (tuple(keys), tuple(groups))), (_last_index_key(shard), key)])

    def _save(self, values: Mapping[bytes, object]) -> None:
        existing = self._store.existing(list(values))
        new = [(key, value) for key, value in values.items() if key not in existing]
        self._store.save(new)
        self.replaced += len(new)


def _block_keys(blocks: Sequence[Block], store: Store) -> list[bytes]:
    digests = [block.dependency_digest for block in blocks]
    known = store.find(digests)
    new = {at: block.key for at, block in zip(digests, blocks, strict=True) if at not in known}
    store.save(new.items())
    return [known[at] if at in known else new[at] for at in digests]


def _index_key(shard: Shard, blocks: list[bytes], store: Store, *, may_be_stale: bool) -> bytes:
    """Return the key of the index to publish: the current one, or the last one if it may be stale."""
    key = digest("index", shard.lang, shard.name == RECENT, join_digests(blocks))
    if store.contains(_last_index_key(shard)) and may_be_stale and not store.contains(key):
        last: bytes = store.value(_last_index_key(shard))
        return last if store.contains(last) else key
    return key


def _in_folder(folder: str, files: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    return tuple((folder + path, key) for path, key in files)


def _last_index_key(shard: Shard) -> bytes:
    return digest("last index", shard.lang, shard.name)


def _is_complete(key: bytes, store: Store) -> bool:
    for part in store.find([key]).values():
        files = part.files()
        return len(store.existing(list(files))) == len(files)
    return False


def _records(block: Block, store: Store) -> list[Record]:
    bodies = store.values([entry.body for entry in block.entries])
    return [make_record(entry, body) for entry, body in zip(block.entries, bodies, strict=True)]


class _EndedError(ServiceError):
    """Pagefind was ended from outside."""


def _index_again(records: Sequence[Record], lang: str) -> IndexedBlock:
    """Return the index of the records of a block; begin again, once, if Pagefind is ended from outside."""
    try:
        return _index(records, lang)
    except _EndedError:
        return _index(records, lang)


def _index(records: Sequence[Record], lang: str) -> IndexedBlock:
    """Return the index of the records of a block.

    Raises:
        ServiceError: Pagefind reported an error, or ended too early.
    """
    try:
        return _ask_pagefind(records, lang)
    except BrokenPipeError as fault:
        raise _ended(records, lang) from fault


def _ended(records: Sequence[Record], lang: str) -> _EndedError:
    return _EndedError(f"it ended while {len(records)} items in the language {lang} were indexed")


def _ask_pagefind(records: Sequence[Record], lang: str) -> IndexedBlock:
    from pagefind_bin import get_executable

    with subprocess.Popen(  # noqa: S603 -- the program of a package that we depend on
        [str(get_executable()), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as service:
        assert service.stdin and service.stdout  # noqa: S101, PT018 -- both are pipes
        try:
            service.stdin.writelines(requests(records, lang))
            service.stdin.flush()
            for answer in read_answers(iter(partial(service.stdout.read1, 1 << 20), b"")):  # type: ignore[attr-defined]
                if "files" in answer:
                    return _read(read_files(answer), lang)
        finally:
            service.kill()
    raise _ended(records, lang)


def _read(files: Mapping[str, bytes], lang: str) -> IndexedBlock:
    try:
        return read_part(files, lang)
    except (LookupError, ValueError, TypeError) as fault:
        message = f"its files are not those of version 1.5 ({type(fault).__name__}: {fault})"
        raise ServiceError(message) from fault
