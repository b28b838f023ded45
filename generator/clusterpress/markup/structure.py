"""Structure: levels and anchors of headings, tables of contents, figures, frames of tables."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from itertools import count

from clusterpress.markup.body import Heading
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
from clusterpress.markup.plain_text import texts_of, words_of
from clusterpress.theme.tables import is_long
from clusterpress.theme.typography import typeset
from clusterpress.values.slugs import slugify

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
"""Names of their elements."""

_TOP, _DEEPEST = 2, 6
_CONTENTS = re.compile(rf"<p{ATTRIBUTES}>\[TOC\]</p>")
_LONE_PICTURE = re.compile(
    rf"<p({ATTRIBUTES})>{SPACE}(?P<content>(?:<a{ATTRIBUTES}>{SPACE})?<img({ATTRIBUTES})>(?:{SPACE}</a>)?)"
    rf"{SPACE}</p>"
)


def heading_edits(html: CleanHtml, elements: Sequence[Element]) -> tuple[list[Edit], tuple[Heading, ...]]:
    """Return the edits that set levels and anchors of headings, and the headings in order.

    The topmost level becomes 2 and the others keep their distance to it, so that a page has one ``h1`` and no
    gap below it (WCAG 2.2, 1.3.1). Anchors written by the author stay.
    """
    shift = _TOP - min(int(element.tag[1]) for element in elements)
    used_anchors = {element.get("id") for element in html.concerned()} if ' id="' in html.text else set()
    numbers: Counter[str] = Counter()
    found: list[Heading] = []
    edits: list[Edit] = []
    for number, element in enumerate(elements, start=1):
        level, words = min(int(element.tag[1]) + shift, _DEEPEST), _title(element)
        anchor, written = element.get("id"), element.written
        if not anchor:
            name = slugify(words.replace("′", "'")) or f"section-{number}"  # as it was typed
            anchor = _unique(name, used_anchors, numbers)
            used_anchors.add(anchor)
            written = {**written, "id": anchor}
        found.append(Heading(level, anchor, words))
        end, after = element.ends
        edits.append((element.start, element.inner, start_tag(f"h{level}", written)))
        edits.append((end, after, f"</h{level}>"))
    return edits, tuple(found)


def _title(heading: Element) -> str:
    """Return the words of a heading; the deleted ones only if it has no others, as a link needs words."""
    return words_of(heading.content) or " ".join("".join(texts_of(heading.content)).split())


def contents_edits(html: CleanHtml, headings: tuple[Heading, ...]) -> list[Edit]:
    """Return the edits that put the list of headings where a paragraph says ``[TOC]``."""
    places = _CONTENTS.finditer(html.searchable) if "[" in html.text else ()
    return [(*place.span(), _contents(headings)) for place in places]


def _contents(headings: tuple[Heading, ...]) -> str:
    pieces = ['<div class="toc">']
    open_levels: list[int] = []
    for heading in headings:
        while len(open_levels) > 1 and heading.level < open_levels[-1]:
            pieces.append("</li></ul>")
            open_levels.pop()
        deeper = not open_levels or heading.level > open_levels[-1]
        pieces.append("<ul><li>" if deeper else "</li><li>")
        if deeper:
            open_levels.append(heading.level)
        pieces.append(f'<a href="#{escape(heading.id)}">{escape(heading.text)}</a>')
    return "".join([*pieces, "</li></ul>" * len(open_levels), "</div>"])


def _unique(name: str, used_anchors: set[str | None], numbers: Counter[str]) -> str:
    """Return the name, or the name with the next free number; ``numbers`` counts those given before."""
    if name not in used_anchors:
        return name
    candidates = (f"{name}-{number}" for number in count(2 + numbers[name]))
    for candidate in candidates:
        numbers[name] += 1
        if candidate not in used_anchors:
            break
    return candidate


def figure_edits(html: CleanHtml, pictures: Iterable[Element], lang: str = "") -> list[Edit]:
    """Return the edits that turn paragraphs with a lone picture into figures.

    The title of the picture becomes the caption, with the typography of a language.
    """
    found = (_lone_in_paragraph(html, picture) for picture in pictures)
    return [(*lone.span(), _figure(html, lone, lang)) for lone in found if lone]


def _lone_in_paragraph(html: CleanHtml, picture: Element) -> re.Match[str] | None:
    start = html.searchable.rfind("<p", 0, picture.start)
    found = _LONE_PICTURE.match(html.searchable, start) if start >= 0 else None
    return found if found and found.end() > picture.start else None


def _figure(html: CleanHtml, found: re.Match[str], lang: str) -> str:
    start, end = found.span("content")
    content, caption = html.text[start:end], ""
    picture = read_attributes(found[3])
    if title := picture.pop("title", ""):
        caption = f"<figcaption>{escape_text(typeset(unescape(title), lang))}</figcaption>"
        content = content.replace(f"<img{found[3]}>", start_tag("img", picture))
    return f"<figure{found[1]}>{content}{caption}</figure>"


def table_edits(html: CleanHtml, landmarks: Iterable[Element]) -> list[Edit]:
    """Return the edits that give head cells their scope, long cells room, and tables a frame that scrolls.

    A region that scrolls must be reachable by keyboard and have a name (WCAG 2.2, 2.1.1 and 4.1.2): the
    table's caption, the heading before it, or the words of its head or first row. The landmarks are headings
    and tables.
    """
    edits = _cell_edits(html)
    heading = ""
    used: Counter[str] = Counter()
    for element in landmarks:
        if element.tag in HEADINGS:
            heading = words_of(element.content)
        elif element.tag == "table" and "highlighttable" not in element.classes:
            caption = next(element.find("caption"), None)
            name = words_of(caption.content) if caption else heading or _heads(element)
            used[name] += 1
            edits.append((element.start, element.start, _frame(name, used[name])))
            edits.append((element.ends[1], element.ends[1], "</div>"))
    return edits


def _cell_edits(html: CleanHtml) -> list[Edit]:
    """Return the edits of cells: a scope for those of a head, a class for those whose text is long."""
    heads = {cell.start for head in html.named("thead") for cell in head.find("th")}
    edits: list[Edit] = []
    for cell in html.named("th", "td"):
        added = {"scope": "col"} if cell.start in heads and "scope" not in cell.written else {}
        if is_long(words_of(cell.content)):
            added["class"] = " ".join([*cell.classes, "long"])
        if added:
            edits.append((cell.start, cell.inner, start_tag(cell.tag, {**cell.written, **added})))
    return edits


def _heads(table: Element) -> str:
    """Return the words of a table's head cells, or of its first row."""
    row = next(table.find("tr"), None)
    cells = [*table.find("th")] or [*(row.find("td") if row else ())]
    return ", ".join(filter(None, (words_of(cell.content) for cell in cells)))


def _frame(name: str, number: int) -> str:
    """Return the start tag of a table's frame; its label is numbered if the name is not unique."""
    if not name:
        return '<div class="table">'
    label = escape_value(name if number == 1 else f"{name} ({number})")
    return f'<div class="table" role="region" tabindex="0" aria-label="{label}">'
