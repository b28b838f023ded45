"""Rendering: one Markdown text → `Body`."""

import re
from functools import lru_cache
from importlib.metadata import version

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clusterpress.config.settings import Settings
from clusterpress.digests import digest
from clusterpress.markup.body import Body, Outline
from clusterpress.markup.cleaning import prose_only, without_forbidden, without_forbidden_references
from clusterpress.markup.extensions import markdown_for
from clusterpress.markup.headings import place_contents, settle_headings
from clusterpress.markup.places import Places
from clusterpress.markup.prose import MORE, excerpt_of, plain
from clusterpress.markup.references import References
from clusterpress.markup.shapes import frame_tables, make_cell_lists, make_figures

RECIPE = 1
"""Goes up whenever this package renders the same text differently."""

_MORE = re.compile(r"<p>\\s*<!--\\s*more\\s*-->\\s*</p>|<!--\\s*more\\s*-->", re.IGNORECASE)
_ENGINES = ("Markdown", "pymdown-extensions", "Pygments", "nh3", "selectolax")


def body_key(text: str, settings: Settings) -> bytes:
    """Return the key of a body: the digest of all that `render` depends on."""
    return digest("body", RECIPE, _versions(), text, settings.digest_of_markup())


@lru_cache(maxsize=1)
def _versions() -> tuple[str, ...]:
    return tuple(version(engine) for engine in _ENGINES)


def render(text: str, settings: Settings) -> Body:
    """Return the body that a Markdown text makes.

    Any text gives a body; what is wrong with it is in ``outline.problems``. Only one thread of a process may
    render at a time, as the converter is used again and again.

    Raises:
        BadExtensionError: the settings name a Markdown extension that cannot be used (`extension_problems`).
    """
    text = without_forbidden(text)
    html = _MORE.sub(MORE, without_forbidden_references(_converted(text, settings.mkdocs)))
    # The document type keeps the parser out of quirks mode, where a table may stand in a paragraph.
    tree = LexborHTMLParser("<!doctype html><body>" + (prose_only(html) if settings.html == "safe" else html))
    body = tree.css("body")[0]
    make_cell_lists(body)
    make_figures(tree, body)
    headings = settle_headings(tree, body)
    place_contents(body, headings)
    frame_tables(tree, body)
    marked = plain(body)
    lead = _first_paragraph(body)
    first_words = plain(lead).replace(MORE, "") if lead else ""
    anchors = _anchors(body)
    references = References(body, Places(text))
    opening, rest = _cut(body, lead)
    words = marked.replace(MORE, "")
    ...
