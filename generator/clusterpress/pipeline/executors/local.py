"""Workers: one function on many values, in this process or in several; the results are the same."""

import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from clusterpress.pipeline.executors.dask import Cluster
    from clusterpress.pipeline.speed.preforked import PreforkedWorker

V = TypeVar("V")
R = TypeVar("R")

MIN_FOR_POOL = 200
"""Fewer values than this are done faster than processes are started."""

MAX_FOR_WORKER = 8
"""So few values the companion does alone."""

_BATCH_SIZE = 32
"""Values sent to a process in one go."""

_POLL_INTERVAL = 0.1
"""Seconds between two looks of a worker at whether its parent still lives."""


class WorkerLostError(Exception):
    """A worker process was ended from outside, most likely because memory ran out."""


def count_cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_batches(
    function: Callable[[Any, Sequence[V]], R],
    shared: Any,
    values: Sequence[V],
    jobs: int,
    start_method: str = "",
    weight: int = 1,
    cluster: "Cluster | None" = None,
    worker: "PreforkedWorker | None" = None,
) -> Iterator[tuple[int, R]]:
    """Yield (number of values done so far, result) for each batch of values, in their order.

    Args:
        function: takes ``shared`` and a batch; a module-level function.
        shared: what all batches need; handed to each process once, by fork without a copy. If it has a
            method ``subset``, that gives what some of the values need.
        values: what is to be done.
        jobs: processes to use; 1 does everything in this one.
        start_method: ``fork`` or ``spawn``; by default fork where the system does it safely.
        weight: how many usual values cost as much as one of these.
        cluster: takes the batches in place of processes of this machine.
        worker: does what is too little for a pool of processes, with this one; ended if it is not.

    Raises:
        WorkerLostError: a process was ended from outside.
        ClusterError: the cluster cannot be used any more.
    """
    size = max(1, _BATCH_SIZE // weight)
    is_small = len(values) * weight < MIN_FOR_POOL
    if worker and is_small:
        yield from _share_with_worker(function, shared, values, worker)
        return
    if worker:
        worker.close()
    batches = [values[at : at + size] for at in range(0, len(values), size)]
    if is_small or (jobs == 1 and not cluster):
        results = (function(shared, batch) for batch in batches)
        yield from _count_done(results, batches)
        return
    if cluster:
        yield from _count_done(cluster.run(function, shared, batches), batches)
        return
    # Imported when there is enough to do for several processes.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context(start_method or ("fork" if sys.platform == "linux" else "spawn"))
    parent = os.getpid()
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_init_worker, initargs=(shared, parent)
    ) as pool:
        try:
            yield from _count_done(pool.map(_run_batch, [function] * len(batches), batches), batches)
        except BrokenProcessPool as fault:
            message = "a worker process was ended from outside: is there enough memory? try --jobs 1"
            raise WorkerLostError(message) from fault


def _share_with_worker(
    function: Callable[[Any, Sequence[V]], R], shared: Any, values: Sequence[V], worker: "PreforkedWorker"
) -> Iterator[tuple[int, R]]:
    """Yield what `map_batches` does, in any order.

    The companion, which has imported what it takes, gets all there is, or half of what is left whenever it is
    free. Meanwhile this process begins from the other end.
    """
    rest, done = list(values), 0
    pending: list[tuple[int, Callable[[], R]]] = []
    while rest:
        if len(rest) <= MAX_FOR_WORKER or worker.is_idle():
            size = len(rest) if len(rest) <= MAX_FOR_WORKER else (len(rest) + 1) // 2
            part, rest = rest[:size], rest[size:]
            needed = shared.subset(part) if hasattr(shared, "subset") else shared
            pending.append((size, worker.submit(_apply, (function, needed, part))))
        else:
            done += 1
            yield done, function(shared, [rest.pop()])
    for size, result in pending:
        done += size
        yield done, result()


def _apply(task: tuple[Callable[[Any, Sequence[V]], R], Any, Sequence[V]]) -> R:
    function, shared, values = task
    return function(shared, values)


def _count_done(results: Iterator[R], batches: Sequence[Sequence[V]]) -> Iterator[tuple[int, R]]:
    done = 0
    for batch, result in zip(batches, results, strict=True):
        done += len(batch)
        yield done, result


# What a worker process was given when it began; set once, and only there.
_shared: Any = None


def _init_worker(shared: Any, parent: int) -> None:
    """Take what all batches need, and end with the parent even when that is killed."""
    global _shared  # noqa: PLW0603 -- the pool offers no other place
    _shared = shared
    # A forked worker shares the library with its parent: looking for garbage there would copy all of it.
    gc.freeze()
    exit_with_parent(parent)


def exit_with_parent(parent: int) -> None:
    """Let this process end soon after its parent, even when that is killed."""
    threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: int) -> None:
    # A forked worker holds copies of the parent's files, the project's lock among them, until it ends.
    while os.getppid() == parent:
        time.sleep(_POLL_INTERVAL)
    os._exit(1)


def _run_batch(function: Callable[[Any, Sequence[V]], R], batch: Sequence[V]) -> R:
    return function(_shared, batch)
