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
from collections.abc import Iterator

from msgspec import Struct, field

from clusterpress.markup.body import CollectionRef
from clusterpress.markup.fences import is_closing
from clusterpress.markup.galleries import read_gallery
from clusterpress.markup.references import Fault

_FENCE = re.compile(r"([ ]*)(`{3,}(?!`)|~{3,}(?!~))(.*)")
_LINE = re.compile(r"[ ]*([A-Za-z_][\w-]*)[ ]*:(.*)")
_ATTRIBUTES = re.compile(r"([ ]*)\{:?[ ]*\.collection(?![\w-])(?P<pairs>[^{}]*)\}[ ]*")
_PAIR = re.compile(r"[ ]*([A-Za-z_][\w-]*)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))(?=[ ]|$)[ ]*")
_MARK = "\ue0c5"
"""Stands in place of a block while Markdown is read: a character for private use, which texts do not have."""
_PLACE = re.compile(rf"(?:<p>)?{_MARK}(\d+){_MARK}(?:</p>)?")
PLACES = re.compile(r'<div class="cp-collection-(\d+)"></div>')
"""The element in place of a collection."""

_Lines = list[tuple[int, str]]
_Query = list[tuple[str, str]]


class OwnBlocks(Struct):
    """The blocks of a text, and the text without them."""

    text: str
    """With a mark in place of each block, and as many lines as before."""
    source: str
    """The same with the lines of galleries, by which problems of their pictures are placed."""
    html: list[str] = field(default_factory=list)
    """What stands in place of each mark, as clean HTML."""
    collections: list[CollectionRef] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def place(self, html: str) -> str:
        """Return HTML with the blocks in place of their marks."""
        return _PLACE.sub(self._html_at, html) if self.html else html

    def _html_at(self, place: re.Match[str]) -> str:
        return self.html[int(place[1])] if int(place[1]) < len(self.html) else ""

    def add_collection(self, query: _Query, line: int) -> None:
        """Add a collection that begins on a line."""
        self.html.append(f'<div class="cp-collection-{len(self.collections)}"></div>')
        self.collections.append(CollectionRef(tuple(query), line))


def take_own_blocks(text: str) -> OwnBlocks:
    """Return the blocks of a text."""
    blocks = OwnBlocks(text, text)
    if "collection" not in text and "gallery" not in text:
        return blocks
    kept: list[str] = []
    source: list[str] = []
    lines = iter(enumerate(text.split("\n"), start=1))
    for number, line in lines:
        taken = _take_block(number, line, lines, blocks)
        kept += taken.kept
        source += taken.source or taken.kept
    blocks.text, blocks.source = "\n".join(kept), "\n".join(source)
    return blocks


class _Taken(Struct):
    kept: list[str]
    """What Markdown reads of some lines."""
    source: list[str] = field(default_factory=list)
    """The lines by which problems are placed, if they differ."""


def _take_block(number: int, line: str, lines: Iterator[tuple[int, str]], blocks: OwnBlocks) -> _Taken:
    """Take the block that begins on a line, if one does."""
    if (one := _ATTRIBUTES.fullmatch(line)) and (query := _pairs(one["pairs"])) is not None:
        mark = f"{one[1]}{_MARK}{len(blocks.html)}{_MARK}"
        blocks.add_collection(query, number)
        return _Taken([mark])
    fence = _FENCE.fullmatch(line)
    if not fence:
        return _Taken([line])
    inner = list(_until_closed(lines, fence[2]))
    content = inner[:-1] if inner and is_closing(inner[-1][1], fence[2]) else inner
    mark = f"{fence[1]}{_MARK}{len(blocks.html)}{_MARK}"
    # Empty lines keep the number of lines.
    kept = ["", mark, *[""] * max(0, len(inner) - 1)]
    match fence[3].strip(" "):
        case "collection":
            query, faults = _read(content)
            blocks.add_collection(query, number)
            blocks.faults += faults
            return _Taken(kept)
        case "gallery":
            gallery = read_gallery(content)
            blocks.html.append(gallery.html)
            blocks.faults += gallery.faults
            return _Taken(kept, ["", *gallery.source, *[""] * (len(kept) - 1 - len(gallery.source))])
        case _:
            return _Taken([line, *(one for _, one in inner)])


def _until_closed(lines: Iterator[tuple[int, str]], mark: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of an open fence, with the one that closes it."""
    for number, line in lines:
        yield number, line
        if is_closing(line, mark):
            return


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
