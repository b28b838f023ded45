"""Prose: the words of a piece of HTML without its marks."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

MORE = "\x04"
"""Stands where ``<!-- more -->`` was; no text can hold this character of its own."""

EXCERPT = 300
"""Most characters of an excerpt."""

_BREAK = "\f"  # no text can hold this character either
_BLOCKS = frozenset(
    """address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody td tfoot th
    thead tr ul""".split()  # noqa: SIM905 (words read best)
)
_UNSEEN = frozenset({"script", "style", "template", "-comment"})
_MARKS = frozenset({"footnote-backref", "footnote-ref", "headerlink", "toc"})
_MARKED = frozenset({"a", "div"})
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
        elif tag not in _UNSEEN and not (tag in _MARKED and here.attributes.get("class") in _MARKS):
            if tag in _BLOCKS:
                pieces.append(_BREAK)
                waiting.append(_BREAK)
            waiting.append(here.first_child)
    paragraphs = (_SPACE.sub(" ", paragraph).strip(" \u00a0") for paragraph in "".join(pieces).split(_BREAK))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a body."""

    text: str
    """All of them, paragraphs separated by empty lines."""
    first_paragraph: str
    """Those of the first block if it is a paragraph."""
    excerpt: str
    """Those before `MORE`, else those of the first paragraph anywhere, at most `EXCERPT` characters."""

    @classmethod
    def of(cls, body: LexborNode) -> "Words":
        """Read the words of a body in which `MORE` may stand."""
        marked = plain(body)
        before, marker, _ = marked.partition(MORE)
        text = _without_marker(marked)
        lead = lead_of(body)
        first = _without_marker(plain(lead)) if lead else ""
        paragraphs = (_without_marker(plain(node)) for node in body.iter() if node.tag == "p")
        beginning = _on_one_line(before) if marker else ""
        beginning = beginning or first or next(filter(None, paragraphs), "") or text.partition("\n\n")[0]
        return cls(text, first, shortened(beginning))


def lead_of(body: LexborNode) -> LexborNode | None:
    """Return the first block of a body if it is a paragraph."""
    node = body.first_child
    while node and (
        node.is_comment_node or (node.is_text_node and not (node.text_content or "").strip(f" \n{MORE}"))
    ):
        node = node.next
    return node if node and node.tag == "p" else None


def shortened(text: str) -> str:
    """Return a text of at most `EXCERPT` characters, cut after a word."""
    if len(text) <= EXCERPT:
        return text
    room = text[: EXCERPT - 1]
    return (room.rpartition(" ")[0] or room).rstrip(" ,;:.–—-") + "…"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _without_marker(marked: str) -> str:
    paragraphs = (paragraph.replace(MORE, "").strip(" ") for paragraph in marked.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
