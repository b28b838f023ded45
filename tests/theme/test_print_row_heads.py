"""The first cells of rows become heads; everything else of a file stays."""

import pytest

from clusterpress.theme.print_row_heads import mark_row_heads

OBJECTS = {
    1: "<</Type/Catalog>>",
    2: "<</Type/StructElem/S/Table/P 1 0 R/K[3 0 R]>>",
    3: "<</Type/StructElem/S/TBody/P 2 0 R/K[4 0 R 7 0 R 9 0 R]>>",
    4: "<</Type/StructElem/S/TR/P 3 0 R/K[5 0 R 6 0 R]>>",
    5: "<</Type/StructElem/S/TD/P 4 0 R/A[<</O/Table/RowSpan 2>>]/K[1]>>",
    6: "<</Type/StructElem/S/TD/P 4 0 R/K[2]>>",
    7: "<</Type/StructElem/S/TR/P 3 0 R/K[8 0 R]>>",
    8: "<</Type/StructElem/S/TD/P 7 0 R/K[3]>>",
    9: "<</Type/StructElem/S/TR/P 3 0 R/K[10 0 R 11 0 R]>>",
    10: "<</Type/StructElem/S/TD/P 9 0 R/K[4]>>",
    11: "<</Type/StructElem/S/TD/P 9 0 R/K[5]>>",
}


def write(objects):
    text, offsets = "%PDF-1.7\n", []
    for number, value in objects.items():
        offsets.append(len(text))
        text += f"{number} 0 obj\n{value}\nendobj\n\n"
    lines = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(text)
    size = len(objects) + 1
    text += f"xref\n0 {size}\n{0:010} 65535 f \n{lines}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return text.encode()


def test_first_cells_become_heads_of_their_rows():
    expected = {
        **OBJECTS,
        5: "<</Type/StructElem/S/TH/P 4 0 R/A[<</O/Table/Scope/Row/RowSpan 2>>]/K[1]>>",
        10: "<</Type/StructElem/S/TH/P 9 0 R/A[<</O/Table/Scope/Row>>]/K[4]>>",
    }
    assert mark_row_heads(write(OBJECTS)) == write(expected)


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\nstartxref\n0\n%%EOF",
        write({1: "<</Type/Catalog>>"}),
        b"%PDF\nxref\nstartxref\n5\n",
    ],
)
def test_other_files_stay_as_they_are(pdf):
    assert mark_row_heads(pdf) == pdf
