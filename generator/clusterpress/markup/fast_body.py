"""Bodies of everyday texts, read off their blocks without building a tree.

To parse HTML, look through its elements and write it out again takes several times as long as to make it of
Markdown. The blocks that `fast_parser` writes are so few kinds of HTML that text search finds all there is to
know of them. A text about which there is anything to say to its author is left to the tree, and so is one
whose addresses are not plainly of this site or of another. What comes of it is the same, and a test holds
both ways against each other.
"""

import re
from collections.abc import Iterable, Sequence

from clusterpress.markup.body import Body, Heading, LinkRef, Outline, PictureRef
from clusterpress.markup.headings import DEEPEST, TOP, add_anchor
from clusterpress.markup.line_finder import LineFinder
from clusterpress.markup.lint import is_uninformative
from clusterpress.markup.plain_text import MORE, PlainText, text_of_html
from clusterpress.markup.references import LinkKind, classify_link, strip_url_whitespace
from clusterpress.markup.writing_systems import may_be_mixed
from clusterpress.parsing.addresses import meant_address
from clusterpress.values.characters import is_all_caps

_HEADING = re.compile(r"<h([1-6])>(.*)</h\1>", re.DOTALL)
_LONE_PICTURE = re.compile(r'<p>(<img alt="[^"]*" src="[^"]*">)(\s*)</p>')
_REFERENCE = re.compile(r'<a href="([^"]*)">(.*?)</a>|<img alt="([^"]*)" src="([^"]*)">', re.DOTALL)
_OUTSIDE = ("https://", "http://", "mailto:")
_PARAGRAPH, _END = "<p>", "</p>"

Parts = list[str | LinkRef | PictureRef]


class _NeedsTree(Exception):  # noqa: N818 - it is no error
    """The text has to be looked at more closely."""


def build_fast_body(blocks: Sequence[str], text: str) -> Body | None:
    """Return the body of a text, or None if that has to be looked at more closely.

    Args:
        blocks: the HTML of each block, all of them as `fast_parser` itself writes them.
        text: the Markdown text.
    """
    finder = LineFinder(text)
    if finder.has_indented_lines or may_be_mixed(text):
        return None
    try:
        blocks, headings = _normalise_headings(blocks)
        blocks = [_with_figures(block) for block in blocks]
        html = "\n".join(blocks).strip()
        words = _plain_text_of(html, blocks)
        return _assemble(html, headings, words, _References(finder))
    except _NeedsTree:
        return None


def _normalise_headings(blocks: Iterable[str]) -> tuple[list[str], tuple[Heading, ...]]:
    """Return the blocks with settled headings, and these; the rules are those of `normalise_headings`."""
    result = list(blocks)
    found = [(at, match) for at, block in enumerate(result) if (match := _HEADING.fullmatch(block))]
    if not found:
        return result, ()
    shift = TOP - min(int(match[1]) for _, match in found)
    headings: list[Heading] = []
    used_anchors: set[str | None] = set()
    above = 1
    for number, (at, match) in enumerate(found, start=1):
        words, level = _text_of_html(match[2]), min(int(match[1]) + shift, DEEPEST)
        if level > above + 1 or is_all_caps(words) or "<img" in match[2]:
            raise _NeedsTree
        anchor = add_anchor(words, number, used_anchors)
        result[at] = f'<h{level} id="{anchor}">{match[2]}</h{level}>'
        headings.append(Heading(level, anchor, words))
        above = level
    return result, tuple(headings)


def _with_figures(block: str) -> str:
    if "<p><img" not in block:
        return MORE + "\n" if block.startswith("<!--") else block
    lone = _LONE_PICTURE.search(block)
    if lone and lone[2]:
        raise _NeedsTree
    return _LONE_PICTURE.sub(r"<figure>\1</figure>", block)


def _plain_text_of(html: str, blocks: Iterable[str]) -> PlainText:
    lead = _lead_of(html)
    inner = (block[len(_PARAGRAPH) : -len(_END)] for block in blocks if block.startswith(_PARAGRAPH))
    return PlainText.read(_text_of_html(html), _text_of_html(lead), map(_text_of_html, inner))


def _lead_of(html: str) -> str:
    """Return the first block, with its tags, if it is a paragraph."""
    start = html.lstrip(f" \n{MORE}")
    return start[: start.index(_END) + len(_END)] if start.startswith(_PARAGRAPH) else ""


def _text_of_html(html: str) -> str:
    words = text_of_html(html)
    if words is None:
        raise _NeedsTree
    return words


def _assemble(html: str, headings: tuple[Heading, ...], words: PlainText, references: "_References") -> Body:
    lead = _lead_of(html)
    end = html.index(lead) + len(lead) if lead else 0
    first, rest = references.parts(html[:end]), references.parts(html[end:])
    return Body(
        parts=(*first, *rest),
        lead=len(first),
        text=words.text,
        outline=Outline(
            links=tuple(references.links),
            pictures=tuple(references.pictures),
            headings=headings,
            anchors=tuple([heading.id for heading in headings]),
            first_paragraph=words.first_paragraph,
            excerpt=words.excerpt,
            words=len(words.text.split()),
        ),
    )


class _References:
    """The references of one body, as `References` takes them."""

    def __init__(self, finder: LineFinder) -> None:
        self.links: list[LinkRef] = []
        self.pictures: list[PictureRef] = []
        self._finder = finder

    def parts(self, html: str) -> Parts:
        """Return HTML cut at its references, with these in between."""
        parts: Parts = []
        done = 0
        for found in _REFERENCE.finditer(html):
            address, label, alt, src = found.groups()
            if address is None:
                part: LinkRef | PictureRef | None = self._picture(alt, src)
                start, end = found.span()
            else:
                part = self._link(address, label)
                start, end = found.span(1)
            if part:
                parts += [_serialise(html[done:start]), part]
                done = end
        parts.append(_serialise(html[done:]))
        return [part for part in parts if part]

    def _link(self, address: str, label: str) -> LinkRef | None:
        if meant_address(address) or is_uninformative(_text_of_html(label)):
            raise _NeedsTree
        if classify_link(address) is LinkKind.INTERNAL:
            link = LinkRef(strip_url_whitespace(address), self._finder.line_of(address))
            self.links.append(link)
            return link
        if not address.startswith(_OUTSIDE):
            raise _NeedsTree
        return None

    def _picture(self, alt: str, src: str) -> PictureRef:
        if not alt or classify_link(src) is not LinkKind.INTERNAL:
            raise _NeedsTree
        picture = PictureRef(strip_url_whitespace(src), alt, (), self._finder.line_of(src))
        self.pictures.append(picture)
        return picture


def _serialise(html: str) -> str:
    """Return HTML as lexbor writes it."""
    return html.replace(MORE, "").replace("\u00a0", "&nbsp;")
