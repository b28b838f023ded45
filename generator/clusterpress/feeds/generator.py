"""RSS 2.0 and Atom by feedgen, which only this module uses.

feedgen 1.0.0 has faults that show in every feed. The two classes of repairs below correct them through its
public hook for extensions:

- entries' Atom links lose ``rel``, ``type`` and ``length``;
- ``lastBuildDate`` and ``updated`` are "now" unless given, and cannot be unset.

It also takes the channel's link from the *last* link given, puts new entries first, and requires an e-mail
address for RSS ``author``: hence the order of calls, ``order="append"`` and ``dc:creator``.
"""

from collections.abc import Iterable, Sequence
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
"""The date of a feed without entries: Atom requires one (RFC 4287, 4.1.1)."""
_CACHE_SIZE = 1024
"""Elements of entries kept in memory: topics share their newest entries."""
_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


class _FeedRepairs:
    """Repairs a whole feed."""

    lang = ""
    dated = True

    def extend_ns(self) -> dict[str, str]:
        """No namespaces."""
        return {}

    def extend_rss(self, rss: Any) -> None:
        """Give the language where style sheets can read it; remove an invented build date."""
        rss.set(_LANG, self.lang)
        if not self.dated:
            channel = rss[0]
            channel.remove(channel.find("lastBuildDate"))

    def extend_atom(self, feed: Any) -> None:
        """Nothing to repair."""


class _EntryRepairs:
    """Repairs an entry."""

    lang = ""
    links: Sequence[dict[str, str]] = ()

    def extend_rss(self, item: Any) -> None:
        """Nothing to repair."""

    def extend_atom(self, entry: Any) -> None:
        """Restore the attributes of the links; give the language of the entry."""
        entry.set(_LANG, self.lang)
        for element, link in zip(entry.findall("link"), self.links, strict=True):
            element.attrib.update(link)


def write(kind: Literal["rss", "atom"], feed: FeedView, site: SiteView, texts: Iterable[str]) -> bytes:
    """Return a feed.

    Args:
        kind: the format.
        feed: the topic with its entries.
        site: the site.
        texts: HTML of each entry in the same order; empty for none.
    """
    generator = _start(kind, feed, site)
    for view, text in zip(feed.entries, texts, strict=True):
        generator.add_entry(_CachedEntry(_make_element(kind, view, text, site)), order="append")
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
    """An entry as feedgen takes it, already made, perhaps for another topic."""

    def __init__(self, element: Any) -> None:
        self._element = element

    def register_extension(self, *_: object) -> None:
        """Nothing: its extensions have done their work."""

    def rss_entry(self) -> Any:
        """Return its element for one feed."""
        return deepcopy(self._element)

    atom_entry = rss_entry


@lru_cache(maxsize=_CACHE_SIZE)
def _make_element(kind: Literal["rss", "atom"], view: EntryView, text: str, site: SiteView) -> Any:
    """Return the element of an entry, the same for all topics that have it among their newest."""
    made, entry = FeedEntry(), view.entry
    made.register_extension("dc", DcEntryExtension, atom=False)
    made.register_extension("repairs", _EntryRepairs)
    made.id(entry.id)
    made.title(view.title)
    made.published(entry.published)
    made.updated(entry.updated)
    # Readers take RSS descriptions for HTML, so that plain text is escaped there.
    if summary := escape(view.summary, quote=False) if kind == "rss" else view.summary:
        made.summary(summary)
    if text:
        made.content(text, type="html")
    for author in view.authors:
        made.author({"name": author.name} | ({"uri": site.url + author.url} if author.url else {}))
    made.dc.dc_creator([author.name for author in view.authors])
    # All at once: feedgen goes through the earlier ones each time.
    made.category(
        [
            {"term": label.slug or label.name, "label": label.name, "scheme": f"{site.url}{taxonomy}/"}
            for taxonomy, label in view.categories
        ]
    )
    links = [{"href": site.url + entry.url, "rel": "alternate", "type": "text/html", "hreflang": entry.lang}]
    for file in view.files[:1]:  # an entry of RSS has room for one file
        enclosure = {"rel": "enclosure", "type": file.type, "length": str(file.length)}
        links.append({"href": site.url + file.path, **enclosure})
    made.link([dict(link) for link in links])
    made.repairs.lang = entry.lang
    made.repairs.links = links
    return made.rss_entry() if kind == "rss" else made.atom_entry()
