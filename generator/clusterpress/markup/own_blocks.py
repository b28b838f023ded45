"""Blocks that only clusterpress knows: lists of other items, and galleries of pictures.

::

    ```collection                               ```gallery
    kind: news                                  ![A full hall](hall.jpg "The opening") Ann Example
    programme: clusters-cord                    ![The stand](stand.jpg)
    limit: 5                                    ```
    ```

A collection may also stand on one line: ``{: .collection programme="clusters-cord" limit=5}``. The blocks are
taken out of the text before Markdown is read, and leave a mark in their place.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from msgspec import Struct

from clusterpress.markup.body import CollectionRef
from clusterpress.markup.fences import find_fences
from clusterpress.markup.galleries import pictures_as_markdown, read_gallery
from clusterpress.markup.references import Fault

_LINE = re.compile(r"[ ]*([A-Za-z_][\w-]*)[ ]*:(.*)")
_ATTRIBUTES = re.compile(r"([> ]*)\{:?[ ]*\.collection(?![\w-])(?P<pairs>[^{}]*)\}[ ]*")
_PAIR = re.compile(r"[ ]*([A-Za-z_][\w-]*)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))(?=[ ]|$)[ ]*")
_TAB = 4
_MARK = "\ue0c5"
"""Stands in place of a block while Markdown is read: a character for private use, which texts do not have."""
_PLACE = re.compile(rf"(?:<p>\n?)?{_MARK}([0-9]+){_MARK}(?:\n?</p>)?")
_NOT_SHOWN = re.compile(r"(<!--.*?(?:-->|\Z)|<pre\b.*?(?:</pre>|\Z))", re.DOTALL)
"""Comments and code of clean HTML: a block in them is no block."""
PLACES = re.compile(r'<div class="cp-collection-(\d+)"></div>')
"""The element in place of a collection."""

_Lines = list[tuple[int, str]]
_Query = list[tuple[str, str]]


class _Written(NamedTuple):
    """A block as it is written."""

    name: str
    """``gallery`` or ``collection``."""
    start: int
    """Index of its first line."""
    end: int
    """Index after its last line."""
    before: str
    """What precedes it on its lines: marks of quotations and spaces."""
    content: _Lines
    """Its lines between the fences."""
    query: _Query | None = None
    """Keys and values of a collection on one line."""


class _Block(NamedTuple):
    """A block as it is shown."""

    written: str
    """Its lines, as code shows them."""
    html: str = ""
    """Clean HTML of a gallery."""
    collection: CollectionRef | None = None
    faults: tuple[Fault, ...] = ()


class Placed(NamedTuple):
    """HTML with the blocks of its text."""

    html: str
    collections: tuple[CollectionRef, ...] = ()
    """Those of the text, in order."""
    faults: tuple[Fault, ...] = ()


class OwnBlocks(Struct, frozen=True):
    """The blocks of a text, and the text without them."""

    text: str
    """With a mark in place of each block."""
    source: str
    """With the lines of galleries, by which problems are placed: as many lines as written."""
    blocks: tuple[_Block, ...] = ()

    def place(self, html: str) -> Placed:
        """Return HTML with the blocks in place of their marks; in code, they are as written."""
        if not self.blocks:
            return Placed(html)
        collections: list[CollectionRef] = []
        faults: list[Fault] = []

        def show(place: re.Match[str]) -> str:
            block = self._block_at(place)
            faults.extend(block.faults)
            if block.collection is None:
                return block.html
            collections.append(block.collection)
            return f'<div class="cp-collection-{len(collections) - 1}"></div>'

        pieces = _NOT_SHOWN.split(html)
        pieces[::2] = [_PLACE.sub(show, piece) for piece in pieces[::2]]
        pieces[1::2] = [
            _PLACE.sub("" if piece.startswith("<!--") else self._as_code, piece) for piece in pieces[1::2]
        ]
        return Placed("".join(pieces), tuple(collections), tuple(faults))

    def _as_code(self, place: re.Match[str]) -> str:
        return escape(self._block_at(place).written)

    def _block_at(self, place: re.Match[str]) -> _Block:
        """Return the block of a mark; an empty one if the text itself had the mark."""
        return self.blocks[int(place[1])] if int(place[1]) < len(self.blocks) else _Block("")


def take_own_blocks(text: str) -> OwnBlocks:
    """Return the blocks of a text."""
    if _has_none(text):
        return OwnBlocks(text, text)
    lines = text.split("\n")
    blocks: list[_Block] = []
    kept: list[str] = []
    source: list[str] = []
    done = 0
    for written in _find_blocks(lines):
        between, done = lines[done : written.start], written.end
        # Empty lines make a block of it.
        blank = written.before.rstrip(" ")
        kept += (*between, blank, f"{written.before}{_MARK}{len(blocks)}{_MARK}", blank)
        block, shown = _read_block(written, lines)
        source += (*between, *shown)
        blocks.append(block)
    return OwnBlocks("\n".join(kept + lines[done:]), "\n".join(source + lines[done:]), tuple(blocks))


def write_own_blocks(text: str) -> str:
    """Return a text for other programs, with the pictures of galleries, and without lists of other items."""
    if _has_none(text):
        return text
    lines = text.split("\n")
    result: list[str] = []
    done = 0
    for written in _find_blocks(lines):
        result += lines[done : written.start]
        if written.name == "gallery":
            pictures = pictures_as_markdown(written.content)
            result += ((written.before + line).rstrip(" ") for line in "\n\n".join(pictures).split("\n"))
        done = written.end
    return "\n".join(result + lines[done:])


def _has_none(text: str) -> bool:
    return "collection" not in text and "gallery" not in text


def _find_blocks(lines: Sequence[str]) -> Iterator[_Written]:
    """Yield the blocks of a text that stand in no other fence."""
    plain = [line.expandtabs(_TAB) for line in lines]
    done = 0
    for fence in find_fences(plain):
        yield from _find_on_one_line(plain, done, fence.start)
        done = fence.end
        if (name := fence.info.strip(" ")) in {"collection", "gallery"}:
            yield _Written(name, fence.start, fence.end, fence.before, fence.content(plain))
    yield from _find_on_one_line(plain, done, len(plain))


def _find_on_one_line(lines: Sequence[str], start: int, end: int) -> Iterator[_Written]:
    for at in range(start, end):
        found = _ATTRIBUTES.fullmatch(lines[at])
        if found and (query := _pairs(found["pairs"])) is not None:
            yield _Written("collection", at, at + 1, found[1], [], query)


def _read_block(written: _Written, lines: Sequence[str]) -> tuple[_Block, list[str]]:
    """Return a block, and the lines by which its problems are placed."""
    as_code = "\n".join(line.removeprefix(written.before) for line in lines[written.start : written.end])
    number = written.start + 1
    blank = [""] * (written.end - written.start)
    if written.name == "gallery":
        gallery = read_gallery(written.content)
        source = ["", *gallery.source, *blank[1 + len(gallery.source) :]]
        return _Block(as_code, html=gallery.html, faults=tuple(gallery.faults)), source
    query, faults = (written.query, []) if written.query is not None else _read(written.content)
    return _Block(as_code, collection=CollectionRef(tuple(query), number), faults=tuple(faults)), blank


def _read(lines: _Lines) -> tuple[_Query, list[Fault]]:
    query: _Query = []
    faults: list[Fault] = []
    for number, line in lines:
        if found := _LINE.fullmatch(line):
            query.append((_key(found[1]), found[2].strip(" ").strip("\"'")))
        elif line.strip():
            message = f'a collection cannot read the line "{line.strip()}"'
            faults.append((number, message, 'write a key and a value, such as "limit: 5"'))
    return query, faults


def _pairs(written: str) -> _Query | None:
    """Return the keys and values of an attribute list, or None if it holds anything else."""
    query: _Query = []
    at = 0
    while at < len(written.rstrip()):
        found = _PAIR.match(written, at)
        if not found:
            return None
        query.append((_key(found[1]), next(filter(None, found.groups()[1:]), "")))
        at = found.end()
    return query


def _key(written: str) -> str:
    return written.casefold().replace("-", "_")
