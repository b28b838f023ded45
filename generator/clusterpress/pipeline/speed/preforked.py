"""The companion: a second process, begun before a build knows what there is to do.

To import what reads and renders takes longer than all that a build does after an edit. Where there is a
second core, a companion imports it meanwhile, and then does with it the little there is to do. What it was
asked and could not do, for whatever reason, is done in this process, where faults are handled.
"""

import gc
import os
import pickle
import select
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from clusterpress.pipeline.executors.local import exit_with_parent
from clusterpress.pipeline.paths import CACHE_FOLDER, STORE

R = TypeVar("R")

TIMEOUT = 60.0
"""Seconds after which it is given up: what is little takes a few of them."""

_PIPE_SIZE = 1 << 20
"""Bytes that may lie in a pipe: as many as Linux lets everybody have."""

_LENGTH_PREFIX = struct.Struct("<Q")
"""How long a message is stands before it."""


class PreforkedWorker:
    """Does one thing after another in a process of its own; see `preforked_worker`."""

    def __init__(self, process: int, request_pipe: int, reply_pipe: int) -> None:
        """Take the process, and the ends of the pipes by which it is asked and answers."""
        self._process = process
        self._request_pipe = request_pipe
        self._reply_pipe = reply_pipe
        self._pending: list[_Future] = []

    def submit(self, function: Callable[[Any], R], value: Any) -> Callable[[], R]:
        """Ask for a module-level function of a value; return what waits for the result and gives it.

        A long question is for one that is free: two that both speak would wait for each other.
        """
        future = _Future(function, value, self)
        if self._process:
            try:
                _send(self._request_pipe, pickle.dumps((function, value), protocol=5))
            except (OSError, pickle.PicklingError, AttributeError, TypeError):
                self.close()
            else:
                self._pending.append(future)
        return future.result

    def is_idle(self) -> bool:
        """Return whether it has done all that it was asked; never once it has ended."""
        while self._pending and select.select([self._reply_pipe], [], [], 0)[0]:
            self._receive_reply()
        return bool(self._process) and not self._pending

    def wait_for(self, future: "_Future") -> None:
        """Take answers until the one to a question is there, or the process has ended."""
        while future in self._pending:
            self._receive_reply()

    def _receive_reply(self) -> None:
        try:
            if not select.select([self._reply_pipe], [], [], TIMEOUT)[0]:
                self.close()
                return
            is_done, value = pickle.loads(_receive(self._reply_pipe))  # noqa: S301 -- from our own process
        except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError):
            self.close()
            return
        future = self._pending.pop(0)
        future.value, future.is_done = value, is_done

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, 0
        self._pending.clear()
        if process:
            os.close(self._request_pipe)
            os.close(self._reply_pipe)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


class _Future:
    """Something that a companion was asked."""

    def __init__(self, function: Callable[[Any], Any], argument: Any, worker: PreforkedWorker) -> None:
        self._function = function
        self._argument = argument
        self._worker = worker
        self.value: Any = None
        self.is_done = False

    def result(self) -> Any:
        """Wait for the result; find it here if the companion could not."""
        self._worker.wait_for(self)
        if not self.is_done:
            self.value, self.is_done = self._function(self._argument), True
        return self.value


@contextmanager
def preforked_worker(root: Path, cores: int) -> Iterator[PreforkedWorker | None]:
    """Give a companion for a build, and end it afterwards; None where it would not help.

    It would not where processes cannot be forked, from a process with several threads (a lock that one of
    them holds would never be let go of in the other process), and for the first build of a project, which has
    more to do than one process can.

    Args:
        root: the project's folder.
        cores: how many processes share the work.
    """
    is_useful = sys.platform == "linux" and cores > 1 and (root / CACHE_FOLDER / STORE).exists()
    worker = _start() if is_useful and _is_single_threaded() else None
    try:
        yield worker
    finally:
        if worker:
            worker.close()


def _is_single_threaded() -> bool:
    """Return whether this process has but one thread; Python does not know of all that libraries begin."""
    return len([*Path("/proc/self/task").iterdir()]) == 1


def _start() -> PreforkedWorker:
    """Start a companion."""
    from fcntl import F_SETPIPE_SZ, fcntl  # only here: Linux alone has them

    request_source, request_pipe = os.pipe()
    reply_pipe, reply_target = os.pipe()
    with suppress(OSError):
        # Room for what was seen of ten thousand files: who says it need not wait until somebody listens.
        fcntl(reply_target, F_SETPIPE_SZ, _PIPE_SIZE)
    parent, process = os.getpid(), os.fork()
    if not process:
        try:
            exit_with_parent(parent)
            os.close(request_pipe)
            os.close(reply_pipe)
            _serve(request_source, reply_target)
        finally:
            os._exit(0)
    os.close(request_source)
    os.close(reply_target)
    return PreforkedWorker(process, request_pipe, reply_pipe)


def preload(_nothing: None) -> None:
    """Import what reading a source asks for; some of it only a source that is read brings in."""
    from clusterpress.config.settings import Settings
    from clusterpress.pipeline.read import warm_up_reader

    warm_up_reader(Settings(name="Sample", url="https://example.org/"))


def _serve(request_source: int, reply_target: int) -> None:
    """Do what is asked until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends this process
    gc.disable()  # this process does not live long
    while True:
        try:
            function, value = pickle.loads(_receive(request_source))  # noqa: S301 -- from our own process
        except EOFError:
            return
        try:
            reply = pickle.dumps((True, function(value)), protocol=5)
        except Exception:  # noqa: BLE001 -- the parent does it again, and meets the same
            reply = pickle.dumps((False, None))
        _send(reply_target, reply)


def _send(pipe: int, message: bytes) -> None:
    rest = memoryview(_LENGTH_PREFIX.pack(len(message)) + message)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _receive(pipe: int) -> bytes:
    (length,) = _LENGTH_PREFIX.unpack(_read(pipe, _LENGTH_PREFIX.size))
    return _read(pipe, length)


def _read(pipe: int, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = os.read(pipe, min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
