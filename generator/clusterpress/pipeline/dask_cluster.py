"""A Dask cluster, which processes the same batches instead of the processes of this machine.

Its workers only read sources, theme and store, from a disk that all of them see under the same path. They
return results as values, so that a lost worker, or one that outlives a killed build, cannot write into a
site. If a worker is lost, another one processes its batches.
"""

import logging
import pickle
import secrets
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from clusterpress import __version__
from clusterpress.pipeline.cache.store import pack
from clusterpress.pipeline.errors import ClusterError, WorkerLostError
from clusterpress.pipeline.paths import CACHE_VARIABLE, PROBE_SUFFIX, make_cache_folder
from clusterpress.pipeline.project import Project, digest_of_code, digest_of_folder, versions_of_tools
from clusterpress.values.installation import install_command

if TYPE_CHECKING:
    from concurrent.futures import Future

    from distributed import Client

V = TypeVar("V")
R = TypeVar("R")

CONNECT_TIMEOUT = 5
"""Seconds to wait for a scheduler."""
_BATCHES_PER_WORKER = 4
"""Batches sent to each worker at once: more would wait in memory, with fewer the workers would wait."""
_POLL_INTERVAL = 1
"""Seconds between two checks whether there are workers."""
_WORKER_TIMEOUT = 30
"""Seconds to wait if all workers are lost: Dask soon restarts those that it supervises."""
_MAX_NAMED = 3
"""Number of packages of another version that are named."""
_INSTALL = "install the same versions there, and restart the worker"


class WorkerRequirements(Struct, frozen=True, kw_only=True):
    """What a worker must have in common with the process that builds."""

    python: tuple[int, int]
    code: bytes
    """Digest of clusterpress's own files."""
    versions: tuple[tuple[str, str], ...]
    """(name, version) of clusterpress and of the packages that outputs are made with."""
    root: Path
    """The project's folder."""
    probe_file: Path
    """A file in the user's cache that was written for this build."""
    theme: Path
    """The theme's folder."""
    theme_digest: bytes


class Cluster(Struct, frozen=True):
    """An open cluster whose workers meet the requirements."""

    address: str
    _client: "Client"
    _requirements: WorkerRequirements

    def run(
        self, function: Callable[[Any, Sequence[V]], R], shared: Any, batches: Sequence[Sequence[V]]
    ) -> Iterator[R]:
        """Yield the result for each batch, in order; for the arguments, see `BatchCluster.run`.

        Raises:
            ClusterError: the scheduler or all workers are gone, or a worker that joined later does not fit.
            WorkerLostError: a batch ended several workers.
        """
        executor = self._client.get_executor(pure=False)
        window = _BATCHES_PER_WORKER * max(1, len(self._client.nthreads()))
        waiting = iter(batches)
        running: deque[Future[R]] = deque()
        broadcast = self._send(_Broadcast(self._requirements, pack(shared)))
        try:
            while True:
                for batch in islice(waiting, window - len(running)):
                    running.append(executor.submit(_run_batch, function, broadcast, batch))
                if not running:
                    return
                yield self._wait_for(running.popleft())
        finally:
            executor.shutdown(wait=False)

    def _send(self, broadcast: "_Broadcast") -> Any:
        """Send what all batches need as the result of a task, which Dask repeats if it is lost.

        Scattered data would be lost with its workers, and batches that need it could wait for ever.
        """
        with warnings.catch_warnings():
            # Its size is known, and it is sent once.
            warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
            return self._client.submit(_identity, broadcast, pure=False)

    def _wait_for(self, future: "Future[R]") -> R:
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        last_seen = time.monotonic()
        while True:
            try:
                return future.result(_POLL_INTERVAL)
            except KilledWorker as fault:
                message = f"the same task ended several workers of {self.address}: is there enough memory?"
                raise WorkerLostError(message) from fault
            except CancelledError as fault:
                raise _connection_lost(self.address) from fault
            except TimeoutError:
                if future.done():
                    raise
            try:
                has_workers = bool(self._client.nthreads())
            except (OSError, ValueError) as fault:
                raise _connection_lost(self.address) from fault
            if has_workers:
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > _WORKER_TIMEOUT:
                raise _no_workers(self.address)


@contextmanager
def open_cluster(address: str, project: Project) -> Iterator[Cluster]:
    """Provide the cluster of a Dask scheduler (``tcp://host:8786``) whose workers can all build a project.

    Raises:
        ClusterError: it cannot be used.
    """
    client = _connect(address)
    probe_file = make_cache_folder(project.root) / f"{secrets.token_hex(8)}{PROBE_SUFFIX}"
    try:
        probe_file.write_text(str(project.root), encoding="utf-8")
        requirements = requirements_of(project, probe_file)
        if not client.nthreads():
            raise _no_workers(address)
        _check_workers(client, requirements)
        yield Cluster(address, client, requirements)
    finally:
        probe_file.unlink(missing_ok=True)
        client.close(timeout=CONNECT_TIMEOUT)


