"""``clusterpress import table``: the rows of a spreadsheet become items."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from clusterpress.cli.import_run import dry_run_option, into_option, run_import, verbose_option
from clusterpress.cli.project import MACHINE, stop
from clusterpress.cli.prompts import ask_choice, ask_text, is_terminal
from clusterpress.values.problems import count, did_you_mean

if TYPE_CHECKING:
    from clusterpress.config.settings import Settings
    from clusterpress.importing.plan import Plan
    from clusterpress.importing.records import Export, Skipped
    from clusterpress.importing.sources.tables.columns import Column, Layout
    from clusterpress.importing.sources.tables.sheets import Sheet
    from clusterpress.values.kinds import Kind

_KINDS = ("partner", "cluster", "person", "programme", "event", "news")
_MAX_EXAMPLE = 40


def _columns(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Read ``--map "Column=key"``; a colon does as well, as in the other imports."""
    pairs = {}
    for value in values:
        left, sign, right = value.rpartition("=" if "=" in value else ":")
        if not (left.strip() and sign and right.strip()):
            message = f'"{value}" is not a pair; write it like "Organisation=title"'
            raise click.BadParameter(message, param=parameter)
        pairs[left.strip()] = right.strip()
    return pairs


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", "word", type=click.Choice(_KINDS), help="What each row is [default: detected].")
@click.option("--sheet", "sheets", multiple=True, metavar="NAME", help="Only this sheet.")
@click.option(
    "--map",
    "asked",
    multiple=True,
    callback=_columns,
    metavar="COLUMN=KEY",
    help='What a column means: "Organisation=title", "E-mail=contact.email", "Notes=drop".',
)
@click.option("--hidden", is_flag=True, help="Also import hidden sheets, rows and columns.")
@click.option(
    "--plan",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that says what each sheet and column becomes. If there is none, write it, and import nothing.",
)
@into_option
@dry_run_option
@verbose_option
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; leave out columns whose meaning is unknown.")
@click.pass_obj
def table(root: Path, /, file: Path, plan: Path | None, **options: Any) -> None:
    """Import a spreadsheet (.xlsx, .ods or CSV): partners, clusters, people, programmes, events or news.

    Each row becomes an item. Columns are recognised by their names in many languages; the command lists what
    each one means, and asks on a terminal if it does not know. To decide yourself, use --map or --plan.

    A value that cannot be right is left out, and its cell is named. Correct the table and import it again:
    this updates items that nobody has edited since.
    """

    def read(settings: "Settings", chosen: "Plan") -> "Export":
        return _read(root, file, settings, chosen, options)

    shared = {name: options[name] for name in ("into", "dry_run", "verbose")}
    run_import(root, read, None, mapped={}, plan=plan, **shared)


def _read(root: Path, file: Path, settings: "Settings", plan: "Plan", options: Mapping[str, Any]) -> "Export":
    from clusterpress.importing.plan import TARGETS
    from clusterpress.importing.sources.tables.layouts import choose_layouts
    from clusterpress.importing.sources.tables.read import hidden_parts, read_sheets, read_tables
    from clusterpress.sources.items import read_items, registers_of

    found = _chosen_sheets(read_sheets(_content(file), file.name), options)
    asked = {**plan.mapped_keys, **options["asked"]}
    skipped: list[Skipped] = []
    if not options["hidden"]:
        skipped += [part for sheet in found for part in hidden_parts(sheet, file.name)]
        found = [sheet.without_hidden() for sheet in found]
    layouts, others = choose_layouts(
        found,
        file.name,
        plan,
        asked,
        kind=TARGETS.get(options["word"]),
        takes_hidden=bool(options["hidden"] or options["sheets"]),
    )
    _check_columns(layouts, options["asked"])
    _settle(layouts, asked, asks=is_terminal() and not options["yes"])
    registers = registers_of(read_items(root, settings), settings.language)
    export = read_tables(layouts, file.name, settings, registers)
    return replace(export, skipped=(*export.skipped, *skipped, *others))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}", MACHINE)


def _chosen_sheets(sheets: "Sequence[Sheet]", options: Mapping[str, Any]) -> "list[Sheet]":
    """Return the sheets to import; end the run if one that is named does not exist."""
    names = [sheet.name for sheet in sheets]
    for name in options["sheets"]:
        if name not in names:
            hint = did_you_mean(name, names, f"there are: {', '.join(names)}")
            stop(f'there is no sheet "{name}"; {hint}')
    return [sheet for sheet in sheets if not options["sheets"] or sheet.name in options["sheets"]]


