"""Rules for blocks: Python-Markdown's processors, made to read blocks as CommonMark does.

`SplitBlocks` runs first. Each other rule therefore gets one block: a list is nothing but a list.
"""

import re
from typing import Any, ClassVar
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    HashHeaderProcessor,
    HRProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.util import AtomicString

from clusterpress.markup.blocks import (
    ATTRIBUTES,
    BULLET,
    NUMBER,
    STASHED,
    Kind,
    kind_of,
    kind_of_block,
    player_address,
    split_blocks,
)
from clusterpress.markup.body import EMBED_CLASS
from clusterpress.markup.source_lines import indent_by_four

MAX_DEPTH = 50
"""Blocks within blocks."""
_CONTENTS = "toc"
"""What kramdown writes under a list that its table of contents replaces: ``{:toc}``."""


def register_block_rules(md: Markdown) -> None:
    """Register the rules; the numbers are places in Python-Markdown's order of rules."""
    rules = md.parser.blockprocessors
    # After empty lines (100), before everything that looks for its own first line in a block.
    rules.register(SplitBlocks(md.parser), "split", 97)
    rules.register(Attributes(md.parser), "attributes", 96)
    rules.register(Embeds(md.parser), "embed", 72)
    rules.register(SpacedHeadings(md.parser), "hashheader", 70)
    rules.register(Underlined(md.parser), "setextheader", 60)
    rules.register(Rules(md.parser), "hr", 50)
    rules.register(Numbers(md.parser), "olist", 40)
    rules.register(Bullets(md.parser), "ulist", 30)
    rules.register(Quotes(md.parser), "quote", 20)


class NestingError(ValueError):
    """A text has more blocks within blocks than anybody writes; each level would read the rest again."""

    def __init__(self) -> None:
        super().__init__(f"lists, quotations or elements are nested more than {MAX_DEPTH} deep")


def _check_depth(parser: BlockParser) -> None:
    if len(parser.state) > MAX_DEPTH:
        raise NestingError


