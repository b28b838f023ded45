"""How the work of a build is done: progress, and the processes that share the work."""

import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.pipeline.errors import WorkerLostError
from clusterpress.values.outputs import Output

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

V = TypeVar("V")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

MIN_FOR_POOL = 200
"""Below this, starting a pool costs more than it saves."""
MAX_FOR_WORKER = 8
"""Up to this number of values, the early worker does all: it has already imported the modules for them."""
_SHARED_SIZE = 4
"""Values in each part that this process and the early worker share between them."""
_BATCH_SIZE = 32
"""Values sent to a process at once."""
_POLL_INTERVAL = 0.1
"""Seconds between two checks of a worker whether its parent still lives."""

ProgressCallback = Callable[[str, int, int], None]
"""Called with the stage, the number done and the total."""


class Task(Protocol[R_co]):
    """A task that a worker received."""

    def result(self) -> R_co:
        """Wait for the result. If the worker failed, do the task in this process."""

    def is_done(self) -> bool:
        """Return whether the worker has ended the task."""

    def cancel(self) -> bool:
        """Take the task back; return whether the worker had not begun it yet."""


class Worker(Protocol):
    """A second process that takes small tasks."""

    def submit(self, function: Callable[[Any], R], value: Any) -> Task[R]:
        """Apply a module-level function to a value in that process."""

    def close(self) -> None:
        """End the process."""


class BatchCluster(Protocol):
    """Machines that take batches in place of processes of this machine."""

    def run(
        self, function: Callable[[Any, Sequence[V]], R], shared: Any, batches: Sequence[Sequence[V]]
    ) -> Iterator[R]:
        """Yield the result for each batch, in order.

        Args:
            function: takes ``shared`` and a batch; a module-level function.
            shared: what all batches need; sent once.
            batches: the batches.
        """


class RunContext(Struct, frozen=True):
    """How work is done."""

    report: ProgressCallback
    """Called with progress."""
    jobs: int = 1
    """Number of processes that share the work."""
    start_method: str = ""
    """``fork`` or ``spawn``; by default fork where the system does it safely."""
    cluster: BatchCluster | None = None
    """Used instead of processes of this machine."""
    on_output: Callable[[Output, float], None] | None = None
    """Called with each output and the seconds it took, if all work is done in this process."""
    worker: Worker | None = None
    """A second process for small tasks; see `early_worker`."""
    retained: list[object] | None = None
    """Keeps large values of a build alive: a process that ends right afterwards need not free them."""

    def retain(self, *values: object) -> None:
        """Keep values alive until the process ends."""
        if self.retained is not None:
            self.retained.extend(values)
            gc.freeze()

    def submit(self, function: Callable[[Any], R], value: Any) -> Callable[[], R]:
        """Apply a module-level function to a value, if possible in another process.

        Returns a function that waits for the result and returns it.
        """
        return self.worker.submit(function, value).result if self.worker else partial(function, value)


