"""RSS 2.0 and Atom through feedgen, the only module that knows it.

feedgen 1.0.0 has faults that show in every feed; the classes of repairs below mend them through its public
hook for extensions:

- entries' Atom links lose ``rel``, ``type`` and ``length``;
- ``lastBuildDate`` and ``updated`` are "now" unless given, and cannot be unset.

It also takes the channel's link from the *last* link given, puts new entries first, and wants an e-mail
address for RSS ``author``; the order of calls, ``order="append"`` and ``dc:creator`` answer that.
"""

from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import Any, Literal

from feedgen.entry import FeedEntry
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator

from clusterpress.feeds.views import STYLE, EntryView, FeedView, SiteView, feed_path

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PLACEHOLDER_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Atom (RFC 4287, 4.1.1) wants a date of a feed without entries, too."""
_CACHE_SIZE = 1024
"""Elements of entries kept: topics share their newest entries."""
_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


class _FeedRepairs:
    """Mends a whole feed."""

    lang = ""
    dated = True

    def extend_ns(self) -> dict[str, str]:
        """No namespaces."""
        return {}

    def extend_rss(self, rss: Any) -> None:
        """Say the language where style sheets can read it; take an invented build date away."""
        rss.set(_LANG, self.lang)
        if not self.dated:
            channel = rss[0]
            channel.remove(channel.find("lastBuildDate"))

    def extend_atom(self, feed: Any) -> None:
        """Nothing to mend."""


class _EntryRepairs:
    """Mends an entry."""

    lang = ""
    links: tuple[dict[str, str], ...] = ()

    def extend_rss(self, item: Any) -> None:
        """Nothing to mend."""

    def extend_atom(self, entry: Any) -> None:
        """Give the links their attributes back, and the entry its language."""
        entry.set(_LANG, self.lang)
        for element, link in zip(entry.findall("link"), self.links, strict=True):
            element.attrib.update(link)


def write(kind: Literal["rss", "atom"], feed: FeedView, site: SiteView, texts: Iterable[str]) -> bytes:
    """Return a feed.

    Args:
        kind: which of the two formats.
        feed: the topic.
        site: the site.
        texts: HTML of each entry in order; empty where there is none to show.
    """
    generator = _start(kind, feed, site)
    for entry, text in zip(feed.entries, texts, strict=True):
        generator.add_entry(_CachedEntry(kind, entry, text, site), order="append")
    xml: bytes = (generator.rss_str if kind == "rss" else generator.atom_str)(
        pretty=True, xml_declaration=False
    )
    style = escape(site.root + STYLE)
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        + f'<?xml-stylesheet type="text/css" href="{style}"?>\n'.encode()
        + xml
    )


def _start(kind: Literal["rss", "atom"], feed: FeedView, site: SiteView) -> Any:
    page = site.url + feed.topic.url
    generator = FeedGenerator()
    generator.register_extension("dc", DcExtension, DcEntryExtension, atom=False)
    generator.register_extension("repairs", _FeedRepairs, _EntryRepairs)
    generator.repairs.lang = feed.topic.lang
    generator.repairs.dated = feed.updated is not None
    generator.id(page)
    generator.title(feed.topic.title)
    generator.description(feed.topic.about)
    generator.language(feed.topic.lang)
    generator.updated(feed.updated or _PLACEHOLDER_DATE)
    generator.generator("clusterpress")
    generator.docs("https://www.rssboard.org/rss-specification")
    generator.author(name=site.publisher, uri=site.url)
    generator.link(href=site.url + feed_path(feed.topic.url, kind), rel="self", type=_TYPES[kind])
    generator.link(href=page, rel="alternate", type="text/html", hreflang=feed.topic.lang)
    return generator


class _CachedEntry:
    """An entry as feedgen takes it, which was made before for another topic or is made now."""

    def __init__(self, kind: Literal["rss", "atom"], entry: EntryView, text: str, site: SiteView) -> None:
        self._element = _make_element(kind, entry, text, site)

    def register_extension(self, *_: object) -> None:
        """Nothing: whatever extends it has been at work."""

    def rss_entry(self) -> Any:
        """Return its element for one feed."""
        return deepcopy(self._element)

    atom_entry = rss_entry


@lru_cache(maxsize=_CACHE_SIZE)
def _make_element(kind: Literal["rss", "atom"], entry: EntryView, text: str, site: SiteView) -> Any:
    """Return the element of an entry, the same for all topics that have it among their newest."""
    made = FeedEntry()
    made.register_extension("dc", DcEntryExtension, atom=False)
    made.register_extension("repairs", _EntryRepairs)
    made.id(entry.id)
    made.title(entry.title)
    made.published(entry.published)
    made.updated(entry.updated)
    # Readers take RSS descriptions for HTML, so that plain text is escaped there.
    if summary := escape(entry.summary, quote=False) if kind == "rss" else entry.summary:
        made.summary(summary)
    if text:
        made.content(text, type="html")
    for author in entry.authors:
        made.author({"name": author.name} | ({"uri": site.url + author.url} if author.url else {}))
    made.dc.dc_creator([author.name for author in entry.authors])
    # All at once: feedgen goes through those before each time.
    made.category(
        [
            {"term": label.slug or label.name, "label": label.name, "scheme": f"{site.url}{taxonomy}/"}
            for taxonomy, label in entry.categories
        ]
    )
    links = _links(entry, site)
    made.link([dict(link) for link in links])
    made.repairs.lang = entry.lang
    made.repairs.links = links
    return made.rss_entry() if kind == "rss" else made.atom_entry()


def _links(entry: EntryView, site: SiteView) -> tuple[dict[str, str], ...]:
    page = {"href": site.url + entry.url, "rel": "alternate", "type": "text/html", "hreflang": entry.lang}
    # An entry of RSS has room for one file.
    if file := entry.file:
        enclosure = {"rel": "enclosure", "type": file.type, "length": str(file.length)}
        return page, {"href": site.url + file.path, **enclosure}
    if not entry.picture:
        return (page,)
    picture = entry.picture.picture
    enclosure = {"rel": "enclosure", "type": picture.type, "length": str(picture.length)}
    return page, {"href": site.url + picture.url, **enclosure}
