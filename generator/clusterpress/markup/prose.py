"""Prose: the words of a piece of HTML without its marks."""

import re

from selectolax.lexbor import LexborNode

MORE = "\x04"
"""Stands where ``<!-- more -->`` was; no text can hold this character of its own."""

EXCERPT = 300
"""Most characters of an excerpt."""

_BREAK = "\f"  # no text can hold this character either
_BLOCKS = frozenset(
    """address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody td tfoot th
    thead tr ul""".split()
)
_UNSEEN = frozenset({"script", "style", "template", "-comment"})
_MARKS = frozenset({"footnote-backref", "footnote-ref", "headerlink"})
_SPACE = re.compile(r"[ \t\n]+")


def plain(node: LexborNode) -> str:
    """Return the words inside a node, white space folded, paragraphs separated by empty lines."""
    pieces: list[str] = []
    waiting: list[LexborNode | str | None] = [node.first_child]
    while waiting:
        here = waiting.pop()
        if here is None or isinstance(here, str):
            pieces.append(here or "")
            continue
        waiting.append(here.next)
        tag = here.tag or ""
        if tag == "-text":
            pieces.append(here.text_content or "")
        elif tag == "br":
            pieces.append("\n")
        elif tag not in _UNSEEN and not (tag == "a" and here.attributes.get("class") in _MARKS):
            if tag in _BLOCKS:
                pieces.append(_BREAK)
                waiting.append(_BREAK)
            waiting.append(here.first_child)
    paragraphs = (_SPACE.sub(" ", paragraph).strip(" ") for paragraph in "".join(pieces).split(_BREAK))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def excerpt_of(marked: str, first_paragraph: str) -> str:
    """Return what stands before `MORE` in a plain text, else the first paragraph, cut at a word."""
    before, marker, _ = marked.partition(MORE)
    text = " ".join(before.split()) if marker else ""
    text = text or first_paragraph
    if len(text) <= EXCERPT:
        return text
    return text[: EXCERPT - 1].rpartition(" ")[0].rstrip(" ,;:.–—-") + "…"
