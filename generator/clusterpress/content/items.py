"""Items: one model for each kind; fields are front-matter keys, the text under a field documents it.

Items are frozen and hold only what their own file says. Names of other items (a programme, an author) stay
as written; `clusterpress.library` finds out whom they mean.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

from msgspec import Struct, field

from clusterpress.content.item_values import Contact, Image, Link, Moment, Period
from clusterpress.funding.record import Funding
from clusterpress.values.kinds import Kind

Names = tuple[str, ...]
"""Names as written; one name or a list in front matter."""


class Source(Struct, frozen=True, kw_only=True):
    """Where an item comes from."""

    path: str
    """File relative to the project's root, with forward slashes: ``content/news/2019/x.md``."""
    digest: bytes
    """Digest of the file's bytes."""
    body: str
    """The Markdown text after the front matter, newlines as ``\\n``, without a first H1 taken as title."""
    body_line: int = 1
    """The line of the file on which the body begins."""
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Front-matter key → (line, column); elements of lists and mappings as ``cluster.0``, ``image.alt``."""


class Item(Struct, frozen=True, kw_only=True):
    """Fields of every kind."""

    kind: ClassVar[Kind]
    source: Source
    """The file."""
    title: str
    """Title. Default: the heading ``# …`` at the start of the text."""
    slug: str = ""
    """Last part of the page's address. Default: the name of the file."""
    summary: str = ""
    """Summary of one or two sentences. If the text starts with the same words, the page shows them once."""
    image: Image | None = None
    """Image at the top of the page."""
    tags: Names = ()
    """Keywords."""
    lang: str = ""
    """Language code. Default: the main language of the site."""
    translation_of: str = ""
    """Slug or source path of the original, in the main language of the site."""
    draft: bool = False
    """Whether the item is a draft. Drafts are never published."""
    publish: Moment | None = None
    """Embargo: the item is not published before this time (time zone of the site)."""
    expires: Moment | None = None
    """Expiry: the item is not published from this time on."""
    updated: Moment | None = None
    """Date of the last change that readers should know of."""
    aliases: Names = ()
    """Old addresses that redirect to this page."""
    more: tuple[Link, ...] = ()
    """Further links: ``[{label: Learn more, url: …}]``."""
    typography: bool | None = None
    """Whether straight quotes, hyphens and three dots become the marks of its language: “…”, „…“ or « … ».
    Default: as for the site."""
    id: str = ""
    """Identifier in feeds, if the item moved without an alias."""
    qr_code: bool = False
    """Whether to publish a QR code of the page's address beside the page: ``qr.svg`` and ``qr.png``."""
    terms: Mapping[str, Names] = field(default_factory=dict)
    """Front-matter key → terms, of the taxonomies of the site's own."""
    unknown: Mapping[str, str] = field(default_factory=dict)
    """Keys we do not know, as text; kept for templates."""


Format = Literal["announcement", "call", "event", "explainer", "interview", "opinion", "profile", "report"]
"""What kind of text a news item is; the theme has a word for each."""


class News(Item, frozen=True, kw_only=True):
    """A news item."""

    kind: ClassVar[Kind] = "news"
    date: Moment
    """Publication date. Alternatively, begin the name of the file with it."""
    programme: Names = ()
    """Programmes."""
    cluster: Names = ()
    """Clusters."""
    partners: Names = ()
    """Partners that contributed it, by slug, name or number (PP8)."""
    author: Names = ()
    """Authors: names of authors, clusters or partners, or other names."""
    event: Names = ()
    """Events that it reports on."""
    pinned: bool = False
    """Whether to keep it at the top of the home page."""
    format: Format | None = None
    """What kind of text it is, shown over its title: ``announcement``, ``call``, ``event``, ``explainer``,
    ``interview``, ``opinion``, ``profile`` or ``report``."""
    hashtags: Names = ()
    """Hashtags for sharing."""
    byline: Literal["", "standard", "dateline", "by", "submitted"] = ""
    """``standard``: "By …" and the date, under the standfirst. House styles: ``submitted``, "Submitted by …
    on …"; ``dateline``, the date above the title; ``by``, the date in capitals under it."""
    series: Names = ()
    """Series to which it belongs: "Ten questions"."""
    sectors: Names = ()
    """Industrial sectors."""
    countries: Names = ()
    """Countries."""
    audio: str = ""
    """A sound or film beside the item, or its full address. The page plays the file, and feeds offer it."""
    audience: Names = ()
    """Audience, in the words of the report to the funder: SMEs, policy makers, general public."""


