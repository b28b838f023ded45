"""Headings: normalises levels and anchors, and writes tables of contents."""

import re
from collections.abc import Sequence
from html import escape
from itertools import count

from clusterpress.markup.body import Heading
from clusterpress.markup.clean_html import ATTRIBUTES, CleanHtml, Edit, Element, start_tag
from clusterpress.markup.plain_text import words_of
from clusterpress.values.slugs import slugify

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
"""Names of their elements."""

_TOP, _DEEPEST = 2, 6
_CONTENTS = re.compile(rf"<p{ATTRIBUTES}>\[TOC\]</p>")


def heading_edits(html: CleanHtml, elements: Sequence[Element]) -> tuple[list[Edit], tuple[Heading, ...]]:
    """Return the edits that set levels and anchors of headings, and the headings in order.

    The topmost level becomes 2 and the others keep their distance to it, so that a page has one ``h1`` and no
    gap below it (WCAG 2.2, 1.3.1). Anchors written by the author stay.

    Args:
        html: the body.
        elements: its headings.
    """
    shift = _TOP - min(int(element.tag[1]) for element in elements)
    used_anchors = {element.get("id") for element in html.concerned()} if ' id="' in html.text else set()
    found: list[Heading] = []
    edits: list[Edit] = []
    for number, element in enumerate(elements, start=1):
        level, words = min(int(element.tag[1]) + shift, _DEEPEST), words_of(element.content)
        anchor, written = element.get("id"), element.written
        if not anchor:
            anchor = _unique(slugify(words) or f"section-{number}", used_anchors)
            used_anchors.add(anchor)
            written = {**written, "id": anchor}
        found.append(Heading(level, anchor, words))
        end, after = element.ends
        edits += (
            (element.start, element.inner, start_tag(f"h{level}", written)),
            (end, after, f"</h{level}>"),
        )
    return edits, tuple(found)


def contents_edits(html: CleanHtml, headings: tuple[Heading, ...]) -> list[Edit]:
    """Return the edits that put the list of headings where a paragraph says ``[TOC]``."""
    places = _CONTENTS.finditer(html.searchable) if "[" in html.text else ()
    return [(*place.span(), contents(headings)) for place in places]


def contents(headings: tuple[Heading, ...]) -> str:
    """Return nested lists of links to the headings."""
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


def _unique(name: str, used_anchors: set[str | None]) -> str:
    candidates = (f"{name}-{number}" for number in count(2))
    return name if name not in used_anchors else next(one for one in candidates if one not in used_anchors)
