"""Emphasis: ``*em*``, ``**strong**``, ``~~deleted~~``, paired as in CommonMark's algorithm (6.2, appendix).

It takes the place of Python-Markdown's own rule, which prints placeholders for some nestings and takes
quadratic time for others. One thing is kinder than CommonMark, as in Python-Markdown: a mark beside
punctuation may begin or end emphasis (``**Note:**text``).
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE

PATTERN = r"[*_]|~~"
"""Where a mark may stand."""

_RUN = re.compile(r"\*+|_+|~+")
_MAX_DEPTH = 30
"""Deeper marks stay text: programs that read the HTML call themselves for each level."""
_TAGS = {("*", 1): "em", ("*", 2): "strong", ("_", 1): "em", ("_", 2): "strong", ("~", 2): "del"}
_ELEMENTS = frozenset(_TAGS.values())
_DELETED = 2
"""Number of tildes."""
_COMPARED = 40
"""Number of characters by which a text is recognised."""


class Pair(NamedTuple):
    """A pair of marks."""

    start: int
    inner: int
    """Where the text between the marks begins."""
    outer: int
    """Where it ends."""
    end: int
    tag: str


class _Opener:
    """A run of marks that may begin emphasis."""

    __slots__ = ("both", "end", "length", "mark", "number", "size")

    def __init__(self, mark: str, start: int, end: int, size: int, both: bool, number: int) -> None:
        self.mark, self.end, self.size, self.both, self.number = mark, end, size, both, number
        self.length = end - start
        """Marks that are left."""


def find_pairs(text: str, is_space: Any) -> list[Pair]:
    """Return the pairs of marks of a text, in order; they are nested or apart.

    ``is_space`` returns whether white space, or a line's end, stands at an offset.
    """
    openers: list[_Opener] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    pairs: list[Pair] = []
    for number, run in enumerate(_RUN.finditer(text), start=1):
        mark, start, end = run[0][0], run.start(), run.end()
        opens, closes = _flanks(text, start, end, is_space)
        size = end - start
        if mark == "~" and size != _DELETED:
            continue
        while closes and start < end:
            key = (mark, opens, size % 3)
            at = _opener_of(openers, mark, size, opens, bottoms.get(key, 0))
            if at < 0:
                bottoms[key] = number - 1
                break
            start += _pair(openers, at, start, end, pairs)
        if opens and start < end:
            openers.append(_Opener(mark, start, end, size, closes, number))
    return sorted(pairs)


def _pair(openers: list[_Opener], at: int, start: int, end: int, pairs: list[Pair]) -> int:
    """Add the pair of an opener and the marks at an offset; return how many marks were used."""
    opener = openers[at]
    used = min(2, opener.length, end - start)
    pairs.append(Pair(opener.end - used, opener.end, start, start + used, _TAGS[opener.mark, used]))
    opener.end -= used
    opener.length -= used
    del openers[at + (1 if opener.length else 0) :]
    return used


def _opener_of(openers: list[_Opener], mark: str, size: int, opens: bool, bottom: int) -> int:
    """Return the index of the opener that belongs to closing marks, or -1."""
    for at in range(len(openers) - 1, -1, -1):
        opener = openers[at]
        if opener.number <= bottom:
            return -1
        if opener.mark == mark:
            # The "rule of three" for marks that could both begin and end.
            apart = (opener.both or opens) and (opener.size + size) % 3 == 0 and (opener.size % 3 or size % 3)
            if not apart:
                return at
    return -1


def _flanks(text: str, start: int, end: int, is_space: Any) -> tuple[bool, bool]:
    """Return whether a run of marks may begin emphasis, and whether it may end it."""
    opens = end < len(text) and not is_space(end)
    closes = start > 0 and not is_space(start - 1)
    if text[start] == "_":  # not within words
        before, after = start and text[start - 1].isalnum(), end < len(text) and text[end].isalnum()
        return opens and not before, closes and not after
    return opens, closes


class Emphasis(InlineProcessor):
    """The rule for Python-Markdown."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(PATTERN, md)
        self._groups: list[list[Pair]] = []
        self._source = ""
        self._tails: dict[int, str] = {}
        """Texts between the parts of the last element, whose pairs are known, by identity."""
        self._rest = (0, "")
        self._done: str | None = None

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802 (as in Python-Markdown)
        """Return the first element from a match on; the next calls get the others.

        Python-Markdown calls again with the text in which a placeholder stands for the element; our shortcuts
        call again with the same text.
        """
        if data is self._done or id(data) in self._tails:
            return None, m.start(), m.end()
        if not self._groups:
            if self._is_deep():  # what this rule left in the elements around it is read again
                return None, m.start(), m.end()
            self._groups = list(_groups(find_pairs(data, lambda at: self._is_space(data, at))))[::-1]
            self._source = data
        elif not self._follows(m.start(), data):
            return None, m.start(), m.end()
        if not self._groups:
            self._done = data
            return None, m.start(), m.end()
        group, offset = self._groups.pop(), len(data) - len(self._source)
        start, end = group[0].start + offset, group[0].end + offset
        self._rest = (len(data) - end, data[end : end + _COMPARED])
        self._done = None if self._groups else data
        element = _element(group, data, offset)
        self._tails = {id(child.tail): child.tail for child in element if child.tail}
        return element, start, end

    def _is_deep(self) -> bool:
        rule: Any = self.md.treeprocessors["inline"] if self.md else None
        ancestors: list[str] = rule.ancestors if rule else []
        return sum(tag in _ELEMENTS for tag in ancestors) >= _MAX_DEPTH

    def _follows(self, at: int, data: str) -> bool:
        """Return whether an offset is behind the last element in the same text."""
        length, beginning = self._rest
        start = len(data) - length
        if data is self._source:
            return at >= start
        return at >= start > 0 and data[start - 1] == "\x03" and data.startswith(beginning, start)

    def _is_space(self, data: str, at: int) -> bool:
        character = data[at]
        if character not in "\x02\x03":
            return character.isspace()
        start = at if character == "\x02" else data.rfind("\x02", 0, at)
        node = stashed_node(self.md, data, start)
        return isinstance(node, Element) and node.tag == "br"


