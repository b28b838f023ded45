"""Runs of the program without its start: a process that has imported everything forks one child for each run."""

import faulthandler
import importlib
import os
import pkgutil
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

_POLL = 0.005
SIGNS = ("Traceback (most recent call last)", "a fault of clusterpress:", "please report")
"""What a run says that met a fault of the program itself."""
_KEPT = 200_000
"""Bytes of the end of what a run says."""


class Outcome(NamedTuple):
    """What became of a run."""

    code: int
    """Exit code; negative: the number of the signal that ended it."""
    said: str
    """The end of what it printed."""
    seconds: float
    is_hung: bool
    """It did not end in time."""

    @property
    def is_broken(self) -> bool:
        """Whether it told of a fault of the program itself."""
        return any(sign in self.said for sign in SIGNS)

    @property
    def gist(self) -> str:
        """The last lines that it printed, and those that end a traceback."""
        lines = self.said.strip().splitlines()
        begun = [at for at, line in enumerate(lines) if any(sign in line for sign in SIGNS)]
        shown = [line for at in begun[-1:] for line in lines[at : at + 40]][-12:] if begun else []
        return " / ".join([*shown, *lines[-4:]])[-1500:]


def warm_up() -> None:
    """Import all of the program, once, before the first child."""
    package = importlib.import_module("clusterpress")
    for module in pkgutil.walk_packages(package.__path__, "clusterpress."):
        if not module.name.endswith("__main__"):
            with suppress(ImportError):  # an extra that is not installed
                importlib.import_module(module.name)


def start(action: Callable[[], object], environment: Mapping[str, str] | None = None) -> tuple[int, int]:
    """Run a function in a forked child, the leader of a group of its own.

    Returns its process id, and the end of a pipe with what it prints.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    source, sink = os.pipe()
    os.set_blocking(source, False)
    if (child := os.fork()) != 0:
        os.close(sink)
        return child, source
    code = 70
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)
        os.environ.update(environment or {})
        action()
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(Exception):
            sys.stdout.flush()
        os._exit(code)


def wait(child: int, source: int, seconds: float, meanwhile: Callable[[], object] = lambda: None) -> Outcome:
    """Wait for a child, and end what it leaves behind; end itself if it takes too long."""
    began, said, code = time.monotonic(), bytearray(), None
    while code is None and time.monotonic() - began < seconds:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            code = os.waitstatus_to_exitcode(status)
        said += _read(source)
        if not found:
            meanwhile()
            time.sleep(_POLL)
    end(child)
    if code is None:
        os.waitpid(child, 0)
    said += _read(source)
    os.close(source)
    text = said[-_KEPT:].decode("utf-8", "replace")
    return Outcome(-signal.SIGKILL if code is None else code, text, time.monotonic() - began, code is None)


def _read(source: int) -> bytes:
    said = b""
    with suppress(BlockingIOError):
        while part := os.read(source, 1 << 16):
            said += part
    return said


def end(child: int) -> None:
    """End a child with all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def run(
    action: Callable[[], object],
    seconds: float = 60,
    environment: Mapping[str, str] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Outcome:
    """Run a function in a child and wait for its end."""
    return wait(*start(action, environment), seconds, meanwhile)


def command(words: Sequence[str | Path], folder: Path | None = None) -> Callable[[], None]:
    """Return a function that is the program with these words on its command line."""

    def act() -> None:
        from clusterpress.cli.entrypoint import run as run_program

        if folder:
            os.chdir(folder)
        sys.argv = ["clusterpress", *map(str, words)]
        run_program()

    return act


def watch_over(
    values: Sequence[object], work: Callable[[object], object], limit: float
) -> Iterator[tuple[int, Outcome]]:
    """Do some work on each of many values, in as few children as possible.

    Yields position and outcome of those that took more than ``limit`` seconds or raised an exception.
    """
    at = 0
    with tempfile.TemporaryDirectory() as place:
        mark = Path(place, "mark")
        while at < len(values):

            def act(first: int = at) -> None:
                for number in range(first, len(values)):
                    mark.write_text(str(number))
                    faulthandler.dump_traceback_later(limit, exit=True)
                    work(values[number])
                faulthandler.cancel_dump_traceback_later()

            mark.write_text(str(at))
            outcome = run(act, limit * len(values) + 60)
            if outcome.code == 0:
                return
            at = int(mark.read_text())
            yield at, outcome._replace(is_hung=outcome.is_hung or "Timeout (" in outcome.said)
            at += 1


@contextmanager
def workplace() -> Iterator[Path]:
    """Provide an empty folder, with a cache of its own, and remove it."""
    base = os.environ.get("TORTURE_FOLDER") or tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix="torture-", dir=base))
    before = os.environ.get("CLUSTERPRESS_CACHE")
    os.environ["CLUSTERPRESS_CACHE"] = str(folder / "cache")
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["CLUSTERPRESS_CACHE"]
        else:
            os.environ["CLUSTERPRESS_CACHE"] = before
        shutil.rmtree(folder, ignore_errors=True)
