"""Plain text: texts of programs that know no marks → HTML."""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_BRACKETED = rf"<(?P<bracketed>(?:https?://|mailto:)[^\s<>\"]+|{_MAIL})>"
_ADDRESS = re.compile(rf"{_BRACKETED}|(?P<bare>https?://[^\s<>\"]*[^\s<>\".,;:!?])")
_IN_BRACKETS = re.compile(_BRACKETED)
_BULLET = re.compile(r"[•·▪◦‣*–-]\s+")
_BLOCK = re.compile(
    r"</?(?:p|br|hr|div|[uod]l|li|d[td]|h[1-6]|table|tbody|tr|t[dh]|blockquote|pre|html|body|img|figure|section)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"<(?:a(?=\s+href)|[bius]|em|strong|span|font|small|code|su[bp]|del|mark)(?:\s[^<>]*)?>", re.IGNORECASE
)


def text_to_html(text: str) -> str:
    """Return plain text as HTML: paragraphs, lists and addresses as links.

    Args:
        text: with empty lines between paragraphs; lines that begin with a bullet are a list.
    """
    return _blocks(text, _linked)


def field_to_html(text: str) -> str:
    """Return a text as HTML that may be plain or HTML: only elements of HTML make it HTML.

    Args:
        text: as a program wrote it. If it has no blocks of HTML, its lines and empty lines count.
    """
    if is_html(text):
        return link_bracketed(text) if _BLOCK.search(text) else _blocks(text, link_bracketed)
    return text_to_html(unescape(text))


def is_html(text: str) -> bool:
    """Return whether a text has elements of HTML; ``<ann@example.eu>`` and ``a < b`` are none."""
    return bool(_BLOCK.search(text) or _INLINE.search(text))


def link_bracketed(html: str) -> str:
    """Return HTML in which addresses in angle brackets are links; a parser would take them for elements."""
    return _IN_BRACKETS.sub(_link, html)


def words_of(html: str) -> Iterator[str]:
    """Yield the words of HTML, for a decision about its length."""
    yield from unescape(re.sub(r"<[^<>]+>", " ", html)).split()


def _blocks(text: str, convert: Callable[[str], str]) -> str:
    parts = (part.strip() for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")))
    return "".join(_block(part, convert) for part in parts if part)


def _block(part: str, convert: Callable[[str], str]) -> str:
    """Return a paragraph, and the list that follows it without an empty line."""
    lines = [line.strip() for line in part.split("\n")]
    first = next((index for index, line in enumerate(lines) if _BULLET.match(line)), len(lines))
    if not all(_BULLET.match(line) for line in lines[first:]):
        first = len(lines)
    words = "<br>".join(convert(line) for line in lines[:first])
    items = "".join(f"<li>{convert(_BULLET.sub('', line, count=1))}</li>" for line in lines[first:])
    return (f"<p>{words}</p>" if words else "") + (f"<ul>{items}</ul>" if items else "")


def _linked(line: str) -> str:
    parts: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(line):
        parts += [escape(line[at : found.start()], quote=False), _link(found)]
        at = found.end()
    return "".join([*parts, escape(line[at:], quote=False)])


def _link(found: re.Match[str]) -> str:
    """Return an address as a link, apart from the word before it: ``here<https://…>``."""
    address = found["bracketed"] or found[0]
    before = found.string[found.start() - 1 : found.start()]
    space = " " if before.isalnum() else ""
    href = address if re.match(r"https?:|mailto:", address) else f"mailto:{address}"
    return f'{space}<a href="{escape(href)}">{escape(address.removeprefix("mailto:"))}</a>'
