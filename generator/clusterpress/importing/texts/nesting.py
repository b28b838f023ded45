"""Nesting: which of the open marks a closing mark ends, and how deep elements of HTML may lie."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from clusterpress.markup.clean_html import ATTRIBUTES, VOID

TAG = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|xmp|iframe|noembed|noframes|title){ATTRIBUTES}>.*?(?:</(?P=raw)>|\Z)"
    rf"|<(?P<end>/?)(?P<name>[^ \t\n\f\r>/!<]+){ATTRIBUTES}>",
    re.DOTALL,
)
"""A tag; comments, and elements whose content is no HTML, as a whole."""
_PLAIN = "article aside center div footer header main nav section"
_STYLED = "abbr b big cite code del em font i ins kbd mark q s samp small span strike strong sub sup tt u var"
_NESTED = "blockquote dd details dl dt li ol ul"
_TABLES = "caption table tbody td tfoot th thead tr"
_KIND_OF: Mapping[str, str] = {
    **dict.fromkeys(_PLAIN.split(), "plain"),
    **dict.fromkeys(_STYLED.split(), "styled"),
    **dict.fromkeys(_NESTED.split(), "nested"),
    **dict.fromkeys(_TABLES.split(), "table"),
}
_DEPTHS: Mapping[str, int] = {"plain": 60, "styled": 20, "nested": 40, "table": 12, "": 60}
"""Kind of element → how many of its kind may lie in one another. A build takes 50 lists and quotations."""
_GAPS: Mapping[str, str] = {
    "td": " ",
    "th": " ",
    "tr": "<br>",
    "caption": "<br>",
    "li": "<br>",
    "dt": "<br>",
    "dd": "<br>",
}
"""What keeps the words of an element apart whose tags are left out."""
_MAX_OPEN = 500
"""Blocks that may be open at the same time; browsers allow 512 elements."""
_BLOCKS = frozenset(
    f"""{_PLAIN} address blockquote details dialog dir dl fieldset figcaption figure hgroup menu ol pre search
    summary ul""".split()
)
"""Elements before which a parser looks for an open paragraph, through all that is open (HTML Standard,
13.2.6.4.7)."""


class OpenMarks:
    """The marks that are open, and how many there are of each name, so that thousands take linear time."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self._counts = Counter[str]()

    def __len__(self) -> int:
        return len(self._open)

    def open(self, name: str, place: int) -> None:
        """Enter a mark that begins at a place."""
        self._open.append((name, place))
        self._counts[name] += 1

    def close(self, name: str) -> int | None:
        """Close the latest mark of a name, with those inside of it; without a name, the latest one.

        Returns its place; None if none is open.
        """
        wanted = name or (self._open[-1][0] if self._open else "")
        while self._counts[wanted]:
            latest, place = self._open.pop()
            self._counts[latest] -= 1
            if latest == wanted:
                return place
        return None


def limit_depth(html: str) -> str:
    """Return serialised HTML without the tags of elements that lie too deep; their content stays.

    Converters call themselves for each level, and a build refuses texts in which lists and quotations are
    nested too deeply. Elements without a meaning of their own go first, so that links, pictures and
    paragraphs of any real page stay.
    """
    made: list[str] = []
    stack: list[tuple[str, bool]] = []
    depths = Counter[str]()
    at = 0
    for found in TAG.finditer(html):
        name = found["name"]
        if not name or name in VOID:
            continue
        if found["end"]:
            is_kept = _close(stack, depths, name)
        else:
            kind = _KIND_OF.get(name, "")
            is_kept = depths[kind] < _DEPTHS[kind]
            depths[kind] += is_kept
            stack.append((name, is_kept))
        if not is_kept:
            made += [html[at : found.start()], _GAPS.get(name, "")]
            at = found.end()
    return "".join([*made, html[at:]]) if made else html


def _close(stack: list[tuple[str, bool]], depths: Counter[str], name: str) -> bool:
    """Take the innermost element off the stack; return whether its tags are kept."""
    if not stack or stack[-1][0] != name:
        return True
    _, is_kept = stack.pop()
    depths[_KIND_OF.get(name, "")] -= is_kept
    return is_kept


def limit_open_blocks(html: str) -> str:
    """Return HTML, valid or not, without the tags of blocks that lie too deep; their content stays.

    A parser would take time in proportion to the square of their number.
    """
    if html.count("<") <= _MAX_OPEN:
        return html
    made: list[str] = []
    open_by_name: dict[str, list[bool]] = defaultdict(list)
    opened = at = 0
    for found in TAG.finditer(html):
        name = (found["name"] or "").lower()
        if name not in _BLOCKS:
            continue
        stack = open_by_name[name]
        if found["end"]:
            opened -= stack[-1] if stack else 0
            is_kept = stack.pop() if stack else True
        else:
            is_kept = opened < _MAX_OPEN
            opened += is_kept
            stack.append(is_kept)
        if not is_kept:
            made.append(html[at : found.start()])
            at = found.end()
    return "".join([*made, html[at:]]) if made else html
