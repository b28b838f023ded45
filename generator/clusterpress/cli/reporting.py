"""Problems and changes, printed for terminals and for log files."""

import os
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.values.problems import Problem, Severity, summary

if TYPE_CHECKING:
    from clusterpress.pipeline.build import Result

_NOTHING_MADE = "no output was rebuilt"

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
    """Print what a build changed, why if requested, and its duration."""
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
    """Print that all outputs are up to date."""
    if paths:
        click.echo(_NOTHING_MADE)
    if verbose:
        click.echo(f"{'check':<9}{seconds:8.3f} s")
    click.echo(f"{shorten(folder)}: {count} unchanged ({seconds:.1f} s)")


def shorten(path: Path) -> str:
    """Return a path relative to the current folder if it lies in it."""
    try:
        return path.relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return str(path)


def _say(text: str) -> None:
    """Print to standard error; colours only where they are wanted (https://no-color.org)."""
    click.echo(text, err=True, color=False if os.environ.get("NO_COLOR") else None)
