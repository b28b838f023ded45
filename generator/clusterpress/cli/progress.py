"""Progress: what is being done and how long it will take, for people on a terminal and for files."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, Task, TaskID

_REFRESH = 0.1
"""Seconds between two pictures of the bars."""
_STEP = 1000
"""After so many things a file gets another line."""


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that is told (stage, number done, number in all).

    A terminal shows a bar for each stage, with count, rate and time left; a file gets a line for each stage,
    and another after each thousand. Nothing is shown of a run that has nothing to tell.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _Lines().update
        return
    bars = _Bars()
    try:
        yield bars.update
    finally:
        bars.stop()


class _Lines:
    """Plain lines."""

    def __init__(self) -> None:
        self._reported: dict[str, int] = {}

    def update(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is, if enough was done since the last time."""
        if stage not in self._reported:
            self._reported[stage] = 0
            click.echo(f"{stage}: {total:,}", err=True)
        elif done // _STEP > self._reported[stage] // _STEP:
            self._reported[stage] = done
            click.echo(f"{stage}: {done:,} of {total:,}", err=True)


class _Bars:
    """A bar for each stage, taken away at the end; no thread runs, so that processes can be forked safely."""

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._drawn = 0.0

    def update(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self._bars is None:  # rich is imported for those runs only that have something to show
            self._bars = _open_bars()
            self._bars.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)
        if done == total or time.monotonic() - self._drawn > _REFRESH:
            self._bars.refresh()
            self._drawn = time.monotonic()

    def stop(self) -> None:
        """Take the bars away."""
        if self._bars:
            self._bars.stop()


def _open_bars() -> "Progress":
    """Return bars on standard error; rich leaves colours out where ``NO_COLOR`` asks for it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Things done in a second."""

        def render(self, task: "Task") -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed else "", style="progress.data.speed")

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
