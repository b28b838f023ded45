"""Row heads: let the first cell of each row of a table name its row, as its bold type does for the eye.

Typst 0.15 has ``pdf.header-cell`` for this, but behind a feature flag that its Python package cannot set.
Its files have one cross-reference table and no compressed objects; other files stay as they are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

_TABLE = re.compile(rb"xref\r?\n0 \d+\s+((?:\d{10} \d{5} [nf]\s+)+)trailer")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_ELEMENT = re.compile(
    rb"\d+ 0 obj\s*<</Type/StructElem/S/(?P<tag>\w+)/P (?P<parent>\d+) 0 R.*?/K\[(?P<kids>[^\]]*)\]",
    re.DOTALL,
)
_REFERENCE = re.compile(rb"(?<!\d)(\d+) 0 R")


def mark_row_heads(pdf: bytes) -> bytes:
    """Return a PDF of Typst's in which the first cells of rows are headings with the scope of a row.

    Only rows with as many cells as the longest row of their table are changed: the first cell of another row
    may stand in a later column.
    """
    at = pdf.rfind(b"startxref")
    found = _TABLE.match(pdf, int(pdf[at:].split()[1])) if at > 0 else None
    if not found:
        return pdf
    entries = _ENTRY.findall(found[1])
    objects = _split(
        pdf, {n: int(offset) for n, (offset, _, kind) in enumerate(entries) if kind == b"n"}, found.start()
    )
    cells = {number: _as_row_head(objects[number]) for number in _first_cells(objects)}
    return _join(pdf, objects | cells, len(entries), found.end()) if cells else pdf


def _split(pdf: bytes, offsets: Mapping[int, int], end: int) -> dict[int, bytes]:
    """Return number → bytes of each object, in the order of the file."""
    ordered = sorted(offsets, key=offsets.__getitem__)
    ends = [offsets[number] for number in ordered[1:]] + [end]
    return {number: pdf[offsets[number] : end] for number, end in zip(ordered, ends, strict=True)}


def _first_cells(objects: Mapping[int, bytes]) -> Iterator[int]:
    """Yield the numbers of the first cells of rows in the bodies of tables."""
    found = {number: element for number, content in objects.items() if (element := _ELEMENT.match(content))}
    tables: dict[int, list[list[int]]] = defaultdict(list)
    for element in found.values():
        above = found.get(int(element["parent"]))
        if element["tag"] == b"TR" and above and above["tag"] in (b"TBody", b"Table"):
            tables[int(element["parent"])].append([int(kid) for kid in _REFERENCE.findall(element["kids"])])
    for rows in tables.values():
        most = max(map(len, rows))
        for cells in rows:
            if len(cells) == most > 1 and cells[0] in found and found[cells[0]]["tag"] == b"TD":
                yield cells[0]


def _as_row_head(cell: bytes) -> bytes:
    head = cell.replace(b"/S/TD", b"/S/TH", 1)
    if b"/O/Table" in head:
        return head.replace(b"/O/Table", b"/O/Table/Scope/Row", 1)
    return head.replace(b"/K[", b"/A[<</O/Table/Scope/Row>>]/K[", 1)


def _join(pdf: bytes, objects: Mapping[int, bytes], count: int, trailer: int) -> bytes:
    """Return a file of objects in their order, with a new cross-reference table (ISO 32000-1, 7.5.4)."""
    first = min(pdf.index(b"%d 0 obj" % next(iter(objects))), trailer)
    parts, offsets, at = [pdf[:first]], {}, first
    for number, content in objects.items():
        offsets[number] = at
        parts.append(content)
        at += len(content)
    lines = [
        b"%010d 00000 n \n" % offsets[number] if number in offsets else b"%010d 65535 f \n" % 0
        for number in range(count)
    ]
    rest = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % at, pdf[trailer:])
    return b"".join((*parts, b"xref\n0 %d\n" % count, *lines, b"trailer", rest))
