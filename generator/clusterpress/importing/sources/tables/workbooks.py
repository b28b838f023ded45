"""Workbooks of Excel and LibreOffice (.xlsx, ISO/IEC 29500): sheets with what their cells show."""

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.tables.sheets import Cell, Sheet

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LINK_FORMULA = re.compile(r'=\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")
_RECALCULATE = "open the table in its program, save it, and import it again"
_MAX_BYTES = 200_000_000
"""Bytes of a workbook's XML, unpacked."""
_HALF_A_MINUTE = timedelta(seconds=30)


def read_workbook(raw: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a workbook, in order.

    Args:
        raw: the file's bytes.
        name: its name, for the report.

    Raises:
        ImportSourceError: it is encrypted, damaged, or of another format.
    """
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise ImportSourceError(name, 1, "it is protected with a password", "save it without one")
        raise ImportSourceError(name, 1, "this is a table of old Excel (.xls)", "save it as .xlsx")
    _check_size(raw, name)
    shown, written = _load(raw, name, values=True), _load(raw, name, values=False)
    starts_1904 = shown.epoch.year == 1904  # noqa: PLR2004 -- the other of Excel's two calendars
    return [_sheet(shown[sheet.title], sheet, starts_1904=starts_1904) for sheet in written.worksheets]


def _check_size(raw: bytes, name: str) -> None:
    """Check that a workbook does not unpack to more than can be read.

    Raises:
        ImportSourceError: it does.
    """
    try:
        size = sum(
            part.file_size for part in ZipFile(BytesIO(raw)).infolist() if part.filename.endswith(".xml")
        )
    except BadZipFile:
        return  # `_load` says so
    if size > _MAX_BYTES:
        raise ImportSourceError(name, 1, "it is too large", "save each of its sheets as a CSV file")


def _load(raw: bytes, name: str, *, values: bool) -> Any:
    import warnings

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions of Excel that hold no values
            return load_workbook(BytesIO(raw), data_only=values)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, EOFError) as error:
        reason = str(error).strip("'\"") or type(error).__name__
        hint = "open it in Excel or LibreOffice, and save it as .xlsx again"
        raise ImportSourceError(name, 1, f"the workbook cannot be read: {reason}", hint) from None


def _sheet(shown: Any, written: Any, *, starts_1904: bool) -> Sheet:
    """Return a sheet.

    Args:
        shown: the sheet with the results of its formulas.
        written: the sheet with the formulas.
        starts_1904: whether days are counted from 1904.
    """
    rows: dict[int, dict[int, Cell]] = {}
    formulas = written._cells  # noqa: SLF001 -- iter_rows makes a cell for each place of a mostly empty sheet
    for (row, column), cell in sorted(shown._cells.items()):  # noqa: SLF001 -- as above
        if content := _cell(cell, formulas.get((row, column))):
            rows.setdefault(row, {})[column] = content
    groups = _spread_merged(shown, rows)
    return Sheet(
        name=str(shown.title),
        rows=dict(sorted(rows.items())),
        groups=groups,
        is_hidden=shown.sheet_state != "visible",
        hidden_rows=frozenset(row for row, one in shown.row_dimensions.items() if one.hidden and row in rows),
        hidden_columns=frozenset(
            column
            for one in shown.column_dimensions.values()
            if one.hidden
            for column in range(one.min or one.index, (one.max or one.min or 0) + 1)
            if any(column in cells for cells in rows.values())
        ),
        starts_1904=starts_1904,
    )


def _spread_merged(sheet: Any, rows: dict[int, dict[int, Cell]]) -> dict[tuple[int, int], str]:
    """Put a cell that is merged downwards into each of its rows; return those that are merged across."""
    groups: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        cell = rows.get(area.min_row, {}).get(area.min_col)
        if cell is None:
            continue
        for row in range(area.min_row, area.max_row + 1):
            if row in rows:
                rows[row] = dict(sorted({**rows[row], area.min_col: cell}.items()))
        if area.max_col > area.min_col:
            groups |= {(area.min_row, column): cell.text for column in range(area.min_col, area.max_col + 1)}
    return groups


def _cell(cell: Any, written: Any) -> Cell | None:
    """Return the content of a cell; None if it is empty."""
    formula = str(getattr(written, "value", "") or "") if getattr(written, "data_type", "") == "f" else ""
    value = cell.value
    if value is None:
        fault = "this formula has no saved result" if formula else ""
        return Cell("", fault=fault, hint=_RECALCULATE) if formula else None
    if cell.data_type == "e":
        return Cell("", fault=f'this formula has the error "{value}"', hint="correct the formula")
    linked = _LINK_FORMULA.match(formula)
    target = getattr(getattr(cell, "hyperlink", None), "target", None)
    text = text_of(value, str(cell.number_format or ""))
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    link = linked[1] if linked else str(target or "")
    return Cell(text, number=number, link=link) if text else None


def text_of(value: Any, number_format: str = "General") -> str:
    """Return what a cell shows, in a form that does not depend on the country of the reader.

    Args:
        value: of the cell: a text, a number, a truth value, a date or a time.
        number_format: Excel's code for its form: ``0%``, ``00000``.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        moment = value + _HALF_A_MINUTE  # Excel keeps times as fractions of a day
        return f"{moment:%Y-%m-%d}" if not (moment.hour or moment.minute) else f"{moment:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").replace("\xa0", " ").strip()


def _number(value: float, number_format: str) -> str:
    shown = number_format.partition(";")[0]
    if "%" in shown:
        return f"{value * 100:.10g} %"
    if value == int(value):
        zeros = _ZEROS.fullmatch(shown)
        return f"{int(value):0{len(shown)}d}" if zeros else str(int(value))
    return f"{value:.15g}"
