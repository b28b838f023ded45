"""Tables: the sheets of a spreadsheet → records. Each fault is named by its sheet and cell."""

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from difflib import SequenceMatcher

from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.content.serialise import write_source
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.plan import WORD_OF, Choice, Plan
from clusterpress.importing.records import Export, ImportSourceError, Record, Remark, Skipped
from clusterpress.importing.sources.clock_keys import join_clocks, read_clocks
from clusterpress.importing.sources.tables.cells import (
    DATES,
    TERMS,
    day_first,
    read_cell,
    split_names,
    write_days,
)
from clusterpress.importing.sources.tables.columns import DROP, Column, Layout, keys_for
from clusterpress.importing.sources.tables.csv_files import read_csv
from clusterpress.importing.sources.tables.open_documents import is_open_document, read_open_document
from clusterpress.importing.sources.tables.sheets import Cell, Sheet, column_letters, spans
from clusterpress.importing.sources.tables.workbooks import read_workbook
from clusterpress.importing.texts.plain import text_to_html
from clusterpress.library.names import Register
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.sources.items import find_record
from clusterpress.values.characters import one_line
from clusterpress.values.kinds import FOLDER_OF, RECORD_KINDS, Kind
from clusterpress.values.problems import errors
from clusterpress.values.slugs import slugify, term_slug
from clusterpress.values.suggestions import nearest

_ALIKE = 0.85
"""Similarity from which an unknown name is taken for a typing error."""
_ROUNDS = 5
"""Times to read a row again: one value may hide the fault of another."""


