"""Rules of Python-Markdown and its extensions that take linear time here; what they make stays the same.

The originals write a list or a text anew for each mark in it, which takes minutes for a hostile text.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import BacktickInlineProcessor
from markdown.util import AtomicString
from pymdownx.details import DetailsProcessor
from pymdownx.superfences import SuperFencesBlockPreprocessor

_BACKTICKS = re.compile("`+")
MAX_ADDED_CELLS = 100_000
"""Cells that a table gets for those that its rows lack; cmark-gfm has such a limit, too."""


def register_linear_rules(md: Markdown) -> None:
    """Put our rules in place of the originals that are there, wherever the settings have not changed them."""
    rules: Any = md.parser.blockprocessors
    # Before admonitions and details (105).
    rules.register(SplitAdmonitions(md.parser), "split_admonitions", 106)
    for registry, name, original, linear in (
        (rules, "table", TableProcessor, Tables),
        (md.preprocessors, "fenced_code_block", SuperFencesBlockPreprocessor, _Fences),
        (md.treeprocessors, "abbr", AbbrTreeprocessor, _Abbreviations),
        (md.inlinePatterns, "backtick", BacktickInlineProcessor, _CodeSpans),
    ):
        # Extensions hold these objects already: they stay the same.
        if name in registry and type(registry[name]) is original:
            registry[name].__class__ = linear
    if "footnote" in md.treeprocessors:
        footnotes = md.treeprocessors["footnote"].footnotes  # type: ignore[attr-defined]
        if type(footnotes) is FootnoteExtension:
            footnotes.__class__ = _FootnoteMarks
            footnotes.reset()


class TableError(ValueError):
    """A table has long heads and a great many short rows, so that its HTML would fill the memory."""

    def __init__(self) -> None:
        super().__init__(f"the rows of a table lack more than {MAX_ADDED_CELLS:,} cells")


class SplitAdmonitions(BlockProcessor):
    """Begins an admonition or details on a line of its own, before the originals look for them in a block."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 (the signature is Python-Markdown's)
        """Return whether one may begin below the first line."""
        return "\n!!!" in block or "\n???" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:  # noqa: ARG002
        """Put the blocks that it consists of in its place."""
        lines = blocks[0].split("\n")
        starts = [0, *(at for at, line in enumerate(lines) if at and _begins_admonition(line)), len(lines)]
        blocks[:1] = ["\n".join(lines[start:end]) for start, end in pairwise(starts)]
        return len(starts) > 2  # noqa: PLR2004 (the first and the last)


def _begins_admonition(line: str) -> bool:
    return line.startswith(("!!!", "???")) and any(
        pattern.fullmatch(line) for pattern in (AdmonitionProcessor.RE, DetailsProcessor.START)
    )


class Tables(TableProcessor):
    """Tables whose short rows get the cells that they lack, up to a limit."""

    _added = 0

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Build a table.

        Raises:
            TableError: its rows lack too many cells.
        """
        self._added = 0
        super().run(parent, blocks)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        self._added += max(0, len(align) - row.count("|") - 1)
        if self._added > MAX_ADDED_CELLS:
            raise TableError
        super()._build_row(row, parent, align)  # type: ignore[misc]


class _Fences(SuperFencesBlockPreprocessor):  # type: ignore[misc] # it has no types
    stack: list[tuple[str, int, int]]

    def reassemble(self, lines: list[str]) -> list[str]:
        """Return the lines with the placeholders of fences, which do not overlap, in their places."""
        result: list[str] = []
        done = 0
        for placeholder, start, end in self.stack:
            result += [*lines[done:start], placeholder]
            done = end
        self.stack.clear()
        return result + lines[done:]


class _Abbreviations(AbbrTreeprocessor):
    def iter_element(self, el: Element, parent: Element | None = None) -> None:  # noqa: ARG002
        """Wrap the abbreviations in the texts of an element and of all within it."""
        for child in el:
            self.iter_element(child)
        el.text, children = self._wrap(el.text)
        for child in el:
            child.tail, more = self._wrap(child.tail)
            children += [child, *more]
        el[:] = children

    def _wrap(self, text: str | None) -> tuple[str | None, list[Element]]:
        """Return the text before the first abbreviation, and the elements, whose tails are the rest."""
        if not text or isinstance(text, AtomicString):
            return text, []
        pattern: Any = self.RE
        found = [one for one in pattern.finditer(text) if self.abbrs[one[0]]]
        ends = [*(one.start() for one in found[1:]), len(text)]
        wrapped = [
            self.create_element(self.abbrs[one[0]], one[0], text[one.end() : end])
            for one, end in zip(found, ends, strict=False)
        ]
        return (text[: found[0].start()] if found else text), wrapped


class _CodeSpans(BacktickInlineProcessor):
    _latest: tuple[str, list[int], list[int], dict[int, list[int]]] | None = None
    """A text, where its runs of backticks begin, the first longest from each on, and those of a length."""

    def find_code_spans(self, start: int, text: str) -> Any:
        """Return (start, end) of the code that begins with a run of backticks; None as the end for no code.

        It ends before the next run of the same length. If there is none, it ends before the longest run
        that is shorter, and backticks are left over at its beginning.
        """
        inner = start + len(_BACKTICKS.match(text, start)[0])  # type: ignore[index] # a backtick stands there
        ticks = inner - start
        starts, longest, by_length = self._runs(text)
        equal = by_length.get(ticks, [])
        if (at := bisect_left(equal, inner)) < len(equal):
            return inner, equal[at]
        if (at := bisect_left(starts, inner)) < len(starts):
            end = longest[at]
            length = len(_BACKTICKS.match(text, end)[0])  # type: ignore[index]
            if length < ticks:
                return inner - (ticks - length), end
        return inner + ticks, None

    def _runs(self, text: str) -> tuple[list[int], list[int], dict[int, list[int]]]:
        if not self._latest or self._latest[0] is not text:
            runs = [(run.start(), len(run[0])) for run in _BACKTICKS.finditer(text)]
            by_length: dict[int, list[int]] = {}
            for start, length in runs:
                by_length.setdefault(length, []).append(start)
            longest, best = [0] * len(runs), (0, 0)
            for at in range(len(runs) - 1, -1, -1):
                start, length = runs[at]
                best = (start, length) if length >= best[1] else best
                longest[at] = best[0]
            self._latest = text, [start for start, _ in runs], longest, by_length
        return self._latest[1:]


class _Order(list[str]):
    """Names in order, whose places are known."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[str, int] = {}

    def append(self, name: str) -> None:
        self._places[name] = len(self)
        super().append(name)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def index(self, name: str, *_: Any) -> int:
        return self._places[name]


class _FootnoteMarks(FootnoteExtension):
    def reset(self) -> None:
        """Prepare for another text."""
        super().reset()
        self.footnote_order = _Order()

    def unique_ref(self, reference: str, found: bool = False) -> str:
        """Return the id of a mark: the second mark of ``fnref:a`` is ``fnref2:a``."""
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        before, separator, name = reference.partition(self.get_separator())
        return reference if count == 1 else f"{before}{count}{separator}{name}"
