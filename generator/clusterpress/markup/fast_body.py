"""Bodies of everyday texts, read off their blocks without building a tree.

To parse HTML, look through its elements and write it out again takes several times as long as to make it of
Markdown. The blocks that `everyday` writes are so few kinds of HTML that text search finds all there is to
know of them. A text about which there is anything to say to its author is left to the tree, and so is one
whose addresses are not plainly of this site or of another. What comes of it is the same, and a test holds
both ways against each other.
"""

import re
from collections.abc import Iterable, Sequence

from clusterpress.markup.body import Body, Heading, LinkRef, Outline, PictureRef
from clusterpress.markup.headings import DEEPEST, TOP, name_heading
from clusterpress.markup.line_finder import Places
from clusterpress.markup.lint import says_nothing
from clusterpress.markup.plain_text import MORE, Words, words_in
from clusterpress.markup.references import Reach, as_read, reach
from clusterpress.markup.writing_systems import may_be_mixed
from clusterpress.parsing.addresses import meant_address
from clusterpress.values.characters import is_shouted

_HEADING = re.compile(r"<h([1-6])>(.*)</h\1>", re.DOTALL)
_LONE_PICTURE = re.compile(r'<p>(<img alt="[^"]*" src="[^"]*">)(\s*)</p>')
_REFERENCE = re.compile(r'<a href="([^"]*)">(.*?)</a>|<img alt="([^"]*)" src="([^"]*)">', re.DOTALL)
_OUTSIDE = ("https://", "http://", "mailto:")
_PARAGRAPH, _END = "<p>", "</p>"

Parts = list[str | LinkRef | PictureRef]


class _Closer(Exception):  # noqa: N818 - it is no error
    """The text has to be looked at more closely."""


def body_at_once(blocks: Sequence[str], text: str) -> Body | None:
    """Return the body of a text, or None if that has to be looked at more closely.

    Args:
        blocks: the HTML of each block, all of them as `everyday` itself writes them.
        text: the Markdown text.
    """
    places = Places(text)
    if places.are_indented or may_be_mixed(text):
        return None
    try:
        blocks, headings = _settle_headings(blocks)
        blocks = [_with_figures(block) for block in blocks]
        html = "\n".join(blocks).strip()
        words = _words_of(html, blocks)
        return _assemble(html, headings, words, _References(places))
    except _Closer:
        return None


def _settle_headings(blocks: Iterable[str]) -> tuple[list[str], tuple[Heading, ...]]:
    """Return the blocks with settled headings, and these; the rules are those of `settle_headings`."""
    settled = list(blocks)
    found = [(at, head) for at, block in enumerate(settled) if (head := _HEADING.fullmatch(block))]
    if not found:
        return settled, ()
    shift = TOP - min(int(head[1]) for _, head in found)
    headings: list[Heading] = []
    taken: set[str | None] = set()
    above = 1
    for number, (at, head) in enumerate(found, start=1):
        words, level = _words_in(head[2]), min(int(head[1]) + shift, DEEPEST)
        if level > above + 1 or is_shouted(words) or "<img" in head[2]:
            raise _Closer
        anchor = name_heading(words, number, taken)
        settled[at] = f'<h{level} id="{anchor}">{head[2]}</h{level}>'
        headings.append(Heading(level, anchor, words))
        above = level
    return settled, tuple(headings)


def _with_figures(block: str) -> str:
    if "<p><img" not in block:
        return MORE + "\n" if block.startswith("<!--") else block
    lone = _LONE_PICTURE.search(block)
    if lone and lone[2]:
        raise _Closer
    return _LONE_PICTURE.sub(r"<figure>\1</figure>", block)


def _words_of(html: str, blocks: Iterable[str]) -> Words:
    lead = _lead_of(html)
    inner = (block[len(_PARAGRAPH) : -len(_END)] for block in blocks if block.startswith(_PARAGRAPH))
    return Words.read(_words_in(html), _words_in(lead), map(_words_in, inner))


def _lead_of(html: str) -> str:
    """Return the first block, with its tags, if it is a paragraph."""
    start = html.lstrip(f" \n{MORE}")
    return start[: start.index(_END) + len(_END)] if start.startswith(_PARAGRAPH) else ""


def _words_in(html: str) -> str:
    words = words_in(html)
    if words is None:
        raise _Closer
    return words


def _assemble(html: str, headings: tuple[Heading, ...], words: Words, references: "_References") -> Body:
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

    def __init__(self, places: Places) -> None:
        self.links: list[LinkRef] = []
        self.pictures: list[PictureRef] = []
        self._places = places

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
                parts += [_written(html[done:start]), part]
                done = end
        parts.append(_written(html[done:]))
        return [part for part in parts if part]

    def _link(self, address: str, label: str) -> LinkRef | None:
        if meant_address(address) or says_nothing(_words_in(label)):
            raise _Closer
        if reach(address) is Reach.SITE:
            link = LinkRef(as_read(address), self._places.line_of(address))
            self.links.append(link)
            return link
        if not address.startswith(_OUTSIDE):
            raise _Closer
        return None

    def _picture(self, alt: str, src: str) -> PictureRef:
        if not alt or reach(src) is not Reach.SITE:
            raise _Closer
        picture = PictureRef(as_read(src), alt, (), self._places.line_of(src))
        self.pictures.append(picture)
        return picture


def _written(html: str) -> str:
    """Return HTML as lexbor writes it."""
    return html.replace(MORE, "").replace("\u00a0", "&nbsp;")
