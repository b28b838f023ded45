"""CSV files: comma, semicolon or tab; any encoding; with or without quotes (RFC 4180)."""

import csv
import io
from collections import Counter
from typing import Any

from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.encoding import decode
from clusterpress.importing.sources.tables.sheets import Cell, Sheet

_SEPARATORS = ",;\t|"
_LOOKED_AT = 20
"""Rows that show which separator the file has."""
_MAX_FIELD = 10_000_000


def read_csv(raw: bytes, name: str) -> Sheet:
    """Return the only sheet of a CSV file.

    Args:
        raw: the file's bytes.
        name: its name, for the report.

    Raises:
        ImportSourceError: this is not a table, or a quotation mark is never closed.
    """
    if b"\0" in raw[:1000] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportSourceError(name, 1, "this is not a table", "choose an .xlsx or .csv file")
    text = decode(raw).text
    first, newline, rest = text.partition("\n")
    offset = 0
    separator = ""
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=,"):
        separator, text, offset = first[4], rest if newline else "", 1  # Excel's own way to name it
    rows = _read(text, separator or _separator(text), name)
    return Sheet(
        name="",
        rows={
            number: cells
            for number, row in enumerate(rows, 1 + offset)
            if (cells := {at: Cell(words) for at, part in enumerate(row, 1) if (words := part.strip())})
        },
    )


def _separator(text: str) -> str:
    """Return the separator with which most of the first rows have the same number of columns, above one."""

    def fitness(separator: str) -> tuple[int, int]:
        try:
            rows = [
                len(row) for row, _ in zip(_reader(text, separator), range(_LOOKED_AT), strict=False) if row
            ]
        except csv.Error:
            return (0, 0)
        columns, times = (
            Counter(number for number in rows if number > 1).most_common(1)[0]
            if max(rows, default=0) > 1
            else (0, 0)
        )
        return times, columns

    return max(_SEPARATORS, key=fitness)


def _reader(text: str, separator: str, *, strict: bool = False) -> Any:
    csv.field_size_limit(_MAX_FIELD)
    return csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=strict, skipinitialspace=True
    )


def _read(text: str, separator: str, name: str) -> list[list[str]]:
    reader = _reader(text, separator, strict=True)
    rows: list[list[str]] = []
    begin = 1
    try:
        for row in reader:
            rows.append(row)
            begin = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            hint = "close it, or save the table again"
            raise ImportSourceError(name, begin, "a quotation mark is never closed", hint) from None
        return [*_reader(text, separator)]  # a stray quotation mark within a value
    return rows
