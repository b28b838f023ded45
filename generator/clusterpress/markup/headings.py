"""Headings: their levels, their anchors, and the list of them."""

from html import escape
from itertools import count

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.markup.body import Heading
from clusterpress.markup.plain_text import plain
from clusterpress.values.slugs import slugify

HEADINGS = "h1, h2, h3, h4, h5, h6"
"""Selector of all headings."""

TOP, DEEPEST = 2, 6

_CONTENTS = "[TOC]"


def normalise_headings(tree: LexborHTMLParser, body: LexborNode) -> tuple[Heading, ...]:
    """Move the headings below the item's own title, give each an anchor, and return them in order.

    The topmost level of the body becomes 2 and the others keep their distance to it, so that a page has one
    ``h1`` and no gap under it (WCAG 2.2, 1.3.1). Anchors written by the author stay.
    """
    nodes = body.css(HEADINGS)
    if not nodes:
        return ()
    shift = TOP - min(_level(node) for node in nodes)
    used_anchors = {node.attributes["id"] for node in body.css("[id]")}
    found: list[Heading] = []
    for number, node in enumerate(nodes, start=1):
        level = min(_level(node) + shift, DEEPEST)
        text = plain(node)
        if not (anchor := node.attributes.get("id")):
            anchor = node.attrs["id"] = add_anchor(text, number, used_anchors)
        if shift:
            _rename(tree, node, f"h{level}")
        found.append(Heading(level, anchor, text))
    return tuple(found)


def add_anchor(words: str, number: int, used_anchors: set[str | None]) -> str:
    """Return an anchor for the heading of this number, and note it among those that are taken."""
    anchor = _unique(slugify(words) or f"section-{number}", used_anchors)
    used_anchors.add(anchor)
    return anchor


def place_contents(body: LexborNode, headings: tuple[Heading, ...]) -> None:
    """Put the list of headings where a paragraph says ``[TOC]``."""
    if _CONTENTS not in body.text():  # most texts
        return
    for paragraph in body.css("p"):
        if paragraph.inner_html == _CONTENTS:
            paragraph.inner_html = contents(headings)
            paragraph.unwrap()


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


def _level(node: LexborNode) -> int:
    return int((node.tag or "h2")[1])


def _unique(name: str, used_anchors: set[str | None]) -> str:
    candidates = (f"{name}-{number}" for number in count(2))
    return (
        name if name not in used_anchors else next(other for other in candidates if other not in used_anchors)
    )


def _rename(tree: LexborHTMLParser, node: LexborNode, tag: str) -> None:
    if node.tag == tag:
        return
    new = tree.create_node(tag)
    for name, value in node.attributes.items():
        new.attrs[name] = value
    while child := node.first_child:
        new.insert_child(child, move=True)
    node.replace_with(new, move=True)
