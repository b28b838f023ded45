"""Views: where feeds lie, and what they show of the site, a topic and an entry, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, Label
from clusterpress.library.topics import FeedTopic
from clusterpress.values.characters import one_line, strip_forbidden
from clusterpress.values.kinds import CATEGORIES, Taxonomy
from clusterpress.values.media_types import is_playable

Format = Literal["rss", "atom", "json"]
"""RSS 2.0, Atom, JSON Feed 1.1."""

NAMES: Mapping[Format, str] = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
"""Format → file name."""
OPML = "feeds/feeds.opml"
"""The list of all feeds, below the site's root."""
STYLE = "feeds/feed.css"
"""The style sheet of RSS and Atom, below the site's root."""


class SiteView(Struct, frozen=True, kw_only=True):
    """The site, as its feeds show it."""

    name: str
    url: str
    """Its address, with a slash at the end."""
    root: str
    """The path of the site on its server, with slashes at both ends."""
    publisher: str
    """The author of entries that name none."""
    hub: str = ""
    """Address of the WebSub hub that tells readers of changes."""


class PrintedPage(Struct, frozen=True, kw_only=True):
    """A page of the site that exists as a file, too."""

    page: str
    """Path of the page below the root."""
    path: str
    """Path of the file below the root."""
    type: str
    """Media type."""
    fingerprint: bytes
    """Digest of everything that the file's bytes depend on."""


class Attachment(Struct, frozen=True, kw_only=True):
    """A file that an entry offers to download."""

    path: str
    """Path below the root."""
    type: str
    length: int
    """Bytes."""


class EntryView(Struct, frozen=True, kw_only=True, eq=False):
    """An entry, as feeds show it; the texts given here hold nothing that XML forbids."""

    entry: Entry
    title: str
    summary: str
    """Plain text."""
    published: datetime
    """When readers could first see it, so that none misses the end of an embargo."""
    updated: datetime
    """When it last changed, never before ``published``."""
    authors: tuple[Label, ...]
    categories: tuple[tuple[Taxonomy, Label], ...]
    files: tuple[Attachment, ...]
    """Files to fetch, the most important first: the entry as a file, such as the PDF of an issue, sound and
    film, its picture, other files."""


class TopicView(Struct, frozen=True, kw_only=True):
    """A topic, as the heads of its three feeds and the list of all feeds show it."""

    title: str
    description: str
    """May be empty."""
    lang: str
    kind: str
    url: str
    """Path of the topic's page below the root; the feeds lie beside it."""
    full_text: bool
    """Whether entries carry their whole text."""

    @property
    def about(self) -> str:
        """The description, or else the title: RSS 2.0 requires a text."""
        return self.description or self.title


def feed_path(url: str, kind: Format) -> str:
    """Return the path of a feed below the root: it lies beside the topic's page ``url``."""
    return url + NAMES[kind]


def view_site(settings: Settings) -> SiteView:
    """Return what feeds show of the site."""
    return SiteView(
        name=one_line(settings.name),
        url=settings.url,
        root=settings.root,
        publisher=one_line(settings.publisher or settings.name),
        hub=settings.feeds.hub,
    )


def view_topic(topic: FeedTopic, settings: Settings) -> TopicView:
    """Return what feeds say of a topic."""
    return TopicView(
        title=one_line(topic.title) or one_line(settings.name),
        description=one_line(topic.description),
        lang=topic.lang,
        kind=topic.kind,
        url=topic.url,
        full_text=settings.feeds.full_text,
    )


def view_entry(entry: Entry, cancelled: str = "", changed: datetime | None = None) -> EntryView:
    """Return what feeds show of an entry.

    Args:
        entry: the entry.
        cancelled: the word for a cancelled event, which stands before its title; empty if it is none.
        changed: when readers were last told something new of an event, if that is known.
    """
    title = one_line(entry.title) or entry.slug
    moments = filter(None, (entry.appeared, entry.updated, changed))
    return EntryView(
        entry=entry,
        title=f"{cancelled}: {title}" if cancelled else title,
        summary=strip_forbidden(entry.card.summary).strip(),
        published=entry.appeared,
        updated=max(moments),
        authors=tuple(_labels(entry, "authors")),
        categories=tuple((taxonomy, label) for taxonomy in CATEGORIES for label in _labels(entry, taxonomy)),
        files=tuple(_files(entry)),
    )


def _files(entry: Entry) -> Iterator[Attachment]:
    """Yield the files of an entry: sound and film, its picture, then the others that it links to."""
    linked = [
        Attachment(path=file.path, type=file.type, length=file.length) for file in entry.resolved.attachments
    ]
    yield from (file for file in linked if is_playable(file.type))
    # Of a picture on another site, the length that enclosures need is not known.
    if entry.picture and not (picture := entry.picture.picture).is_remote:
        yield Attachment(path=picture.url, type=picture.type, length=picture.length)
    yield from (file for file in linked if not is_playable(file.type))


def _labels(entry: Entry, taxonomy: Taxonomy) -> Iterable[Label]:
    """Yield the entry's terms of a taxonomy, except for those without a name that can be shown."""
    for label in entry.terms.get(taxonomy, ()):
        if name := one_line(label.name):
            yield label if name == label.name else replace(label, name=name)
