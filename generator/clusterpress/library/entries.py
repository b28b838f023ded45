"""Entries: items in their place on the site, with their cards and labels."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, Protocol

from msgspec import Struct

from clusterpress.content.items import Item
from clusterpress.library.index_records import IndexRecord, day_of
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.library.publication import State, instant, published_at
from clusterpress.markup.body import Outline
from clusterpress.parsing.values import problem_at
from clusterpress.values.digests import join_digests
from clusterpress.values.kinds import Kind, Taxonomy
from clusterpress.values.problems import Problem, Severity


class Label(Struct, frozen=True, kw_only=True):
    """A name with a link: a term, an item."""

    name: str
    slug: str = ""
    """Slug of the term or item."""
    url: str = ""
    """Path below the site's root without a leading slash; empty if there is no page."""
    lang: str = ""
    """Language of the name, if it differs from the page's."""
    target: str = ""
    """Language of the page, for a section without content in that of the name."""


class TeaserCard(Struct, frozen=True, kw_only=True):
    """A short view of an entry, for lists, neighbours and related links."""

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
    """An event's period in words, if it has no exact dates."""
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
    format: str = ""
    """What kind of text a news item is."""
    state: State = "published"
    """Only previews show other states, and mark them."""
    digest: bytes = b""
    """Digest of all other fields: cards with equal digests look the same."""


class Attachment(NamedTuple):
    """A file that an item links to."""

    path: str
    """Path below the site's root, as it is written in links."""
    type: str
    """Media type."""
    length: int
    """Bytes."""


class Resolved(NamedTuple):
    """What the names and pictures of an item mean on this site."""

    terms: Mapping[Taxonomy, tuple[Label, ...]]
    """Its terms, resolved through aliases; every taxonomy is present, perhaps empty."""
    lead_image: Picture | None
    """The published picture at its head."""
    colour: str
    """Colour of its (first) programme."""
    figures: tuple[tuple[str, Picture], ...]
    """(source as written in the body, published picture) of each figure."""
    translations: tuple[tuple[str, str], ...]
    """(language, path below the root) of all its versions and itself; empty without translations."""
    digest: bytes
    """Digest of everything that a page about the entry shows of it."""
    card_digest: bytes
    """Digest of its card."""
    attachments: tuple[Attachment, ...] = ()
    """The files of this site that it links to or plays, in order."""


class EntryResolver(Protocol):
    """Finds what an entry names."""

    def resolve(self, entry: "Entry", /) -> Resolved:
        """Return what an entry names, apart from links."""

    def resolve_links(self, entry: "Entry", /) -> tuple[tuple[str, str], ...]:
        """Return (target as written, path below the root) for each link that leads somewhere."""


class AlreadyResolved(Struct, frozen=True):
    """The resolver of an entry that was resolved elsewhere, in another process for instance."""

    resolved: Resolved
    targets: tuple[tuple[str, str], ...]

    def resolve(self, _entry: "Entry", /) -> Resolved:
        """Return what the entry names."""
        return self.resolved

    def resolve_links(self, _entry: "Entry", /) -> tuple[tuple[str, str], ...]:
        """Return where its links lead."""
        return self.targets


