"""``clusterpress publish``: build, compare with the target, and upload the differences."""

import os
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from clusterpress.cli.project import (
    FAULTS,
    MACHINE,
    executor_option,
    jobs_option,
    open_or_exit,
    run_context,
    stop,
    untrusted_option,
)
from clusterpress.cli.reporting import print_problems, progress, shorten
from clusterpress.values.problems import did_you_mean

if TYPE_CHECKING:
    from clusterpress.pipeline.project import Project
    from clusterpress.pipeline.run_context import RunContext
    from clusterpress.publishing.changes import Changes
    from clusterpress.publishing.files import SiteFile
    from clusterpress.publishing.workflow_files import Host

_KEPT = (
    "Git keeps every version that was published, also of what is changed or gone now. To keep only the "
    'last one, write "force: true" under "{name}" in site_config.yml'
)
_EXAMPLE = "live: {type: sftp, host: www.example.eu, path: /var/www/news}"


@click.command()
@click.option("--to", "name", metavar="NAME", help="Target [default: the only one in the settings].")
@click.option(
    "--dry-run", is_flag=True, help="Build, and list what would be uploaded and removed; upload nothing."
)
@click.option(
    "--output",
    "-o",
    "folder",
    type=click.Path(path_type=Path),
    help="Output folder of the build [default: site/ in the project].",
)
@untrusted_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors: do not publish with any.")
@click.option(
    "--relist",
    is_flag=True,
    help="List the files on the target again, in case somebody changed them by hand.",
)
@click.option(
    "--record",
    "only_record",
    is_flag=True,
    help="Only write published.json, the record of addresses and feed ids that later versions keep.",
)
@click.option(
    "--announce",
    is_flag=True,
    help="Announce new items on Mastodon, Bluesky and LinkedIn, each once: post where the settings name an "
    "account and the environment has its key, else write drafts to announcements/.",
)
@click.option(
    "--workflow",
    "host",
    type=click.Choice(["github", "gitlab", "netlify", "cloudflare"]),
    help="Write a workflow that publishes after each push and once a day; publish nothing now.",
)
@click.option(
    "--source",
    default="",
    metavar="ADDRESS",
    help="With --workflow: where the host installs clusterpress from, such as git+https://HOST/NAME@TAG "
    "[default: where it was installed from here].",
)
@jobs_option
@executor_option
@click.pass_obj
def publish(
    root: Path,
    name: str | None,
    dry_run: bool,
    folder: Path | None,
    untrusted: bool,
    strict: bool,
    relist: bool,
    only_record: bool,
    announce: bool,
    host: "Host | None",
    jobs: int | None,
    address: str,
    source: str,
) -> None:
    """Publish the site: build it, and upload the files that differ from the target.

    Define targets in site_config.yml under "publish:". Drafts, embargoed and expired items are never
    published. Nothing is published if a source has an error or still contains placeholder text. The next run
    continues an interrupted upload. At no time does a page refer to a missing file. Files that clusterpress
    did not upload stay on the target. A Git branch keeps all earlier versions in its history, unless the
    target has "force: true".

    If the settings name a WebSub hub ("feeds: hub:") or IndexNow ("index_now:"), they are told what changed.
    With "--announce", new items are announced; announced.json records what was, so commit it, too.

    After each upload, published.json records the addresses of items, their ids in feeds, and what calendars
    know of events. Commit it: if an address changes later, the old one leads on, and feeds keep the id; if an
    event changes, calendars take it over. If a workflow publishes the site, run
    "clusterpress publish --record" before you change addresses or events.
    """
    from clusterpress.publishing.errors import PublishError

    began = time.perf_counter()
    project, warnings = open_or_exit(root, untrusted=untrusted)
    print_problems(warnings)
    if only_record:
        _record(project)
        return
    name = _choose(project.settings.publish, name)
    if host:
        write_workflow(project, host, name, source)
        return
    try:
        output = (folder or root / "site").absolute()
        with run_context(project, jobs, address) as run:
            files = _build(project, output, name, run, strict=strict)
        where, changes = _send(project, output, name, files, dry_run=dry_run, relist=relist)
    except PublishError as fault:
        stop(f"{name}: {fault}", MACHINE)
    if not dry_run:
        _ping(project, changes, files)
    if announce:
        _announce(project, files, dry_run=dry_run)
    if not dry_run:
        _record(project)
    last = f"{name} ({where}): {_counts(changes)} ({time.perf_counter() - began:.1f} s)"
    click.echo(f"{last}; nothing was uploaded" if dry_run else last)


def _counts(changes: "Changes") -> str:
    return f"{changes}, {changes.unchanged} unchanged" if changes.unchanged else str(changes)


