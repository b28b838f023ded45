"""Spreadsheets: rows → the bytes of a CSV file or a workbook. No cell of text is ever a formula."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clusterpress.values.characters import strip_forbidden

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make spreadsheets run a text (OWASP, "CSV Injection")."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ADDRESS = re.compile(r"https?://\S+")
_MIN_WIDTH, _MAX_WIDTH = 8, 60
"""Characters of a column."""
_MAX_CELL = 32_767
"""Characters that a cell of a workbook may have."""
_MAX_LINK = 2_079
"""Characters that a link in a workbook may have."""

Row = Mapping[str, object]
"""Column → value."""


def write_csv(
    rows: Sequence[Row], columns: Sequence[str], *, separator: str = ",", marked: bool = False
) -> bytes:
    """Return a CSV file.

    Args:
        rows: to write.
        columns: in order.
        separator: between the columns.
        marked: whether to start with a byte order mark, as Excel expects it.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=separator)
    writer.writeheader()
    writer.writerows({column: _harmless(row[column]) for column in columns} for row in rows)
    return text.getvalue().encode("utf-8-sig" if marked else "utf-8")


def _harmless(value: object) -> object:
    """Return a text that no spreadsheet runs as a formula: an apostrophe says that it is text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_workbook(rows: Sequence[Row], columns: Sequence[str], title: str) -> bytes:
    """Return a workbook (.xlsx) with one sheet: header in bold and frozen, days as dates, addresses as links.

    Args:
        rows: to write.
        columns: in order.
        title: of the sheet.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator = "clusterpress"
    sheet = book.worksheets[0]
    sheet.title = title
    for at, column in enumerate(columns, 1):
        sheet.cell(1, at, column).font = Font(bold=True)
        shown = [len(column), *(len(str(row[column])) for row in rows)]
        sheet.column_dimensions[get_column_letter(at)].width = min(max(*shown, _MIN_WIDTH), _MAX_WIDTH) + 2
        for line, row in enumerate(rows, 2):
            _fill(sheet.cell(line, at), row[column], is_text=column == "title")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(cell: Any, value: object, *, is_text: bool) -> None:
    """Write a value into a cell; see `write_workbook` for its form."""
    if not isinstance(value, str):
        cell.value = value
    elif not is_text and (day := _day_in(value)):
        cell.value, cell.number_format = day, "yyyy-mm-dd"
    elif value:
        text = strip_forbidden(value)[:_MAX_CELL]
        cell.value = text
        cell.data_type = "s"  # "=1+1" would be a formula
        if text.startswith(_FORMULA):
            cell.quotePrefix = True  # it stays text, also when somebody edits the cell
        if _ADDRESS.fullmatch(text) and len(text) <= _MAX_LINK:
            cell.hyperlink, cell.style = text, "Hyperlink"


def _day_in(value: str) -> date | None:
    """Return the day that a text is, or None."""
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None
