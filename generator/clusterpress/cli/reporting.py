"""Reporting: problems, progress and changes, for people on a terminal and for files."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.problems import Problem, Severity, summary

if TYPE_CHECKING:
    from clusterpress.build import Result

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def print_problems(problems: Sequence[Problem]) -> None:
    """Print one line for each problem, sorted by place, and their count at the end."""
    for problem in sorted(set(problems)):
        place, _, words = str(problem).partition(f" {problem.severity}: ")
        colour = _COLOURS[problem.severity]
        _say(f"{place} {click.style(f'{problem.severity}:', fg=colour, bold=True)} {words}")
    if problems:
        _say(summary(set(problems)))


def print_changes(result: "Result", folder: Path, paths: Sequence[str], *, verbose: bool) -> None:
    """Print what a build changed, why if asked, and how long it took."""
    difference = result.difference
    if difference is None:
        return
    for path, reason in difference.stale.items():
        if any(fnmatch(path, wanted) or fnmatch(path, f"{wanted.strip('/')}/index.html") for wanted in paths):
            click.echo(f"{path}: {reason}")
    if paths and not difference.stale:
        click.echo("no output was made again")
    if verbose:
        click.echo(" · ".join(f"{stage} {seconds:.2f} s" for stage, seconds in result.stages.items()))
    changed = len(difference.stale) - len(difference.new)
    parts = (
        (len(difference.new), "new"),
        (changed, "changed"),
        (len(difference.gone), "gone"),
        (len(difference.fingerprints) - len(difference.stale), "unchanged"),
    )
    summary = ", ".join(f"{number} {word}" for number, word in parts if number) or "nothing to do"
    click.echo(f"{shorten(folder)}: {summary} ({result.seconds:.1f} s)")


def shorten(path: Path) -> str:
    """Return a path relative to the current folder if it lies in it."""
    try:
        return path.relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return str(path)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows progress: a bar on a terminal, a plain line for each stage elsewhere."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _plain_progress()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as bars:
        tasks: dict[str, int] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield report


def _plain_progress() -> Callable[[str, int, int], None]:
    """Return a reporter that says each stage once, and then every thousand."""
    said: set[str] = set()

    def report(stage: str, done: int, total: int) -> None:
        if stage not in said or done % 1000 == 0:
            said.add(stage)
            click.echo(f"{stage}: {done} of {total}", err=True)

    return report


def _say(text: str) -> None:
    """Print to standard error; colours only where they are wanted (https://no-color.org)."""
    click.echo(text, err=True, color=False if os.environ.get("NO_COLOR") else None)
