"""``clusterpress list`` and ``log``: lists of content, for people, spreadsheets and programs."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

from clusterpress.cli.project import FAULTS, now_option, open_or_exit, run_context, stop
from clusterpress.cli.reporting import shorten
from clusterpress.values.kinds import KINDS
from clusterpress.values.problems import count, did_you_mean, errors

if TYPE_CHECKING:
    from clusterpress.config.settings import Settings
    from clusterpress.library.library import Library
    from clusterpress.pipeline.project import Project
    from clusterpress.reports.lists import Row

_LISTS = ("drafts", "scheduled", "expired", "untranslated", "without-alt", "orphans", "stale")
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


_FORM_OF = {".txt": "text", ".json": "json", ".csv": "csv", ".xlsx": "xlsx"}
"""Ending of a file's name → output format."""


def _output(default: str) -> Callable[..., Any]:
    """Return the options for the format and the file of a list."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        file = click.option(
            "--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="Output file."
        )
        form = click.option(
            "--output-format",
            "-o",
            "form",
            type=click.Choice([*_FORM_OF.values()]),
            help=f"Output format [default: the one that the name of the file shows, or {default}].",
        )
        return form(file(command))

    return add


def _form_of(form: str | None, file: Path | None, default: str) -> str:
    """Return the format of a list; end the run if a workbook would be shown in the terminal."""
    found = form or (_FORM_OF.get(file.suffix.lower(), default) if file else default)
    if found == "xlsx" and file is None and sys.stdout.isatty():
        stop('a workbook needs a file; add "--to list.xlsx"')
    return found


@click.command(name="list")
@click.argument("what", type=click.Choice(_LISTS))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only items of this kind.")
@click.option(
    "--lang", help="Only items in this language; with untranslated, only items without a version in it."
)
@_output("text")
@click.option("--exit-code", "signals", is_flag=True, help="End with exit code 1 if the list has entries.")
@now_option
@click.pass_obj
def list_items(
    root: Path,
    what: str,
    kinds: tuple[str, ...],
    lang: str | None,
    form: str | None,
    file: Path | None,
    signals: bool,
    now: datetime,
) -> None:
    """List content that needs attention.

    drafts: items with "draft: true". scheduled: items that will be published later, and when. expired: items
    that readers no longer see. untranslated: items that lack a version in a language of the site.
    without-alt: images without alternative text. orphans: files that nothing shows or links to, news and
    events without programme, cluster, partner and tag, records that no item names, pages that nothing links
    to. stale: translations that are older than their original, statements to review, past events that still
    invite readers to register, programmes that ended.
    """
    form = _form_of(form, file, "text")
    project, _ = open_or_exit(root)
    if lang and lang not in project.settings.languages:
        stop(f"the languages of this site are: {', '.join(project.settings.languages)}")
    with _library(project, now, previews=True) as library:
        rows = sorted(row for row in _find(what, library, project) if _is_wanted(row, what, kinds, lang))
    if form == "text":
        titles = (f" {row.title}:" if row.title else "" for row in rows)
        lines = (
            f"{row.path}:{row.line}:{title} {row.note}\n" for row, title in zip(rows, titles, strict=True)
        )
        _send("".join(lines).encode(), file)
    else:
        columns = ("path", "line", "kind", "lang", "title", "note")
        _write([asdict(row) for row in rows], form, columns, title=what, file=file)
    if form == "text" or file:
        number = count(len(rows), "entry", "entries")
        click.echo(f"{what}: {number}{f' in {shorten(file.absolute())}' if file else ''}", err=True)
    if signals and rows:
        sys.exit(FAULTS)


def _find(what: str, library: "Library", project: "Project") -> "Iterable[Row]":
    """Return the rows of a list."""
    from clusterpress.reports.lists import LISTS, orphans
    from clusterpress.reports.stale import stale
    from clusterpress.sources.files import list_files
    from clusterpress.sources.last_changes import find_last_changes

    if what == "orphans":
        return orphans(library, list_files(project.root, project.settings.linked_folders))
    if what == "stale":
        paths = (entry.path for entry in library.entries if entry.translations)
        return stale(library, find_last_changes(project.root, paths, uses_git=not project.untrusted))
    return LISTS[what](library)


def _is_wanted(row: "Row", what: str, kinds: tuple[str, ...], lang: str | None) -> bool:
    in_language = not lang or (lang in row.note if what == "untranslated" else row.lang == lang)
    return in_language and (not kinds or row.kind in kinds)


@click.command()
@click.option(
    "--programme", "names", multiple=True, help="Only items of this programme, by any of its names."
)
@click.option("--from", "first", help="The first day: 1 January 2026, or 2026-01-01.")
@click.option("--until", "last", help="The last day.")
@_output("csv")
@click.option(
    "--excel", is_flag=True, help="Start the CSV with a byte order mark, so that Excel reads it as UTF-8."
)
@click.option(
    "--separator",
    type=click.Choice(list(_SEPARATORS)),
    default="comma",
    show_default=True,
    help="Column separator. Excel expects the semicolon in many countries.",
)
@now_option
@click.pass_obj
def log(
    root: Path,
    names: tuple[str, ...],
    first: str | None,
    last: str | None,
    form: str | None,
    excel: bool,
    separator: str,
    file: Path | None,
    now: datetime,
) -> None:
    """List the published items, for the periodic report to the funder.

    Each news item, event and newsletter issue has one line per language: date, kind, title, programme,
    partner, cluster, audience, language and link. The date of an event is its first day. The audience comes
    from the item ("audience: [SMEs, policy makers]").
    """
    from clusterpress.reports.log import COLUMNS, log_rows

    form = _form_of(form, file, "csv")
    project, _ = open_or_exit(root)
    days = _days(first, last, project.settings)
    with _library(project, now, previews=False) as library:
        programmes = frozenset(_slug_of(name, library) for name in names)
        rows = log_rows(library, programmes=programmes, first=days[0], last=days[1])
    if form == "text":
        text = "".join(f"{row.date}  {row.kind:5}  {row.language}  {row.title}  {row.link}\n" for row in rows)
        _send(text.encode(), file)
    else:
        _write(
            [asdict(row) for row in rows], form, COLUMNS, title="log",
            excel=excel, separator=_SEPARATORS[separator], file=file,
        )  # fmt: skip
    click.echo(
        f"log: {count(len(rows), 'item')}{f' in {shorten(file.absolute())}' if file else ''}", err=True
    )


@contextmanager
def _library(project: "Project", now: datetime, *, previews: bool) -> "Iterator[Library]":
    """Provide the library; print the number of errors, which `check` lists."""
    from clusterpress.pipeline.snapshot import open_snapshot

    with ExitStack() as stack:
        with run_context(project) as run:
            opened = open_snapshot(project, now=now, previews=previews, run=run)
            snapshot, _ = stack.enter_context(opened)
        if faults := errors(snapshot.problems):
            click.echo(
                f"The list may be incomplete: {count(len(faults), 'error')} in the sources; "
                'run "clusterpress check"',
                err=True,
            )
        yield snapshot.library


def _days(first: str | None, last: str | None, settings: "Settings") -> tuple[date, date]:
    from clusterpress.content.dates import read_moment
    from clusterpress.parsing.values import ValueFault

    days = []
    for flag, text, default in (("--from", first, date.min), ("--until", last, date.max)):
        try:
            days.append(read_moment(text, settings.time_zone, settings.languages).day if text else default)
        except ValueFault as fault:
            stop(f"{flag}: {fault.message}; {fault.hint}")
    if days[0] > days[1]:
        stop("--until is before --from")
    return days[0], days[1]


def _slug_of(name: str, library: "Library") -> str:
    from clusterpress.values.slugs import term_slug

    known = library.registers.get("programme", {})
    label = known.get(term_slug(name))
    if label is None:
        names = list(dict.fromkeys(one.name for one in known.values()))
        stop(f'there is no programme "{name}"; {did_you_mean(name, names, "there are: " + ", ".join(names))}')
    return label.slug


def _write(
    rows: Sequence[Mapping[str, object]],
    form: str,
    columns: Sequence[str],
    *,
    title: str,
    excel: bool = False,
    separator: str = ",",
    file: Path | None = None,
) -> None:
    from clusterpress.reports.spreadsheets import write_csv, write_workbook

    if form == "json":
        _send((json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode(), file)
    elif form == "xlsx":
        _send(write_workbook(rows, columns, title), file)
    else:
        _send(write_csv(rows, columns, separator=separator, marked=excel), file)


def _send(content: bytes, file: Path | None) -> None:
    if file is None:
        click.echo(content, nl=False)
        return
    file.write_bytes(content)
