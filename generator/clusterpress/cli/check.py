"""``clusterpress check``: list all problems, for people or for programs; show or write the canonical form."""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress import __version__
from clusterpress.cli.project import (
    FAULTS,
    executor_option,
    jobs_option,
    now_option,
    open_or_exit,
    run_context,
    untrusted_option,
)
from clusterpress.cli.reporting import print_problems, progress, shorten
from clusterpress.sources.files import write_file
from clusterpress.values.problems import Problem, count, stops_build

if TYPE_CHECKING:
    from clusterpress.pipeline.project import Project


_FORMS = ("text", "json", "github", "html")


def _output_format(
    _context: click.Context, _parameter: click.Parameter, value: str
) -> tuple[str, Path | None]:
    """Return the format, and the file if one is named."""
    if value in _FORMS:
        return value, None
    file = Path(value)
    if (form := file.suffix.lower().removeprefix(".")) not in ("txt", "json", "html"):
        choices = f"{', '.join(_FORMS)}, nor a file whose name ends in .txt, .json or .html"
        raise click.BadParameter(f'"{value}" is none of {choices}')
    return form, file


@click.command()
@click.option(
    "--fix", is_flag=True, help="First convert sources to the canonical form, as far as a program can."
)
@click.option("--dry-run", is_flag=True, help="With --fix: list the changes; write nothing.")
@click.option("--diff", is_flag=True, help="With --fix: show the changes as a diff; write nothing.")
@click.option(
    "--output-format",
    "-o",
    "wanted",
    metavar="[text|json|github|html|FILE]",
    default="text",
    show_default=True,
    callback=_output_format,
    help="Output format; all except text go to standard output. Or a file for the whole list, whose name "
    "ends in .txt, .json or .html.",
)
@click.option("--verbose", "-v", is_flag=True, help="List every problem, instead of what fits on a screen.")
@click.option(
    "--links",
    is_flag=True,
    help="Also check external links (rate-limited, respects robots.txt). May take minutes.",
)
@click.option(
    "--only",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help='With --links: check only URLs, or links in files, that match: "*europa.eu*".',
)
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=7,
    show_default=True,
    help="With --links: reuse successful results for N days.",
)
@click.option(
    "--fetch-images",
    is_flag=True,
    help="First fetch pictures of other sites: save them beside the items, and name the files there.",
)
@untrusted_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors, except those of the time alone.")
@now_option
@jobs_option
@executor_option
@click.pass_obj
def check(
    root: Path,
    fix: bool,
    dry_run: bool,
    diff: bool,
    wanted: tuple[str, Path | None],
    verbose: bool,
    links: bool,
    patterns: tuple[str, ...],
    days: int,
    fetch_images: bool,
    untrusted: bool,
    strict: bool,
    now: datetime,
    jobs: int | None,
    address: str,
) -> None:
    """List all problems of settings, items, links and images. Without --fix, nothing is written.

    --fix writes dates as 2019-06-15, names of programmes, clusters, partners, authors and events as slugs,
    tags in their most frequent spelling, and keys in their usual order. It does not change comments, quotes,
    line ends or the text. With --dry-run or --diff, nothing is written; the exit code is 1 if --fix would
    change a file.

    --links requests one page at a time from each host, with a pause, and stores the results in
    .clusterpress/. --fetch-images requests each picture of another site once. Without these two options,
    no command contacts another site.

    Exit codes: 0 no problems, 1 problems, 2 wrong usage, 3 the machine does not permit it.
    """
    if (dry_run or diff) and not fix:
        raise click.UsageError(f"{'--dry-run' if dry_run else '--diff'} goes with --fix")
    if patterns and not links:
        raise click.UsageError("--only goes with --links")
    project, known = open_or_exit(root, untrusted=untrusted)
    if fix:
        fixable = _fix(project, dry_run=dry_run, diff=diff, whole=verbose)
        if dry_run or diff:
            sys.exit(FAULTS if fixable else 0)
    if fetch_images:
        known = [*known, *_fetch_images(project)]
    from clusterpress.pipeline.build import check as find_problems

    with run_context(project, jobs, address) as run:
        problems = sorted({*known, *find_problems(project, now=now, run=run, strict=strict).problems})
    if links:
        problems = sorted({*problems, *_try_links(project, now, patterns, days)})
    _report(problems, *wanted, root, verbose=verbose)
    sys.exit(FAULTS if stops_build(problems, strict=strict) else 0)


