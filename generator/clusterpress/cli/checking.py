"""``clusterpress check``: every fault, in words or for programs; and the usual form, shown or written."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.cli.opening import FAULTS, open_or_exit, stop
from clusterpress.cli.options import jobs_option, now_option
from clusterpress.cli.progress import progress
from clusterpress.cli.reporting import print_problems
from clusterpress.problems import Problem, count, stop_a_build

if TYPE_CHECKING:
    from clusterpress.build import Project


@click.command()
@click.option("--fix", is_flag=True, help="First write in the usual form what a program can decide.")
@click.option("--dry-run", is_flag=True, help="With --fix: list what would be written; write nothing.")
@click.option("--diff", is_flag=True, help="With --fix: show the lines before and after; write nothing.")
@click.option(
    "--output-format",
    "-o",
    "form",
    type=click.Choice(["text", "json", "github", "html"]),
    default="text",
    show_default=True,
    help="How the faults are told; all but text go to standard output.",
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@now_option
@jobs_option
@click.pass_obj
def check(
    root: Path,
    fix: bool,
    dry_run: bool,
    diff: bool,
    form: str,
    strict: bool,
    now: datetime,
    jobs: int | None,
) -> None:
    """Report every fault of settings, items, links and pictures; without --fix nothing is written.

    --fix writes dates as 2019-06-15, names of programmes, clusters, partners, authors and events as their
    slugs, tags in the case that is used most, and keys in their usual order. Comments, quotes, line ends and
    the text below stay as they are. With --dry-run or --diff nothing is written, and it fails if it would be.

    Exit code 0: nothing to mend. 1: faults. 2: the command was called wrongly.
    """
    if (dry_run or diff) and not fix:
        raise click.UsageError(f"{'--dry-run' if dry_run else '--diff'} goes with --fix")
    project, known = open_or_exit(root)
    if fix:
        unusual = _fix(project, dry_run=dry_run, diff=diff)
        if dry_run or diff:
            sys.exit(FAULTS if unusual else 0)
    problems = sorted({*known, *_find_faults(project, now, jobs)})
    _tell(problems, form, root)
    sys.exit(FAULTS if stop_a_build(problems, strict=strict) else 0)


def _find_faults(project: "Project", now: datetime, jobs: int | None) -> tuple[Problem, ...]:
    from clusterpress.build import BusyError, Work, check, count_cores

    try:
        with progress() as report:
            return check(project, now=now, work=Work(report, jobs or count_cores())).problems
    except BusyError as fault:
        stop(str(fault))


def _tell(problems: Sequence[Problem], form: str, root: Path) -> None:
    """Print the problems in the form that is asked for."""
    if form == "text":
        print_problems(problems)
        if not problems:
            click.echo("Nothing to mend.", err=True)
        return
    from clusterpress.checking import REPORTS

    click.echo(REPORTS[form](problems, _folder_in_repository(root)), nl=False)


def _folder_in_repository(root: Path) -> str:
    """Return the project's folder within its Git repository, with a slash at its end; empty for its top."""
    top = next((parent for parent in (root, *root.parents) if (parent / ".git").exists()), root)
    folder = root.relative_to(top).as_posix()
    return "" if folder == "." else f"{folder}/"


def _fix(project: "Project", *, dry_run: bool, diff: bool) -> int:
    """Bring the sources into their usual form, or show what that would change; return how many files."""
    from clusterpress.checking import find_unusual, write_mended

    unusual = find_unusual(project)
    if diff:
        click.echo("".join(one.diff() for one in unusual), nl=False)
    else:
        for one in unusual:
            for change in one.changes:
                click.echo(f"{one.path}:{change.line}: {change}", err=True)
    if not (dry_run or diff):
        try:
            write_mended(project.root, unusual)
        except OSError as fault:
            stop(f"{fault.filename or 'a file'} cannot be written: {fault.strerror}")
    changes = sum(len(one.changes) for one in unusual)
    lead = "would change" if dry_run or diff else "changed"
    told = (
        f"{lead} {count(changes, 'value')} in {count(len(unusual), 'file')}"
        if unusual
        else "all is in its usual form"
    )
    click.echo(f"Usual form: {told}", err=True)
    return len(unusual)
