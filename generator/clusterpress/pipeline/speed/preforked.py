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

from clusterpress.pipeline.executors.local import end_with
from clusterpress.pipeline.paths import STORE, WORKSHOP

R = TypeVar("R")

PATIENCE = 60.0
"""Seconds after which it is given up: what is little takes a few of them."""

_ROOM = 1 << 20
"""Bytes that may lie in a pipe: as many as Linux lets everybody have."""

_LENGTH = struct.Struct("<Q")
"""How long a message is stands before it."""


class Companion:
    """Does one thing after another in a process of its own; see `accompanied`."""

    def __init__(self, process: int, ask: int, listen: int) -> None:
        """Take the process, and the ends of the pipes by which it is asked and answers."""
        self._process = process
        self._ask = ask
        self._listen = listen
        self._waiting: list[_Asked] = []

    def begin(self, function: Callable[[Any], R], value: Any) -> Callable[[], R]:
        """Ask for a module-level function of a value; return what waits for the result and gives it.

        A long question is for one that is free: two that both speak would wait for each other.
        """
        asked = _Asked(function, value, self)
        if self._process:
            try:
                _send(self._ask, pickle.dumps((function, value), protocol=5))
            except (OSError, pickle.PicklingError, AttributeError, TypeError):
                self.close()
            else:
                self._waiting.append(asked)
        return asked.result

    def is_free(self) -> bool:
        """Return whether it has done all that it was asked; never once it has ended."""
        while self._waiting and select.select([self._listen], [], [], 0)[0]:
            self._take_answer()
        return bool(self._process) and not self._waiting

    def wait_for(self, asked: "_Asked") -> None:
        """Take answers until the one to a question is there, or the process has ended."""
        while asked in self._waiting:
            self._take_answer()

    def _take_answer(self) -> None:
        try:
            if not select.select([self._listen], [], [], PATIENCE)[0]:
                self.close()
                return
            is_done, value = pickle.loads(_receive(self._listen))  # noqa: S301 -- from our own process
        except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError):
            self.close()
            return
        asked = self._waiting.pop(0)
        asked.value, asked.is_done = value, is_done

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, 0
        self._waiting.clear()
        if process:
            os.close(self._ask)
            os.close(self._listen)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


class _Asked:
    """Something that a companion was asked."""

    def __init__(self, function: Callable[[Any], Any], argument: Any, companion: Companion) -> None:
        self._function = function
        self._argument = argument
        self._companion = companion
        self.value: Any = None
        self.is_done = False

    def result(self) -> Any:
        """Wait for the result; find it here if the companion could not."""
        self._companion.wait_for(self)
        if not self.is_done:
            self.value, self.is_done = self._function(self._argument), True
        return self.value


@contextmanager
def accompanied(root: Path, cores: int) -> Iterator[Companion | None]:
    """Give a companion for a build, and end it afterwards; None where it would not help.

    It would not where processes cannot be forked, from a process with several threads (a lock that one of
    them holds would never be let go of in the other process), and for the first build of a project, which has
    more to do than one process can.

    Args:
        root: the project's folder.
        cores: how many processes share the work.
    """
    helps = sys.platform == "linux" and cores > 1 and (root / WORKSHOP / STORE).exists()
    companion = _start() if helps and _is_one_thread() else None
    try:
        yield companion
    finally:
        if companion:
            companion.close()


def _is_one_thread() -> bool:
    """Return whether this process has but one thread; Python does not know of all that libraries begin."""
    return len([*Path("/proc/self/task").iterdir()]) == 1


def _start() -> Companion:
    """Start a companion."""
    from fcntl import F_SETPIPE_SZ, fcntl  # only here: Linux alone has them

    hear, ask = os.pipe()
    listen, answer = os.pipe()
    with suppress(OSError):
        # Room for what was seen of ten thousand files: who says it need not wait until somebody listens.
        fcntl(answer, F_SETPIPE_SZ, _ROOM)
    parent, process = os.getpid(), os.fork()
    if not process:
        try:
            end_with(parent)
            os.close(ask)
            os.close(listen)
            _serve(hear, answer)
        finally:
            os._exit(0)
    os.close(hear)
    os.close(answer)
    return Companion(process, ask, listen)


def get_ready(_nothing: None) -> None:
    """Import what reading a source asks for; some of it only a source that is read brings in."""
    from clusterpress.config.settings import Settings
    from clusterpress.pipeline.read import warm_up_reading

    warm_up_reading(Settings(name="Sample", url="https://example.org/"))


def _serve(hear: int, answer: int) -> None:
    """Do what is asked until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends this process
    gc.disable()  # this process does not live long
    while True:
        try:
            function, value = pickle.loads(_receive(hear))  # noqa: S301 -- from our own process
        except EOFError:
            return
        try:
            said = pickle.dumps((True, function(value)), protocol=5)
        except Exception:  # noqa: BLE001 -- the parent does it again, and meets the same
            said = pickle.dumps((False, None))
        _send(answer, said)


def _send(pipe: int, message: bytes) -> None:
    rest = memoryview(_LENGTH.pack(len(message)) + message)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _receive(pipe: int) -> bytes:
    (length,) = _LENGTH.unpack(_read(pipe, _LENGTH.size))
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