def stashed_node(md: Any, data: str, at: int) -> Any:
    """Return what the placeholder at an offset stands for, an element or text, or None if there is none."""
    found = INLINE_PLACEHOLDER_RE.match(data, at) if at >= 0 else None
    return md.treeprocessors["inline"].stashed_nodes.get(found[1]) if found else None


def _groups(pairs: list[Pair]) -> Iterator[list[Pair]]:
    """Yield each outermost pair with those in it, without those that are nested too deeply."""
    group: list[Pair] = []
    open_ends: list[int] = []
    for pair in pairs:
        while open_ends and open_ends[-1] <= pair.start:
            open_ends.pop()
        if not open_ends and group:
            yield group
            group = []
        if len(open_ends) < _MAX_DEPTH:
            group.append(pair)
        open_ends.append(pair.end)
    if group:
        yield group


def _element(group: list[Pair], data: str, offset: int) -> Element:
    """Return the element of a pair with the elements in it."""
    root = Element(group[0].tag)
    opened = [(root, group[0])]
    at = group[0].inner

    def add(until: int) -> None:
        element, text = opened[-1][0], data[at + offset : until + offset]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text

    for pair in group[1:]:
        while opened[-1][1].end <= pair.start:
            add(opened[-1][1].outer)
            at = opened.pop()[1].end
        add(pair.start)
        child = Element(pair.tag)
        opened[-1][0].append(child)
        opened.append((child, pair))
        at = pair.inner
    while opened:
        add(opened[-1][1].outer)
        at = opened.pop()[1].end
    return root
