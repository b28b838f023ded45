"""The nodes of a body: JSON values that every edition of an issue sets without reading HTML.

A block and an inline node carry their name under ``t``; their content, if any, lies under ``c``.
"""

from collections.abc import Iterable, Iterator
from itertools import dropwhile
from math import inf
from typing import Literal, NotRequired, TypedDict

_BLANK = " \u00a0"

MarkName = Literal["strong", "em", "code", "sup", "sub", "del"]


class LinkTarget(TypedDict, total=False):
    """Where a link leads: one of the two."""

    to: str
    """Anchor of a story of the same issue."""
    href: str
    """Full address."""


class PictureRef(TypedDict):
    """A picture that an edition can show."""

    src: str
    """Name of its file, or its address."""
    ratio: float
    """Width by height."""
    width: NotRequired[int]
    """The width that the author wants, in CSS pixels."""


class DescribedPicture(PictureRef):
    """A picture with the text that stands for it."""

    alt: str


class Mark(TypedDict):
    """Text in a certain form."""

    t: MarkName
    c: "list[Inline]"


class Abbreviation(TypedDict):
    """An abbreviation and what it stands for."""

    t: Literal["abbr"]
    title: str
    c: "list[Inline]"


class Break(TypedDict):
    """The end of a line."""

    t: Literal["br"]


class Link(LinkTarget):
    """Text that leads elsewhere."""

    t: Literal["a"]
    c: "list[Inline]"


class Note(TypedDict):
    """A footnote, at the place of its reference."""

    t: Literal["note"]
    c: "list[Inline]"


class Figure(DescribedPicture):
    """A picture with its caption."""

    t: Literal["figure"]
    caption: "list[Inline]"


Inline = str | Mark | Abbreviation | Break | Link | Note | Figure
"""A piece of a line."""


class Paragraph(TypedDict):
    """A paragraph."""

    t: Literal["p"]
    c: list[Inline]


class Heading(TypedDict):
    """A heading; levels begin at 1."""

    t: Literal["h"]
    level: int
    c: list[Inline]


class List(TypedDict):
    """A list; each item holds blocks."""

    t: Literal["list"]
    ordered: bool
    start: int
    """Number of the first item."""
    c: "list[list[Block]]"


class Quote(TypedDict):
    """A quotation."""

    t: Literal["quote"]
    pull: bool
    """Whether it is a pull quote."""
    c: "list[Block]"
    by: NotRequired[list[Inline]]


class Cell(TypedDict):
    """A cell of a table."""

    head: bool
    colspan: int
    rowspan: int
    align: str
    """``left``, ``center``, ``right``, or empty."""
    c: "list[Block]"


class Table(TypedDict):
    """A table."""

    t: Literal["table"]
    caption: list[Inline]
    columns: int
    head: list[list[Cell]]
    rows: list[list[Cell]]


class Preformatted(TypedDict):
    """Text that keeps its spaces and line breaks."""

    t: Literal["pre"]
    text: str


class Rule(TypedDict):
    """A horizontal rule."""

    t: Literal["rule"]


class Term(TypedDict):
    """A term and its description."""

    term: list[Inline]
    c: "list[Block]"


class Terms(TypedDict):
    """A list of descriptions."""

    t: Literal["terms"]
    c: list[Term]


class Box(TypedDict):
    """An admonition."""

    t: Literal["box"]
    title: list[Inline]
    c: "list[Block]"


class More(TypedDict):
    """The further pictures of a gallery, for which an edition may show a link."""

    t: Literal["more"]
    c: "list[Block]"


class KeyFigure(TypedDict):
    """A figure that is set large: 30, before it "more than", under it "cluster managers"."""

    before: str
    figure: str
    label: str


class KeyFigures(TypedDict):
    """A row of key figures."""

    t: Literal["facts"]
    c: list[KeyFigure]


Block = (
    Paragraph
    | Heading
    | List
    | Quote
    | Table
    | Figure
    | KeyFigures
    | Preformatted
    | Box
    | Terms
    | Rule
    | More
)


def plain(node: object) -> str:
    """Return the text of nodes without their marks and without deleted words."""
    if isinstance(node, str):
        return node
    if isinstance(node, dict) and node.get("t") in ("br", "del"):
        return " " if node["t"] == "br" else ""
    parts = node.get("c", []) if isinstance(node, dict) else node
    return "".join(map(plain, parts)) if isinstance(parts, list | tuple) else ""


