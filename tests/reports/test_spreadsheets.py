"""Lists as spreadsheets: dates are dates, addresses are links, and no text is ever a formula."""

import csv
import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from clusterpress.reports.spreadsheets import write_csv, write_workbook

COLUMNS = ("date", "title", "line", "link")
ROW = {"date": "2027-02-21", "title": "Forum", "line": 4, "link": "https://example.eu/a/"}
ATTACKS = [
    "=1+1",
    '=HYPERLINK("https://x.eu","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
]


def read(rows):
    return load_workbook(io.BytesIO(write_workbook(rows, COLUMNS, "log")))["log"]


def test_a_workbook_has_a_frozen_header_wide_columns_dates_numbers_and_links():
    sheet = read([ROW, ROW | {"title": "A long title " * 20}])
    assert [cell.value for cell in sheet[1]] == [*COLUMNS]
    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet.auto_filter.ref) == ("A2", True, "A1:D3")
    assert (sheet["A2"].value, sheet["A2"].is_date) == (datetime(2027, 2, 21), True)
    assert (sheet["C2"].value, sheet["D2"].hyperlink.target) == (4, "https://example.eu/a/")
    assert sheet.column_dimensions["A"].width == 12
    assert sheet.column_dimensions["B"].width == 62


@pytest.mark.parametrize("text", ATTACKS)
def test_a_text_is_never_a_formula(text):
    cell = read([ROW | {"title": text}])["B2"]
    assert (cell.data_type, cell.value.strip(), cell.quotePrefix) == ("s", text.strip(), True)
    (row,) = csv.DictReader(io.StringIO(write_csv([ROW | {"title": text}], COLUMNS).decode(), newline=""))
    assert row["title"] == f"'{text}"


def test_characters_that_workbooks_forbid_are_dropped():
    assert read([ROW | {"title": "a\x01b"}])["B2"].value == "ab"
    assert len(read([ROW | {"title": "x" * 40_000}])["B2"].value) == 32_767


def test_only_days_that_exist_and_are_no_titles_are_dates():
    sheet = read([ROW | {"title": "2027-02-21", "date": "2027-13-45"}])
    assert (sheet["A2"].value, sheet["B2"].value) == ("2027-13-45", "2027-02-21")


def test_an_empty_list_is_a_header():
    assert [[cell.value for cell in row] for row in read([]).rows] == [[*COLUMNS]]
