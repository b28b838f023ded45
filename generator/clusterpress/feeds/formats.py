"""The formats: RSS 2.0 and Atom by feedgen, which only this module uses, JSON Feed, and OPML.

feedgen 1.0.0 has faults that show in every feed. The two classes of repairs below correct them through its
public hook for extensions:

- entries' Atom links lose ``rel``, ``type`` and ``length``;
- ``lastBuildDate`` and ``updated`` are "now" unless given, and cannot be unset.

It also takes the channel's link from the *last* link given, puts new entries first, and requires an e-mail
address for RSS ``author``: hence the order of calls, ``order="append"`` and ``dc:creator``.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from functools import partial
from html import escape
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple
from xml.etree import ElementTree as ET

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator

from clusterpress.feeds.views import STYLE, EntryView, SiteView, TopicView, feed_path
from clusterpress.theme.addresses import absolute
from clusterpress.theme.languages import own_name

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_PLACEHOLDER_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a feed without entries: Atom requires one (RFC 4287, 4.1.1)."""


class WrittenEntry(NamedTuple):
    """An entry in one format, the same for all topics that have it among their newest."""

    updated: datetime
    content: Any
    """Text of JSON, or the element of RSS or Atom, of which each feed takes a copy."""


Entries = Sequence[WrittenEntry]
_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


class _FeedRepairs(BaseExtension):  # type: ignore[misc]
    lang = ""
    hub = ""
    dated = True

    def extend_rss(self, rss: Any) -> None:
        """Give the language where style sheets can read it, and the hub; remove an invented build date."""
        rss.set(_LANG, self.lang)
        if self.hub:  # feedgen writes no link but that of the feed itself
            link = rss[0].makeelement(_ATOM_LINK, {"rel": "hub", "href": self.hub})
            rss[0].find(_ATOM_LINK).addnext(link)
        if not self.dated:
            channel = rss[0]
            channel.remove(channel.find("lastBuildDate"))


class _EntryRepairs(BaseEntryExtension):  # type: ignore[misc]
    lang = ""
    links: Sequence[dict[str, str]] = ()

    def extend_atom(self, entry: Any) -> None:
        """Restore the attributes of the links; give the language of the entry."""
        entry.set(_LANG, self.lang)
        for element, link in zip(entry.findall("link"), self.links, strict=True):
            element.attrib.update(link)


def write_xml(kind: Literal["rss", "atom"], topic: TopicView, entries: Entries, site: SiteView) -> bytes:
    """Return a feed as RSS 2.0 or Atom.

    Args:
        kind: the format.
        topic: the topic.
        entries: its entries, made by ``make_element`` for this format, newest first.
        site: the site.
    """
    updated = max((written.updated for written in entries), default=None)
    generator = _start(kind, topic, updated, site)
    for written in entries:
        # feedgen takes anything with these methods: the element may have been made for another topic.
        made = partial(deepcopy, written.content)
        entry = SimpleNamespace(register_extension=lambda *_: None, rss_entry=made, atom_entry=made)
        generator.add_entry(entry, order="append")
    write = generator.rss_str if kind == "rss" else generator.atom_str
    style = escape(site.root + STYLE)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/css" href="{style}"?>\n'
    return head.encode() + bytes(write(pretty=True, xml_declaration=False))


def _start(kind: Literal["rss", "atom"], topic: TopicView, updated: datetime | None, site: SiteView) -> Any:
    page = site.url + topic.url
    generator = FeedGenerator()
    generator.register_extension("dc", DcExtension, DcEntryExtension, atom=False)
    generator.register_extension("repairs", _FeedRepairs, _EntryRepairs)
    generator.repairs.lang = topic.lang
    generator.repairs.dated = updated is not None
    generator.id(page)
    generator.title(topic.title)
    generator.description(topic.about)
    generator.language(topic.lang)
    generator.updated(updated or _PLACEHOLDER_DATE)
    generator.generator("clusterpress")
    generator.docs("https://www.rssboard.org/rss-specification")
    generator.author(name=site.publisher, uri=site.url)
    generator.link(href=site.url + feed_path(topic.url, kind), rel="self", type=_TYPES[kind])
    if site.hub:  # WebSub, W3C Recommendation, 4: discovery
        generator.repairs.hub = site.hub
        generator.link(href=site.hub, rel="hub")
    generator.link(href=page, rel="alternate", type="text/html", hreflang=topic.lang)
    return generator


