"""``clusterpress import``: import the content of another site, and report on each item."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from clusterpress.cli.project import FAULTS, open_or_exit, stop
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


@click.group(name="import")
def import_group() -> None:
    """Import Word files, web pages and e-mails, or the content of another site.

    Items go to content/; images keep their paths below content/static/. Each import ends with a report of
    what was imported, what needs attention, and what was left out and why. Importing again changes nothing,
    and never changes a file that was edited since.
    """


def _pairs(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Read ``--map FROM:TO``."""
    pairs = {}
    for value in values:
        left, colon, right = value.partition(":")
        if not (left and colon and right):
            raise click.BadParameter(
                f'"{value}" is not a pair; write it like "categories:programme"', param=parameter
            )
        pairs[left.strip()] = right.strip()
    return pairs


def _kinds(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Kind]:
    """Read ``--also TYPE:KIND``."""
    from clusterpress.importing.plan import TARGETS

    pairs = _pairs(context, parameter, values)
    if wrong := next((word for word in pairs.values() if word not in TARGETS), None):
        raise click.BadParameter(f'"{wrong}" cannot be imported; write {", ".join(TARGETS)}', param=parameter)
    return {type_: TARGETS[word] for type_, word in pairs.items()}


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of all imports to a command."""
    options = (
        click.option("--into", default="content/news", show_default=True, help="Folder for news items."),
        click.option(
            "--map",
            "mapped",
            multiple=True,
            callback=_pairs,
            metavar="FROM:TO",
            help='Map a taxonomy or key: "categories:programme", "tease:summary", "legacy:drop".',
        ),
        click.option("--dry-run", is_flag=True, help="Report what would be imported; write nothing."),
        click.option("--verbose", "-v", is_flag=True, help="Print every line of the report."),
        click.pass_obj,
    )
    for option in reversed(options):
        command = option(command)
    return command


_media = click.option(
    "--media",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the images and files of the old site, such as wp-content/uploads.",
)
_also = click.option(
    "--also",
    callback=_kinds,
    multiple=True,
    metavar="TYPE:KIND",
    help='Also import this type: "project:news".',
)
_plan = click.option(
    "--plan",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that says what each type becomes. If there is none, write it, and import nothing.",
)


@import_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_media
@_also
@_plan
@shared_options
def wordpress(root: Path, file: Path, media: Path | None, also: dict[str, Kind], **options: Any) -> None:
    """Import an export file of WordPress (Tools, Export, All content)."""
    from clusterpress.importing.sources.wordpress import KINDS as TYPES
    from clusterpress.importing.sources.wordpress import read_wordpress

    def read(_: "Settings", plan: "Plan") -> "Export":
        kinds = {**TYPES, **plan.kinds_of_items, **also}
        return read_wordpress(_bytes_of(file), file.name, kinds, plan.mapped_keys | options["mapped"])

    run_import(root, read, _folder(media), **options)


@import_group.command()
@click.argument("source")
@_media
@shared_options
def feed(root: Path, source: str, media: Path | None, **options: Any) -> None:
    """Import a feed (RSS, Atom or JSON Feed) from a file or an http(s) address."""
    from clusterpress.importing.sources.feeds import read_feed

    def read(settings: "Settings", _: "Plan") -> "Export":
        return read_feed(_bytes_at(source), _name_of(source), settings.time_zone)

    run_import(root, read, _folder(media), **options)


@import_group.command()
@click.argument("source")
@shared_options
def calendar(root: Path, source: str, **options: Any) -> None:
    """Import the events of a calendar (.ics) from a file or an http(s) address."""
    from clusterpress.importing.sources.calendar_files import read_calendar

    def read(settings: "Settings", _: "Plan") -> "Export":
        return read_calendar(_bytes_at(source), _name_of(source), settings.time_zone)

    run_import(root, read, None, **options)


@import_group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--from",
    "tool",
    type=click.Choice(["hugo", "jekyll", "pelican", "material", "astro", "eleventy", "zola", "plain"]),
    help="Program that the files were written for [default: detected].",
)
@_plan
@shared_options
def markdown(root: Path, folder: Path, tool: str | None, mapped: dict[str, str], **options: Any) -> None:
    """Import Markdown files written for Hugo, Jekyll, Astro, Eleventy, Pelican, Material or Zola."""
    from clusterpress.importing.sources.layouts.registry import GENERATORS, detect_generator
    from clusterpress.importing.sources.markdown_trees import read_tree
    from clusterpress.importing.write import Attachments, list_files

    names = list_files(folder)

    def bytes_of(name: str) -> bytes:
        return (folder / name).read_bytes()

    def read(settings: "Settings", plan: "Plan") -> "Export":
        chosen = GENERATORS[tool] if tool else detect_generator(names)
        keys, kinds = {**plan.mapped_keys, **mapped}, plan.kinds_of_items
        today = datetime.now(ZoneInfo(settings.time_zone)).date()
        return read_tree(names, bytes_of, chosen, folder.name, settings, keys, kinds=kinds, today=today)

    files = Attachments(names=names, read=bytes_of, is_tree=True)
    run_import(root, read, files, mapped=mapped, **options)


@import_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_media
@_also
@_plan
@shared_options
def drupal(root: Path, file: Path, media: Path | None, also: dict[str, Kind], **options: Any) -> None:
    """Import a JSON:API export of Drupal (/jsonapi/node/article?include=field_image,field_tags,uid)."""
    from clusterpress.importing.sources.drupal import KINDS as TYPES
    from clusterpress.importing.sources.drupal import read_drupal

    def read(_: "Settings", plan: "Plan") -> "Export":
        kinds = {**TYPES, **plan.kinds_of_items, **also}
        return read_drupal(_bytes_of(file), file.name, kinds, plan.mapped_keys | options["mapped"])

    run_import(root, read, _folder(media), **options)


def _folder(media: Path | None) -> "Attachments | None":
    from clusterpress.importing.write import Attachments, list_files

    if media is None:
        return None
    return Attachments(names=list_files(media), read=lambda name: (media / name).read_bytes())


def _bytes_of(file: Path) -> bytes:
    """Return the content of an export, unpacked; end the command if it cannot be read."""
    from clusterpress.importing.sources.packed import read_packed

    try:
        return read_packed(file)
    except OSError as error:
        stop(f"{file} cannot be read: {error}")


def _bytes_at(source: str) -> bytes:
    """Return the content of an address or a file; end the command if there is none."""
    from clusterpress.importing.sources.feeds import fetch

    if not _is_address(source):
        return _bytes_of(Path(source))
    try:
        return fetch(source)
    except OSError as error:
        stop(f"{source} cannot be read: {error}")


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _name_of(source: str) -> str:
    return source if _is_address(source) else Path(source).name


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
    _print_left_out(report.skipped, verbose=verbose)
    if verbose:
        _print_inventory(report)
    print_problems([*known, *report.warnings, *map(_as_problem, faults)])
    _print_summary(report, dry_run=dry_run)
    sys.exit(FAULTS if faults or errors(report.warnings) else 0)


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
        stop(f"the import was interrupted, as a file cannot be written: {reason}; {hint}", 1)


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
