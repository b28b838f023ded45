"""``clusterpress check``: every fault, in words or for programs; and the usual form, shown or written."""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress import __version__
from clusterpress.cli.options import executor_option, jobs_option, now_option
from clusterpress.cli.progress import progress
from clusterpress.cli.project import FAULTS, open_or_exit, run_context, stop
from clusterpress.cli.reporting import print_problems
from clusterpress.values.problems import Problem, count, stops_build

if TYPE_CHECKING:
    from clusterpress.pipeline.project import Project


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
@click.option("--links", is_flag=True, help="Try links to other sites too, politely; it may take minutes.")
@click.option(
    "--only",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help='With --links: try only addresses, or links in files, that are like this: "*europa.eu*".',
)
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=7,
    show_default=True,
    help="With --links: believe for so many days that a link is sound.",
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@now_option
@jobs_option
@executor_option
@click.pass_obj
def check(
    root: Path,
    fix: bool,
    dry_run: bool,
    diff: bool,
    form: str,
    links: bool,
    patterns: tuple[str, ...],
    days: int,
    strict: bool,
    now: datetime,
    jobs: int | None,
    address: str,
) -> None:
    """Report every fault of settings, items, links and pictures; without --fix nothing is written.

    --fix writes dates as 2019-06-15, names of programmes, clusters, partners, authors and events as their
    slugs, tags in the case that is used most, and keys in their usual order. Comments, quotes, line ends and
    the text below stay as they are. With --dry-run or --diff nothing is written, and it fails if it would be.

    --links asks each host for one page at a time, with a pause, and keeps what it heard in .clusterpress/.
    Neither a plain check nor a build ever asks another site.

    Exit code 0: nothing to mend. 1: faults. 2: the command was called wrongly.
    """
    if (dry_run or diff) and not fix:
        raise click.UsageError(f"{'--dry-run' if dry_run else '--diff'} goes with --fix")
    if patterns and not links:
        raise click.UsageError("--only goes with --links")
    project, known = open_or_exit(root)
    if fix:
        fixable = _fix(project, dry_run=dry_run, diff=diff)
        if dry_run or diff:
            sys.exit(FAULTS if fixable else 0)
    problems = sorted({*known, *_find_faults(project, now, jobs, address)})
    if links:
        problems = sorted({*problems, *_try_links(project, now, patterns, days)})
    _print_report(problems, form, root)
    sys.exit(FAULTS if stops_build(problems, strict=strict) else 0)


def _find_faults(project: "Project", now: datetime, jobs: int | None, address: str) -> tuple[Problem, ...]:
    from clusterpress.pipeline.build import check

    with run_context(project, jobs, address) as run:
        return check(project, now=now, run=run).problems


def _try_links(
    project: "Project", now: datetime, patterns: tuple[str, ...], days: int
) -> "Iterator[Problem]":
    """Try the links to other sites, but for those that were sound some days ago."""
    from clusterpress.link_checker.external_links import find_external_links, report_links
    from clusterpress.link_checker.requests import CrawlPolicy, LinkCache, LinkResult, check_urls
    from clusterpress.sources.items import read_items

    settings = project.settings
    links = [
        one
        for one in find_external_links(read_items(project.root, settings), settings)
        if not patterns
        or any(fnmatch(text, wanted) for wanted in patterns for text in (one.address, one.path))
    ]
    addresses = {one.address for one in links}
    cache = LinkCache.open(project.work_folder)
    found = cache.load(addresses, now, days)
    kept, asked = len(found), sorted(addresses - found.keys())
    fresh: dict[str, LinkResult] = {}
    policy = CrawlPolicy(user_agent=f"clusterpress/{__version__} (checks the links of {settings.url})")
    try:
        with progress() as report:
            for number, (address, one) in enumerate(check_urls(asked, policy), start=1):
                fresh[address] = one
                report("trying links", number, len(asked))
    finally:
        cache.save(fresh, now)
    tried = count(len(asked), "address", "addresses")
    click.echo(f"Links to other sites: {tried} tried, {kept} known to be sound", err=True)
    return report_links(links, found | fresh)


def _print_report(problems: Sequence[Problem], form: str, root: Path) -> None:
    """Print the problems in the form that is asked for."""
    if form == "text":
        print_problems(problems)
        if not problems:
            click.echo("Nothing to mend.", err=True)
        return
    from clusterpress.checking.formats import FORMATTERS

    click.echo(FORMATTERS[form](problems, _folder_in_repository(root)), nl=False)


def _folder_in_repository(root: Path) -> str:
    """Return the project's folder within its Git repository, with a slash at its end; empty for its top."""
    top = next((parent for parent in (root, *root.parents) if (parent / ".git").exists()), root)
    folder = root.relative_to(top).as_posix()
    return "" if folder == "." else f"{folder}/"


def _fix(project: "Project", *, dry_run: bool, diff: bool) -> int:
    """Bring the sources into their usual form, or show what that would change; return how many files."""
    from clusterpress.checking.autofix import find_fixable, write_autofixes

    fixable = find_fixable(project)
    if diff:
        click.echo("".join(one.diff() for one in fixable), nl=False)
    else:
        for one in fixable:
            for change in one.changes:
                click.echo(f"{one.path}:{change.line}: {change}", err=True)
    if not (dry_run or diff):
        try:
            write_autofixes(project.root, fixable)
        except OSError as fault:
            stop(f"{fault.filename or 'a file'} cannot be written: {fault.strerror}")
    changes = sum(len(one.changes) for one in fixable)
    lead = "would change" if dry_run or diff else "changed"
    summary = (
        f"{lead} {count(changes, 'value')} in {count(len(fixable), 'file')}"
        if fixable
        else "all is in its usual form"
    )
    click.echo(f"Usual form: {summary}", err=True)
    return len(fixable)
