"""What commands print: problems, changes and progress, for terminals and for log files."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.values.problems import Problem, Severity, summary

if TYPE_CHECKING:
    from clusterpress.pipeline.build import Result

_NOTHING_MADE = "no output was rebuilt"

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def print_problems(problems: Iterable[Problem], *, whole: bool = False) -> None:
    """Print problems, errors last, and their count: as many as fit on a screen, or the ``whole`` list."""
    found = set(problems)
    if not found:
        return
    from clusterpress.checking.report import list_all, make_report

    coloured = False if os.environ.get("NO_COLOR") else None  # https://no-color.org
    lines = list_all(found) if whole else make_report(found)
    for line in lines:
        lead = click.style(f"{line.severity}:", fg=_COLOURS[line.severity], bold=True)
        click.echo(" ".join(filter(None, (line.place, lead, line.words))), err=True, color=coloured)
    click.echo(summary(found), err=True)
    if len(lines) < len(found):
        click.echo("All of them: clusterpress check -v, or check -o problems.html", err=True)


def print_changes(result: "Result", folder: Path, paths: Sequence[str], *, verbose: bool) -> None:
    """Print what a build changed, why if requested, and its duration.

    Args:
        result: of a build that was not stopped by problems.
        folder: the output folder.
        paths: patterns of the outputs whose reasons are printed.
        verbose: also print the duration of each stage.
    """
    difference = result.difference
    if difference is None:
        return
    for path, reason in difference.stale.items():
        if any(fnmatch(path, wanted) or fnmatch(path, f"{wanted.strip('/')}/index.html") for wanted in paths):
            click.echo(f"{path}: {reason}")
    if paths and not difference.stale:
        click.echo(_NOTHING_MADE)
    if verbose:
        for stage, seconds in result.stages.items():
            click.echo(f"{stage:<9}{seconds:8.3f} s")
    changed = len(difference.stale) - len(difference.new)
    parts = (
        (len(difference.new), "new"),
        (changed, "changed"),
        (len(difference.gone), "gone"),
        (difference.unchanged, "unchanged"),
    )
    summary = ", ".join(f"{number} {word}" for number, word in parts if number) or "nothing to do"
    click.echo(f"{shorten(folder)}: {summary} ({result.seconds:.1f} s)")


def print_up_to_date(
    count: int, folder: Path, paths: Sequence[str], seconds: float, *, verbose: bool
) -> None:
    """Print that a number of outputs are up to date, after some seconds.

    For the arguments, see `print_changes`.
    """
    if paths:
        click.echo(_NOTHING_MADE)
    if verbose:
        click.echo(f"{'check':<9}{seconds:8.3f} s")
    click.echo(f"{shorten(folder)}: {count} unchanged ({seconds:.1f} s)")


def shorten(path: Path) -> str:
    """Return a path relative to the current folder if it lies in it."""
    try:
        return path.relative_to(Path.cwd()).as_posix() or "."
    except (ValueError, OSError):  # it lies elsewhere, or the current folder was deleted
        return str(path)


_BAR_WIDTH = 40
"""Characters of a full bar on a wide terminal."""
_REFRESH = 0.1
"""Seconds between two drawings of the bar."""
_STEP = 1000
"""A log file gets another line after this number."""
_ERASE_LINE = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Provide a function that is called with the stage, the number done, and the total.

    A terminal shows a bar with count, rate and time left, and removes it at the end. A log file gets a line
    for each stage, and another after each thousand. A run without work shows nothing.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield partial(_print_line, {})
        return
    bar = _Bar()
    try:
        yield bar.update
    finally:
        bar.erase()


def _print_line(reported: dict[str, int], stage: str, done: int, total: int) -> None:
    if stage not in reported:
        reported[stage] = 0
        click.echo(f"{stage}: {total:,}", err=True)
    elif done // _STEP > reported[stage] // _STEP:
        reported[stage] = done
        click.echo(f"{stage}: {done:,} of {total:,}", err=True)


class _Bar:
    """The bar of the current stage. No thread runs, so that processes can be forked safely."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = self._drawn = 0.0

    def update(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._began, self._drawn = stage, now, 0.0
        if done == total or now - self._drawn > _REFRESH:
            self._drawn = now
            line = _line(stage, done, total, now - self._began)
            click.echo(_ERASE_LINE + line, err=True, nl=False)

    def erase(self) -> None:
        if self._stage:
            click.echo(_ERASE_LINE, err=True, nl=False)


def _line(stage: str, done: int, total: int, seconds: float) -> str:
    """Return a line with bar, count, rate and time left that fits into the terminal."""
    rate = done / max(seconds, 0.001)
    left = timedelta(seconds=round((total - done) / rate)) if rate else "-:--:--"
    words = f"{done:,}/{total:,}  {rate:,.0f}/s  {left}"
    width = min(_BAR_WIDTH, shutil.get_terminal_size().columns - len(stage) - len(words) - 3)
    filled = max(0, width * done // max(total, 1))
    bar = "━" * filled
    if not os.environ.get("NO_COLOR"):  # https://no-color.org
        bar = click.style(bar, fg="magenta")
    return f"{stage} {bar}{' ' * (width - filled)} {words}"
