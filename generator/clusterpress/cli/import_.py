"""``clusterpress import``: import the content of another site, and report on each item."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clusterpress.cli.project import FAULTS, open_or_exit, stop
from clusterpress.cli.reporting import print_problems
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import count

if TYPE_CHECKING:
    from clusterpress.config.settings import Settings
    from clusterpress.importing.records import Export, Report, Skipped
    from clusterpress.importing.write import Attachments

_SHOWN = 40
"""Lines of one kind that a report prints unless --verbose asks for all."""


@click.group(name="import")
def import_group() -> None:
    """Import the content of another site.

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
    pairs = _pairs(context, parameter, values)
    if wrong := next((kind for kind in pairs.values() if kind not in {"news", "page"}), None):
        raise click.BadParameter(f'"{wrong}" cannot be imported; write news or page', param=parameter)
    return pairs  # type: ignore[return-value]  # checked above


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all imports have."""
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


@import_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_media
@_also
@_shared
def wordpress(root: Path, file: Path, media: Path | None, also: dict[str, Kind], **options: Any) -> None:
    """Import an export file of WordPress (Tools, Export, All content)."""
    from clusterpress.importing.sources.wordpress import KINDS as TYPES
    from clusterpress.importing.sources.wordpress import read_wordpress

    files = _folder(media)
    _run(root, lambda _: read_wordpress(file.read_bytes(), file.name, {**TYPES, **also}), files, **options)


@import_group.command()
@click.argument("source")
@_media
@_shared
def feed(root: Path, source: str, media: Path | None, **options: Any) -> None:
    """Import a feed (RSS, Atom or JSON Feed) from a file or an http(s) address."""
    from clusterpress.importing.sources.feeds import fetch, read_feed

    def read(settings: "Settings") -> "Export":
        is_address = source.startswith(("http://", "https://"))
        try:
            raw = fetch(source) if is_address else Path(source).read_bytes()
        except OSError as error:
            stop(f"{source} cannot be read: {error}")
        return read_feed(raw, source if is_address else Path(source).name, settings.time_zone)

    _run(root, read, _folder(media), **options)


@import_group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--from",
    "tool",
    type=click.Choice(["hugo", "jekyll", "pelican", "material", "zola", "plain"]),
    help="Program that the files were written for [default: detected].",
)
@_shared
def markdown(root: Path, folder: Path, tool: str | None, mapped: dict[str, str], **options: Any) -> None:
    """Import Markdown files written for Hugo, Jekyll, Pelican, Material or Zola."""
    from clusterpress.importing.sources.generators import GENERATORS, detect_generator
    from clusterpress.importing.sources.markdown_trees import read_tree
    from clusterpress.importing.write import Attachments, list_files

    names = list_files(folder)

    def bytes_of(name: str) -> bytes:
        return (folder / name).read_bytes()

    def read(settings: "Settings") -> "Export":
        chosen = GENERATORS[tool] if tool else detect_generator(names)
        return read_tree(names, bytes_of, chosen, folder.name, settings, mapped)

    files = Attachments(names=names, read=bytes_of, is_tree=True)
    _run(root, read, files, mapped=mapped, **options)


@import_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_media
@_also
@_shared
def drupal(root: Path, file: Path, media: Path | None, also: dict[str, Kind], **options: Any) -> None:
    """Import a JSON:API export of Drupal (/jsonapi/node/article?include=field_image,field_tags,uid)."""
    from clusterpress.importing.sources.drupal import KINDS as TYPES
    from clusterpress.importing.sources.drupal import read_drupal

    files = _folder(media)

    def read(settings: "Settings") -> "Export":
        return read_drupal(file.read_bytes(), file.name, {**TYPES, **also}, settings.time_zone)

    _run(root, read, files, **options)


def _folder(media: Path | None) -> "Attachments | None":
    from clusterpress.importing.write import Attachments, list_files

    if media is None:
        return None
    return Attachments(names=list_files(media), read=lambda name: (media / name).read_bytes())


def _run(
    root: Path,
    read: "Callable[[Settings], Export]",
    attachments: "Attachments | None",
    *,
    into: str,
    mapped: Mapping[str, str],
    dry_run: bool,
    verbose: bool,
) -> None:
    """Read a source, import it, and print the report."""
    from clusterpress.content.paths import kind_of
    from clusterpress.importing.records import ImportSourceError
    from clusterpress.importing.run import import_export
    from clusterpress.importing.write import ProjectStorage
    from clusterpress.values.problems import Problem, errors

    project, known = open_or_exit(root)
    folder = into.strip("/").removeprefix("./")
    if kind_of(f"{folder}/x.md", project.settings) != "news":
        stop(f'"{into}" is not a folder for news; use "content/news", or set its kind in site_config.yml')
    try:
        export = read(project.settings)
    except ImportSourceError as fault:
        print_problems([Problem(path=fault.place, line=fault.line, message=fault.message, hint=fault.hint)])
        sys.exit(FAULTS)
    storage = ProjectStorage(root, is_dry=dry_run)
    folders: Mapping[Kind, str] = {"news": folder}
    report = import_export(export, attachments, storage, project.settings, into=folders, mapped=mapped)
    _print_left_out(report.skipped, verbose=verbose)
    print_problems([*known, *report.warnings])
    _print_summary(report, dry_run=dry_run)
    sys.exit(FAULTS if errors(report.warnings) else 0)


def _print_left_out(skipped: "tuple[Skipped, ...]", *, verbose: bool) -> None:
    for left in skipped if verbose else skipped[:_SHOWN]:
        number = f" ({left.count})" if left.count > 1 else ""
        click.echo(f"{left.place}:{left.line}: left out: {left.what}{number}: {left.why}", err=True)
    if not verbose and len(skipped) > _SHOWN:
        click.echo(f"… and {len(skipped) - _SHOWN} more left out: list all with --verbose", err=True)


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