def read_sheets(raw: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a table.

    Args:
        raw: the file's bytes.
        name: its name, for the report.

    Raises:
        ImportSourceError: it is no table that can be read.
    """
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_open_document(raw, name) if is_open_document(raw) else read_workbook(raw, name)
    if raw.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        hint = f'run "clusterpress import calendar {name}"'
        raise ImportSourceError(name, 1, "this is a calendar, not a table", hint)
    return [read_csv(raw, name)]


class Faults(Struct):
    """Collects what is wrong with cells, by their places."""

    name: str
    """Of the file."""
    remarks: list[tuple[str, int, Remark]] = field(default_factory=list)

    def add(self, sheet: Sheet, row: int, column: int, message: str, hint: str = "") -> None:
        """Add a fault of a cell, or with column 0 of a row."""
        self.remarks.append((self.name, row, Remark(f"{sheet.place(row, column)}: {message}", hint)))


class _Table(Struct):
    """A sheet that is being read."""

    layout: Layout
    kind: Kind
    settings: Settings
    registers: Mapping[str, Register]
    faults: Faults
    skipped: list[Skipped] = field(default_factory=list)
    is_day_first: dict[int, bool | None] = field(default_factory=dict)
    """Column of dates → whether they begin with the day."""

    @property
    def sheet(self) -> Sheet:
        return self.layout.sheet

    def fault(self, row: int, column: int, error: ValueFault) -> None:
        """Report a cell whose value is left out."""
        self.faults.add(self.sheet, row, column, error.message, error.hint)

    def leave_out(self, row: int, why: str) -> None:
        """Report a row that becomes no item."""
        what = f"row {self.sheet.place(row)}"
        self.skipped.append(Skipped(place=self.faults.name, line=row, what=what, why=why))


class _Row(Struct):
    """What a row says."""

    values: dict[str, Value] = field(default_factory=dict)
    """Our keys, with dots, → values."""
    places: dict[str, int] = field(default_factory=dict)
    """Key → column."""
    terms: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    names: dict[str, str] = field(default_factory=dict)
    """"first_name" and "last_name"."""
    clocks: dict[str, str] = field(default_factory=dict)


def read_tables(
    layouts: Iterable[Layout], name: str, settings: Settings, registers: Mapping[str, Register]
) -> Export:
    """Return the records of the rows of all sheets.

    Args:
        layouts: what becomes of each sheet; its kind is known.
        name: of the file.
        settings: of the receiving site.
        registers: names of the records that the site has.
    """
    faults, inventory, plan = Faults(name), Inventory(name), Plan()
    records: list[Record] = []
    skipped: list[Skipped] = []
    for layout in layouts:
        assert layout.kind  # noqa: S101 -- see above
        table = _Table(layout, layout.kind, settings, registers, faults)
        records += _records(table)
        skipped += table.skipped
        _enter(layout, inventory, plan, name)
    return Export(
        name=name,
        records=tuple(records),
        skipped=tuple(skipped),
        remarks=tuple(faults.remarks),
        inventory=inventory.rows,
        plan=plan,
    )


def sheet_key(sheet: Sheet, name: str) -> str:
    """Return the name of a sheet in a plan: its own, or the file's without its ending."""
    return sheet.name or name.rpartition(".")[0] or name


def hidden_parts(sheet: Sheet, name: str) -> list[Skipped]:
    """Return what is hidden in a sheet, for the report."""
    why = 'it is hidden; show it, or add "--hidden"'
    rows = [f"{first}-{last}" if last > first else str(first) for first, last in spans(sheet.hidden_rows)]
    columns = [
        f"{column_letters(first)}-{column_letters(last)}" if last > first else column_letters(first)
        for first, last in spans(sheet.hidden_columns)
    ]
    of = f'of "{sheet.name}" ' if sheet.name else ""
    parts = [("row", rows, len(sheet.hidden_rows)), ("column", columns, len(sheet.hidden_columns))]
    return [
        Skipped(place=name, what=f"{word} {of}{', '.join(those)}", why=why, count=number)
        for word, those, number in parts
        if those
    ]


def _enter(layout: Layout, inventory: Inventory, plan: Plan, name: str) -> None:
    """Enter what each column becomes."""
    assert layout.kind  # noqa: S101 -- as above
    sheet = layout.sheet
    plan.kinds[sheet_key(sheet, name)] = Choice(WORD_OF[layout.kind], sum(1 for _ in layout.rows()))
    inventory.at(name, layout.header_row)
    for column in layout.columns:
        label = column.header or column_letters(column.number)
        if column.header:
            full = f"{sheet.name}!{label}" if sheet.name else label
            plan.keys[full] = Choice(column.key, column.filled, [column.example] if column.example else [])
        if column.key and column.key != DROP:
            inventory.add("column", label, Use.CARRIED, column.key, count=column.filled)
        elif column.filled and column.key != DROP:
            hint = f'map it with --map "{label}=KEY"; --map "{label}=drop" leaves it out silently'
            why = f'another column is "{column.rival}"' if column.rival else "its meaning is unknown"
            place = sheet.place(layout.header_row, column.number)
            inventory.add("column", f"{label} ({place})", Use.LEFT_OUT, why, hint, column.filled)


def _records(table: _Table) -> Iterator[Record]:
    _find_orders(table)
    seen: dict[str, int] = {}
    for row in table.layout.rows():
        cells = table.sheet.rows[row]
        if _is_heading(table, row, cells):
            table.leave_out(row, "it is a heading within the table")
            continue
        read = _read_row(table, row, cells)
        title = _title(read, table.kind)
        if not title:
            if read.values or read.terms:
                table.leave_out(row, "it has no name" if table.kind in RECORD_KINDS else "it has no title")
            continue
        read.values = {"title": title, **read.values}
        _check_row(table, row, read)
        if record := _record(table, row, read, seen):
            yield record


def _find_orders(table: _Table) -> None:
    """Find out for each column of dates whether they begin with the day."""
    for column in table.layout.columns:
        if column.key in DATES:
            texts = (
                cells[column.number].text
                for row in table.layout.rows()
                if column.number in (cells := table.sheet.rows[row])
            )
            table.is_day_first[column.number] = day_first(texts)


def _is_heading(table: _Table, row: int, cells: Mapping[int, Cell]) -> bool:
    """Whether a row is one cell across the table, or the header once more."""
    if len(cells) == 1 and (row, next(iter(cells))) in table.sheet.groups:
        return True
    header = table.sheet.rows[table.layout.header_row]
    return len(cells) > 1 and all(cell.text == header.get(at, Cell("")).text for at, cell in cells.items())


def _read_row(table: _Table, row: int, cells: Mapping[int, Cell]) -> _Row:
    read = _Row()
    linked = ""
    for column in table.layout.columns:
        cell = cells.get(column.number)
        if cell is None or column.key in {"", DROP}:
            continue
        try:
            _put_cell(table, read, column, _dated(table, column, cell))
        except ValueFault as error:
            table.fault(row, column.number, error)
        if column.key == "title" and re.match(r"https?://", cell.link):
            linked = cell.link
    # A name that is a link is a usual way to give the website.
    if linked and "url" in keys_for(table.kind) and all(one.key != "url" for one in table.layout.columns):
        read.values["url"] = linked
    for remark in join_clocks(read.values, read.clocks):
        number = next((one.number for one in table.layout.columns if one.key.endswith("_time")), 0)
        table.faults.add(table.sheet, row, number, remark.message, remark.hint)
    return read


def _dated(table: _Table, column: Column, cell: Cell) -> Cell:
    """Return a cell of dates whose order other cells of its column show."""
    order = table.is_day_first.get(column.number)
    if order is None or cell.fault:
        return cell
    return Cell(write_days(cell.text, is_day_first=order), number=cell.number)


def _put_cell(table: _Table, read: _Row, column: Column, cell: Cell) -> None:
    """Store what a cell says.

    Raises:
        ValueFault: the cell cannot be read.
    """
    key, kind = column.key, table.kind
    if cell.fault:
        raise ValueFault(cell.fault, cell.hint)
    if key in TERMS and key != kind:
        _put_terms(table, read, key, cell)
    elif key == "text":
        read.text = f"{read.text}\n\n{cell.text}".strip()
    elif key in {"first_name", "last_name"}:
        read.names[key] = one_line(cell.text)
    elif key in {"start_time", "end_time"}:
        clocks = read_clocks(key.replace("_", ""), cell.text)
        if not clocks:
            raise ValueFault(f'"{cell.text}" is not a time of day', 'write it like "14:00"')
        read.clocks |= clocks
    else:
        value = read_cell(key, cell, kind, table.settings.languages, starts_1904=table.sheet.starts_1904)
        earlier = read.values.get(key)
        together = isinstance(earlier, list) and isinstance(value, list)
        read.values[key] = [*earlier, *value] if together else value  # type: ignore[misc]
    read.places.setdefault(key, column.number)


def _put_terms(table: _Table, read: _Row, key: str, cell: Cell) -> None:
    """Store the names of records that a cell has.

    Raises:
        ValueFault: a name is almost that of a record.
    """

    def is_known(name: str) -> bool:
        return bool(find_record(table.registers, key, name))

    for name in split_names(cell.text, is_known):
        if not is_known(name) and key != "author":
            _check_spelling(name, table.registers[TERMS[key]])
        read.terms.append((key, name))


def _check_spelling(name: str, register: Register) -> None:
    """Check that an unknown name is not a known one with a typing error; others become records.

    Raises:
        ValueFault: it is.
    """
    near = nearest(name, register.spellings)
    if near and SequenceMatcher(None, name.casefold(), near.casefold()).ratio() >= _ALIKE:
        raise ValueFault(f'there is no {register.what} "{name}"', f'did you mean "{near}"?')


def _title(read: _Row, kind: Kind) -> str:
    """Return the title; the name of a person may stand in two columns."""
    key = "title" if kind == "author" else "contact.name"
    first, last = (
        read.names.get("first_name", ""),
        read.names.get("last_name") or str(read.values.get(key, "")),
    )
    # "Nom" beside "Prénom" is the family name only.
    if read.names:
        read.values[key] = f"{first} {last}".strip()
    return str(read.values.pop("title", ""))


def _check_row(table: _Table, row: int, read: _Row) -> None:
    """Take out the values that `check` would refuse, and name their cells."""
    path = f"content/{FOLDER_OF[table.kind]}/row.md"
    for _ in range(_ROUNDS):
        source = write_source(_nested(read.values), "", table.kind)
        _, problems = read_item(source.encode(), path, table.settings)
        wrong = {key: problem for problem in errors(problems) if (key := _key_of(problem.field, read))}
        for key, problem in wrong.items():
            table.faults.add(table.sheet, row, read.places[key], problem.message, problem.hint)
            del read.values[key]
        if not wrong:
            return


def _key_of(name: str, read: _Row) -> str:
    """Return the key of the row that a field of a problem means: ``tags.0`` → ``tags``; "" for none."""
    parts = name.split(".")
    options = (".".join(parts[:number]) for number in range(len(parts), 0, -1))
    return next((key for key in options if key in read.values and key in read.places), "")


def _nested(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return keys with dots as blocks."""
    found: dict[str, Value] = {}
    for key, value in values.items():
        block, dot, inner = key.partition(".")
        if dot:
            part = found.setdefault(block, {})
            assert isinstance(part, dict)  # noqa: S101 -- no key is both a value and a block
            part[inner] = value
        else:
            found[key] = value
    return found


def _record(table: _Table, row: int, read: _Row, seen: MutableMapping[str, int]) -> Record | None:
    """Return the record of a row; None if an earlier row describes the same one."""
    title, kind = str(read.values["title"]), table.kind
    names = [
        term_slug(title),
        *([str(read.values["number"])] if kind == "partner" and read.values.get("number") else []),
    ]
    if kind in RECORD_KINDS:
        if earlier := next((seen[name] for name in names if name in seen), 0):
            table.leave_out(row, f"row {table.sheet.place(earlier)} has the same {kind}")
            return None
        stem, key = slugify(title), names[-1]
    else:
        day = str(read.values.get("start") or read.values.get("date") or "")
        is_again = names[0] in seen
        stem, key = slugify(title), f"{names[0]}:{day}" if is_again else names[0]
        if is_again and key in seen:
            table.leave_out(row, f"row {table.sheet.place(seen[key])} has the same {kind}")
            return None
        stem = f"{stem[:60]}-{slugify(day)}".strip("-") if is_again else stem
        names = [names[0], f"{names[0]}:{day}"]
    seen.update((name, row) for name in (*names, key) if name not in seen)
    return Record(
        place=table.faults.name,
        line=row,
        kind=kind,
        stem=stem,
        key=f"table:{kind}:{key}",
        lang=str(read.values.pop("lang", "")),
        values=_nested(read.values),
        terms=tuple(read.terms),
        text=text_to_html(read.text) if read.text else "",
    )
