"""How the work of a build is done: who is told of progress, and which processes share it."""

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from clusterpress.values.outputs import Output

V = TypeVar("V")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

ProgressCallback = Callable[[str, int, int], None]
"""Called with the stage, the number done and the total."""


class Task(Protocol[R_co]):
    """Something that a worker was asked to do."""

    def result(self) -> R_co:
        """Wait for the result. If the worker failed, do the task in this process."""

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
        """Yield the result for each batch, in order; ``shared`` is sent once."""


@dataclass(frozen=True, slots=True)
class RunContext:
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
