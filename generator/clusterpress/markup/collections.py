"""Collections: fenced blocks that list other items of the site.

::

    ```collection
    kind: news
    programme: clusters-cord
    limit: 5
    ```

They are taken out of the text before Markdown is read, and leave an empty element in their place.
"""

import re
from collections.abc import Iterator

from clusterpress.markup.body import CollectionRef
from clusterpress.markup.fences import is_closing
from clusterpress.markup.references import Fault

_FENCE = re.compile(r"([ ]*)(`{3,}(?!`)|~{3,}(?!~))(.*)")
_LINE = re.compile(r"[ ]*([A-Za-z_][\w-]*)[ ]*:(.*)")
_MARK = "\ue0c5"
"""Stands in place of a block while Markdown is read: a character for private use, which texts do not have."""
_PLACE = re.compile(rf"(?:<p>)?{_MARK}(\d+){_MARK}(?:</p>)?")
PLACES = re.compile(r'<div class="cp-collection-(\d+)"></div>')
"""The element in place of a block."""


def take_collections(text: str) -> tuple[str, tuple[CollectionRef, ...], tuple[Fault, ...]]:
    """Return a text with a mark in place of each collection, the collections, and faults of their lines."""
    if "collection" not in text:
        return text, (), ()
    kept: list[str] = []
    found: list[CollectionRef] = []
    faults: list[Fault] = []
    lines = iter(enumerate(text.split("\n"), start=1))
    for number, line in lines:
        fence = _FENCE.fullmatch(line)
        if not fence:
            kept.append(line)
            continue
        inner = list(_until_closed(lines, fence[2]))
        if fence[3].strip(" ") != "collection":
            kept += [line, *(one for _, one in inner)]
            continue
        query, wrong = _read(inner[:-1] if inner and is_closing(inner[-1][1], fence[2]) else inner)
        faults += wrong
        # Empty lines keep the number of lines, by which problems are placed.
        kept += ["", f"{fence[1]}{_MARK}{len(found)}{_MARK}", *[""] * max(0, len(inner) - 1)]
        found.append(CollectionRef(query, number))
    return "\n".join(kept), tuple(found), tuple(faults)


def _until_closed(lines: Iterator[tuple[int, str]], mark: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of an open fence, with the one that closes it."""
    for number, line in lines:
        yield number, line
        if is_closing(line, mark):
            return


def _read(lines: list[tuple[int, str]]) -> tuple[tuple[tuple[str, str], ...], list[Fault]]:
    query: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for number, line in lines:
        if found := _LINE.fullmatch(line):
            query.append((found[1].casefold().replace("-", "_"), found[2].strip(" ").strip("\"'")))
        elif line.strip():
            message = f'a collection cannot read the line "{line.strip()}"'
            faults.append((number, message, 'write a key and a value, such as "limit: 5"'))
    return tuple(query), faults


def place_collections(html: str) -> str:
    """Return HTML with an empty element in place of each mark."""
    return _PLACE.sub(r'<div class="cp-collection-\1"></div>', html) if _MARK in html else html
