"""Typography of a body: the marks of its language in its text alone.

Code, formulas, raw HTML, attributes, addresses and names of files stay as they are. The pieces of text
between the tags are read as one text in which signs stand for the tags: a quotation may begin before a link
and end behind it. Each piece is read once.
"""

import re

from clusterpress.markup.clean_html import ATTRIBUTES, escape_text, unescape
from clusterpress.markup.plain_text import SPANS
from clusterpress.theme.typography import BREAK, LINE, THROUGH, WORD, typeset

RAW, END_OF_RAW = "<!--raw-html-->", "<!--/raw-html-->"
"""Stand around raw HTML between the parsers and `set_typography`."""

_MARKS = re.compile(rf"{RAW}|{END_OF_RAW}")
_TAG = re.compile(
    rf"{RAW}.*?(?:{END_OF_RAW}|\Z)|<!--.*?(?:-->|\Z)|</?(?P<tag>[^ \t\n\f\r>/!<]+){ATTRIBUTES}>", re.DOTALL
)
_SIGN = re.compile(f"[{THROUGH}{WORD}{BREAK}{LINE}]")
_WORDS = frozenset("code kbd math samp svg tt var".split())  # noqa: SIM905 (words read best)
"""Elements within a line whose text stays as it is."""
_BLOCKS = frozenset("iframe noembed noframes plaintext pre script style textarea xmp".split())  # noqa: SIM905
"""Other elements whose text stays as it is."""


def set_typography(html: str, lang: str) -> str:
    """Return clean HTML with the marks of a language, and without the marks around raw HTML.

    Without a language, the text stays as it is.
    """
    if lang:
        texts, between, signs = _split(html)
        written = "".join([text + sign for text, sign in zip(texts, [*signs, ""], strict=True)])
        changed = typeset(written, lang)
        if changed != written:
            pieces = zip(_SIGN.split(changed), [*between, ""], strict=True)
            html = "".join([escape_text(text) + tag for text, tag in pieces])
    return _MARKS.sub("", html) if RAW in html else html


def _split(html: str) -> tuple[list[str], list[str], list[str]]:
    """Return the pieces of text, the HTML between each two of them, and its signs."""
    texts: list[str] = []
    between: list[str] = []
    signs: list[str] = []
    at = 0
    while found := _TAG.search(html, at):
        tag, end = found["tag"], found.end()
        if tag in _WORDS or tag in _BLOCKS:
            closing = html.find(f"</{tag}>", end)
            end = len(html) if closing < 0 else closing + len(tag) + 3
        texts.append(unescape(html[at : found.start()]))
        between.append(html[found.start() : end])
        signs.append(_sign_of(tag))
        at = end
    return [*texts, unescape(html[at:])], between, signs


def _sign_of(tag: str | None) -> str:
    if tag is None:
        return BREAK
    if tag in _WORDS or tag == "img":
        return WORD
    if tag == "br":
        return LINE
    return THROUGH if tag in SPANS else BREAK
