"""The steps that all commands of ``import`` share: read a source, import it, print the report."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterpress.cli.project import FAULTS, MACHINE, USAGE, open_or_exit, stop
from clusterpress.cli.reporting import print_problems, shorten
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import count

if TYPE_CHECKING:
    from clusterpress.config.settings import Settings
    from clusterpress.importing.plan import Plan
    from clusterpress.importing.records import Export, ImportSourceError, Report, Skipped
    from clusterpress.importing.write import Attachments
    from clusterpress.values.problems import Problem

_SHOWN = 40
"""Lines of one kind that a report prints unless --verbose asks for all."""

into_option = click.option("--into", default="content/news", show_default=True, help="Folder for news items.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Report what would be imported; write nothing.")
verbose_option = click.option("--verbose", "-v", is_flag=True, help="Print every line of the report.")


def bytes_of(file: Path) -> bytes:
    """Return the content of an export, unpacked; end the command if it cannot be read."""
    from clusterpress.importing.sources.packed import read_packed

    try:
        return read_packed(file)
    except OSError as error:
        stop(f"{file} cannot be read: {error}", USAGE if isinstance(error, FileNotFoundError) else MACHINE)


def run_import(
    root: Path,
    read: "Callable[[Settings, Plan], Export | tuple[Export, Sequence[ImportSourceError]]]",
    attachments: "Attachments | None",
    *,
    into: str,
    mapped: Mapping[str, str],
    dry_run: bool,
    verbose: bool,
    plan: Path | None = None,
) -> None:
    """Read a source, import it, and print the report; or write a plan for it.

    Args:
        root: the project.
        read: returns the export, perhaps with the faults of files that cannot be read.
        attachments: files that come with the export.
        into: folder for news.
        mapped: foreign taxonomy or key → key of ours.
        dry_run: whether to write nothing.
        verbose: whether to print every line.
        plan: file that says what each type becomes.
    """
    from clusterpress.importing.records import ImportSourceError
    from clusterpress.values.problems import errors

    project, known = open_or_exit(root)
    folder = _news_folder(into, project.settings)
    try:
        chosen = _read_plan(plan)
        found = read(project.settings, chosen)
    except ImportSourceError as fault:
        print_problems([_as_problem(fault)])
        sys.exit(FAULTS)
    export, faults = found if isinstance(found, tuple) else (found, ())
    if plan and not plan.exists():
        _write_plan(plan, export)
        return
    keys = {**chosen.mapped_keys, **mapped}
    report = _import_or_stop(root, export, attachments, project.settings, folder, keys, is_dry=dry_run)
    found_faults = [*known, *map(_as_problem, faults)]
    _print_report(report, found_faults, dry_run=dry_run, verbose=verbose)
    sys.exit(FAULTS if faults or errors(report.warnings) else 0)


def _print_report(report: "Report", known: "list[Problem]", *, dry_run: bool, verbose: bool) -> None:
    """Print what was left out, what is doubtful, and the counts.

    Args:
        report: of the import.
        known: problems of the settings, and of files that cannot be read.
        dry_run: whether nothing was written.
        verbose: whether to print every line.
    """
    _print_left_out(report.skipped, verbose=verbose)
    if verbose:
        _print_inventory(report)
    print_problems([*known, *report.warnings])
    _print_summary(report, dry_run=dry_run)


def _news_folder(into: str, settings: "Settings") -> str:
    """Return the folder for news; end the command if it is none."""
    from clusterpress.content.paths import kind_of

    folder = into.strip("/").removeprefix("./")
    if kind_of(f"{folder}/x.md", settings) != "news":
        stop(f'"{into}" is not a folder for news; use "content/news", or set its kind in site_config.yml')
    return folder


def _import_or_stop(
    root: Path,
    export: "Export",
    attachments: "Attachments | None",
    settings: "Settings",
    folder: str,
    mapped: Mapping[str, str],
    *,
    is_dry: bool,
) -> "Report":
    """Return the report of an import; end the command if a file cannot be written. See `import_export`."""
    from clusterpress.importing.run import import_export
    from clusterpress.importing.write import ProjectStorage
    from clusterpress.scaffolding.site import is_example

    storage = ProjectStorage(root, is_dry=is_dry, is_example=is_example)
    folders: Mapping[Kind, str] = {"news": folder}
    try:
        return import_export(export, attachments, storage, settings, into=folders, mapped=mapped)
    except OSError as error:
        place = f"{shorten(Path(error.filename))}: " if error.filename else ""
        reason = f"{place}{error.strerror or error}"
        hint = "remove the cause, and run the command again"
        stop(f"the import was interrupted, as a file cannot be written: {reason}; {hint}", MACHINE)


def _as_problem(fault: "ImportSourceError") -> "Problem":
    from clusterpress.values.problems import Problem

    return Problem(path=fault.place, line=fault.line, message=fault.message, hint=fault.hint)


def _read_plan(path: Path | None) -> "Plan":
    from clusterpress.importing.plan import Plan
    from clusterpress.importing.plan_file import read_plan

    if path is None or not path.exists():
        return Plan()
    return read_plan(path.read_bytes().decode("utf-8", "replace"), path.name)


def _write_plan(path: Path, export: "Export") -> None:
    from clusterpress.importing.plan import Plan
    from clusterpress.importing.plan_file import write_plan
    from clusterpress.sources.files import write_file

    plan = export.plan or Plan()
    write_file(path, write_plan(plan).encode())
    what = f"{count(len(plan.kinds), 'type')} and {count(len(plan.keys), 'key')}"
    click.echo(f"{path}: written with {what}. Edit it, then run the same command again to import.")


def _print_left_out(skipped: "tuple[Skipped, ...]", *, verbose: bool) -> None:
    for left in skipped if verbose else skipped[:_SHOWN]:
        number = f" ({left.count})" if left.count > 1 else ""
        click.echo(f"{left.place}:{left.line}: left out: {left.what}{number}: {left.why}", err=True)
    if not verbose and len(skipped) > _SHOWN:
        click.echo(f"… and {len(skipped) - _SHOWN} more left out: list all with --verbose", err=True)


def _print_inventory(report: "Report") -> None:
    """Print everything that the source contains, and what became of it."""
    for row in report.inventory:
        note = f": {row.note}" if row.note else ""
        click.echo(f"{row.use}: {row.sort} {row.name} ({row.count}){note}", err=True)


def _print_summary(report: "Report", *, dry_run: bool) -> None:
    """Print the counts on one line; they add up to the content of the source."""
    from clusterpress.importing.records import ImportStatus

    parts = [f"{number} {status}" for status in ImportStatus if (number := report.counts.get(status, 0))]
    taken = f"{count(len(report.outcomes), 'item')} ({', '.join(parts)})" if parts else "no items"
    files = f"{count(len(report.copied), 'file')} copied"
    doubtful = f"{len(report.warnings)} doubtful"
    left = f"{sum(one.count for one in report.skipped)} left out"
    lead = "nothing to do: " if report.is_idle else "would import: " if dry_run else ""
    click.echo(f"{report.name}: {lead}{taken}, {files}, {doubtful}, {left}")
