"""Rendering: one Markdown text → `Body`."""

import re
from functools import lru_cache
from html import escape
from importlib.metadata import version

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.config.settings import Settings
from clusterpress.digests import digest, joined, of_bytes
from clusterpress.markup.body import Body, Outline
from clusterpress.markup.cleaning import printable, prose_only, readable
from clusterpress.markup.everyday import everyday_html
from clusterpress.markup.extensions import markdown_for, names_extensions
from clusterpress.markup.headings import place_contents, settle_headings
from clusterpress.markup.places import Places
from clusterpress.markup.prose import MORE, Words, lead_of
from clusterpress.markup.references import Fault, References
from clusterpress.markup.remarks import remarks_on
from clusterpress.markup.shapes import frame_tables, make_cell_lists, make_figures

RECIPE = 4
"""Goes up whenever this package renders the same text differently."""

_MORE = re.compile(r"<p>\s*<!--\s*more\s*-->\s*</p>|<!--\s*more\s*-->", re.IGNORECASE)
_ENGINES = ("Markdown", "pymdown-extensions", "Pygments", "nh3", "selectolax")


def body_key(text: str, settings: Settings) -> bytes:
    """Return the key of a body: the digest of all that `render` depends on."""
    return joined([_recipe(), settings.digest_of_markup(), of_bytes(text.encode("utf-8", "surrogatepass"))])


@lru_cache(maxsize=1)
def _recipe() -> bytes:
    """Return the digest of how texts are rendered."""
    return digest("body", RECIPE, tuple(version(engine) for engine in _ENGINES))


def render(text: str, settings: Settings) -> Body:
    """Return the body that a Markdown text makes.

    Any text gives a body; what is wrong with it is in ``outline.problems``. Only one thread of a process may
    render at a time, as the converter is used again and again.

    Raises:
        BadExtensionError: the settings name a Markdown extension that cannot be used (`extension_problems`).
    """
    text = readable(text)
    converted, faults = _converted(text, settings.mkdocs)
    html = printable(converted)
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


def _converted(text: str, mkdocs: str) -> tuple[str, tuple[Fault, ...]]:
    """Return the HTML that Python-Markdown makes of this text alone, and what went wrong."""
    converter = markdown_for(mkdocs)

    def convert(text: str) -> str:
        return str(converter.reset().convert(text))

    try:
        html = None if names_extensions(mkdocs) else everyday_html(text, convert)
        return convert(text) if html is None else html, ()
    except Exception as error:  # noqa: BLE001 (extensions raise what they like; lists can be nested too deeply)
        markdown_for.cache_clear()  # it may have stopped half-way through something
        fault = (
            1,
            f"this text cannot be read as Markdown: {error}",
            "look for deep nesting or unusual marks",
        )
        return f"<pre>{escape(text)}</pre>", (fault,)


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
