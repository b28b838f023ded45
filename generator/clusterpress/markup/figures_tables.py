"""Figures and tables: turns lone pictures into figures, and makes tables scroll on small screens."""

import re
from collections.abc import Iterable

from clusterpress.markup.clean_html import (
    ATTRIBUTES,
    SPACE,
    CleanHtml,
    Edit,
    Element,
    escape_text,
    escape_value,
    read_attributes,
    start_tag,
    unescape,
)
from clusterpress.markup.headings import HEADINGS
from clusterpress.markup.plain_text import words_of

_LONE_PICTURE = re.compile(
    rf"<p({ATTRIBUTES})>{SPACE}(?P<content>(?:<a{ATTRIBUTES}>{SPACE})?<img({ATTRIBUTES})>(?:{SPACE}</a>)?)"
    rf"{SPACE}</p>"
)


def figure_edits(html: CleanHtml, pictures: Iterable[Element]) -> list[Edit]:
    """Return the edits that turn paragraphs with a lone picture into figures.

    The title of the picture becomes the caption.
    """
    found = (_lone_in_paragraph(html, picture) for picture in pictures)
    return [(*lone.span(), _figure(html, lone)) for lone in found if lone]


def _lone_in_paragraph(html: CleanHtml, picture: Element) -> re.Match[str] | None:
    """Match the paragraph around a picture if it contains nothing else."""
    start = html.searchable.rfind("<p", 0, picture.start)
    found = _LONE_PICTURE.match(html.searchable, start) if start >= 0 else None
    return found if found and found.end() > picture.start else None


def _figure(html: CleanHtml, found: re.Match[str]) -> str:
    start, end = found.span("content")
    content, caption = html.text[start:end], ""
    picture = read_attributes(found[3])
    if title := picture.pop("title", ""):
        caption = f"<figcaption>{escape_text(unescape(title))}</figcaption>"
        content = content.replace(f"<img{found[3]}>", start_tag("img", picture))
    return f"<figure{found[1]}>{content}{caption}</figure>"


def table_edits(html: CleanHtml, landmarks: Iterable[Element]) -> list[Edit]:
    """Return the edits that give head cells their scope, and tables a frame that scrolls on small screens.

    A region that scrolls must be reachable by keyboard and have a name (WCAG 2.2, 2.1.1 and 4.1.2): the
    table's caption, the heading before it, or the words of its head.

    Args:
        html: the body.
        landmarks: its headings and tables, in order.
    """
    cells = {cell.start: cell for head in html.named("thead") for cell in head.find("th")}
    edits: list[Edit] = [
        (cell.start, cell.inner, start_tag("th", {**cell.written, "scope": "col"}))
        for cell in cells.values()
        if "scope" not in cell.written
    ]
    heading = ""
    used: dict[str, int] = {}
    for element in landmarks:
        if element.tag in HEADINGS:
            heading = words_of(element.content)
        elif element.tag == "table" and "highlighttable" not in element.classes:
            caption = next(element.find("caption"), None)
            heads = ", ".join(filter(None, (words_of(cell.content) for cell in element.find("th"))))
            name = words_of(caption.content) if caption else heading or heads
            used[name] = used.get(name, 0) + 1
            edits.append((element.start, element.start, _frame(name, used[name])))
            edits.append((element.ends[1], element.ends[1], "</div>"))
    return edits


def _frame(name: str, number: int) -> str:
    """Return the start tag of a table's frame; its label is numbered if the name is not unique."""
    if not name:
        return '<div class="table">'
    label = escape_value(name if number == 1 else f"{name} ({number})")
    return f'<div class="table" role="region" tabindex="0" aria-label="{label}">'
