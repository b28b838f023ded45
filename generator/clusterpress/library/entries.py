"""What the library makes of items: entries with their place in the site, cards for lists, terms, pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from clusterpress.content.items import Item
from clusterpress.library.visibility import State
from clusterpress.markup import Outline

Taxonomy = Literal["programmes", "clusters", "partners", "authors", "tags"]
"""The ways in which items are grouped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A published picture: without metadata, upright, never the original file."""

    source: str
    """The original, relative to the project's root."""
    url: str
    """Path below the site's root, without a leading slash: ``media/milan.3f2a9c01.jpg``."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    type: str
    """Media type: ``image/jpeg``."""
    length: int
    """Bytes of the published file."""
    still: bool = True
    """Whether it does not move."""
    key: bytes
    """Key of the stored value that holds the published bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """A picture with the words that belong to it in one place."""

    picture: Picture
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name that leads somewhere: a term, an item."""

    name: str
    slug: str = ""
    """Slug of the term or item."""
    url: str = ""
    """Path below the site's root without a leading slash; empty when there is nothing to lead to."""
    lang: str = ""
    """Language of the name when it is not the page's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The small view of an entry that lists, neighbours and related links show."""

    kind: str
    title: str
    url: str
    """Path below the site's root, without a leading slash."""
    lang: str
    day: date | None = None
    """Publication day, or first day of an event."""
    last_day: date | None = None
    """Last day of an event."""
    when: str = ""
    """An event's period in words, when it has no exact dates."""
    summary: str = ""
    """Standfirst, or the excerpt of the body."""
    picture: ShownPicture | None = None
    programmes: tuple[Label, ...] = ()
    colour: str = ""
    """Colour of the (first) programme."""
    place: str = ""
    country: str = ""
    number: str = ""
    """PP8 of a partner, 3 of an issue."""
    role: str = ""
    sectors: tuple[str, ...] = ()
    cancelled: bool = False
    draft: bool = False
    """Shown only in previews."""
    state: State = "published"
    """Any other state is shown only in previews, and marked there."""
    digest: bytes = b""
    """Digest of all other fields: two equal cards look equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item in its place."""

    item: Item
    slug: str
    lang: str
    url: str
    """Path below the site's root, without a leading slash: ``news/2019/qoot-in-italy/``."""
    id: str
    """Its name in feeds: the full address under which it first appeared (its first alias, if it moved)."""
    terms: Mapping[Taxonomy, tuple[Label, ...]]
    """The terms it belongs to, resolved through aliases; every taxonomy is there, perhaps empty."""
    body: bytes
    """Key of the stored `Body`."""
    outline: Outline
    card: Card
    picture: ShownPicture | None
    """The picture at its head."""
    published: datetime
    """Publication time with zone; for records without a date the epoch."""
    updated: datetime
    """Last change worth telling, never before ``published``."""
    targets: tuple[tuple[str, str], ...] = ()
    """Link target as written in body or ``more`` → path below the root with its fragment."""
    figures: tuple[tuple[str, Picture], ...] = ()
    """Picture source as written in the body → published picture."""
    translations: tuple[tuple[str, str], ...] = ()
    """(language, path below the root) of the same item in other languages, and itself, if there is any."""
    digest: bytes = b""
    """Digest of all that a reader of the whole entry sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A programme, cluster, partner, author or tag and the entries that belong to it, in one language."""

    taxonomy: Taxonomy
    slug: str
    name: str
    url: str
    """Path below the site's root, without a leading slash: ``programmes/the-next-society/``."""
    lang: str
    record: Entry | None = None
    """Its own item; None for tags and free names."""
    news: tuple[Entry, ...] = ()
    """News of this language, newest first."""
    events: tuple[Entry, ...] = ()
    """Events of this language, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTopic:
    """Something readers can follow: the site, a section or a term, in one language."""

    title: str
    description: str
    lang: str
    url: str
    """Path of its page below the root; feed.xml, atom.xml and feed.json lie beside it."""
    entries: tuple[Entry, ...]
    """Newest first, cut to the limit of the settings."""
    kind: str = field(default="site")
    """``site``, ``news``, ``events``, or a taxonomy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTopic:
    """Events that readers can take into their own calendars, in one language."""

    title: str
    """What calendar programs call it."""
    lang: str
    path: str
    """Path of the calendar below the root: ``programmes/the-next-society/events.ics``."""
    entries: tuple[Entry, ...]
    """Events, in any order; those without an exact date are left out of the calendar."""
