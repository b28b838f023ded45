"""XML of exports, which is often not quite XML: broken items cost nothing but themselves."""

import re
from bisect import bisect_left
from collections.abc import Callable
from html import escape, unescape
from itertools import pairwise

from lxml import etree

from clusterpress.importing.records import ImportSourceError, Remark
from clusterpress.importing.sources.encoding import Decoded, decode
from clusterpress.values.characters import strip_forbidden

Remarks = list[tuple[str, int, Remark]]
"""(file, line, remark)"""

_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|(\d+));")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# Each part can be read in one way only: a file may begin with many comments, and must be read in one pass.
_DOCTYPE = re.compile(
    r"(?:\s|<\?(?:[^?]|\?(?!>))*\?>|<!--(?:[^-]|-(?!->))*-->)*(<!(?:DOCTYPE|ENTITY)\b)", re.IGNORECASE
)
_ITEM = re.compile(r"<item\b[^<>]*>")
_ROOT = re.compile(r"<rss\b([^<>]*)>")
_OPENER = re.compile(r"<([\w:.-]+)(?![\w:.-])[^<>]*>\s*$")
_CDATA = "<![CDATA["
_SECTION = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\w+);)(?:\w+;)?")
_NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}


def read_xml(raw: bytes, name: str) -> tuple[etree._Element, Remarks]:
    """Return the root of an RSS file, and remarks about its form.

    Raises:
        ImportSourceError: the file is not XML, or declares entities.
    """
    decoded = decode(raw)
    text = _DECLARATION.sub("", decoded.text, count=1)
    if found := _DOCTYPE.match(text):
        line = text.count("\n", 0, found.start(1)) + 1
        hint = "delete the line if you trust the file, or export it again"
        message = "the file declares a document type, which is not allowed in an export"
        raise ImportSourceError(name, line, message, hint)
    text, unclosed = _close_sections(_REFERENCE.sub(_allowed, text))
    remarks = _remarks_about(decoded, name)
    remarks += [
        (name, line, Remark("a text has no end here; it was taken to end with its element"))
        for line in unclosed
    ]
    try:
        return etree.fromstring(text.encode(), _parser(recover=False)), remarks
    except etree.XMLSyntaxError as error:
        return _salvage(text, name, error, remarks)


def _remarks_about(decoded: Decoded, name: str) -> Remarks:
    remarks: Remarks = []
    if decoded.dropped:
        message = f"{decoded.dropped} control characters were dropped, the first one here"
        remarks.append((name, decoded.line, Remark(message)))
    if decoded.guessed:
        message = f"{decoded.guessed} bytes are not UTF-8 and were read as Windows-1252"
        remarks.append((name, 1, Remark(message, "check letters with accents")))
    return remarks


def _close_sections(text: str) -> tuple[str, list[int]]:
    """Return the text with every CDATA section closed before the next item, and the lines of unclosed ones.

    A section without an end would swallow all items up to the next end.
    """
    parts: list[str] = []
    lines: list[int] = []
    at, end = 0, -1
    line_at = _line_finder(text)
    while (start := text.find(_CDATA, at)) >= 0:
        if end < start:
            end = text.find("]]>", start)
            end = end if end >= 0 else len(text)
        opener = _OPENER.search(text, max(0, start - 200), start)
        close = text.find(f"</{opener[1]}>", start, end) if opener else -1
        if close >= 0 and (end == len(text) or text.find(_CDATA, close, end) >= 0):
            parts += [text[at:close], "]]>"]
            lines.append(line_at(start))
            at = close
            continue
        parts.append(text[at:end])
        at = end
    return "".join([*parts, text[at:]]), lines


def _line_finder(text: str) -> Callable[[int], int]:
    """Return a function that tells the line of a place in a text."""
    ends = [found.start() for found in re.finditer("\n", text)]
    return lambda place: bisect_left(ends, place) + 1


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=recover
    )


def _allowed(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2][:8])
    return found[0] if number < 0x110000 and strip_forbidden(chr(number)) else ""  # noqa: PLR2004 - the end of Unicode


def _salvage(
    text: str, name: str, error: etree.XMLSyntaxError, remarks: Remarks
) -> tuple[etree._Element, Remarks]:
    """Return what a broken file contains, item by item."""
    line = error.lineno or 1
    starts = [found.start() for found in _ITEM.finditer(text)]
    head = text[: starts[0]] if starts else text
    root = etree.fromstring(head.encode(), _parser(recover=True)) if head.strip() else None
    if root is None:
        raise ImportSourceError(name, line, "this is not XML", "choose the file that the export saved")
    message = f"the file is broken here ({error.msg}); what follows may be incomplete"
    remarks = [*remarks, (name, line, Remark(message, "export it again and compare the counts"))]
    channel = root.find("channel")
    if channel is None and starts:
        channel = etree.SubElement(root, "channel")
    begin, line_at = _root_tag(text), _line_finder(text)
    for start, end in pairwise([*starts, len(text)]):
        first = line_at(start)
        item, is_whole = _item(begin, text[start:end])
        if item is not None and channel is not None:
            item.sourceline = first  # type: ignore[assignment]  # the stubs know no value
            channel.append(item)
        if not is_whole:
            title = item.findtext("title") if item is not None else ""
            what = f'the item "{title}"' if title else "an item"
            remarks.append((name, first, Remark(f"{what} is broken; parts of it may be missing")))
    return root, remarks


def _item(begin: str, text: str) -> tuple[etree._Element | None, bool]:
    """Return an item, and whether it is whole."""
    inside, closing, _ = text.rpartition("</item>")
    body = f"{inside}{closing}" if closing else text.partition("</channel>")[0]
    try:
        root = etree.fromstring(f"{begin}{body}</rss>".encode(), _parser(recover=False))
        return root.find("item"), True
    except etree.XMLSyntaxError:
        root = etree.fromstring(f"{begin}{_with_entities(body)}</rss>".encode(), _parser(recover=True))
        return (None if root is None else root.find("item")), False


def _with_entities(body: str) -> str:
    """Return an item whose ampersands are those of XML: ``A & B&nbsp;C`` is common in titles."""
    parts = _SECTION.split(body)
    parts[::2] = [_AMPERSAND.sub(lambda found: escape(unescape(found[0])), part) for part in parts[::2]]
    return "".join(parts)


def _root_tag(text: str) -> str:
    """Return the start tag of the file with all namespaces that WordPress uses."""
    found = _ROOT.search(text)
    attributes = found[1] if found else ""
    missing = (f' xmlns:{p}="{uri}"' for p, uri in _NAMESPACES.items() if f"xmlns:{p}=" not in attributes)
    return f"<rss{attributes}{''.join(missing)}>"