class SplitBlocks(BlockProcessor):
    """Begins lists, tables and other blocks right under a line of text."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 (the signature is Python-Markdown's)
        """Return whether the block has several lines.

        Raises:
            NestingError: it is in too many others.
        """
        if "\n" not in block:
            return False
        _check_depth(self.parser)
        return True

    def run(self, parent: Element, blocks: list[str]) -> bool:  # noqa: ARG002
        """Put the blocks that it consists of in its place."""
        pieces = split_blocks(blocks[0])
        blocks[:1] = pieces
        return len(pieces) > 1


class Attributes(BlockProcessor):
    """Gives a block the attributes of the line before or after it, as kramdown does.

    Those after a paragraph, an item or a quotation stay: other rules read them. Those of code and of nothing
    are left out, and reported by the lint.
    """

    _own = (Kind.HEADING, Kind.BULLETS, Kind.NUMBERS, Kind.TABLE, Kind.CODE, Kind.STASHED, Kind.RULE)

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Return whether a line of attributes comes first or last."""
        return "{" in block and (_is_attributes(block.split("\n", 1)[0]) or _is_attributes(_last_line(block)))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Parse the block without these lines, and set them on its element."""
        lines = blocks[0].split("\n")
        start = next((at for at, line in enumerate(lines) if not _is_attributes(line)), len(lines))
        end = len(lines)
        is_own = start < end and kind_of_block(lines[start:]) in self._own
        while is_own and _is_attributes(lines[end - 1]):
            end -= 1
        if start == 0 and end == len(lines):
            return False
        attributes = [line.strip(" {}").removeprefix(":").strip() for line in lines[:start] + lines[end:]]
        block = "\n".join(lines[start:end])
        if is_own:
            del blocks[0]
            self._parse(parent, block, attributes)
        else:
            blocks[:1] = [f"{block}\n{{: {' '.join(attributes)}}}"] if block else []
        return True

    def _parse(self, parent: Element, block: str, attributes: list[str]) -> None:
        last = self.lastChild(parent)
        self.parser.parseBlocks(parent, ["[TOC]" if _CONTENTS in attributes else block])
        new = self.lastChild(parent)
        rules: Any = self.parser.md.treeprocessors
        if new is None or new is last or "\x02" in (new.text or ""):
            return
        for written in attributes:
            if written != _CONTENTS and "attr_list" in rules:
                rules["attr_list"].assign_attrs(new, written)


def _is_attributes(line: str) -> bool:
    return bool(ATTRIBUTES.fullmatch(line)) and not line.startswith("  ")


def _last_line(block: str) -> str:
    return block[block.rfind("\n") + 1 :]


class Embeds(BlockProcessor):
    """Makes a player of an address of a video or map that is alone on its line, but not in an item."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Return whether the block is the address of a player."""
        return "http" in block and not self.parser.state.isstate("list") and bool(player_address(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Add a link that becomes a player."""
        address = player_address(blocks.pop(0))
        paragraph = SubElement(parent, "p")
        paragraph.text = ""  # footnotes add to it
        link = SubElement(paragraph, "a", {"class": EMBED_CLASS, "href": address})
        link.text = AtomicString(address)


class SpacedHeadings(HashHeaderProcessor):
    """Headings as in CommonMark 4.2: ``# Title``, while a line that starts with ``#Techdays`` is text."""

    RE: ClassVar[re.Pattern[str]] = re.compile(
        r"\A[ ]{0,3}(?P<level>#{1,6})[ ]+(?=[^\s#]|#+[^\s#])"
        # Words, and between them all spaces: in one way only, so that a long line takes linear time.
        r"(?P<header>[^ \n]+(?:[ ]+(?![ ]|#*[ ]*(?:\n|\Z))[^ \n]+)*)(?:[ ]+#+)?[ ]*(?:\n|\Z)"
    )


class Underlined(SetextHeaderProcessor):
    """Headings underlined by ``===`` or ``---``, of one line of text."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether a line of text is underlined."""
        return super().test(parent, block) and kind_of(block.split("\n", 1)[0]) is Kind.TEXT


class Rules(HRProcessor):
    """A rule is a block: ``***`` may be part of an item."""

    SEARCH_RE: ClassVar[re.Pattern[str]] = re.compile(rf"\A{HRProcessor.RE}", re.MULTILINE)


def _items(processor: Any, block: str, mark: str) -> list[str]:
    """Return the texts of a list's items; a nested list is an item of its own, with its indent.

    Other lines of an item lose its indent, so that they can be a quotation, a table or a heading.
    """
    _check_depth(processor.parser)
    items: list[str] = []
    column = 0
    for line in block.split("\n"):
        if found := re.match(rf"[ ]{{0,3}}({mark})(?:[ ]+|$)", line):
            if not items:
                processor.STARTSWITH = str(int(found[1][:-1])) if found[1][-1] in ".)" else ""
            column = found.end()
            items.append(line[column:])
        elif processor.INDENT_RE.match(line) and not items[-1].startswith(" " * processor.tab_length):
            items.append(line)
        elif items[-1].startswith(" " * processor.tab_length):
            items[-1] += f"\n{line}"
        else:
            spaces = len(line) - len(line.lstrip(" "))
            items[-1] += f"\n{line[min(spaces, column) :]}"
    return items


class Bullets(SaneUListProcessor):
    """Lists with ``-``, ``*``, ``+`` or ``•``."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.RE = re.compile(rf"^[ ]{{0,3}}{BULLET}(?:[ ]|\n|\Z)")
        self.INDENT_RE = re.compile(rf"^[ ]{{4,7}}({NUMBER}|{BULLET})[ ]")

    def get_items(self, block: str) -> list[str]:
        """Return the texts of the items."""
        return _items(self, block, BULLET)


class Numbers(SaneOListProcessor):
    """Lists with ``1.`` or ``1)``."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.RE = re.compile(rf"^[ ]{{0,3}}{NUMBER}[ ]+(?:[^ \n]|\n[ ]*{STASHED})")
        self.INDENT_RE = re.compile(rf"^[ ]{{4,7}}({NUMBER}|{BULLET})[ ]")

    def get_items(self, block: str) -> list[str]:
        """Return the texts of the items."""
        return _items(self, block, NUMBER)


class Quotes(BlockQuoteProcessor):
    """Quotations; lists in them nest by two or three spaces, too.

    An empty line between two quotations separates them (CommonMark 5.1), unless the second is but a name.
    """

    _name: ClassVar[re.Pattern[str]] = re.compile(r"[ ]*(?:—|―|–|--)[ ]*[^\s—–-][^\n]*")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Parse the quotation with its lists indented by four."""
        _check_depth(self.parser)
        lines = [self.clean(line) for line in blocks[0].split("\n")]
        last = self.lastChild(parent)
        if last is not None and last.tag == "blockquote" and not self._goes_on(last, lines):
            del blocks[0]
            self.parser.state.set("blockquote")
            self.parser.parseChunk(SubElement(parent, "blockquote"), "\n".join(indent_by_four(lines)))
            self.parser.state.reset()
            return
        # A mark that stays shows the original rule that this is a quotation.
        blocks[0] = "\n".join([f"> {line}" if line else ">" for line in indent_by_four(lines)])
        super().run(parent, blocks)

    def _goes_on(self, quote: Element, lines: list[str]) -> bool:
        """Return whether some lines are the name of the one whom the quotation before quotes."""
        if not self._name.fullmatch(lines[0]) or not all(map(_is_attributes, lines[1:])):
            return False
        before = quote[-1].text or "" if len(quote) else ""
        return not self._name.fullmatch(_last_line(before))
