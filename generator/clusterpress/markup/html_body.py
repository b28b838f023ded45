"""Bodies by way of a tree: HTML of any kind → `Body`."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Body, Outline
from clusterpress.markup.figures_tables import make_cell_lists, make_figures, wrap_tables
from clusterpress.markup.headings import normalise_headings, place_contents
from clusterpress.markup.line_finder import LineFinder
from clusterpress.markup.lint import lint_body
from clusterpress.markup.plain_text import MORE, PlainText, lead_of
from clusterpress.markup.references import Fault, References
from clusterpress.markup.sanitise import sanitise, strip_control_refs

_MORE = re.compile(r"<p>\s*<!--\s*more\s*-->\s*</p>|<!--\s*more\s*-->", re.IGNORECASE)


def build_html_body(html: str, faults: tuple[Fault, ...], text: str, settings: Settings) -> Body:
    """Return the body that any HTML makes.

    Args:
        html: what Python-Markdown, or `fast_parser`, made of the text.
        faults: what went wrong with that.
        text: the Markdown text.
        settings: say whether raw HTML of contributors is trusted.
    """
    html = strip_control_refs(html)
    if "<!--" in html:
        html = _MORE.sub(MORE, html)
    # The document type keeps the parser out of quirks mode, where a table may stand in a paragraph.
    tree = LexborHTMLParser("<!doctype html><body>" + (sanitise(html) if settings.html == "safe" else html))
    body = tree.css("body")[0]
    make_cell_lists(body)
    make_figures(tree, body)
    headings = normalise_headings(tree, body)
    place_contents(body, headings)
    wrap_tables(tree, body)
    words = PlainText.of(body)
    anchors = tuple(dict.fromkeys(name for node in body.css("[id], a[name]") if (name := _anchor(node))))
    warnings = tuple(sorted(lint_body(body, LineFinder(text))))
    references = References(body, LineFinder(text))
    lead, rest = (references.parts(piece.replace(MORE, "")) for piece in _split_after_lead(body))
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
            warnings=warnings,
        ),
    )


def _anchor(node: LexborNode) -> str:
    return node.attributes.get("id") or node.attributes.get("name") or ""


def _split_after_lead(body: LexborNode) -> tuple[str, str]:
    """Return the HTML of a body up to the end of its first block if that is a paragraph, and the rest."""
    html = body.inner_html or ""
    paragraph = lead_of(body)
    length = 0
    node = body.first_child if paragraph else None
    while node:
        length += len(node.html or "")
        node = None if node == paragraph else node.next
    return html[:length], html[length:]
