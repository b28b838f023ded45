"""``clusterpress import``: import the content of another site, and report on each item."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from clusterpress.cli.import_run import bytes_of, dry_run_option, into_option, run_import, verbose_option
from clusterpress.cli.import_table import table
from clusterpress.cli.project import MACHINE, stop
from clusterpress.cli.reporting import print_problems
from clusterpress.values.kinds import Kind

if TYPE_CHECKING:
    from clusterpress.config.settings import Settings
    from clusterpress.importing.plan import Plan
    from clusterpress.importing.records import Export
    from clusterpress.importing.write import Attachments


@click.group(name="import")
def import_group() -> None:
    """Import Word files, web pages, e-mails and spreadsheets, or the content of another site.

    Items go to content/; images keep their paths below content/static/. Each import ends with a report of
    what was imported, what needs attention, and what was left out and why. Importing again changes nothing,
    and never changes a file that was edited since.
    """


import_group.add_command(table)


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
        into_option,
        click.option(
            "--map",
            "mapped",
            multiple=True,
            callback=_pairs,
            metavar="FROM:TO",
            help='Map a taxonomy or key: "categories:programme", "tease:summary", "legacy:drop".',
        ),
        dry_run_option,
        verbose_option,
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
        return read_wordpress(bytes_of(file), file.name, kinds, plan.mapped_keys | options["mapped"])

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
    type=click.Choice(
        ["hugo", "jekyll", "pelican", "material", "astro", "docusaurus", "eleventy", "zola", "plain"]
    ),
    help="Program that the files were written for [default: detected].",
)
@_plan
@shared_options
def markdown(root: Path, folder: Path, tool: str | None, mapped: dict[str, str], **options: Any) -> None:
    """Import Markdown files written for Hugo, Jekyll, Astro, Eleventy, Pelican, Material or Zola."""
    from clusterpress.importing.sources.layouts.registry import GENERATORS, detect_generator
    from clusterpress.importing.sources.markdown_trees import read_tree
    from clusterpress.importing.write import Attachments

    names = _list(folder)

    def content_of(name: str) -> bytes:
        return (folder / name).read_bytes()

    def read(settings: "Settings", plan: "Plan") -> "Export":
        chosen = GENERATORS[tool] if tool else detect_generator(names)
        keys, kinds = {**plan.mapped_keys, **mapped}, plan.kinds_of_items
        today = datetime.now(ZoneInfo(settings.time_zone)).date()
        return read_tree(names, content_of, chosen, folder.name, settings, keys, kinds=kinds, today=today)

    files = Attachments(names=names, read=content_of, is_tree=True)
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
        return read_drupal(bytes_of(file), file.name, kinds, plan.mapped_keys | options["mapped"])

    run_import(root, read, _folder(media), **options)


def _list(folder: Path) -> list[str]:
    """Return the files of a folder, and print which ones are not read."""
    from clusterpress.importing.write import list_files
    from clusterpress.values.problems import Problem

    left_out: list[Problem] = []
    names = list_files(folder, left_out)
    print_problems(left_out)
    return names


def _folder(media: Path | None) -> "Attachments | None":
    from clusterpress.importing.write import Attachments

    if media is None:
        return None
    return Attachments(names=_list(media), read=lambda name: (media / name).read_bytes())


def _bytes_at(source: str) -> bytes:
    """Return the content of an address or a file; end the command if there is none."""
    from clusterpress.importing.sources.feeds import fetch

    if not _is_address(source):
        return bytes_of(Path(source))
    try:
        return fetch(source)
    except OSError as error:
        stop(f"{source} cannot be read: {error}", MACHINE)


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _name_of(source: str) -> str:
    return source if _is_address(source) else Path(source).name