class Event(Item, frozen=True, kw_only=True):
    """An event with exact dates or a period in words."""

    kind: ClassVar[Kind] = "event"
    date: Moment | None = None
    """Date of the announcement. Feeds list the event from this day on."""
    start: Moment | None = None
    """First day or exact start."""
    end: Moment | None = None
    """Last day or exact end."""
    when: Period | None = None
    """Period in words instead of ``start``: "June 2012", "beginning of April 2012"."""
    time_zone: str = ""
    """Time zone of the event. Default: the time zone of the site."""
    place: str = ""
    """Town, and venue if known."""
    country: str = ""
    """Country."""
    address: str = ""
    """Street address of the venue."""
    online: bool = False
    """Whether it takes place online."""
    url: str = ""
    """Website of the event."""
    registration: str = ""
    """Address where people register."""
    deadline: Moment | None = None
    """Last day or time for registration."""
    places: str = ""
    """Number of places, in words: 80, or 40 for each country."""
    organiser: Names = ()
    """Organisers."""
    programme: Names = ()
    """Programmes."""
    cluster: Names = ()
    """Clusters."""
    partners: Names = ()
    """Partners that host the event."""
    series: Names = ()
    """Series to which it belongs: "Ten questions"."""
    sectors: Names = ()
    """Industrial sectors."""
    cancelled: bool = False
    """Whether the event was cancelled."""
    audio: str = ""
    """A sound or film beside the item, or its full address. The page plays the file, and feeds offer it."""
    audience: Names = ()
    """Audience, in the words of the report to the funder: SMEs, policy makers, general public."""


class Programme(Item, frozen=True, kw_only=True):
    """A funding programme, shown with each of its items."""

    kind: ClassVar[Kind] = "programme"
    names: Names = ()
    """Other spellings of its name."""
    short: str = ""
    """Short name for labels and feeds."""
    period: str = ""
    """Duration: 2017-2020."""
    launcher: str = ""
    """Organisation that launched or leads it."""
    partner: str = ""
    """Exclusive or national partner, in words."""
    budget: str = ""
    """Total budget, in words: EUR 7.8 million."""
    eu_share: str = ""
    """Share of the Union, in words: up to 90 %."""
    boilerplate: str = ""
    """Paragraph on the page of each of its items, as plain text without Markdown."""
    url: str = ""
    """Website."""
    follow: tuple[Link, ...] = ()
    """Profiles on other platforms."""
    colour: str = ""
    """Colour: a token of the theme (blue, teal, green, orange, plum) or #rrggbb."""
    logo: Image | None = None
    """Logo."""
    funding: Funding | None = None
    """Funding that it must acknowledge."""
    byline: Literal["", "standard", "dateline", "by", "submitted"] = ""
    """How its items show date and author."""
    poster: bool = False
    """Whether to publish a poster as PDF (A3), with the emblem and what its funding has to say."""
    project_sheet: bool = False
    """Whether to publish a project sheet as PDF (A4): facts, partners and funding."""
    embed: bool = False
    """Whether other sites may show its news in a frame of 320 pixels: ``/embed/<slug>/``."""


class Cluster(Item, frozen=True, kw_only=True):
    """A cluster organisation."""

    kind: ClassVar[Kind] = "cluster"
    names: Names = ()
    """Other spellings of its name."""
    country: str = ""
    """Country."""
    city: str = ""
    """Town."""
    sectors: Names = ()
    """Industrial sectors."""
    founded: str = ""
    """Year of foundation."""
    host: str = ""
    """Host organisation."""
    url: str = ""
    """Website."""
    contact: Contact | None = None
    """Contact card."""
    follow: tuple[Link, ...] = ()
    """Profiles on other platforms."""
    logo: Image | None = None
    """Logo."""