def _choose(targets: Mapping[str, object], name: str | None) -> str:
    if not targets:
        stop(f'site_config.yml has no target; add one under "publish:", for example {_EXAMPLE}')
    known = ", ".join(targets)
    if name is None and len(targets) > 1:
        stop(f"there are several targets; choose one with --to: {known}")
    chosen = name or next(iter(targets))
    if chosen not in targets:
        hint = did_you_mean(chosen, targets, f"there are: {known}")
        stop(f'there is no target "{chosen}"; {hint}')
    return chosen


def _build(
    project: "Project", output: Path, name: str, run: "RunContext", *, strict: bool
) -> "Mapping[str, SiteFile]":
    """Build the site, and return its files; end the run if it cannot be published."""
    from clusterpress.publishing.site import build_site

    built = build_site(project, output, name, run, strict=strict)
    print_problems(built.problems)
    if not built.is_built:
        click.echo("Nothing was published: correct the errors first.", err=True)
        sys.exit(FAULTS)
    if built.placeholders:
        where = ", ".join(built.placeholders)
        click.echo(f"Nothing was published: {where} still contains placeholder text.", err=True)
        sys.exit(FAULTS)
    return built.files


def _ping(project: "Project", changes: "Changes", files: "Mapping[str, SiteFile]") -> None:
    """Tell hub and search engines what changed, if the settings name any."""
    if project.settings.feeds.hub or project.settings.index_now:
        from clusterpress.publishing.announcing.pings import send_pings

        for words in send_pings(project.settings, changes, files, _warn):
            click.echo(words, err=True)


def _announce(project: "Project", files: "Mapping[str, SiteFile]", *, dry_run: bool) -> None:
    """Announce new items, or only show what would be announced; a fault is a warning."""
    from clusterpress.publishing.announcing.run import Announcer, describe
    from clusterpress.publishing.errors import PublishError
    from clusterpress.publishing.site import plan_site_announcements

    try:
        with run_context(project) as run:
            plan = plan_site_announcements(project, files, run)
        if dry_run:
            for text in describe(plan, project.settings):
                click.echo(text)
            return
        Announcer(
            root=project.root,
            settings=project.settings,
            files=files,
            environment=os.environ,
            now=lambda: datetime.now().astimezone(),
            say=lambda words: click.echo(words, err=True),
            warn=_warn,
        ).announce(plan)
    except PublishError as fault:
        _warn(str(fault))


def _warn(words: str) -> None:
    click.echo(f"warning: {words}", err=True)


def _record(project: "Project") -> None:
    """Write the record of what was published."""
    from clusterpress.publishing.site import record_published
    from clusterpress.values.source_names import RECORD

    with run_context(project) as run:
        try:
            if record_published(project, run):
                click.echo(f"{RECORD}: addresses recorded; commit it with the content", err=True)
        except OSError as fault:
            click.echo(f"{RECORD} cannot be written: {fault.strerror}", err=True)


def _send(
    project: "Project",
    output: Path,
    name: str,
    files: "Mapping[str, SiteFile]",
    *,
    dry_run: bool,
    relist: bool,
) -> "tuple[str, Changes]":
    from clusterpress.publishing.site import open_comparison
    from clusterpress.publishing.upload import upload

    with open_comparison(project, output, name, files, os.environ, relist=relist) as compared:
        target, remote, changes = compared.target, compared.remote, compared.changes
        if remote.remark:
            left = len(remote.unmanaged - files.keys())
            files_left = "1 other file stays" if left == 1 else f"{left} other files stay"
            click.echo(f"{name}: {remote.remark}; {files_left} as is", err=True)
        if target.keeps_history and (changes.removed or changes.changed):
            click.echo(f"{name}: {_KEPT.format(name=name)}", err=True)
        if dry_run:
            lists = {"new": changes.new, "changed": changes.changed, "gone": changes.removed}
            for word, paths in lists.items():
                for path in paths:
                    click.echo(f"{word:8} {path}")
        else:
            with progress() as report:
                message = f"Publish {project.settings.name}: {changes}"
                upload(target, files, remote, changes, report, message)
        return target.where, changes


def write_workflow(project: "Project", host: "Host", name: str, source: str = "") -> None:
    """Write a workflow file to the path that the host expects; never overwrite another one.

    For the arguments, see `make_workflow`.
    """
    from clusterpress.publishing.errors import PublishError
    from clusterpress.publishing.workflow_files import make_workflow

    root = project.root
    top = next((parent for parent in (root, *root.parents) if (parent / ".git").exists()), root)
    folder = PurePosixPath(root.relative_to(top).as_posix())
    try:
        path, text = make_workflow(host, name, project.settings, folder, source)
    except PublishError as fault:
        stop(f"{name}: {fault}")
    file = top / path
    if file.is_file() and file.read_text(encoding="utf-8") != text:
        stop(f"{name}: {shorten(file)} already exists with other content; rename it, then compare both files")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{shorten(file)}: written; its first lines list the settings that the host needs")
