"""``clusterpress forget``: list every place where a person or item appears, until none is left."""

import os
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.cli.project import FAULTS, open_or_exit, stop
from clusterpress.cli.reporting import progress
from clusterpress.values.problems import count

if TYPE_CHECKING:
    from clusterpress.forgetting.names import NamePattern
    from clusterpress.forgetting.places import Findings
    from clusterpress.pipeline.project import Project

_SHOWN = 20
"""Places of one part that are listed; more are counted."""
_ELSEWHERE = """\
What no program can examine from here:
  e-mails that were sent, and lists and drafts at your mailing service: delete them there
  search engines and web archives: ask each to remove the addresses above
  feeds and calendars that readers have already fetched: they follow when they fetch them again
  backups and copies on other machines; forks of a repository
  pictures, sound and film of the person, and initials, nicknames or misspellings (add them with --also)"""


@click.command()
@click.argument("name")
@click.option(
    "--also",
    "others",
    multiple=True,
    metavar="FORM",
    help="Another form: an earlier name, a nickname, an e-mail address. Repeat it for several.",
)
@click.option(
    "--output",
    "-o",
    "folder",
    type=click.Path(path_type=Path),
    help="Output folder of the builds [default: site/ in the project].",
)
@click.option("--offline", is_flag=True, help="Do not read publish targets. The result is then no proof.")
@click.option("--verbose", "-v", is_flag=True, help="List every place.")
@click.pass_obj
def forget(
    root: Path, name: str, others: tuple[str, ...], folder: Path | None, offline: bool, verbose: bool
) -> None:
    """List every place where a person or an item appears, with what to do about each. Nothing is changed.

    NAME is a person's name, the title of an item, or the path of its file. It is found in any case, with or
    without accents, with the last name first, in slugs, addresses and e-mail addresses, and with markup in
    between. Initials are not claimed.

    The command reads the sources, the built site with its search index, feeds, calendars, PDFs and e-mails,
    kept copies, the cache, the publish targets and the Git history. Correct what it lists, and run it again:
    it ends with exit code 0 only when all of this was read and none is left.

    Exit codes: 0 none is left, 1 places are left or could not be examined, 2 wrong usage.
    """
    from clusterpress.forgetting.forms import forms_of
    from clusterpress.forgetting.names import NamePattern, ShortNameError
    from clusterpress.sources.items import read_items

    project, _ = open_or_exit(root)
    try:
        pattern = NamePattern([*forms_of(name, read_items(project.root, project.settings)), *others])
    except ShortNameError as fault:
        stop(f'"{fault}" is too short to look for: give a name with at least two letters')
    output = (folder or root / "site").absolute()
    findings = _search(project, output, pattern, offline=offline)
    for line in _describe(pattern, findings, whole=verbose):
        click.echo(line)
    sys.exit(FAULTS if findings.places or findings.unread else 0)


def _search(project: "Project", output: Path, pattern: "NamePattern", *, offline: bool) -> "Findings":
    from clusterpress.forgetting.history import search_history
    from clusterpress.forgetting.places import Findings, search_project
    from clusterpress.forgetting.targets import search_target

    findings = Findings()
    search_project(project.root, output, pattern, findings)
    for target in project.settings.publish:
        if offline:
            findings.unread.append(f'the target "{target}": --offline leaves it out')
            continue
        with progress() as report:
            search_target(
                target,
                project.settings,
                (project.root, output),
                os.environ,
                pattern,
                findings,
                lambda done, total: report("reading the target", done, total),
            )
    search_history(project.root, pattern, findings)
    return findings


def _describe(pattern: "NamePattern", findings: "Findings", *, whole: bool) -> Iterator[str]:
    """Yield the lines of the report."""
    from clusterpress.forgetting.places import Area

    order = list(Area)
    places = sorted(findings.places, key=lambda one: (order.index(one.area), one.target, one))
    yield f"Searched for: {', '.join(pattern.forms)}"
    for (area, target), group in groupby(places, key=lambda one: (one.area, one.target)):
        found = list(group)
        yield ""
        yield f"{area.heading}{f' ({target})' if target else ''}: {count(len(found), 'place')}"
        shown = found if whole or len(found) <= _SHOWN + 1 else found[:_SHOWN]
        yield from (f"  {one}" for one in shown)
        if len(shown) < len(found):
            yield f"  and {len(found) - len(shown):,} more: -v lists all"
        yield f"  → {area.remedy.format(name=target)}"
    if findings.unread:
        yield ""
        yield f"Not examined: {len(findings.unread)}"
        yield from (f"  {one}" for one in findings.unread)
    yield ""
    yield _ELSEWHERE
    yield ""
    files = count(findings.searched, "file")
    if places:
        yield f"{count(len(places), 'place')} left in {files}. Correct them, then run this command again."
    elif findings.unread:
        yield f"None found in {files}, but not everything could be examined."
    else:
        yield f"None is left: {files} were read."
