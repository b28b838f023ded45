"""WordPress export files: XML → one entry for each ``<item>``, not yet interpreted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from lxml import etree

from clusterpress.importing.records import ImportSourceError, Remark
from clusterpress.values.characters import strip_forbidden

_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|(\d+));")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_NO_DATE = "0000-00-00"


def read_xml(raw: bytes, name: str) -> tuple[etree._Element, list[tuple[str, int, Remark]]]:
    """Return the root of an XML file, and remarks about its syntax.

    Raises:
        ImportSourceError: the file is not XML, or declares entities.
    """
    if found := _DOCTYPE.search(raw):
        line = raw.count(b"\n", 0, found.start()) + 1
        hint = "delete the line if you trust the file, or export it again"
        message = "the file declares a document type, which is not allowed in an export"
        raise ImportSourceError(name, line, message, hint)
    content = _without_controls(raw)
    try:
        return etree.fromstring(content, _parser(recover=False)), []
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        root = etree.fromstring(content, _parser(recover=True)) if content.strip() else None
        if root is None:
            hint = "choose the file that the export saved"
            raise ImportSourceError(name, line, "this is not XML", hint) from None
        message = f"the file is broken here ({error.msg}); what follows may be incomplete"
        return root, [(name, line, Remark(message, "export it again and compare the counts"))]


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=recover
    )


def _without_controls(raw: bytes) -> bytes:
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w-]+)", raw)
    encoding = declared[1].decode() if declared else "utf-8"
    try:
        text = raw.decode(encoding, errors="replace")
    except LookupError:
        text = raw.decode("utf-8", errors="replace")
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)
    return _REFERENCE.sub(_allowed, strip_forbidden(text)).lstrip().encode()


def _allowed(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if number < 0x110000 and strip_forbidden(chr(number)) else ""  # noqa: PLR2004 - the end of Unicode


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An ``<item>`` of the export."""

    line: int
    number: str
    type: str
    status: str
    title: str
    link: str
    guid: str
    slug: str
    date: str
    creator: str
    content: str
    excerpt: str
    parent: str
    sticky: bool
    locked: bool
    attachment: str
    comments: int
    terms: tuple[tuple[str, str, str], ...]
    """(domain, slug, name)"""
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """Type and title, for the report."""
        return f'{self.type} "{self.title or self.slug or self.number}"'


def text_of(element: etree._Element | None, *names: str) -> str:
    """Return the text of the first non-empty child with one of the names."""
    children = (element.find(name) for name in names) if element is not None else ()
    words = ("".join(map(str, child.itertext())).strip() for child in children if child is not None)
    return next(filter(None, words), "")


def read_entry(item: etree._Element) -> Entry:
    """Return the entry of an ``<item>``."""
    excerpt = next((e for e in item.findall("{*}encoded") if "excerpt" in str(e.tag)), None)
    meta = {
        text_of(pair, "{*}meta_key"): text_of(pair, "{*}meta_value") for pair in item.findall("{*}postmeta")
    }
    return Entry(
        line=item.sourceline if isinstance(item.sourceline, int) else 1,
        number=text_of(item, "{*}post_id") or f"line-{item.sourceline}",
        type=text_of(item, "{*}post_type") or "post",
        status=text_of(item, "{*}status") or "publish",
        title=unescape(re.sub(r"<[^>]+>", "", text_of(item, "title"))).strip(),
        link=text_of(item, "link"),
        guid=text_of(item, "guid"),
        slug=unquote(text_of(item, "{*}post_name")),
        date=_date(item),
        creator=text_of(item, "{*}creator"),
        content=text_of(item, _CONTENT),
        excerpt="".join(str(part) for part in excerpt.itertext()).strip() if excerpt is not None else "",
        parent=text_of(item, "{*}post_parent"),
        sticky=text_of(item, "{*}is_sticky") == "1",
        locked=bool(text_of(item, "{*}post_password")),
        attachment=text_of(item, "{*}attachment_url"),
        comments=len(item.findall("{*}comment")),
        terms=tuple(
            (term.get("domain", "category"), term.get("nicename", ""), unescape(term.text or "").strip())
            for term in item.findall("category")
        ),
        meta=meta,
    )


def _date(item: etree._Element) -> str:
    """Return a date such as ``2019-06-15 10:20``; for an unpublished draft, the date of its last change."""
    for name in ("{*}post_date", "{*}post_modified", "{*}post_date_gmt"):
        written = text_of(item, name)
        if written and not written.startswith(_NO_DATE):
            return written[: len("2019-06-15 10:20")]
    return ""
