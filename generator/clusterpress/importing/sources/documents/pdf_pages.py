"""The pages of a PDF as lines of words, with their sizes and places, and pictures; by pdfminer.six.

Coordinates are in points, from the lower left corner of a page, as in PDF.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from clusterpress.importing.records import ImportSourceError
from clusterpress.values.characters import strip_forbidden

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage

MAX_PAGES = 400
"""Pages of a file, at most: a newsletter has a few dozen."""
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_ITALIC = ("italic", "oblique")
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile(r"[^\W\u0590-\u08ff\ufb1d-\ufefc](?:[\w.,:/@&+-]*[^\W\u0590-\u08ff\ufb1d-\ufefc])?")
"""Numbers and words of other scripts in a line from right to left."""
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_CHAR_MARGIN = 0.5
"""Widths of a character within a part of a line, at most; `pdf_order` joins those that belong together."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\xad": "-"}
_MIN_PICTURE = 36
"""Points: smaller pictures are ornaments."""


class Run(Struct):
    """Characters of a line in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


class Box(Struct, kw_only=True):
    """Something with a place on a page."""

    x0: float
    y0: float
    x1: float
    y1: float
    page: int

    @property
    def width(self) -> float:
        """Points."""
        return self.x1 - self.x0

    def beside(self, other: "Box") -> bool:
        """Return whether two boxes stand side by side."""
        return (
            min(self.y1, other.y1) - max(self.y0, other.y0) > min(self.y1 - self.y0, other.y1 - other.y0) / 3
        )


class Line(Box, kw_only=True):
    """A line of words."""

    runs: list[Run]
    size: float
    """Size of most of its characters, in points, to the half point."""

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.bold for run in self.runs if run.text.strip())


class PagePicture(Box, kw_only=True):
    """A picture."""

    name: str
    """Its name, unique in the file."""


class PageContent(Struct):
    """What a page contains, in no order."""

    number: int
    """From 1."""
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    pictures: list[PagePicture] = field(default_factory=list)


class PdfContent(Struct):
    """What a PDF contains."""

    pages: list[PageContent]
    properties: dict[str, str]
    """Under the names of `facts`: title, creator, created, modified."""
    outline: list[tuple[int, str]]
    """(level from 1, words) of each bookmark."""
    lang: str = ""


def read_pages(raw: bytes, name: str) -> PdfContent:
    """Return what a PDF contains.

    Args:
        raw: bytes of the file.
        name: its name, for messages.

    Raises:
        ImportSourceError: it is no PDF, is protected by a password, damaged, or too long.
    """
    if b"%PDF-" not in raw[:1024]:
        raise ImportSourceError(name, 1, "this is not a PDF file", "save or print the text as PDF again")
    document, pages = _open(raw, name)
    if len(pages) > MAX_PAGES:
        hint = "split it, and import the parts"
        raise ImportSourceError(name, 1, f"it has more than {MAX_PAGES} pages", hint)
    read = [*_read(pages)]
    return PdfContent(read, _properties(document), _outline(document), _language(document))


def _open(raw: bytes, name: str) -> "tuple[PDFDocument, list[PDFPage]]":
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.psexceptions import PSException

    try:
        document = PDFDocument(PDFParser(BytesIO(raw)))
        pages = list(PDFPage.create_pages(document))
    except PDFPasswordIncorrect:
        hint = "open it with the password, print it into a new PDF, and import that"
        raise ImportSourceError(name, 1, "the file is protected by a password", hint) from None
    except PDFEncryptionError:
        hint = "print it into a new PDF, and import that"
        raise ImportSourceError(
            name, 1, "the file is encrypted in a way that is not supported", hint
        ) from None
    except (
        PSException,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        AssertionError,
        RecursionError,
        OSError,
    ):
        pages = []
    if not pages:
        hint = "open it in a PDF reader, print it into a new PDF, and import that"
        raise ImportSourceError(name, 1, "the file is damaged: no page can be read", hint)
    return document, pages


def _read(pages: "list[PDFPage]") -> Iterator[PageContent]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    resources = PDFResourceManager()
    device = PDFPageAggregator(
        resources, laparams=LAParams(boxes_flow=None, char_margin=_CHAR_MARGIN, all_texts=True)
    )
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(pages, 1):
        interpreter.process_page(page)
        layout = device.get_result()
        content = PageContent(number, layout.width, layout.height)
        _collect(layout, content, _links(page))
        yield content


def _collect(layout: Any, content: PageContent, links: "list[tuple[tuple[float, ...], str]]") -> None:
    """Add the lines and pictures of a layout object, and of those within it."""
    from pdfminer.layout import LTContainer, LTImage, LTTextLineHorizontal

    for element in layout:
        if isinstance(element, LTTextLineHorizontal):
            if line := _line(element, content.number, links):
                content.lines.append(line)
        elif isinstance(element, LTImage):
            if min(element.width, element.height) >= _MIN_PICTURE:
                name = f"{content.number}/{element.name}"
                content.pictures.append(PagePicture(**_place(element), page=content.number, name=name))
        elif isinstance(element, LTContainer):
            _collect(element, content, links)


def _place(element: Any) -> dict[str, float]:
    return {"x0": element.x0, "y0": element.y0, "x1": element.x1, "y1": element.y1}


def _line(element: Any, page: int, links: "list[tuple[tuple[float, ...], str]]") -> Line | None:
    """Return a line, its characters joined to runs of one style; None for a line without words."""
    from pdfminer.layout import LTChar

    runs: list[Run] = []
    sizes: list[float] = []
    for one in element:
        is_real = isinstance(one, LTChar)
        font = one.fontname.rpartition("+")[2].lower() if is_real else ""
        text = strip_forbidden(one.get_text().replace("\n", " ").translate(str.maketrans(_LIGATURES)))
        if not is_real:  # a space that pdfminer infers
            if runs:
                runs[-1].text += text
            continue
        sizes.append(one.size)
        style = (
            any(word in font for word in _BOLD),
            any(word in font for word in _ITALIC),
            _link_at(one, links),
        )
        if runs and (runs[-1].bold, runs[-1].italic, runs[-1].url) == style:
            runs[-1].text += text
        else:
            runs.append(Run(text, *style))
    if not sizes or not "".join(run.text for run in runs).strip():
        return None
    words = "".join(run.text for run in runs)
    if is_rtl(words):
        runs = [Run(_in_logical_order(words), all(run.bold for run in runs))]
    return Line(**_place(element), page=page, runs=runs, size=round(median(sizes) * 2) / 2)


def is_rtl(words: str) -> bool:
    """Return whether most letters of a text are read from right to left."""
    letters = [character for character in words if character.isalpha()]
    return len(_RTL.findall(words)) * 2 > len(letters)


def _in_logical_order(words: str) -> str:
    """Return a line in the order in which it is read; a PDF has its characters from left to right."""
    normal = unicodedata.normalize("NFKC", words[::-1])
    return _LTR.sub(lambda found: found[0][::-1], normal).translate(_MIRRORED)


def _links(page: "PDFPage") -> "list[tuple[tuple[float, ...], str]]":
    """Return (rectangle, address) of each link of a page to another site."""
    from pdfminer.pdftypes import resolve1

    found: list[tuple[tuple[float, ...], str]] = []
    for annotation in resolve1(page.annots) or ():
        values = resolve1(annotation)
        action = resolve1(values.get("A")) if isinstance(values, Mapping) else None
        address = resolve1(action.get("URI")) if isinstance(action, Mapping) else None
        if isinstance(address, bytes) and (rectangle := resolve1(values.get("Rect"))):
            x0, y0, x1, y1 = (float(resolve1(one)) for one in rectangle)
            found.append(
                ((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), address.decode("utf-8", "replace"))
            )
    return found


def _link_at(character: Any, links: "list[tuple[tuple[float, ...], str]]") -> str:
    x, y = (character.x0 + character.x1) / 2, (character.y0 + character.y1) / 2
    return next((url for (x0, y0, x1, y1), url in links if x0 <= x <= x1 and y0 <= y <= y1), "")


def _properties(document: "PDFDocument") -> dict[str, str]:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    names = {"Title": "title", "Author": "creator", "CreationDate": "created", "ModDate": "modified"}
    found = {}
    for info in document.info:
        for key, name in names.items():
            value = resolve1(info.get(key))
            text = decode_text(value) if isinstance(value, bytes) else ""
            day = text.removeprefix("D:")[:8]
            if not key.endswith("Date"):
                found[name] = strip_forbidden(text)
            elif day.isdigit():
                found[name] = f"{day[:4]}-{day[4:6]}-{day[6:8]}"
    return found


def _outline(document: "PDFDocument") -> list[tuple[int, str]]:
    from pdfminer.psexceptions import PSException

    try:
        return [(level, " ".join(title.split())) for level, title, *_ in document.get_outlines()]
    except (
        PSException,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
    ):  # none, or damaged
        return []


def _language(document: "PDFDocument") -> str:
    from pdfminer.pdftypes import resolve1

    value = resolve1(document.catalog.get("Lang"))
    return value.decode("ascii", "replace") if isinstance(value, bytes) else ""
