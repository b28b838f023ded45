"""Prose: the words of a piece of HTML without its marks."""

import re
from collections.abc import Iterable
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
_SPANS = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark q s samp small span strong sub sup u".split()  # noqa: SIM905
)
_UNSEEN = frozenset({"script", "style", "template", "-comment"})
_MARKS = frozenset({"footnote-backref", "footnote-ref", "headerlink", "toc"})
_MARKED = frozenset({"a", "div"})
_TAG = re.compile(r'<(/?[a-z1-6]+)(?: [a-z-]+="[^"]*")*>')
_READ_AS = {
    **{f"{end}{tag}": _BREAK for tag in _BLOCKS for end in ("", "/")},
    **{f"{end}{tag}": "" for tag in _SPANS for end in ("", "/")},
    "br": "\n",
}
"""What stands in place of a tag among the words."""


def plain(node: LexborNode) -> str:
    """Return the words inside a node, white space folded, paragraphs separated by empty lines."""
    words = text_of_html(node.inner_html or "")
    return _in_paragraphs(_words_below(node)) if words is None else words


def text_of_html(html: str) -> str | None:
    """Return the words of HTML as lexbor writes it; None if it holds tags that ask for a closer look."""
    text = html if "<" not in html else _without_tags(html)
    return None if text is None else _in_paragraphs(_unescaped(text))


def _in_paragraphs(text: str) -> str:
    text = _with_single_spaces(text)
    if _BREAK not in text:
        return text.strip(" \u00a0")
    paragraphs = [paragraph.strip(" \u00a0") for paragraph in text.split(_BREAK)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _without_tags(html: str) -> str | None:
    """Return HTML, as lexbor writes it, without tags; None if it holds any that asks for a closer look."""
    if 'class="' in html and any(f'class="{mark}"' in html for mark in _MARKS):
        return None
    pieces = _TAG.split(html)
    try:
        pieces[1::2] = [_READ_AS[tag] for tag in pieces[1::2]]
    except KeyError:
        return None
    text = "".join(pieces)
    return None if "<" in text else text  # in text itself it is written &lt;


def _with_single_spaces(text: str) -> str:
    """Return text with each run of white space as one space; a pattern would take twenty times as long."""
    text = text.replace("\t", " ").replace("\n", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _unescaped(text: str) -> str:
    """Return text without the four references that lexbor writes."""
    if "&" not in text:
        return text
    return text.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _words_below(node: LexborNode) -> str:
    """Return the words inside a node, looked at one by one, with `_BREAK` around blocks."""
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
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class PlainText:
    """The words of a body."""

    text: str
    """All of them, paragraphs separated by empty lines."""
    first_paragraph: str
    """Those of the first block if it is a paragraph."""
    excerpt: str
    """Those before `MORE`, else those of the first paragraph anywhere, at most `EXCERPT` characters."""

    @classmethod
    def of(cls, body: LexborNode) -> "PlainText":
        """Read the words of a body in which `MORE` may stand."""
        lead = lead_of(body)
        paragraphs = (plain(node) for node in body.iter() if node.tag == "p")
        return cls.read(plain(body), plain(lead) if lead else "", paragraphs)

    @classmethod
    def read(cls, marked: str, lead: str, paragraphs: Iterable[str]) -> "PlainText":
        """Read the words of a body off those of its parts, in which `MORE` may stand.

        Args:
            marked: all of them, as `plain` returns them.
            lead: those of the first block if it is a paragraph.
            paragraphs: those of each paragraph that stands in no other block.
        """
        before, marker, _ = marked.partition(MORE)
        text, first = _without_marker(marked), _without_marker(lead)
        others = map(_without_marker, paragraphs)
        beginning = _on_one_line(before) if marker else ""
        beginning = beginning or first or next(filter(None, others), "") or text.partition("\n\n")[0]
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
    if MORE not in marked:
        return marked
    paragraphs = (paragraph.replace(MORE, "").strip(" ") for paragraph in marked.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