def count_cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_batches(
    function: Callable[[Any, Sequence[V]], R],
    shared: Any,
    values: Sequence[V],
    run: RunContext,
    weight: int = 1,
) -> Iterator[tuple[int, R]]:
    """Yield (number of values done so far, result) for each batch of values.

    They come in the order of the values, except for those that an early worker shares.

    Args:
        function: as in `BatchCluster.run`.
        shared: what all batches need; handed to each process once, by fork without a copy. Its method
            ``subset``, if it has one, returns what some of the values need.
        values: what is to be done.
        run: which processes do it. The early worker is closed if there is too much for it.
        weight: how many usual values cost as much as one of these.

    Raises:
        WorkerLostError: two processes were ended from outside, the second at the value that it names.
        ClusterError: the cluster cannot be used any more.
    """
    size = max(1, _BATCH_SIZE // weight)
    is_small = len(values) * weight < MIN_FOR_POOL
    if run.worker and is_small:
        yield from _share(function, shared, values, run.worker)
        return
    if run.worker:
        run.worker.close()
    batches = [values[at : at + size] for at in range(0, len(values), size)]
    if is_small or (run.jobs == 1 and not run.cluster):
        yield from _count_done((batch, function(shared, batch)) for batch in batches)
    elif run.cluster:
        yield from _count_done(zip(batches, run.cluster.run(function, shared, batches), strict=True))
    else:
        yield from _count_done(_run_pool(function, shared, batches, run))


def _run_pool(
    function: Callable[[Any, Sequence[V]], R], shared: Any, batches: Sequence[Sequence[V]], run: RunContext
) -> Iterator[tuple[Sequence[V], R]]:
    """Yield each batch with its result.

    If a process is ended from outside, another one does the rest, one value after the other: if that is ended
    too, the value that it had is to blame.
    """
    done = 0
    for ready in _run_processes(function, shared, batches, run):
        yield ready
        done += 1
    singles = [batch[at : at + 1] for batch in batches[done:] for at in range(len(batch))]
    done = 0
    for ready in _run_processes(function, shared, singles, replace(run, jobs=1)) if singles else ():
        yield ready
        done += 1
    if done < len(singles):
        raise WorkerLostError(
            f"the process that worked on {_name(singles[done][0])} was ended from outside, twice: does it "
            "need more memory than there is? shorten it, or move it out of content/ to build the rest"
        )


def _name(value: object) -> str:
    """Return the path of a value, or of the one that begins it."""
    return str(value[0] if isinstance(value, tuple) else value)


def _run_processes(
    function: Callable[[Any, Sequence[V]], R], shared: Any, batches: Sequence[Sequence[V]], run: RunContext
) -> Iterator[tuple[Sequence[V], R]]:
    """Yield batches with their results, in order, until all are done or a process is ended from outside."""
    # Imported here: a small build needs neither.
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    method = run.start_method or ("fork" if sys.platform == "linux" else "spawn")
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(
        run.jobs, mp_context=context, initializer=_init_worker, initargs=(shared, os.getpid())
    ) as pool:
        tasks = deque[Future[R]]()
        try:
            with stop_signal_blocked():
                tasks.extend(pool.submit(_run_batch, function, batch) for batch in batches)
            if method == "fork":
                leave_reading(pool)
            for batch in batches:
                yield batch, tasks.popleft().result()
        except BrokenProcessPool:
            # `pool.map` would cancel the other tasks. But the pool's own thread tells each of them that it is
            # broken, and ends with a traceback at one that was cancelled meanwhile (Python 3.11 and 3.12).
            return
        except BaseException:
            for task in tasks:
                task.cancel()
            raise


def leave_reading(pool: "ProcessPoolExecutor") -> None:
    """Leave the tasks of a pool to its forked processes, once they run.

    Each has its own end of the pipe. While this process keeps one too, Python waits for ever when it sends a
    long task and the processes are killed: always before 3.11.5, later if a task was cancelled as well
    (https://github.com/python/cpython/issues/94777).
    """
    if queue := getattr(pool, "_call_queue", None):
        queue._reader.close()  # noqa: SLF001 -- as newer versions of Python do


@contextmanager
def stop_signal_blocked() -> Iterator[None]:
    """Start processes that no signal reaches until they have called `ignore_stop_signal`."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_stop_signal() -> None:
    """Ignore Ctrl-C in this process, which another one started with signals blocked, and will end.

    The preview takes SIGTERM for Ctrl-C. Here it ends the process without a word.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})


def _share(
    function: Callable[[Any, Sequence[V]], R], shared: Any, values: Sequence[V], worker: Worker
) -> Iterator[tuple[int, R]]:
    """Yield what `map_batches` does, in any order.

    The early worker is given all parts and begins with the first. This process takes back the last ones.
    """
    size = _SHARED_SIZE if len(values) > MAX_FOR_WORKER else MAX_FOR_WORKER
    parts = [values[at : at + size] for at in range(0, len(values), size)]
    has_subset = hasattr(shared, "subset")
    tasks = [
        worker.submit(_apply, (function, shared.subset(part) if has_subset else shared, part))
        for part in parts
    ]
    done = 0
    for at in reversed(range(len(parts))):
        is_taken_back = at > 0 and tasks[at].cancel()
        result = function(shared, parts[at]) if is_taken_back else tasks[at].result()
        done += len(parts[at])
        yield done, result


def _apply(task: tuple[Callable[[Any, Sequence[V]], R], Any, Sequence[V]]) -> R:
    function, shared, values = task
    return function(shared, values)


def _count_done(results: Iterable[tuple[Sequence[V], R]]) -> Iterator[tuple[int, R]]:
    done = 0
    for batch, result in results:
        done += len(batch)
        yield done, result


# Set once in each worker process, when it starts.
_shared: Any = None


def _init_worker(shared: Any, parent: int) -> None:
    """Keep the shared value, and end with the parent even if that is killed."""
    global _shared  # noqa: PLW0603 -- the pool offers no other place
    _shared = shared
    ignore_stop_signal()
    # The garbage collector would copy all memory that a forked worker shares with its parent. A worker lives
    # for one stage and leaves 5 kB of cyclic garbage a page: without the collector, it is 7 % faster.
    gc.disable()
    exit_with_parent(parent)


def exit_with_parent(parent: int) -> None:
    """Let this process end soon after its parent, even when that is killed."""
    threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: int) -> None:
    # Until a forked worker ends, it has the parent's files open, including the project's lock.
    while os.getppid() == parent:
        time.sleep(_POLL_INTERVAL)
    os._exit(1)


def _run_batch(function: Callable[[Any, Sequence[V]], R], batch: Sequence[V]) -> R:
    return function(_shared, batch)
