"""Items: one dataclass for each kind; fields are front-matter keys, the text under a field documents it.

Items are frozen and hold only what their own file says. Names of other items (a programme, an author) stay
as written; `clusterpress.library` finds out whom they mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal

from clusterpress.funding.record import Funding
from clusterpress.values.kinds import Kind

Names = tuple[str, ...]
"""Names as written; one name or a list in front matter."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written: a day, perhaps with a time."""

    day: date
    """The day, in the zone in which it was written."""
    at: datetime | None = None
    """The exact time with its zone, when a time was given."""

    @property
    def iso(self) -> str:
        """ISO 8601: ``2019-06-15``, or with time and zone."""
        return self.at.isoformat() if self.at else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time known only roughly, such as "beginning of April 2012"."""

    text: str
    """As written."""
    first: date
    """The earliest day it can mean."""
    last: date
    """The latest day it can mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of an item."""

    src: str
    """File beside the item, path from the item, or ``/path`` from content/static/."""
    alt: str = ""
    """What it shows, for those who do not see it."""
    caption: str = ""
    """The line under it."""
    credit: str = ""
    """Who made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A labelled link."""

    label: str
    """Its words."""
    url: str
    """A full address, a path of this site, or a path from the item to another source file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact card."""

    name: str = ""
    """A person or department."""
    email: str = ""
    """E-mail address."""
    phone: str = ""
    """International form: +39 224126540."""
    fax: str = ""
    """International form."""
    web: str = ""
    """Web address."""
    street: str = ""
    """Street and number."""
    postcode: str = ""
    """Post code."""
    city: str = ""
    """Town."""
    region: str = ""
    """Province or region."""
    country: str = ""
    """Country name or ISO 3166 code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an item comes from."""

    path: str
    """File relative to the project's root, with forward slashes: ``content/news/2019/x.md``."""
    digest: bytes
    """Digest of the file's bytes."""
    body: str = field(repr=False)
    """The Markdown text after the front matter, newlines as ``\\n``, without a first H1 taken as title."""
    body_line: int = 1
    """The line of the file on which the body begins."""
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict, repr=False)
    """Front-matter key → (line, column); elements of lists and mappings as ``cluster.0``, ``image.alt``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every kind has."""

    kind: ClassVar[Kind]

    source: Source
    """The file."""
    title: str
    """Required; if the body starts with ``# …`` that is taken."""
    slug: str = ""
    """Last part of the URL; made from the file's name when not given."""
    summary: str = ""
    """Standfirst: one or two sentences; not printed twice if the body starts with the same text."""
    image: Image | None = None
    """The picture at its head."""
    tags: Names = ()
    """Free keywords."""
    lang: str = ""
    """Language code; the site's first language when not given."""
    translation_of: str = ""
    """Slug, or source path, of the item in the site's first language that this one translates."""
    draft: bool = False
    """Drafts are published nowhere."""
    publish: Moment | None = None
    """Embargo: published nowhere before this time (the site's zone)."""
    expires: Moment | None = None
    """Published nowhere from this time on."""
    updated: Moment | None = None
    """Last change worth telling readers."""
    aliases: Names = ()
    """Old paths that lead here."""
    more: tuple[Link, ...] = ()
    """Links to read on: ``[{label: Learn more, url: …}]``."""
    id: str = ""
    """Identifier in feeds, for an item that moved without an alias."""
    unknown: Mapping[str, str] = field(default_factory=dict)
    """Keys we do not know, as text; kept for templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News(Item):
    """A news item."""

    kind: ClassVar[Kind] = "news"

    date: Moment
    """Publication date, in any form; the file's name may begin with it instead."""
    programme: Names = ()
    """Programmes it belongs to."""
    cluster: Names = ()
    """Clusters it concerns."""
    partners: Names = ()
    """Partners it comes from, by slug, name or number (PP8)."""
    author: Names = ()
    """Records of authors, clusters or partners, or free names."""
    event: Names = ()
    """Events it reports on."""
    pinned: bool = False
    """Kept at the top of the home page."""
    hashtags: Names = ()
    """Hashtags to share it with."""
    byline: Literal["", "dateline", "by", "submitted"] = ""
    """``dateline``: date above the title; ``by``: date, then "By …"; ``submitted``: "Submitted by … on …"."""
    sectors: Names = ()
    """Industrial sectors."""
    countries: Names = ()
    """Countries concerned."""
    audience: Names = ()
    """Whom it is for, in the words of the report to the funder: SMEs, policy makers, general public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Item):
    """An event: with exact dates, or with a period in words."""

    kind: ClassVar[Kind] = "event"

    date: Moment | None = None
    """The day it was announced: feeds tell subscribers of it from then on."""
    start: Moment | None = None
    """First day or exact start."""
    end: Moment | None = None
    """Last day or exact end."""
    when: Period | None = None
    """Instead of start: "June 2012", "beginning of April 2012"."""
    time_zone: str = ""
    """Zone of the times; the site's when not given."""
    place: str = ""
    """Town, and venue if known."""
    country: str = ""
    """Country."""
    address: str = ""
    """Street address of the venue."""
    online: bool = False
    """Whether it takes place on the web."""
    url: str = ""
    """The event's own page."""
    organiser: Names = ()
    """Who organises it."""
    programme: Names = ()
    """Programmes it belongs to."""
    cluster: Names = ()
    """Clusters it concerns."""
    partners: Names = ()
    """Partners that host it."""
    sectors: Names = ()
    """Industrial sectors."""
    cancelled: bool = False
    """Whether it was called off."""
    audience: Names = ()
    """Whom it is for, in the words of the report to the funder: SMEs, policy makers, general public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Item):
    """A programme that pays for news: kept once, shown with each of its items."""

    kind: ClassVar[Kind] = "programme"

    names: Names = ()
    """Other ways to write its name."""
    short: str = ""
    """Short name for chips and feeds."""
    period: str = ""
    """From when to when: 2017-2020."""
    launcher: str = ""
    """Who launched or leads it."""
    partner: str = ""
    """Exclusive or national partner, in words."""
    budget: str = ""
    """Total budget, in words: EUR 7.8 million."""
    eu_share: str = ""
    """The Union's share, in words: up to 90 %."""
    boilerplate: str = ""
    """The paragraph printed with each of its items; Markdown is not read."""
    url: str = ""
    """Its own website."""
    follow: tuple[Link, ...] = ()
    """Where to follow it."""
    colour: str = ""
    """Its colour: a token of the theme (blue, teal, green, orange, plum) or #rrggbb."""
    logo: Image | None = None
    """Its logo."""
    funding: Funding | None = None
    """What must be shown about its funding."""
    byline: Literal["", "dateline", "by", "submitted"] = ""
    """How its items print date and author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster(Item):
    """A cluster organisation."""

    kind: ClassVar[Kind] = "cluster"

    names: Names = ()
    """Other ways to write its name."""
    country: str = ""
    """Country."""
    city: str = ""
    """Seat."""
    sectors: Names = ()
    """Industrial sectors."""
    founded: str = ""
    """Year."""
    host: str = ""
    """The organisation behind it."""
    url: str = ""
    """Its website."""
    contact: Contact | None = None
    """Contact card."""
    follow: tuple[Link, ...] = ()
    """Where to follow it."""
    logo: Image | None = None
    """Its logo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Item):
    """A project partner."""

    kind: ClassVar[Kind] = "partner"

    number: str = ""
    """Partner number: PP8. Gaps are allowed, doubles are not."""
    names: Names = ()
    """Other ways to write its name."""
    role: str = ""
    """Role in the project: WP4 leader."""
    country: str = ""
    """Country."""
    programme: Names = ()
    """Programmes it takes part in."""
    url: str = ""
    """Its website."""
    contact: Contact | None = None
    """Contact card; also published as a vCard."""
    follow: tuple[Link, ...] = ()
    """Where to follow it."""
    logo: Image | None = None
    """Its logo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author(Item):
    """A person or organisation that signs items; the body is the "About the author" text."""

    kind: ClassVar[Kind] = "author"

    names: Names = ()
    """Other ways to write the name."""
    type: Literal["person", "organisation"] = "person"
    """Which of the two."""
    role: str = ""
    """Function."""
    organisation: str = ""
    """Employer of a person."""
    url: str = ""
    """Website."""
    email: str = ""
    """E-mail address."""
    follow: tuple[Link, ...] = ()
    """Where to follow them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of a newsletter issue."""

    title: str
    """Its heading."""
    layout: Literal["feature", "profiles", "events", "briefs", "text"] = "feature"
    """How its items are set."""
    colour: str = ""
    """Colour token."""
    start: Literal["page", "flow"] = "flow"
    """Whether it starts a new page."""
    items: Names = ()
    """Items by slug or path, in order."""
    partners: Names = ()
    """Partners to present."""
    where: Mapping[str, str | Names] = field(default_factory=dict)
    """Conditions on top of the issue's ``select``, which they replace key by key; if one is a date, all dates
    of ``select`` are left aside. Keys: kind, programme, cluster, partner, author, tag (a name or a list) and
    from, until, after, before (a date, "issue", or "previous" for the issue before)."""
    group_by: str = ""
    """Group items by their (first) partner, cluster, programme or author."""
    sort: str = ""
    """Order of the items picked: newest (as it is), oldest (as it is for events), title or number."""
    limit: int = 0
    """At most so many; 0 for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Item):
    """A newsletter issue; the body is the editorial."""

    kind: ClassVar[Kind] = "issue"

    newsletter: str
    """Slug of the newsletter in site_config.yml."""
    number: int
    """Issue number."""
    date: Moment
    """Date of issue."""
    period: str = ""
    """Printed instead of the date: Winter 2011/2012."""
    subject: str = ""
    """Subject line of the e-mail."""
    preheader: str = ""
    """What mail programs show after the subject."""
    select: Mapping[str, str | Names] = field(default_factory=dict)
    """Default conditions of all sections, in the keys of a section's ``where``."""
    cover: Mapping[str, str] = field(default_factory=dict)
    """Generated art, or a picture with its alt text."""
    sections: tuple[Section, ...] = ()
    """The sections in order."""
    editions: Names = ("web", "pdf", "email")
    """What is made of it."""
    frozen: bool = False
    """Whether its list of items is pinned."""
    audience: Names = ()
    """Whom it is for, in the words of the report to the funder: SMEs, policy makers, general public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Item):
    """A standing page: About, Legal."""

    kind: ClassVar[Kind] = "page"

    path: str = ""
    """URL path when it is not ``/<slug>/``: ``/about/team/``."""
    statement: Literal["", "legal", "privacy", "accessibility", "funding"] = ""
    """A statement made from the settings that is put under the page's own text."""


MODELS: dict[Kind, type[Item]] = {
    model.kind: model for model in (News, Event, Programme, Cluster, Partner, Author, Issue, Page)
}
"""Kind → its dataclass."""