def _connect(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as fault:
        message = 'the package "distributed", which connects to Dask clusters, is not installed'
        raise ClusterError(message, f"run: {install_command('dask')}") from fault
    # We print what matters to staff, once.
    logger_names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    for name in (*logger_names, "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        return Client(address, timeout=CONNECT_TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TypeError) as fault:
        message = f"no Dask scheduler answers at {address}"
        remedy = 'start one with "dask scheduler", or build on this machine with "--executor local"'
        raise ClusterError(message, remedy) from fault


def _connection_lost(address: str) -> ClusterError:
    message = f"the connection to the Dask scheduler at {address} was lost"
    return ClusterError(message, "check that it is running, then build again")


def _no_workers(address: str) -> ClusterError:
    return ClusterError(
        f"the Dask scheduler at {address} has no workers",
        f"start workers with: dask worker {address} --nworkers auto --nthreads 1",
    )


def requirements_of(project: Project, probe_file: Path) -> WorkerRequirements:
    """Return what a worker must have in common with this process."""
    return WorkerRequirements(
        python=sys.version_info[:2],
        code=digest_of_code(),
        versions=tuple(_local_versions().items()),
        root=project.root,
        probe_file=probe_file,
        theme=Path(project.theme.folder),
        theme_digest=project.theme.digest,
    )


def _check_workers(client: "Client", requirements: WorkerRequirements) -> None:
    """Check that every worker meets the requirements.

    Raises:
        ClusterError: one does not.
    """
    answers: Mapping[str, object] = client.run(check_worker, requirements, on_error="return")
    rejected = {
        worker: answer if isinstance(answer, tuple) else (f"cannot take part: {answer}", _INSTALL)
        for worker, answer in sorted(answers.items())
        if answer != ("", "")
    }
    if rejected:
        (worker, (message, remedy)), *others = rejected.items()
        more = f" (and {len(others)} more workers cannot take part)" if others else ""
        raise ClusterError(f"the worker {worker} {message}{more}", remedy)


@lru_cache(maxsize=8)
def check_worker(requirements: WorkerRequirements) -> tuple[str, str]:
    """Return why this process may not take part in a build, and the remedy; empty if it may."""
    here = sys.version_info[:2]
    if here != requirements.python:
        ours, theirs = (".".join(map(str, version)) for version in (requirements.python, here))
        return f"runs Python {theirs}, but this machine runs {ours}", "start it with the same Python version"
    found = _local_versions()
    others = [
        f"{name} {found.get(name, 'missing')} for {ours}"
        for name, ours in requirements.versions
        if found.get(name) != ours
    ]
    if others:
        return f"has versions that differ from this machine: {', '.join(others[:_MAX_NAMED])}", _INSTALL
    if digest_of_code() != requirements.code:
        return "has the same version of clusterpress with different files", _INSTALL
    place = "start workers on this machine, or put the project on a disk that all see under the same path"
    if not requirements.root.is_dir():
        return f"does not see the project in {requirements.root}", place
    if not requirements.probe_file.is_file():
        folder = requirements.probe_file.parent
        return f"does not see the cache in {folder}", f"set {CACHE_VARIABLE} to a folder that all workers see"
    if not requirements.theme.is_dir() or digest_of_folder(requirements.theme) != requirements.theme_digest:
        return f"does not see the same theme in {requirements.theme}", place
    return "", ""


@lru_cache(maxsize=1)
def _local_versions() -> dict[str, str]:
    return {"clusterpress": __version__, **versions_of_tools()}


class _Broadcast(Struct, frozen=True, eq=False, dict=True):
    """What is sent to each worker once, and unpacked there once."""

    requirements: WorkerRequirements
    packed: bytes

    def __reduce__(self) -> tuple[type["_Broadcast"], tuple[WorkerRequirements, bytes]]:
        """Send the packed value: Dask unpacks values in its own threads."""
        return type(self), (self.requirements, self.packed)

    @cached_property
    def shared(self) -> Any:
        """What all batches need."""
        return pickle.loads(self.packed)  # noqa: S301 -- who may speak to a worker may do anything


_BATCH_LOCK = threading.Lock()
"""A process has one Markdown instance and one template environment: one batch at a time."""


def _identity(broadcast: _Broadcast) -> _Broadcast:
    return broadcast


def _run_batch(function: Callable[[Any, Sequence[V]], R], broadcast: _Broadcast, batch: Sequence[V]) -> R:
    with _BATCH_LOCK:
        # Workers may join, or be started again, after the cluster was opened.
        message, remedy = check_worker(broadcast.requirements)
        if message:
            raise ClusterError(f"a worker that joined later {message}", remedy)
        return function(broadcast.shared, batch)
