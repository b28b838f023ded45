"""``clusterpress newsletter propose``: the file of the next issue, for staff to edit."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.cli.newsletter import newsletter
from clusterpress.cli.project import FAULTS, now_option, open_or_exit, run_context, stop
from clusterpress.cli.reporting import print_problems
from clusterpress.values.problems import count, did_you_mean

if TYPE_CHECKING:
    from clusterpress.config.settings import Settings
    from clusterpress.newsletters.propose import Proposal

_LONGEST = 20
"""Items that are listed as left out."""


@newsletter.command()
@click.argument("name", metavar="[NEWSLETTER]", required=False)
@click.option("--lang", help="Language of the issue [default: that of the site].")
@click.option(
    "--review", type=click.IntRange(1900, 2200), metavar="YEAR", help="Look back on a year instead."
)
@now_option
@click.pass_obj
def propose(root: Path, name: str | None, lang: str | None, review: int | None, now: datetime) -> None:
    """Write the file of the next issue from what is new since the last one.

    The sections come from the newsletter's "propose:" ("review:") in site_config.yml, or else from the last
    issue. The issue is a draft that lists its items: move, delete and add what you like, and write the
    editorial. No file is ever overwritten.
    """
    from clusterpress.newsletters.propose import ProposalError, Request
    from clusterpress.newsletters.propose import propose as make_proposal
    from clusterpress.pipeline.issues import open_issues
    from clusterpress.theme.wording import open_wording

    project, known = open_or_exit(root)
    settings = project.settings
    chosen, lang = _choose(settings, name), _choose_language(settings, lang)
    wording = open_wording(project.theme, lang, "newsletter")
    request = Request(newsletter=chosen, lang=lang, today=now.date(), review=review or 0)
    with run_context(project) as run, open_issues(project, now=now, previews=True, run=run) as opened:
        try:
            proposal, problems = make_proposal(request, opened.issues, opened.library, wording)
        except ProposalError as fault:
            stop(str(fault), FAULTS)
    if problems:
        print_problems([*known, *problems])
        sys.exit(FAULTS)
    _write(root, proposal)


def _write(root: Path, proposal: "Proposal") -> None:
    from clusterpress.sources.files import write_file

    path = root / proposal.path
    if path.exists():
        stop(f"{proposal.path} is already there, and nothing is overwritten: edit it, or rename it", FAULTS)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, proposal.text.encode())
    for title, stories in proposal.taken:
        click.echo(f"{title}: {', '.join(story.title for story in stories)}")
    for title in proposal.empty:
        click.echo(f"{title}: nothing new, so the section is left out")
    for one in proposal.left_out[:_LONGEST]:
        click.echo(f"left out: {one.entry.title} ({one.reason}) {one.entry.path}")
    if len(proposal.left_out) > _LONGEST:
        click.echo(f"left out: {len(proposal.left_out) - _LONGEST} more")
    total = sum(len(stories) for _, stories in proposal.taken)
    since = f" since {proposal.since.isoformat()}" if proposal.since else ""
    click.echo(f"{proposal.path}: a draft with {count(total, 'item')}{since}; edit it, then preview it")


def _choose(settings: "Settings", name: str | None) -> str:
    names = list(settings.newsletters)
    if not names:
        stop('site_config.yml has no newsletter; add one under "newsletters:"')
    if name is None and len(names) > 1:
        stop(f"there are several newsletters; name one: {', '.join(names)}")
    chosen = name or names[0]
    if chosen not in names:
        hint = did_you_mean(chosen, names, f"there are: {', '.join(names)}")
        stop(f'there is no newsletter "{chosen}"; {hint}')
    return chosen


def _choose_language(settings: "Settings", lang: str | None) -> str:
    if lang and lang not in settings.languages:
        stop(f'the site has no language "{lang}"; it has {", ".join(settings.languages)}')
    return lang or settings.language