def _try_links(
    project: "Project", now: datetime, patterns: tuple[str, ...], days: int
) -> "Iterator[Problem]":
    """Check external links, except those that were successful in the last days."""
    from clusterpress.link_checker.external_links import find_external_links, report_links
    from clusterpress.link_checker.requests import CrawlPolicy, LinkCache, LinkResult, check_urls
    from clusterpress.pipeline.paths import WORK_FOLDER, make_cache_folder
    from clusterpress.sources.items import read_items

    settings = project.settings
    links = [
        one
        for one in find_external_links(read_items(project.root, settings), settings)
        if not patterns
        or any(fnmatch(text, wanted) for wanted in patterns for text in (one.address, one.path))
    ]
    addresses = {one.address for one in links}
    cache = LinkCache.open(
        make_cache_folder(project.root) if project.untrusted else project.root / WORK_FOLDER
    )
    found = cache.load(addresses, now, days)
    kept, asked = len(found), sorted(addresses - found.keys())
    fresh: dict[str, LinkResult] = {}
    policy = CrawlPolicy(user_agent=f"clusterpress/{__version__} (checks the links of {settings.url})")
    try:
        with progress() as report:
            for number, (address, one) in enumerate(check_urls(asked, policy), start=1):
                fresh[address] = one
                report("checking links", number, len(asked))
    finally:
        cache.save(fresh, now)
    tried = count(len(asked), "address", "addresses")
    click.echo(f"External links: {tried} checked, {kept} reused", err=True)
    return report_links(links, found | fresh)


def _fetch_images(project: "Project") -> "list[Problem]":
    """Fetch the pictures of other sites; return what is wrong with those that cannot be fetched."""
    from clusterpress.link_checker.fetch_images import fetch_images, find_remote_images
    from clusterpress.link_checker.requests import CrawlPolicy
    from clusterpress.markup.render import render
    from clusterpress.sources.items import read_items

    settings = project.settings
    images = [
        image
        for item in read_items(project.root, settings)
        for image in find_remote_images(
            item, [(ref.src, ref.line) for ref in render(item.source.body, settings).outline.pictures]
        )
    ]
    policy = CrawlPolicy(
        user_agent=f"clusterpress/{__version__} (fetches pictures for {settings.url})", pause=0.2
    )
    with progress() as report:
        done = fetch_images(
            project.root, images, policy, lambda number: report("fetching pictures", number, len(images))
        )
    faults = [problem for one in done if (problem := one.problem())]
    saved = len({one.file for one in done if one.file})
    click.echo(f"Pictures of other sites: {count(saved, 'file')} saved, {len(faults)} not fetched", err=True)
    return faults


def _report(problems: Sequence[Problem], form: str, file: Path | None, root: Path, *, verbose: bool) -> None:
    """Print the problems, or write the whole list into a file and print a short one."""
    if form == "text" or file:
        print_problems(problems, whole=verbose)
        if not problems:
            click.echo("No problems found.", err=True)
    if form == "text":
        return
    from clusterpress.checking.formats import FORMATTERS

    made = FORMATTERS[form](problems, _folder_in_repository(root))
    if file is None:
        click.echo(made, nl=False)
        return
    write_file(file, made.encode())
    click.echo(f"{shorten(file.absolute())}: {count(len(problems), 'problem')} written", err=True)


def _folder_in_repository(root: Path) -> str:
    """Return the project's folder within its Git repository, with a slash at its end; empty for its top."""
    top = next((parent for parent in (root, *root.parents) if (parent / ".git").exists()), root)
    folder = root.relative_to(top).as_posix()
    return "" if folder == "." else f"{folder}/"


_SHOWN_CHANGES = 20
"""Changes that are listed; more are counted."""


def _fix(project: "Project", *, dry_run: bool, diff: bool, whole: bool) -> int:
    """Convert the sources to the canonical form, or show the changes; return the number of files."""
    from clusterpress.checking.canonical_form import find_fixable, write_autofixes

    fixable = find_fixable(project)
    if diff:
        click.echo("".join(one.diff() for one in fixable), nl=False)
    else:
        listed = [f"{one.path}:{change.line}: {change}" for one in fixable for change in one.changes]
        shown = listed if whole or len(listed) <= _SHOWN_CHANGES + 1 else listed[:_SHOWN_CHANGES]
        for line in shown:
            click.echo(line, err=True)
        if len(shown) < len(listed):
            click.echo(f"and {len(listed) - len(shown):,} more: -v lists all", err=True)
    if not (dry_run or diff):
        write_autofixes(project.root, fixable)
    changes = sum(len(one.changes) for one in fixable)
    lead = "would change" if dry_run or diff else "changed"
    summary = (
        f"{lead} {count(changes, 'value')} in {count(len(fixable), 'file')}"
        if fixable
        else "all files are in canonical form"
    )
    click.echo(f"Canonical form: {summary}", err=True)
    return len(fixable)