def _check_columns(layouts: "Sequence[Layout]", asked: Mapping[str, str]) -> None:
    """End the run if ``--map`` names a column that no sheet has."""
    from clusterpress.importing.sources.tables.columns import fold_header

    headers = [column.header for one in layouts for column in one.columns if column.header]
    known = {fold_header(header) for header in headers}
    known |= {fold_header(f"{one.sheet.name}!{column.header}") for one in layouts for column in one.columns}
    for name in asked:
        if fold_header(name) not in known:
            hint = did_you_mean(name, headers, f"there are: {', '.join(headers)}")
            stop(f'--map: there is no column "{name}"; {hint}')


def _settle(layouts: "Sequence[Layout]", asked: Mapping[str, str], *, asks: bool) -> None:
    """Find out what is unclear, and show what each column means; end the run if it cannot be known.

    Args:
        layouts: of the sheets; changed in place.
        asked: column → key, as the user wants it.
        asks: whether there is a terminal to ask.
    """
    from clusterpress.importing.sources.tables.columns import check_key, set_keys

    for layout in layouts:
        name = f'"{layout.sheet.name}"' if layout.sheet.name else "the table"
        if layout.kind is None:
            layout.kind = (
                _ask_kind(layout, name)
                if asks
                else stop(f"it is not clear what the rows of {name} are; add --kind {'|'.join(_KINDS)}")
            )
            set_keys(layout, asked)
        for column in layout.columns:
            if fault := check_key(column.key, layout.kind) if column.key else "":
                stop(f'column "{column.header}": {fault}')
        if asks:
            _ask_columns(layout, layout.kind)
        _show(layout)
        if not layout.has_titles:
            headers = ", ".join(column.header for column in layout.columns if column.header)
            stop(f'no column of {name} is the name or title; add --map "COLUMN=title" (columns: {headers})')


def _ask_kind(layout: "Layout", name: str) -> "Kind":
    from clusterpress.importing.plan import TARGETS

    headers = ", ".join(column.header for column in layout.columns if column.header)
    return TARGETS[ask_choice(f"What is each row of {name} ({headers})", _KINDS)]


def _ask_columns(layout: "Layout", kind: "Kind") -> None:
    """Ask what the columns with an unknown meaning are."""
    from clusterpress.importing.plan import WORD_OF
    from clusterpress.importing.sources.tables.columns import DROP, check_key, keys_for

    unknown = [column for column in layout.columns if not column.key and column.header and column.filled]
    if unknown:
        click.echo(f"Keys of the kind {WORD_OF[kind]}: {', '.join(keys_for(kind))}")
    for column in unknown:
        example = f", such as {_short(column.example)}" if column.example else ""
        words = f'Key for the column "{column.header}"{example} (press Enter to leave it out)'
        column.key = ask_text(words, lambda key: check_key(key, kind)) or DROP


def _show(layout: "Layout") -> None:
    """Print what each column becomes."""
    from clusterpress.importing.plan import WORD_OF
    from clusterpress.importing.sources.tables.sheets import column_letters

    assert layout.kind  # noqa: S101 -- it was settled before
    columns = [column for column in layout.columns if column.header or column.filled]
    name = f"{layout.sheet.name}: " if layout.sheet.name else ""
    number = count(sum(1 for _ in layout.rows()), "row")
    click.echo(f'{name}{number} of the kind "{WORD_OF[layout.kind]}"', err=True)
    lines = [
        (column_letters(one.number), one.header or "(no name)", _meaning(one), _short(one.example))
        for one in columns
    ]
    widths = [max(len(line[at]) for line in lines) for at in range(3)]
    for letters, header, key, example in lines:
        row = f"  {letters:>{widths[0]}}  {header:{widths[1]}}  → {key:{widths[2]}}  {example}"
        click.echo(row.rstrip(), err=True)


def _meaning(column: "Column") -> str:
    return "(left out)" if column.key in {"", "drop"} else column.key


def _short(example: str) -> str:
    return example if len(example) <= _MAX_EXAMPLE else f"{example[:_MAX_EXAMPLE]}…"
