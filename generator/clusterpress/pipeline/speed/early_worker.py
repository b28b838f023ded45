"""The early worker: a second process, started before a build knows what has changed.

After an edit, importing the modules that read and render takes longer than the rest of a build. On a second
core, another process imports them in the meantime, and then does most of the work.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct

from clusterpress.pipeline.run_context import (
    exit_with_parent,
    ignore_stop_signal,
    leave_reading,
    stop_signal_blocked,
)

R = TypeVar("R")

TIMEOUT = 60.0
"""Seconds to wait for a result, which takes a few seconds at most."""


class EarlyTask(Struct, Generic[R], frozen=True):
    """A `Task` of the early worker."""

    function: Callable[[Any], R]
    value: Any
    future: Future[R] | None

    def result(self) -> R:
        """Wait for the result. If the worker failed, do the task in this process."""
        if self.future:
            try:
                return self.future.result(TIMEOUT)
            except Exception:  # noqa: BLE001, S110 -- if the task itself fails, it fails here again
                pass
        return self.function(self.value)

    def is_done(self) -> bool:
        """Return whether the worker has ended the task."""
        return self.future is not None and self.future.done()

    def cancel(self) -> bool:
        """Take the task back; return whether the worker had not begun it yet."""
        return self.future is None or self.future.cancel()


class EarlyWorker:
    """The second process; see `early_worker`."""

    def __init__(self) -> None:
        """Start the process now, while this one has a single thread."""
        context = multiprocessing.get_context("fork")
        self._pool: ProcessPoolExecutor | None = ProcessPoolExecutor(
            1, mp_context=context, initializer=_init, initargs=(os.getpid(),)
        )
        # Neither process lives long, and most garbage arises in the other one.
        gc.disable()

    def submit(self, function: Callable[[Any], R], value: Any) -> EarlyTask[R]:
        """Apply a module-level function to a value, one after the other."""
        try:
            with stop_signal_blocked():  # the first call starts the process
                future = self._pool.submit(function, value) if self._pool else None
        except BrokenExecutor:
            future = None
        if self._pool:
            leave_reading(self._pool)
        return EarlyTask(function, value, future)

    def close(self) -> None:
        """End the process at once."""
        pool, self._pool = self._pool, None
        if pool:
            gc.enable()
            for process in multiprocessing.active_children():
                process.kill()
            pool.shutdown(cancel_futures=True)


@contextmanager
def early_worker() -> Iterator[EarlyWorker | None]:
    """Provide a second process on Linux, and end it afterwards.

    None if this process has several threads: a lock that one of them holds would stay locked in the fork.
    """
    # Python does not know of all threads that libraries start.
    worker = EarlyWorker() if len([*Path("/proc/self/task").iterdir()]) == 1 else None
    try:
        yield worker
    finally:
        if worker:
            worker.close()


def _init(parent: int) -> None:
    ignore_stop_signal()
    exit_with_parent(parent)


def preload(_nothing: None) -> None:
    """Import what reading a source needs; some of it is imported only while one is read."""
    from clusterpress.config.settings import Settings
    from clusterpress.pipeline.read import warm_up_reader

    warm_up_reader(Settings(name="Sample", url="https://example.org/"))