def make_element(kind: Literal["rss", "atom"], view: EntryView, text: str, site: SiteView) -> WrittenEntry:
    """Return an entry as an element of RSS or Atom.

    Args:
        kind: the format.
        view: the entry.
        text: its whole text as HTML; empty in a feed of summaries.
        site: the site.
    """
    made, entry = FeedEntry(), view.entry
    made.register_extension("dc", DcEntryExtension, atom=False)
    made.register_extension("repairs", _EntryRepairs)
    made.id(entry.id)
    made.title(view.title)
    made.published(view.published)
    made.updated(view.updated)
    # Readers take RSS descriptions for HTML, so that plain text is escaped there.
    if summary := escape(view.summary, quote=False) if kind == "rss" else view.summary:
        made.summary(summary)
    if text:
        made.content(text, type="html")
    for author in view.authors:
        made.author({"name": author.name} | ({"uri": site.url + author.url} if author.url else {}))
    made.dc.dc_creator([author.name for author in view.authors])
    categories = [
        {"term": label.slug or label.name, "label": label.name, "scheme": f"{site.url}{taxonomy}/"}
        for taxonomy, label in view.categories
    ]
    made.category(categories)  # all at once: feedgen goes through the earlier ones each time
    links = [{"href": site.url + entry.url, "rel": "alternate", "type": "text/html", "hreflang": entry.lang}]
    # An entry of RSS has room for one file; readers of Atom take every picture for a file to download.
    others = [file for file in view.files[1:] if kind == "atom" and not file.type.startswith("image/")]
    for file in (*view.files[:1], *others):
        enclosure = {"rel": "enclosure", "type": file.type, "length": str(file.length)}
        links.append({"href": site.url + file.path, **enclosure})
    made.link([dict(link) for link in links])
    made.repairs.lang = entry.lang
    made.repairs.links = links
    return WrittenEntry(view.updated, made.rss_entry() if kind == "rss" else made.atom_entry())


def write_json(topic: TopicView, entries: Entries, site: SiteView) -> bytes:
    """Return a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

    Args:
        topic: the topic.
        entries: its entries, made by ``make_json_item``, newest first.
        site: the site.
    """
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": topic.title,
        "home_page_url": site.url + topic.url,
        "feed_url": site.url + feed_path(topic.url, "json"),
        "description": topic.about,
        "language": topic.lang,
        "authors": [{"name": site.publisher, "url": site.url}],
        **({"hubs": [{"type": "WebSub", "url": site.hub}]} if site.hub else {}),
    }
    items = ",\n  ".join(written.content for written in entries)
    listed = f"\n  {items}\n " if items else ""
    head = _write(made).removesuffix("\n}")
    return f'{head},\n "items": [{listed}]\n}}\n'.encode()


def _write(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def make_json_item(view: EntryView, text: str, site: SiteView) -> WrittenEntry:
    """Return an entry as an item of JSON Feed; for the arguments, see `make_element`."""
    entry, picture = view.entry, view.entry.picture
    # One of the two is required.
    content = {"content_html": text} if text else {"content_text": view.summary or view.title}
    item = {
        "id": entry.id,
        "url": site.url + entry.url,
        "title": view.title,
        **content,
        "summary": view.summary,
        "date_published": view.published.isoformat(),
        "date_modified": view.updated.isoformat(),
        "language": entry.lang,
        "authors": [
            {"name": author.name} | ({"url": site.url + author.url} if author.url else {})
            for author in view.authors
        ],
        "tags": list(dict.fromkeys(label.name for _, label in view.categories)),
        "image": absolute(picture.picture.url, site.url) if picture else "",
        "attachments": [
            {"url": site.url + file.path, "mime_type": file.type, "size_in_bytes": file.length}
            for file in view.files
        ],
    }
    # Line ends within texts are escaped.
    written = _write({key: value for key, value in item.items() if value}).replace("\n", "\n  ")
    return WrittenEntry(view.updated, written)


def write_opml(feeds: Iterable[TopicView], site: SiteView) -> bytes:
    """Return the list of feeds as OPML 2.0 (https://opml.org/spec2.opml), which readers can import.

    Several languages are groups, and so are several feeds of one kind.
    """
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = site.name
    ET.SubElement(head, "ownerName").text = site.publisher
    ET.SubElement(head, "docs").text = "https://opml.org/spec2.opml"
    body = ET.SubElement(root, "body")
    languages = _group_by(feeds, lambda feed: feed.lang)
    for lang, members in languages.items():
        parent = ET.SubElement(body, "outline", text=own_name(lang)) if len(languages) > 1 else body
        for kind, alike in _group_by(members, lambda feed: feed.kind).items():
            place = ET.SubElement(parent, "outline", text=kind.capitalize()) if len(alike) > 1 else parent
            for feed in alike:
                ET.SubElement(
                    place,
                    "outline",
                    type="rss",
                    version="RSS2",
                    text=feed.title,
                    title=feed.title,
                    description=feed.description,
                    language=feed.lang,
                    htmlUrl=site.url + feed.url,
                    xmlUrl=site.url + feed_path(feed.url, "rss"),
                )
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _group_by(feeds: Iterable[TopicView], key: Callable[[TopicView], str]) -> dict[str, list[TopicView]]:
    """Return key → feeds, both in order of appearance."""
    groups: dict[str, list[TopicView]] = {}
    for feed in feeds:
        groups.setdefault(key(feed), []).append(feed)
    return groups
