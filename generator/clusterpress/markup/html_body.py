"""Bodies by way of a tree: HTML of any kind → `Body`."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Body, Outline
from clusterpress.markup.figures_tables import frame_tables, make_cell_lists, make_figures
from clusterpress.markup.headings import place_contents, settle_headings
from clusterpress.markup.line_finder import Places
from clusterpress.markup.lint import remarks_on
from clusterpress.markup.plain_text import MORE, Words, lead_of
from clusterpress.markup.references import Fault, References
from clusterpress.markup.sanitise import printable, prose_only

_MORE = re.compile(r"<p>\s*<!--\s*more\s*-->\s*</p>|<!--\s*more\s*-->", re.IGNORECASE)


def body_by_tree(html: str, faults: tuple[Fault, ...], text: str, settings: Settings) -> Body:
    """Return the body that any HTML makes.

    Args:
        html: what Python-Markdown, or `everyday`, made of the text.
        faults: what went wrong with that.
        text: the Markdown text.
        settings: say whether raw HTML of contributors is trusted.
    """
    html = printable(html)
    if "<!--" in html:
        html = _MORE.sub(MORE, html)
    # The document type keeps the parser out of quirks mode, where a table may stand in a paragraph.
    tree = LexborHTMLParser("<!doctype html><body>" + (prose_only(html) if settings.html == "safe" else html))
    body = tree.css("body")[0]
    make_cell_lists(body)
    make_figures(tree, body)
    headings = settle_headings(tree, body)
    place_contents(body, headings)
    frame_tables(tree, body)
    words = Words.of(body)
    anchors = tuple(dict.fromkeys(name for node in body.css("[id], a[name]") if (name := _anchor(node))))
    remarks = tuple(sorted(remarks_on(body, Places(text))))
    references = References(body, Places(text))
    lead, rest = (references.parts(piece.replace(MORE, "")) for piece in _cut_after_lead(body))
    return Body(
        parts=lead + rest,
        lead=len(lead),
        text=words.text,
        outline=Outline(
            links=references.links,
            pictures=references.pictures,
            headings=headings,
            anchors=anchors,
            first_paragraph=words.first_paragraph,
            excerpt=words.excerpt,
            words=len(words.text.split()),
            problems=faults + references.faults(anchors),
            remarks=remarks,
        ),
    )


def _anchor(node: LexborNode) -> str:
    return node.attributes.get("id") or node.attributes.get("name") or ""


def _cut_after_lead(body: LexborNode) -> tuple[str, str]:
    """Return the HTML of a body up to the end of its first block if that is a paragraph, and the rest."""
    html = body.inner_html or ""
    paragraph = lead_of(body)
    length = 0
    node = body.first_child if paragraph else None
    while node:
        length += len(node.html or "")
        node = None if node == paragraph else node.next
    return html[:length], html[length:]