class Partner(Item, frozen=True, kw_only=True):
    """A project partner."""

    kind: ClassVar[Kind] = "partner"
    number: str = ""
    """Partner number: PP8. Each number must be unique; gaps are allowed."""
    names: Names = ()
    """Other spellings of its name."""
    role: str = ""
    """Role in the project: WP4 leader."""
    country: str = ""
    """Country."""
    programme: Names = ()
    """Programmes in which it participates."""
    url: str = ""
    """Website."""
    contact: Contact | None = None
    """Contact card; also published as a vCard."""
    follow: tuple[Link, ...] = ()
    """Profiles on other platforms."""
    logo: Image | None = None
    """Logo."""


class Author(Item, frozen=True, kw_only=True):
    """A person or organisation that signs items; the body is the "About the author" text."""

    kind: ClassVar[Kind] = "author"
    names: Names = ()
    """Other spellings of the name."""
    type: Literal["person", "organisation"] = "person"
    """Person or organisation."""
    role: str = ""
    """Function."""
    organisation: str = ""
    """Employer of a person."""
    url: str = ""
    """Website."""
    email: str = ""
    """E-mail address."""
    follow: tuple[Link, ...] = ()
    """Profiles on other platforms."""


class Section(Struct, frozen=True, kw_only=True):
    """A section of a newsletter issue."""

    title: str
    """Heading of the section."""
    text: str = ""
    """Text before its items, in Markdown."""
    close: str = ""
    """Text after its items, in Markdown."""
    layout: Literal["feature", "profiles", "events", "briefs", "text"] = "feature"
    """Layout of its items."""
    colour: str = ""
    """Colour token of the theme."""
    start: Literal["page", "flow"] = "flow"
    """Whether it starts on a new page."""
    items: Names = ()
    """Items by slug or path, in order."""
    partners: Names = ()
    """Partners that it presents."""
    where: Mapping[str, str | Names] = field(default_factory=dict)
    """Conditions for the selection of items. They replace those of the issue's ``select`` key by key; a
    date condition replaces all date conditions. Keys: kind, programme, cluster, partner, author, tag (a
    name or a list), and from, until, after, before (a date, "issue", or "previous" for the previous
    issue)."""
    group_by: str = ""
    """Key by which the section groups items: partner, cluster, programme or author. The first value
    counts."""
    sort: str = ""
    """Order of the selected items: newest (default), oldest (default for events), title or number."""
    limit: int = 0
    """Maximum number of items; 0 means all."""


class Issue(Item, frozen=True, kw_only=True):
    """A newsletter issue; the body is the editorial."""

    kind: ClassVar[Kind] = "issue"
    newsletter: str
    """Slug of the newsletter in site_config.yml."""
    number: int
    """Issue number."""
    date: Moment
    """Date of issue."""
    period: str = ""
    """Period shown instead of the date: Winter 2011/2012."""
    subject: str = ""
    """Subject line of the e-mail; by default the title of the issue with that of its first item. Mail
    programs show 60 characters."""
    preheader: str = ""
    """Text that mail programs show after the subject; by default the summary, or the titles of the first
    items. Mail programs show 40 to 100 characters."""
    next_issue: str = ""
    """When the next issue appears, for the end of the PDF: Spring 2012."""
    select: Mapping[str, str | Names] = field(default_factory=dict)
    """Conditions for all sections, with the keys of ``where``."""
    cover: Mapping[str, str] = field(default_factory=dict)
    """Generated drawing (``art: auto``), or an image with its alt text."""
    sections: tuple[Section, ...] = ()
    """Sections, in order."""
    editions: Names = ("web", "pdf", "email")
    """Editions to create."""
    frozen: bool = False
    """Whether its list of items is fixed."""
    audience: Names = ()
    """Audience, in the words of the report to the funder: SMEs, policy makers, general public."""


class Page(Item, frozen=True, kw_only=True):
    """A permanent page, such as About or Legal."""

    kind: ClassVar[Kind] = "page"
    path: str = ""
    """Address of the page, if it is not ``/<slug>/``: ``/about/team/``."""
    statement: Literal["", "legal", "privacy", "accessibility", "funding"] = ""
    """Generated statement below the text of the page."""


_KINDS = (News, Event, Programme, Cluster, Partner, Author, Issue, Page)
MODELS: dict[Kind, type[Item]] = {model.kind: model for model in _KINDS}
"""Kind → its model."""
