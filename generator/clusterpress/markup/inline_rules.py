"""Rules for text within blocks: hard breaks, deleted words, addresses, and brackets read in linear time."""

import re
from string import punctuation
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_PREFIX, AtomicString

from clusterpress.markup.autolinks import FIND, read_address
from clusterpress.markup.emphasis import Emphasis, stashed_node

HARD_BREAK = r"\\\n"
FOOTNOTE = r"\[\^([^\[\]\n]{1,200})\]"
"""Patterns of our rules."""

_MAX_DEPTH = 12
"""Brackets in brackets; CommonMark's own programs have such limits, too."""
_MAX_TITLE = 1000
"""Characters of a picture's or link's title."""
_BRACKET = re.compile(r"[\[\]]")
_ADDRESS = re.compile(r"\(\s*(?:<[^<>\n]*>|[^\s()<>]*)")
_MAX_LOOK_BACK = 50
_OPAQUE = re.compile(r"<(/?)(?:a|button|code|kbd|pre|samp|script|style|textarea)\b", re.IGNORECASE)


def register_inline_rules(md: Markdown) -> None:
    """Register the rules; the numbers are places in Python-Markdown's order of rules."""
    rules = md.inlinePatterns
    for name, (original, bounded, place) in _BOUNDED.items():
        if name in rules and type(rules[name]) is original:
            rules.register(bounded(rules[name].pattern, md), name, place)
    if "footnote" in rules:
        rules["footnote"].pattern = FOOTNOTE
        rules["footnote"].compiled_re = re.compile(FOOTNOTE)
    # After characters with a backslash (180) are kept: `\\` at the end of a line is none.
    rules.register(SubstituteTagInlineProcessor(HARD_BREAK, "br"), "hard_break", 101)
    # After links (160), code (190) and raw HTML (90); after the addresses of other extensions (85).
    rules.register(BareAddress(md), "bare_address", 84)
    if "em_strong" in rules and type(rules["em_strong"]).__module__ == InlineProcessor.__module__:
        if "em_strong2" in rules:  # until Python-Markdown 3.10, underscores had a rule of their own
            rules.deregister("em_strong2")
        rules.register(Emphasis(md), "em_strong", 60)
    # CommonMark 2.4: a backslash before any ASCII punctuation is not shown.
    md.ESCAPED_CHARS += [sign for sign in punctuation if sign not in md.ESCAPED_CHARS]


class BareAddress(InlineProcessor):
    """Makes a link of an address in running text, but not in links, code and raw HTML."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(FIND.pattern, md)
        self.compiled_re = FIND

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802 (as in Python-Markdown)
        """Return the link of an address."""
        address = read_address(m)
        if address is None or self._is_in_raw_html(data, m.start()):
            return None, None, None
        link = Element("a", {"href": address.target})
        link.text = AtomicString(address.text)
        return link, m.start(), m.start() + len(address.text)

    def _is_in_raw_html(self, data: str, at: int) -> bool:
        """Return whether a tag before, such as ``<a>`` or ``<code>``, is still open."""
        for _ in range(_MAX_LOOK_BACK):
            at = data.rfind(INLINE_PLACEHOLDER_PREFIX, 0, at)
            if at < 0:
                return False
            if tag := _OPAQUE.match(self._raw_html(data, at)):
                return not tag[1]
        return False

    def _raw_html(self, data: str, at: int) -> str:
        """Return the HTML that a placeholder stands for, or an empty string."""
        node = stashed_node(self.md, data, at)
        raw = HTML_PLACEHOLDER_RE.fullmatch(node) if isinstance(node, str) else None
        stash = self.md.htmlStash.rawHtmlBlocks if raw and self.md else []
        return str(stash[int(raw[1])]) if raw and int(raw[1]) < len(stash) else ""


class _Bounded(LinkInlineProcessor):
    """Looks for the end of a link only as far as people write: a text of brackets takes linear time."""

    _last: tuple[str, int, int] = ("", -1, -1)
    """A text, and where its last closing brackets stand."""

    def _ends(self, data: str) -> tuple[str, int, int]:
        if data is not self._last[0]:
            self._last = (data, data.rfind("]"), data.rfind(")"))
        return self._last

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        if index > self._ends(data)[1]:
            return "", index, False
        depth = 1
        for bracket in _BRACKET.finditer(data, index):
            depth += 1 if bracket[0] == "[" else -1
            if not depth:
                return data[index : bracket.start()], bracket.end(), True
            if depth > _MAX_DEPTH:
                break
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        address = _ADDRESS.match(data, index)
        if not address or index > self._ends(data)[2]:
            return "", None, index, False
        href, title, length, handled = super().getLink(data[index : address.end() + _MAX_TITLE], 0)
        return href, title, index + length, handled


class _Link(_Bounded, LinkInlineProcessor):
    pass


class _Image(_Bounded, ImageInlineProcessor):
    pass


class _Reference(_Bounded, ReferenceInlineProcessor):
    pass


class _ShortReference(_Bounded, ShortReferenceInlineProcessor):
    pass


class _ImageReference(_Bounded, ImageReferenceInlineProcessor):
    pass


class _ShortImageReference(_Bounded, ShortImageReferenceInlineProcessor):
    pass


_BOUNDED = {
    "reference": (ReferenceInlineProcessor, _Reference, 170),
    "link": (LinkInlineProcessor, _Link, 160),
    "image_link": (ImageInlineProcessor, _Image, 150),
    "image_reference": (ImageReferenceInlineProcessor, _ImageReference, 140),
    "short_reference": (ShortReferenceInlineProcessor, _ShortReference, 130),
    "short_image_ref": (ShortImageReferenceInlineProcessor, _ShortImageReference, 125),
}
"""Name of a rule of Python-Markdown → its class, our class, its place in the order."""
