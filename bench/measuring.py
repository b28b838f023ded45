"""Measuring: how long a command takes, and how much memory it and its children hold."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

SAMPLE_INTERVAL = 0.05
"""Seconds between two looks at the memory."""


class Run(Struct, frozen=True, kw_only=True):
    """What one command took."""

    seconds: float
    """From its start to its end by the clock."""
    cpu: float
    """Processor seconds of the command and the children it waited for."""


class FailedError(Exception):
    """A command did not do its work."""


def run(command: Sequence[str | Path], folder: Path, log: Path) -> Run:
    """Run a command to its end; what it says goes to a file.

    Raises:
        FailedError: it ended with an error.
    """
    with log.open("wb") as file:
        began = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=file, stderr=file)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text(errors="replace")[-2000:]
        raise FailedError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said}")
    return Run(seconds=seconds, cpu=usage.ru_utime + usage.ru_stime)


def peak_memory(command: Sequence[str | Path], folder: Path, log: Path) -> float:
    """Return the most megabytes that a command and its children held together at one time.

    Shared pages are divided among those who share them (PSS of Linux' ``smaps_rollup``), so the sum over all
    processes is what the machine needs. Looking slows a command down: time it in another run.
    """
    with log.open("wb") as file:
        process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=file, stderr=file)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, sum(map(_proportional_set_size, _process_tree(process.pid))))
            time.sleep(SAMPLE_INTERVAL)
    if process.returncode:
        raise FailedError(log.read_text(errors="replace")[-2000:])
    return peak


def memory_of(pid: int) -> float:
    """Return the megabytes that a process and its children hold now."""
    return sum(map(_proportional_set_size, _process_tree(pid)))


def _process_tree(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    processes = [pid]
    for member in processes:
        with suppress(OSError):
            for thread in Path(f"/proc/{member}/task").iterdir():
                processes += map(int, (thread / "children").read_text().split())
    return processes


def _proportional_set_size(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def stop(process: subprocess.Popen[bytes], patience: float = 10) -> None:
    """End a process that runs until it is told not to."""
    process.terminate()
    timer = threading.Timer(patience, process.kill)
    timer.start()
    process.wait()
    timer.cancel()
