"""``clusterpress newsletter``: preview, freeze or export an issue."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.cli.browser import open_in_browser
from clusterpress.cli.project import FAULTS, now_option, open_or_exit, run_context, stop
from clusterpress.cli.reporting import print_problems, shorten
from clusterpress.values.problems import stops_build

if TYPE_CHECKING:
    from clusterpress.newsletters.issues import ResolvedIssue
    from clusterpress.pipeline.issues import OpenIssues, Service

_SERVICES = ("none", "listmonk", "mailchimp", "brevo", "buttondown")


_FURTHER = ("propose", "send")
"""Commands with a module of their own."""


class _Group(click.Group):
    """The group, whose further commands have modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        for name in _FURTHER:
            import_module(f"clusterpress.cli.newsletter_{name}")
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _FURTHER:
            import_module(f"clusterpress.cli.newsletter_{cmd_name}")
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Group)
def newsletter() -> None:
    """Propose, preview, freeze, export and hand over the issues of your newsletters.

    NO is the number of an issue: "3". Where several newsletters have that number, write "clusters-cord/3".
    """


number_argument = click.argument("name", metavar="NO")


@newsletter.command()
@number_argument
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the preview [default: one in .clusterpress/].",
)
@click.option("--open", "show", is_flag=True, help="Open the preview in the browser.")
@now_option
@click.pass_obj
def preview(root: Path, name: str, folder: Path | None, show: bool, now: datetime) -> None:
    """Build all editions of an issue, and show them side by side.

    The folder receives one page that shows the web edition, the pages of the PDF and the e-mail (light, dark,
    on a phone, in Outlook, as text), its place in an inbox and its size. It lists the items that the issue
    leaves out, and why, with the files to edit. All files open without a server. Drafts and embargoed items
    are included. The site does not change.
    """
    from clusterpress.pipeline.issues import preview_files

    with open_issue(root, name, now, previews=True) as (opened, issue):
        files = preview_files(opened, issue)
    target = folder or root / ".clusterpress" / "newsletters" / f"{issue.newsletter}-{issue.number}"
    overview = target.absolute() / "index.html"
    _write(overview.parent, root, files)
    pages = sum(path.startswith("pages/") for path in files)
    click.echo(f"{shorten(overview)}: {', '.join(issue.item.editions)}, {pages} pages")
    if show:
        open_in_browser(overview.as_uri())


@newsletter.command()
@number_argument
@now_option
@click.pass_obj
def freeze(root: Path, name: str, now: datetime) -> None:
    """Write the list of items of an issue into its file, so that it no longer changes.

    Afterwards, new items and other filters do not change the issue. Its file contains "frozen: true" and the
    current items of each section. Everything else in the file stays as it is.
    """
    from clusterpress.content.items import Issue
    from clusterpress.content.reader import read_item
    from clusterpress.newsletters.freeze import FreezeError
    from clusterpress.newsletters.freeze import freeze as freeze_text
    from clusterpress.sources.files import write_file

    with open_issue(root, name, now, previews=False) as (opened, issue):
        path = root / issue.item.source.path
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")

        def read(changed: str) -> Issue | None:
            item, _ = read_item(changed.encode(), issue.item.source.path, opened.library.settings)
            return item if isinstance(item, Issue) else None

        try:
            frozen = freeze_text(text, issue, opened.library, read)
        except FreezeError as fault:
            stop(f"{issue.item.source.path}: {fault}", FAULTS)
    count = len(issue.stories)
    if frozen == text:
        click.echo(f"{issue.item.source.path}: already frozen with {count} items")
        return
    content = frozen.replace("\n", "\r\n") if b"\r\n" in raw else frozen
    write_file(path, (b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b"") + content.encode())
    click.echo(f"{issue.item.source.path}: frozen with {count} items")


@newsletter.command()
@number_argument
@click.option(
    "--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to fill."
)
@click.option(
    "--service",
    type=click.Choice(_SERVICES),
    help="Mailing service, for its unsubscribe tag [default: from the settings].",
)
@now_option
@click.pass_obj
def export(root: Path, name: str, folder: Path, service: "Service | None", now: datetime) -> None:
    """Export everything that a mailing service needs.

    The folder receives the e-mail as HTML and as text, a draft for mail programs (.eml), the images, the PDF,
    and a README.txt with step-by-step instructions.
    """
    from clusterpress.pipeline.issues import NoMailError, export_files

    with open_issue(root, name, now, previews=False) as (opened, issue):
        try:
            files, size = export_files(opened, issue, service or issue.masthead.unsubscribe)
        except NoMailError as fault:
            stop(str(fault), FAULTS)
    _write(folder.absolute(), root, files)
    click.echo(f"{shorten(folder.absolute())}: {len(files)} files, the e-mail has {size / 1000:.0f} KB")


@contextmanager
def open_issue(
    root: Path, name: str, now: datetime, *, previews: bool
) -> "Iterator[tuple[OpenIssues, ResolvedIssue]]":
    """Provide all issues and the named one; end the run if there are errors or no such issue."""
    from clusterpress.newsletters.resolve import UnknownIssueError, find_issue
    from clusterpress.pipeline.issues import open_issues
    from clusterpress.values.outputs import OutputError

    project, known = open_or_exit(root)
    try:
        with run_context(project) as run, open_issues(project, now=now, previews=previews, run=run) as opened:
            problems = (*known, *opened.problems)
            if stops_build(problems, strict=False):
                print_problems(problems)
                sys.exit(FAULTS)
            yield opened, find_issue(opened.issues, name)
    except UnknownIssueError as fault:
        stop(str(fault))
    except OutputError as fault:
        print_problems([fault.problem])
        sys.exit(FAULTS)


def _write(folder: Path, root: Path, files: Mapping[str, bytes]) -> None:
    from clusterpress.pipeline.commit import fill_folder

    fill_folder(folder, root, files)