class Entry(Struct, frozen=True, eq=False, dict=True):
    """An item in its place on the site.

    The values by which lists are sorted and grouped are at hand. The item, its outline, and what its names,
    links and pictures mean are fetched on demand.
    """

    index_record: IndexRecord
    """The item in short."""
    slug: str
    url: str
    """Path below the site's root, without a leading slash: ``news/2019/qoot-in-italy/``."""
    state: State
    item_loader: ItemLoader
    resolver: EntryResolver
    dependency_digest: bytes
    """Digest of the item, and of where its links and pictures lead. While this and `Library.shared_digest`
    are unchanged, so is the whole entry."""
    card_dependency_digest: bytes
    """The same for its card."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and (self.url, self.digest) == (other.url, other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[type["Entry"], tuple[object, ...]]:
        """Pickle the entry with everything it names, without the resolver, which knows the whole site."""
        place = (self.index_record, self.slug, self.url, self.state, self.item_loader)
        resolver = AlreadyResolved(self.resolved, self.targets)
        return type(self), (*place, resolver, self.dependency_digest, self.card_dependency_digest)

    @cached_property
    def resolved(self) -> Resolved:
        """What it names, apart from links."""
        return self.resolver.resolve(self)

    @property
    def terms(self) -> Mapping[Taxonomy, tuple[Label, ...]]:
        """Its terms; every taxonomy is present, perhaps empty."""
        return self.resolved.terms

    @property
    def colour(self) -> str:
        """Colour of its (first) programme."""
        return self.resolved.colour

    @cached_property
    def targets(self) -> tuple[tuple[str, str], ...]:
        """(target as written in body or ``more``, path below the root with fragment) of each valid link."""
        return self.resolver.resolve_links(self)

    @property
    def dead_links(self) -> frozenset[str]:
        """Targets as written that lead nowhere on this site: pages show the words of these links alone."""
        return frozenset(link[0] for link in self.index_record.links) - dict(self.targets).keys()

    @property
    def translations(self) -> tuple[tuple[str, str], ...]:
        """(language, path below the root) of all its versions and itself; empty without translations."""
        return self.resolved.translations

    @property
    def digest(self) -> bytes:
        """Digest of everything that a page about the entry shows of it."""
        return self.resolved.digest

    @property
    def path(self) -> str:
        """Path of its source file."""
        return self.index_record.path

    @property
    def kind(self) -> Kind:
        """Kind of the item."""
        return self.index_record.kind

    @property
    def lang(self) -> str:
        """Language of the item."""
        return self.index_record.lang

    @property
    def title(self) -> str:
        """Title of the item."""
        return self.index_record.title

    @property
    def body(self) -> bytes:
        """Key of the stored `Body`."""
        return self.index_record.body

    @property
    def is_dated(self) -> bool:
        """Whether it is an event with an exact date, as calendars require."""
        teaser = self.index_record.teaser
        return self.kind == "event" and bool(teaser.day) and not teaser.when

    @property
    def item(self) -> Item:
        """The whole item, fetched."""
        return self.item_loader.item(self.index_record.item)

    @property
    def outline(self) -> Outline:
        """The outline of its body, fetched."""
        return self.item_loader.outline(self.index_record.body)

    @property
    def id(self) -> str:
        """Its identifier in feeds: the full address at which it first appeared (an alias, if it moved)."""
        aliases = self.index_record.aliases
        url = self.item_loader.settings.url
        return self.index_record.id or url + (aliases[0].lstrip("/") if aliases else self.url)

    @property
    def picture(self) -> ShownPicture | None:
        """The picture at its head."""
        picture = self.resolved.lead_image
        if picture is None:
            return None
        _, _, alt, caption, credit = self.index_record.lead_images[0]
        return ShownPicture(picture=picture, alt=alt, caption=caption, credit=credit)

    @property
    def published(self) -> datetime:
        """Publication time with zone; for records without a date the epoch."""
        return published_at(self.item, self.item_loader.zone)

    @property
    def updated(self) -> datetime:
        """Last significant change, never before ``published``."""
        published, updated = self.published, self.item.updated
        return max(published, instant(updated, self.item_loader.zone)) if updated else published

    def warning(self, field_name: str, message: str, hint: str) -> Problem:
        """Return a warning about a field of the front matter.

        Args:
            field_name: dotted name of the field.
            message: what is wrong, without a full stop.
            hint: what to do about it, without a full stop.
        """
        return problem_at(field_name, self.item.source.lines, self.path, message, hint, Severity.WARNING)

    @cached_property
    def card(self) -> TeaserCard:
        """Its short view, for lists."""
        index_record, teaser = self.index_record, self.index_record.teaser
        return TeaserCard(
            kind=index_record.kind,
            title=index_record.title,
            url=self.url,
            lang=index_record.lang,
            day=day_of(teaser.day),
            last_day=day_of(teaser.last_day),
            when=teaser.when,
            summary=teaser.summary,
            picture=self.picture,
            programmes=self.terms["programmes"],
            colour=self.colour,
            place=teaser.place,
            country=teaser.country,
            number=teaser.number,
            role=teaser.role,
            sectors=teaser.sectors,
            cancelled=teaser.cancelled,
            format=teaser.format,
            state=self.state,
            digest=self.resolved.card_digest,
        )


class TeaserCards:
    """The cards of some entries, made on demand; the digest covers all cards."""

    __slots__ = ("_entries", "digest")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = tuple(entries)
        cards = [entry.resolved.card_digest for entry in self._entries]
        self.digest = cards[0] if len(cards) == 1 else join_digests(cards)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[TeaserCard]:
        return (entry.card for entry in self._entries)

    @property
    def first(self) -> TeaserCard | None:
        """The first card, or None when there is none."""
        return self._entries[0].card if self._entries else None
