"""The lock: one build at a time in a project."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TIMEOUT = 1.0
"""Seconds to wait: the workers of a build that was killed let go of its lock within a tenth of this."""


class BusyError(Exception):
    """Another build is at work in this project."""


@contextmanager
def project_lock(cache_folder: Path) -> Iterator[None]:
    """Hold the project's lock; the system lets go of it even when the build is killed.

    Raises:
        BusyError: somebody else holds it.
    """
    # Imported when something is to be done: the store names the error above when there is nothing, too.
    from filelock import FileLock, Timeout

    cache_folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(cache_folder / "lock")
    try:
        lock.acquire(timeout=_TIMEOUT)
    except Timeout as fault:
        message = "another build is at work in this project: wait until it is done"
        raise BusyError(message) from fault
    try:
        yield
    finally:
        lock.release()
