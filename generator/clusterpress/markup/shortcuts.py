"""Shortcuts: runs Python-Markdown's rules only on texts that hold one of the marks they look for.

Most paragraphs hold no mark, yet Python-Markdown tries some thirty rules on each. By its own pattern, a rule
of the list below cannot match a text without its mark, so skipping it changes nothing but the time: a quarter
of the conversion of rich texts. Rules that are not listed, such as those of extensions in the settings, run
on every text. A test compares both ways on many texts; ``CLUSTERPRESS_PLAIN=1`` turns the shortcuts off.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, blockprocessors, inlinepatterns
from markdown.blockparser import BlockParser
from markdown.extensions import Extension, abbr, admonition, def_list, footnotes, md_in_html, tables
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, STX, AtomicString

from clusterpress.markup import autolinks, block_rules, emphasis, inline_rules, linear_rules

Marks = tuple[str, ...]
"""A rule skips texts without any of these."""

_ANY: Marks = ("",)
_INDENT: Marks = ("    ",)

BLOCKS: Mapping[type, Marks] = {
    abbr.AbbrBlockprocessor: ("*[",),
    admonition.AdmonitionProcessor: ("!!!", *_INDENT),
    block_rules.Attributes: ("{",),
    block_rules.Bullets: ("*", "+", "-", "•"),
    block_rules.Embeds: ("http",),
    block_rules.Numbers: (". ", ") "),
    block_rules.Quotes: (">",),
    block_rules.Rules: ("-", "*", "_"),
    block_rules.SpacedHeadings: ("#",),
    block_rules.SplitBlocks: ("\n",),
    block_rules.Underlined: ("\n",),
    blockprocessors.CodeBlockProcessor: _INDENT,
    blockprocessors.ListIndentProcessor: _INDENT,
    blockprocessors.ReferenceProcessor: ("]:",),
    def_list.DefListIndentProcessor: _INDENT,
    def_list.DefListProcessor: (": ",),
    footnotes.FootnoteBlockProcessor: ("[^",),
    md_in_html.MarkdownInHtmlProcessor: (STX,),
    linear_rules.SplitAdmonitions: ("\n!!!", "\n???"),
    linear_rules.Tables: ("|",),
    tables.TableProcessor: ("|",),
}
"""Rule for blocks → its marks."""

SPANS: Mapping[str, Marks] = {
    inlinepatterns.AUTOLINK_RE: ("<",),
    inlinepatterns.AUTOMAIL_RE: ("<",),
    inlinepatterns.BACKTICK_RE: ("`",),
    inlinepatterns.ENTITY_RE: ("&",),
    inlinepatterns.ESCAPE_RE: ("\\",),
    inlinepatterns.HTML_RE: ("<",),
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    inlinepatterns.LINK_RE: ("[",),
    autolinks.FIND.pattern: autolinks.MARKS,
    inline_rules.HARD_BREAK: ("\\\n",),
    inline_rules.FOOTNOTE: ("[^",),
    emphasis.PATTERN: ("*", "_", "~~"),
}
"""Pattern of a rule for text within blocks → its marks."""


_APPLY, _STASH = "_InlineProcessor__applyPattern", "_InlineProcessor__stashNode"
_PLACE = "_InlineProcessor__processPlaceholders"
_LOOP = ("_InlineProcessor__handleInline", _APPLY, _STASH, _PLACE)
"""Names of the original inline loop, which is private, as Python mangles them."""


class Shortcuts(Extension):
    """Replaces the two loops of Python-Markdown; must be the last extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Put our two loops in place of the original ones."""
        # Rules and extensions hold the parser already: it stays the same object.
        md.parser.__class__ = _Blocks
        if all(hasattr(InlineProcessor, name) for name in _LOOP):
            md.treeprocessors.register(_Spans(md), "inline", 20)


class _Blocks(BlockParser):
    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        rules = [(rule, BLOCKS.get(type(rule), _ANY)) for rule in self.blockprocessors]
        while blocks:
            for rule, marks in rules:
                block = blocks[0]
                for mark in marks:  # any() would take as long as the rule
                    if mark in block:
                        break
                else:
                    continue
                if rule.test(parent, block) and rule.run(parent, blocks) is not False:
                    break


class _Spans(InlineProcessor):
    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        rules: list[Any] = list(self.inlinePatterns)
        self._rules = [(rule, SPANS.get(rule.getCompiledRegExp().pattern, _ANY)) for rule in rules]
        return super().run(tree, ancestors)

    def _InlineProcessor__processPlaceholders(  # noqa: N802
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803
    ) -> Any:
        """Return the elements of a text; the original writes it anew for each placeholder."""
        if data and not isinstance(data, AtomicString):
            data = INLINE_PLACEHOLDER_RE.sub(self._written, data)
        return getattr(super(), _PLACE)(data, parent, isText)

    def _written(self, placeholder: re.Match[str]) -> str:
        """Return the text that a placeholder stands for, or the placeholder of an element."""
        node = self.stashed_nodes.get(placeholder[1])
        is_text = isinstance(node, str) and INLINE_PLACEHOLDER_PREFIX not in node
        return str(node) if is_text else placeholder[0]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        for number in range(patternIndex, len(self._rules)):
            rule, marks = self._rules[number]
            for mark in marks:
                if mark in data:
                    data = self._apply(rule, data, number)
                    break
        return data

    def _apply(self, rule: Any, data: str, number: int) -> str:
        if rule.getCompiledRegExp().pattern in SPANS:
            return self._apply_once(rule, data, number)
        matched, start = True, 0
        while matched:
            data, matched, start = getattr(self, _APPLY)(rule, data, number, start)
        return data

    def _apply_once(self, rule: Any, data: str, number: int) -> str:
        """Return the text with a placeholder for each match of a rule.

        The original writes the whole text anew for each match, which takes quadratic time.
        """
        if not _allows(rule, self.ancestors):
            return data
        pieces: list[str] = []
        done = at = 0
        while match := rule.getCompiledRegExp().search(data, at):
            node, start, end = rule.handleMatch(match, data)
            if start is None or end is None:
                at = match.end()
            elif node is None:
                at = end
            else:
                self._read_marks_in(node, number)
                pieces += (data[done:start], getattr(self, _STASH)(node, rule.type()))
                done = at = end
        return "".join([*pieces, data[done:]]) if pieces else data

    def _read_marks_in(self, node: Any, number: int) -> None:
        if isinstance(node, str) or isinstance(node.text, AtomicString):
            return
        for child in [node, *node]:
            if child.text:
                self.ancestors.append(child.tag.lower())
                child.text = self._InlineProcessor__handleInline(child.text, number + 1)
                self.ancestors.pop()
            if child.tail:
                child.tail = self._InlineProcessor__handleInline(child.tail, number)


def _allows(rule: Any, ancestors: list[str]) -> bool:
    """Return whether a rule may apply within the elements that are open."""
    return not any(name.lower() in ancestors for name in rule.ANCESTOR_EXCLUDES)
