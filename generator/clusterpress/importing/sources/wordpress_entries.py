"""WordPress export files: XML → one entry for each ``<item>``, not yet interpreted."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct, field

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_NO_DATE = "0000-00-00"
_MAX_OFFSET = timedelta(hours=14)
"""The largest difference between local time and UTC (IANA time zone database)."""

KNOWN_FIELDS = frozenset(
    """attachment_url category comment comment_status creator description encoded guid is_sticky link
    menu_order ping_status post_date post_date_gmt post_id post_modified post_modified_gmt post_name
    post_parent post_password post_type postmeta pubDate status title""".split()  # noqa: SIM905 (words read best)
)
"""Names of the elements of an ``<item>`` that WordPress itself writes."""


class Entry(Struct, frozen=True, kw_only=True):
    """An ``<item>`` of the export."""

    line: int
    number: str
    type: str
    status: str | None
    """Its status; None if the export does not name it."""
    title: str
    link: str
    guid: str
    slug: str
    date: str
    """Date as ``2019-06-15 10:20``, in the time zone of the old site; "" if unknown."""
    moment: datetime | None
    """The same as an exact time, if the export contains it."""
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
    """Custom field → its last value."""
    all_meta: tuple[tuple[str, str], ...] = ()
    """All custom fields, of which some have several values."""
    unknown: tuple[str, ...] = ()
    """Names of elements with text that WordPress itself does not write."""

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
    pairs = [(text_of(e, "{*}meta_key"), text_of(e, "{*}meta_value")) for e in item.findall("{*}postmeta")]
    date, moment = _date(item)
    return Entry(
        line=item.sourceline if isinstance(item.sourceline, int) else 1,
        number=text_of(item, "{*}post_id") or f"line-{item.sourceline}",
        type=text_of(item, "{*}post_type") or "post",
        status=text_of(item, "{*}status") if item.find("{*}status") is not None else None,
        title=unescape(re.sub(r"<[^<>]+>", "", text_of(item, "title"))).strip(),
        link=text_of(item, "link"),
        guid=text_of(item, "guid"),
        slug=unquote(text_of(item, "{*}post_name")),
        date=date,
        moment=moment,
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
        meta=dict(pairs),
        all_meta=tuple(pair for pair in pairs if pair[0] and pair[1]),
        unknown=tuple(_unknown_fields(item)),
    )


def _unknown_fields(item: etree._Element) -> list[str]:
    """Return the names of elements with text that plugins and other programs add."""
    # Not `QName`: it refuses the name of a damaged element, such as "wp:post_wp:status".
    names = [(child.tag.rpartition("}")[2], child) for child in item if isinstance(child.tag, str)]
    return [
        name
        for name, child in names
        if name not in KNOWN_FIELDS and "".join(map(str, child.itertext())).strip()
    ]


def _date(item: etree._Element) -> tuple[str, datetime | None]:
    """Return date and exact time; for an unpublished draft, the date of its last change.

    WordPress writes the time of its own zone, and beside it the same time in UTC.
    """
    for name in ("post_date", "post_modified"):
        local, utc = _time(text_of(item, f"{{*}}{name}")), _time(text_of(item, f"{{*}}{name}_gmt"))
        written = local or utc
        if written:
            is_sure = utc is not None and (local is None or abs(local - utc) <= _MAX_OFFSET)
            return written.strftime("%Y-%m-%d %H:%M"), utc.replace(tzinfo=UTC) if utc and is_sure else None
    first = text_of(item, "{*}post_date")
    return ("" if first.startswith(_NO_DATE) else first), None


def _time(written: str) -> datetime | None:
    if written.startswith(_NO_DATE):
        return None
    try:
        return datetime.fromisoformat(written.strip()).replace(tzinfo=None)
    except ValueError:
        return None
