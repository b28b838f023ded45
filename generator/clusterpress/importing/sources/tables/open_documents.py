"""Tables of LibreOffice (.ods, OASIS OpenDocument 1.3, part 3): sheets with what their cells show."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.tables.sheets import Cell, Sheet
from clusterpress.importing.sources.tables.workbooks import text_of

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_MAX_REPEATS = 20_000
"""Rows or cells that one element may stand for; those beyond are empty in real tables."""
_MAX_BYTES = 200_000_000
_DURATION = re.compile(r"PT(\d+)H(\d+)M")


def is_open_document(raw: bytes) -> bool:
    """Return whether a file is a table in the OpenDocument format, by its first bytes."""
    return b"opendocument.spreadsheet" in raw[:200]


def read_open_document(raw: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a table, in order.

    Args:
        raw: the file's bytes.
        name: its name, for the report.

    Raises:
        ImportSourceError: it is encrypted or damaged.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        with ZipFile(BytesIO(raw)) as packed:
            if b"encryption-data" in packed.read("META-INF/manifest.xml"):
                raise ImportSourceError(name, 1, "it is protected with a password", "save it without one")
            if packed.getinfo("content.xml").file_size > _MAX_BYTES:
                raise ImportSourceError(name, 1, "it is too large", "save each of its sheets as a CSV file")
            root = etree.fromstring(packed.read("content.xml"), parser)
    except (BadZipFile, KeyError, OSError, EOFError, etree.XMLSyntaxError) as error:
        hint = "open it in LibreOffice, and save it again"
        raise ImportSourceError(name, 1, f"the table cannot be read: {error}", hint) from None
    hidden = frozenset(
        str(style.get(_tag("style", "name")))
        for style in root.iter(_tag("style", "style"))
        for part in style.findall(_tag("style", "table-properties"))
        if part.get(_tag("table", "display")) == "false"
    )
    return [_sheet(table, hidden) for table in root.iter(_tag("table", "table"))]


def _tag(space: str, name: str) -> str:
    return f"{{{_NAMES[space]}}}{name}"


def _number(element: Any, name: str) -> int:
    return min(int(element.get(_tag("table", name)) or 1), _MAX_REPEATS)


def _sheet(table: Any, hidden_styles: frozenset[str]) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    groups: dict[tuple[int, int], str] = {}
    hidden: set[int] = set()
    downwards: list[tuple[range, int, Cell]] = []
    for number, row, times in _numbered(table.iter(_tag("table", "table-row")), "number-rows-repeated"):
        cells: dict[int, Cell] = {}
        for column, element, repeated in _numbered(row, "number-columns-repeated"):
            if cell := _cell(element):
                cells |= dict.fromkeys(range(column, column + repeated), cell)
                across, down = (
                    _number(element, "number-columns-spanned"),
                    _number(element, "number-rows-spanned"),
                )
                if across > 1:
                    groups |= {(number, at): cell.text for at in range(column, column + across)}
                if down > 1:
                    downwards.append((range(number + 1, number + down), column, cell))
        if cells:
            rows |= {at: dict(cells) for at in range(number, number + times)}
        if row.get(_tag("table", "visibility")) in {"collapse", "filter"}:
            hidden |= {*range(number, number + times)} & rows.keys()
    for below, column, cell in downwards:
        for at in (at for at in below if at in rows):
            rows[at] = dict(sorted({**rows[at], column: cell}.items()))
    return Sheet(
        name=str(table.get(_tag("table", "name")) or "Sheet1"),
        rows=rows,
        groups=groups,
        is_hidden=table.get(_tag("table", "style-name")) in hidden_styles,
        hidden_rows=frozenset(hidden),
        hidden_columns=_hidden_columns(table, rows),
    )


def _numbered(elements: Any, repeats: str) -> Iterator[tuple[int, Any, int]]:
    """Yield the number of each row or cell, counted from 1, the element, and how often it is repeated."""
    at = 1
    for element in elements:
        times = _number(element, repeats)
        yield at, element, times
        at += times


def _hidden_columns(table: Any, rows: dict[int, dict[int, Cell]]) -> frozenset[int]:
    filled = {column for cells in rows.values() for column in cells}
    columns = _numbered(table.iter(_tag("table", "table-column")), "number-columns-repeated")
    return frozenset(
        column
        for first, element, times in columns
        if element.get(_tag("table", "visibility")) in {"collapse", "filter"}
        for column in filled & {*range(first, first + min(times, max(filled, default=0)))}
    )


def _cell(element: Any) -> Cell | None:
    """Return the content of a cell; None if it is empty."""
    paragraphs = element.findall(_tag("text", "p"))
    shown = "\n".join("".join(one.itertext()) for one in paragraphs).strip()
    kind = element.get(_tag("office", "value-type"))
    if shown.startswith(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "Err:")):
        return Cell("", fault=f'this formula has the error "{shown}"', hint="correct the formula")
    target = next((one.get(_tag("xlink", "href")) for one in element.iter(_tag("text", "a"))), "")
    value = element.get(_tag("office", "value"))
    number = float(value) if value and kind in {"float", "currency"} else None
    text = _text(element, kind, value, shown)
    return Cell(text, number=number, link=target or "") if text else None


def _text(element: Any, kind: str | None, value: str | None, shown: str) -> str:
    if kind == "date" and (written := element.get(_tag("office", "date-value"))):
        return text_of(datetime.fromisoformat(written[:26]))
    if kind == "time" and (found := _DURATION.match(element.get(_tag("office", "time-value")) or "")):
        return f"{int(found[1]):02}:{found[2]}"
    if kind == "boolean":
        return str(element.get(_tag("office", "boolean-value")))
    if kind == "percentage" and value:
        return text_of(float(value), "0%")
    if kind in {"float", "currency"} and value:
        return text_of(float(value), re.sub(r"\d", "0", shown) if re.fullmatch(r"0\d+", shown) else "General")
    return text_of(shown)