def lines_in(blocks: Iterable[Block]) -> Iterator[list[Inline]]:  # noqa: C901, PLR0912 -- one case a block
    """Yield the lines of blocks, for a place that holds no blocks."""
    for block in blocks:
        match block["t"]:
            case "p" | "h":
                yield block["c"]
            case "list":
                for number, item in enumerate(block["c"], start=block["start"]):
                    first, *rest = [*lines_in(item)] or [[]]
                    yield [f"{number}. " if block["ordered"] else "– ", *first]
                    yield from rest
            case "quote" | "box" | "more":
                yield from ([block["title"]] if block["t"] == "box" and block["title"] else [])
                yield from lines_in(block["c"])
                yield from ([block["by"]] if block["t"] == "quote" and block.get("by") else [])
            case "table":
                yield from ([block["caption"]] if block["caption"] else [])
                for row in (*block["head"], *block["rows"]):
                    yield _joined(([" ".join(map(plain, lines_in(cell["c"])))] for cell in row), " | ")
            case "figure":
                yield from filter(None, ([block["alt"]] if block["alt"] else [], block["caption"]))
            case "terms":
                for term in block["c"]:
                    yield term["term"]
                    yield from lines_in(term["c"])
            case "facts":
                for fact in block["c"]:
                    yield [" ".join((fact["before"], fact["figure"], fact["label"])).strip()]
            case "pre":
                for line in block["text"].split("\n"):
                    yield [line]


def _joined(lines: Iterable[list[Inline]], separator: str) -> list[Inline]:
    joined: list[Inline] = []
    for line in lines:
        joined += [separator, *line] if joined else line
    return joined


def trim(line: Iterable[Inline]) -> list[Inline]:
    """Return a line without white space and line breaks at both ends."""
    kept = list(dropwhile(_is_blank, line))
    while kept and _is_blank(kept[-1]):
        kept.pop()
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip(_BLANK)
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip(_BLANK)
    return kept


def _is_blank(part: Inline) -> bool:
    return not part.strip(_BLANK) if isinstance(part, str) else part["t"] == "br"


def split_at_figures(line: Iterable[Inline], line_height: int = 0) -> Iterator[list[Inline] | Figure]:
    """Yield the runs of a line and the figures between them, which may stand within a link.

    Args:
        line: the line.
        line_height: pixels up to which a picture stays among the words of its line.
    """
    parts, run = list(line), list[Inline]()
    height = line_height if plain(parts).strip(_BLANK) else 0
    for part in parts:
        figures = list(_figures_in(part))
        if figures and not all(_height(figure) <= height for figure in figures):
            yield run
            run = []
            yield from figures
        else:
            run.append(part)
    yield run


def _height(figure: Figure) -> float:
    """Return the height of a picture in pixels; a picture of unknown size is high."""
    return figure["width"] / max(figure["ratio"], 0.001) if "width" in figure else inf


def _figures_in(part: Inline) -> Iterator[Figure]:
    if isinstance(part, str) or part["t"] == "br":
        return
    if part["t"] == "figure":
        yield part
        return
    for inner in part["c"]:
        if not isinstance(inner, str) and inner["t"] == "figure":
            yield inner


def normalise_heading_levels(blocks: list[Block]) -> list[Block]:
    """Let headings begin at level 1 and go down one at a time (PDF/UA-1, ISO 14289-1, 7.4.2).

    Headings within lists, quotations and other blocks count like those around them, in reading order.
    """
    open_levels: list[int] = []
    for block in _headings_in(blocks):
        while open_levels and open_levels[-1] >= block["level"]:
            open_levels.pop()
        open_levels.append(block["level"])
        block["level"] = len(open_levels)
    return blocks


def _headings_in(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        if block["t"] == "h":
            yield block
        for inner in inner_blocks(block):
            yield from _headings_in(inner)


def without_headings(blocks: Iterable[Block]) -> "list[Block]":
    """Return blocks with bold paragraphs for headings, for a place that is a heading itself."""
    return [
        {"t": "p", "c": [{"t": "strong", "c": block["c"]}]} if block["t"] == "h" else block
        for block in blocks
    ]


def inner_blocks(block: Block) -> Iterator["list[Block]"]:
    """Yield the lists of blocks that stand within a block, in reading order."""
    match block["t"]:
        case "quote" | "box" | "more":
            yield block["c"]
        case "list":
            yield from block["c"]
        case "terms":
            yield from (term["c"] for term in block["c"])
        case "table":
            yield from (cell["c"] for row in (*block["head"], *block["rows"]) for cell in row)
