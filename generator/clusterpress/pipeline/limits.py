"""Limits of one item: whatever its text, it must neither stop a build nor fill the memory.

Libraries take more than linear time for some texts. A timer looks once in each second of computing, so items
of usual size cost nothing.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from clusterpress.values.problems import Problem

MAX_SECONDS = 10.0
"""Computing time of one item."""
MAX_MEGABYTES = 1000
"""Memory by which reading one item may make the process grow."""
_INTERVAL = 1.0
"""Seconds of computing between two looks."""


class LimitError(BaseException):
    """An item exceeds a limit. No library may take it for an error of its own, so it is no `Exception`."""

    def at(self, path: str) -> Problem:
        """Return it as the problem of a source file."""
        hint = "make it shorter, or divide it; look for thousands of equal marks, or marks that never close"
        return Problem(path=path, line=1, message=str(self), hint=hint)


class Watch:
    """Ends the work on an item that exceeds a limit."""

    def __init__(self, seconds: float = MAX_SECONDS, megabytes: int = MAX_MEGABYTES) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._began: tuple[float, float] | None = None

    @contextmanager
    def item(self) -> Iterator[None]:
        """Watch the work on one item.

        Raises:
            LimitError: it exceeds a limit.
        """
        self._began = time.process_time(), peak_megabytes()
        try:
            yield
        except RecursionError:
            raise LimitError("this item is nested too deeply") from None
        except MemoryError:
            raise LimitError("this item needs more memory than there is") from None
        finally:
            self._began = None

    def look(self, *_: object) -> None:
        """Raise `LimitError` if the current item exceeds a limit."""
        if self._began is None:
            return
        began, peak = self._began
        if time.process_time() - began >= self._seconds:
            self._began = None
            raise LimitError(f"reading this item takes more than {self._seconds:g} seconds")
        if peak_megabytes() - peak > self._megabytes:
            self._began = None
            raise LimitError(f"reading this item takes more than {self._megabytes} MB of memory")


@contextmanager
def watch_items(
    seconds: float = MAX_SECONDS, megabytes: int = MAX_MEGABYTES, interval: float = _INTERVAL
) -> Iterator[Watch]:
    """Return a watch for the items of a batch.

    Only the main thread of a process on Unix has such a timer; elsewhere nothing is limited.

    Args:
        seconds: computing time of one item.
        megabytes: memory of one item.
        interval: seconds of computing between two looks.
    """
    watch = Watch(seconds, megabytes)
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield watch
        return
    before = signal.signal(signal.SIGVTALRM, watch.look)
    signal.setitimer(signal.ITIMER_VIRTUAL, interval, interval)
    try:
        yield watch
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def peak_megabytes() -> float:
    """Return the most memory that this process has ever used, in MB; 0 where the system does not tell."""
    try:
        import resource
        import sys
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
