"""``clusterpress publish``: build, compare with what lies on the target, and upload the difference."""

import os
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from clusterpress.cli.progress import progress
from clusterpress.cli.project import open_or_exit, run_context, stop
from clusterpress.cli.reporting import print_problems, shorten
from clusterpress.values.problems import nearest

if TYPE_CHECKING:
    from clusterpress.pipeline.project import Project
    from clusterpress.publishing.changes import Changes
    from clusterpress.publishing.files import SiteFile
    from clusterpress.publishing.workflow_files import Host

_EXAMPLE = "live: {type: sftp, host: www.example.eu, path: /var/www/news}"


@click.command()
@click.option(
    "--to", "name", metavar="NAME", help="The target; may be left out if the settings have only one."
)
@click.option(
    "--dry-run", is_flag=True, help="Build, and list what would be uploaded and removed; send nothing."
)
@click.option(
    "--output",
    "-o",
    "folder",
    type=click.Path(path_type=Path),
    help="Output folder of the build; site/ in the project when not given.",
)
@click.option("--strict", is_flag=True, help="Take warnings for errors: do not publish with any.")
@click.option(
    "--relist",
    is_flag=True,
    help="Look which files are really there: somebody may have removed some by hand.",
)
@click.option(
    "--workflow",
    "host",
    type=click.Choice(["github", "gitlab"]),
    help="Write a workflow file that publishes after each push and once a day; publish nothing now.",
)
@click.pass_obj
def publish(
    root: Path,
    name: str | None,
    dry_run: bool,
    folder: Path | None,
    strict: bool,
    relist: bool,
    host: "Host | None",
) -> None:
    """Publish the site: build it, and upload what differs from what lies on the target.

    Targets are named in site_config.yml under "publish:". Drafts, embargoed and expired items are never
    published, and nothing is if a source has a fault or still holds placeholder text. An upload that was cut
    goes on with the next run; at no moment does a page point at a file that is not there. Files on the target
    that clusterpress did not put there are left alone.
    """
    from clusterpress.publishing.errors import PublishError

    began = time.perf_counter()
    project, warnings = open_or_exit(root)
    print_problems(warnings)
    name = _choose(project.settings.publish, name)
    try:
        if host:
            write_workflow(project, host, name)
            return
        output = (folder or root / "site").absolute()
        files = _build(project, output, name, strict=strict)
        where, changes = _send(project, output, name, files, dry_run=dry_run, relist=relist)
    except PublishError as fault:
        stop(f"{name}: {fault}", 1)
    parts = [str(changes), f"{changes.unchanged} unchanged"] if changes.unchanged else [str(changes)]
    last = f"{name} ({where}): {', '.join(parts)} ({time.perf_counter() - began:.1f} s)"
    click.echo(f"{last}; nothing was sent" if dry_run else last)


def _choose(targets: Mapping[str, object], name: str | None) -> str:
    """Return the target that is meant."""
    if not targets:
        stop(f'site_config.yml names no target; add one under "publish:", such as {_EXAMPLE}', 2)
    known = ", ".join(targets)
    if name is None and len(targets) > 1:
        stop(f"there are several targets; name one with --to: {known}", 2)
    chosen = name or next(iter(targets))
    if chosen not in targets:
        guess = nearest(chosen, targets)
        stop(
            f'there is no target "{chosen}"; '
            + (f'did you mean "{guess}"?' if guess else f"there are: {known}"),
            2,
        )
    return chosen


def _build(project: "Project", output: Path, name: str, *, strict: bool) -> "dict[str, SiteFile]":
    """Bring the site up to date and return its files, as they are before another build may touch them."""
    from clusterpress.content.text_checks import placeholders_among
    from clusterpress.pipeline.build import BuildRequest, build
    from clusterpress.publishing.files import collect_files

    files: dict[str, SiteFile] = {}
    settings = project.settings
    request = BuildRequest(
        project=project,
        folder=output,
        now=datetime.now().astimezone(),
        strict=strict,
        on_success=lambda made: files.update(
            collect_files(output, made.paths, settings.publish[name], settings)
        ),
    )
    with run_context(project) as run:
        result = build(request, run)
    print_problems(result.problems)
    if result.difference is None:
        click.echo("Nothing was published: mend the faults first.", err=True)
        sys.exit(1)
    if left := placeholders_among(result.problems):
        where = ", ".join(dict.fromkeys(problem.path for problem in left))
        click.echo(f"Nothing was published: placeholder text is left in {where}.", err=True)
        sys.exit(1)
    return files


def _send(
    project: "Project", output: Path, name: str, files: "dict[str, SiteFile]", *, dry_run: bool, relist: bool
) -> "tuple[str, Changes]":
    """Upload what differs, and return where to and what it was."""
    from clusterpress.publishing.changes import compare, inspect_target
    from clusterpress.publishing.targets.target import open_target
    from clusterpress.publishing.upload import upload

    with open_target(name, project.settings, project.root, output, os.environ) as target:
        remote = inspect_target(target, relist=relist)
        changes = compare(files, remote)
        if remote.remark:
            left = len(remote.unmanaged - files.keys())
            files_left = "1 file not of this site is" if left == 1 else f"{left} files not of this site are"
            click.echo(f"{name}: {remote.remark}; {files_left} left alone", err=True)
        if dry_run:
            _list(changes)
        else:
            with progress() as report:
                message = f"Publish {project.settings.name}: {changes}"
                upload(target, files, remote, changes, report, message)
        return target.where, changes


def _list(changes: "Changes") -> None:
    for word, paths in (("new", changes.new), ("changed", changes.changed), ("gone", changes.removed)):
        for path in paths:
            click.echo(f"{word:8} {path}")


def write_workflow(project: "Project", host: "Host", name: str) -> None:
    """Write a workflow file to where the repository's host looks for it; never over another one."""
    from clusterpress.publishing.errors import PublishError
    from clusterpress.publishing.workflow_files import make_workflow

    root = project.root
    top = next((parent for parent in (root, *root.parents) if (parent / ".git").exists()), root)
    path, text = make_workflow(host, name, project.settings, PurePosixPath(root.relative_to(top).as_posix()))
    file = top / path
    if file.is_file() and file.read_text(encoding="utf-8") != text:
        raise PublishError(f"{shorten(file)} is there already, and differs", "rename it, and compare the two")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{shorten(file)}: written; its first lines say what the host has to be told")
