"""Fast producer of HTML: paragraphs, headings, simple lists and quotations, without Python-Markdown.

Most news items hold nothing else, apart from emphasis, links and pictures. For these, Python-Markdown would
try dozens of rules on each line, build a tree and write it out. This parser takes a fifth of the time. It
supports less than Markdown wherever that keeps its rules simple. A block with rarer marks, such as code, goes
to Python-Markdown alone; any other structure sends the whole text there. Tests compare the results on many
texts; ``CLUSTERPRESS_PLAIN=1`` turns this parser off.

Not for texts with extensions from the settings: these may give a meaning to any mark.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from clusterpress.markup.autolinks import FIND, read_address
from clusterpress.markup.blocks import BULLET, NUMBER, player_address, split_blocks
from clusterpress.markup.body import EMBED_CLASS

_STRUCTURE = ("\t", "|", "```", "~~~", "&#")
"""Marks that may give a text more structure than a sequence of blocks."""
_MARKER = re.compile(r"^<!-- *more *-->$", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(r"(?<=\n) +\n")
_GAP = re.compile(r"\n{2,}")
_HEADING = re.compile(r"(#{1,6})[ ]+([^\s#](?:[^#\n]*[^\s#])?)(?:\n|\Z)")

# A line of words begins with no mark of a block, no number of a list and no name that is defined there, and
# does not end with the two spaces that break a line.
_NO_WORDS = r"\d+[.)][ ]|\[\^|\[[^\[\]]*\]:|\u2022(?:[ \n]|\Z)"
_BEGIN = rf"(?!{_NO_WORDS})(?:[^\x00-\x7f\s]|~~[^\s~]|[A-Za-z0-9\"'({{`\[]|!\[|[*]{{1,2}}[^\W_]|#[^\W_])"
_WORDS = rf"{_BEGIN}[^\n]*(?<![ ]{{2}})"
_BULLET = rf"{BULLET}[ ]+"
_NUMBER = rf"{NUMBER}[ ]+"
_QUOTED = r">[ ]?"
_FIRST_NUMBER = re.compile("[0-9]+")
_NAME = re.compile(r"^[—―–]", re.MULTILINE)  # in a quotation: who said it

_MARKED = re.compile(r"[*\[\]>&`_\\{~]")
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^\s()\[\]<>\"'`\\*&{]*)\)")
_UNSUPPORTED_IN_ALT = re.compile(r"[>&`\\\"{]")
# Words between spaces or signs: no mark here could both open and close. What stands before a mark is looked
# at behind it, because a pattern that begins with a letter or sign is found seven times as fast.
_EMPHASIS = re.compile(r"(\*(?<![^\s(\"]\*)\*?)(?=[^\s*])([^*]*)(?<=[^\s*])\1(?![^\s.,;:!?)\"])")
_UNSUPPORTED_MARK = re.compile(r"[*\[\]&`_\\{]")
_DELETED = re.compile(r"~~(?=[^\s~])([^~]*)(?<=[^\s~])~~")
_ADDRESS_ALONE = re.compile(r"^https?://\S+[ ]*$", re.MULTILINE)
_UNSUPPORTED_IN_ADDRESS = re.compile(r"[\[\]{\\\"]|&[a-zA-Z0-9]+;")
_UNSUPPORTED_IN_HEADING = re.compile(rf"{_UNSUPPORTED_MARK.pattern}|~~")
_STASHED = re.compile("\x04([0-9]+)\x04")

_BLOCKS_PER_FALLBACK = 4
"""At most one block in this many goes to Python-Markdown alone; beyond that, the whole text is faster."""


class _Unsupported(Exception):  # noqa: N818 - it is no error
    """A block has marks that this parser does not support."""


def names_extensions(mkdocs: str) -> bool:
    """Return whether a ``mkdocs:`` block may name extensions beyond the usual ones."""
    return "markdown_extensions" in mkdocs


class HtmlBlocks(NamedTuple):
    """The blocks of a text."""

    html: list[str]
    """The HTML of each."""
    without_fallback: bool
    """Whether Python-Markdown was not needed for any block."""

    def to_html(self) -> str:
        """Return the HTML of the text."""
        return "\n".join(self.html).strip()


def render_simple_blocks(text: str, convert: Callable[[str], str]) -> HtmlBlocks | None:
    """Return the HTML blocks of a text from `normalise`, or None if Python-Markdown has to read it.

    ``convert`` converts one block with Python-Markdown and the usual extensions.
    """
    blocks = _blocks(text)
    pieces: list[str] = []
    max_fallbacks = fallbacks_left = len(blocks) // _BLOCKS_PER_FALLBACK
    before = None
    for block in blocks:
        words = block
        while heading := _HEADING.match(words):
            if _UNSUPPORTED_IN_HEADING.search(heading[2]):
                return None
            level = len(heading[1])
            pieces.append(f"<h{level}>{_inline_html(heading[2])}</h{level}>")
            words, before = words[heading.end() :], None
        for rule, piece in _rules(words):
            if rule is None or (rule is before and rule.continues):
                return None
            try:
                pieces.append(rule.write(piece))
            except _Unsupported:
                fallbacks_left -= 1
                if fallbacks_left < 0:
                    return None
                pieces.append(convert(piece))
            before = rule
    return HtmlBlocks(pieces, fallbacks_left == max_fallbacks)


def _rules(words: str) -> "list[tuple[_BlockRule | None, str]]":
    """Return the blocks of a text without headings, each with its rule or None."""
    if not words:
        return []
    rule = _rule(words)
    if rule and not ("http" in words and _ADDRESS_ALONE.search(words)):
        return [(rule, words)]
    return [(_EMBED if player_address(piece) else _rule(piece), piece) for piece in split_blocks(words)]


def _rule(words: str) -> "_BlockRule | None":
    for rule in _BLOCK_RULES:
        if rule.pattern.fullmatch(words):
            return rule
    return None


def _blocks(text: str) -> list[str]:
    text = text.strip("\n")
    if " \n" in text:
        text = _BLANK.sub("\n", text)
    # Searching for one character is many times faster than for several.
    if any(mark[0] in text and mark in text for mark in _STRUCTURE) or (
        "<" in text and "<" in _MARKER.sub("", text)
    ):
        return []
    return _GAP.split(text) if "\n\n\n" in text else text.split("\n\n")


class _BlockRule(NamedTuple):
    pattern: re.Pattern[str]
    """Matches a block of this kind as a whole, and none of another."""
    write: Callable[[str], str]
    """Returns the HTML of such a block."""
    continues: bool = False
    """Whether the next block of the same kind would be part of it."""


def _bullets(block: str) -> str:
    return f"<ul>\n{_items(block, _BULLET)}</ul>"


def _numbers(block: str) -> str:
    found = _FIRST_NUMBER.match(block)
    first = int(found[0]) if found else 1
    start = "" if first == 1 else f' start="{first}"'
    return f"<ol{start}>\n{_items(block, _NUMBER)}</ol>"


def _items(block: str, mark: str) -> str:
    return "".join([f"<li>{_inline_html(line)}</li>\n" for line in _without(mark, block).split("\n")])


def _quotation(block: str) -> str:
    words = _without(_QUOTED, block)
    if _NAME.search(words) or ("http" in words and _ADDRESS_ALONE.search(words)):
        raise _Unsupported
    return f"<blockquote>\n<p>{_inline_html(words)}</p>\n</blockquote>"


def _without(mark: str, block: str) -> str:
    return re.sub(f"^{mark}", "", block, flags=re.MULTILINE)


def _lines(mark: str) -> re.Pattern[str]:
    return re.compile(rf"{mark}{_WORDS}(?:\n{mark}{_WORDS})*")


_BLOCK_RULES = (
    _BlockRule(_lines(""), lambda block: f"<p>{_inline_html(block)}</p>"),
    _BlockRule(_lines(_BULLET), _bullets, continues=True),
    _BlockRule(_lines(_NUMBER), _numbers, continues=True),
    _BlockRule(_lines(_QUOTED), _quotation, continues=True),
    _BlockRule(_MARKER, lambda block: f"{block}\n"),
)


def _embed(block: str) -> str:
    address = player_address(block)
    if "&" in address:
        raise _Unsupported
    return f'<p><a class="{EMBED_CLASS}" href="{address}">{address}</a></p>'


_EMBED = _BlockRule(re.compile(""), _embed)


def _inline_html(text: str, *, in_link: bool = False) -> str:
    """Return the HTML of the text of a block.

    Raises:
        _Unsupported: it holds more than emphasis, links, addresses and pictures.
    """
    if not _MARKED.search(text) and (in_link or not _may_hold_address(text)):
        return text
    stash: list[str] = []

    def keep(html: str) -> str:
        stash.append(html)
        return f"\x04{len(stash) - 1}\x04"

    def link(found: re.Match[str]) -> str:
        is_picture, label, address = found.groups()
        if is_picture:
            return keep(_picture(label, address))
        return keep(f'<a href="{address}">{_inline_html(label, in_link=True)}</a>')

    if "[" in text:  # before emphasis, so that an address may hold its marks
        text = _LINK.sub(link, text)
    if not in_link and _may_hold_address(text):
        text = FIND.sub(lambda found: _autolink(found, keep), text)
    text = text.replace(">", "&gt;")
    if "~~" in text:
        text = _deleted(text)
    if "*" in text:
        text = _EMPHASIS.sub(_emphasis, text)
    if _UNSUPPORTED_MARK.search(text.replace("&gt;", "")):
        raise _Unsupported
    return _STASHED.sub(lambda mark: stash[int(mark[1])], text) if stash else text


def _may_hold_address(text: str) -> bool:
    return "://" in text or "@" in text or "ww." in text or "WWW." in text


def _autolink(found: re.Match[str], keep: Callable[[str], str]) -> str:
    address = read_address(found)
    if not address:
        return found[0]
    if _UNSUPPORTED_IN_ADDRESS.search(address.text):
        raise _Unsupported
    href, shown = (one.replace("&", "&amp;") for one in (address.target, address.text))
    return keep(f'<a href="{href}">{shown}</a>') + found[0][len(address.text) :]


def _deleted(text: str) -> str:
    text = _DELETED.sub(r"<del>\1</del>", text)
    if "*" in text or "~~" in text:
        raise _Unsupported
    return text


def _emphasis(found: re.Match[str]) -> str:
    tag = "strong" if found[1] == "**" else "em"
    return f"<{tag}>{found[2]}</{tag}>"


def _picture(alt: str, address: str) -> str:
    if _UNSUPPORTED_IN_ALT.search(alt):
        raise _Unsupported
    return f'<img alt="{alt}" src="{address}">'
