"""OPML 2.0 (https://opml.org/spec2.opml): all feeds of the site in one file that readers can import."""

from collections.abc import Callable, Iterable
from xml.etree import ElementTree as ET

from clusterpress.feeds.views import SiteView, TopicView, feed_path
from clusterpress.theme.languages import own_name


def write(feeds: Iterable[TopicView], site: SiteView) -> bytes:
    """Return the list of feeds, grouped by language (if there are several) and by kind."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = site.name
    ET.SubElement(head, "ownerName").text = site.publisher
    ET.SubElement(head, "docs").text = "https://opml.org/spec2.opml"
    body = ET.SubElement(root, "body")
    languages = _group_by(feeds, lambda feed: feed.lang)
    for lang, members in languages.items():
        _add_kinds(_group(body, own_name(lang)) if len(languages) > 1 else body, members, site)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _group_by(feeds: Iterable[TopicView], key: Callable[[TopicView], str]) -> dict[str, list[TopicView]]:
    """Return key → feeds, both in order of appearance."""
    groups: dict[str, list[TopicView]] = {}
    for feed in feeds:
        groups.setdefault(key(feed), []).append(feed)
    return groups


def _group(parent: ET.Element, text: str) -> ET.Element:
    return ET.SubElement(parent, "outline", text=text)


def _add_kinds(parent: ET.Element, feeds: Iterable[TopicView], site: SiteView) -> None:
    """Add the feeds of one language; a kind with several feeds becomes a group."""
    for kind, members in _group_by(feeds, lambda feed: feed.kind).items():
        place = _group(parent, kind.capitalize()) if len(members) > 1 else parent
        for feed in members:
            _add_feed(place, feed, site)


def _add_feed(parent: ET.Element, feed: TopicView, site: SiteView) -> None:
    ET.SubElement(
        parent,
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
