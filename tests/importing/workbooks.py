"""Small workbooks, as Excel saves them."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook

HEADER = ("No.", "Organisation", "Country", "Website", "E-mail")
PARTNERS = (
    (1, "ANIMA Investment Network", "France", "www.anima.coop", "info@anima.coop"),
    (2, "Chambre de Commerce, Tunis", "Tunisie", "https://cct.example.tn/", "contact@cct.example.tn"),
    (3, "Bibliotheca Alexandrina", "EG", "https://bibalex.example.org", "hello@bibalex.example.org"),
)


def sheet(*rows, title="Partners", book=None):
    """Return a workbook, and its sheet with rows."""
    made = book.create_sheet() if book else Workbook().active
    made.title = title
    for row in rows:
        made.append(row)
    return made.parent, made


def content(book) -> bytes:
    """Return the bytes of a workbook."""
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def workbook(*rows, title="Partners") -> bytes:
    """Return the bytes of a workbook with one sheet."""
    return content(sheet(*rows, title=title)[0])


def with_results(raw: bytes, results: dict[str, str], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return a workbook in which formulas have saved results, which openpyxl does not write."""
    made = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                for formula, result in results.items():
                    text = text.replace(
                        f"<f>{formula}</f><v />".encode(), f"<f>{formula}</f><v>{result}</v>".encode()
                    ).replace(
                        f"<f>{formula}</f><v></v>".encode(), f"<f>{formula}</f><v>{result}</v>".encode()
                    )
            new.writestr(name, text)
    return made.getvalue()


def save(path: Path, raw: bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(raw)
    return path
