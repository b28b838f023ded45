"""Index records: what the library needs of every item, small enough to hold all of them in memory.

Ten thousand items are sorted by their index records alone; `clusterpress.library.item_loader` fetches whole
items on demand. A record depends on one source file and the settings: a build stores it, and reuses it until
that file changes.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Image
from clusterpress.content.items import Cluster, Event, Issue, Item, News, Partner, Programme
from clusterpress.content.paths import read_name
from clusterpress.library.names import names_of
from clusterpress.library.publication import instant, permalink, publish_moment_of, published_at, resolve_path
from clusterpress.library.queries import check_query
from clusterpress.markup.body import Outline, outline_problems
from clusterpress.parsing.values import position_of, problem_at
from clusterpress.values.digests import digest
from clusterpress.values.kinds import RECORD_KINDS, Kind, TaxonomyFields
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.slugs import slugify

EXTRAS = ("poster", "project_sheet", "embed", "qr_code")
"""Front-matter keys by which an item asks for files beside its page."""


class Teaser(NamedTuple):
    """What a card shows of its own item."""

    summary: str = ""
    """Standfirst, or the excerpt of the body."""
    day: int = 0
    """Ordinal of the publication day, or of the first day of an event; 0 when there is none."""
    last_day: int = 0
    """Ordinal of an event's last day."""
    when: str = ""
    """A period in words."""
    place: str = ""
    country: str = ""
    number: str = ""
    role: str = ""
    sectors: tuple[str, ...] = ()
    cancelled: bool = False
    format: str = ""
    """What kind of text a news item is."""


class LeadImage(NamedTuple):
    """A picture that front matter names."""

    src: str
    file: str
    """Source path of the picture."""
    alt: str
    caption: str
    credit: str


class Reference(NamedTuple):
    """A link of an item to something of this site."""

    target: str
    """As written."""
    file: str
    """Source path that it means."""
    fragment: str
    """The part after ``#``."""
    tail: str
    """Query and fragment as written, to append to the address."""
    line: int
    """Line of the file; 0 for a link in the front matter."""
    key: str
    """Front-matter key of the link; empty for a link in the body."""


class IndexRecord(NamedTuple):
    """An item in short. Every value is plain: texts, numbers, bytes, and tuples and sets of these."""

    path: str
    """Source path."""
    kind: Kind
    lang: str
    slug: str
    url: str
    """Path below the root; empty for records, whose path depends on the slug of their original."""
    title: str
    draft: bool
    pinned: bool
    extras: tuple[str, ...]
    """The files beside its page that it asks for: names of `EXTRAS`."""
    publish_at: float
    """Seconds since the epoch when it is published; minus infinity without a date."""
    expire_at: float
    """Seconds since the epoch when it expires; infinity if it never does."""
    published: float
    """Seconds since the epoch: the date by which lists are sorted."""
    day: int
    """Ordinal of the publication day, in the time zone in which it was written."""
    modified: str
    """ISO date of the last significant change."""
    in_calendars: str
    """Digest of what calendars tell of an event: its title, time and place, and whether it is cancelled.
    Empty for other items."""
    calendar_details: str
    """Digest of what else calendars tell of it: its text, links, organisers and terms. Empty for others."""
    terms: tuple[tuple[str, ...], ...]
    """For each of `Settings.all_taxonomies`, the names as written."""
    names: tuple[str, ...]
    """All names of a record or an event; empty for other items."""
    events: tuple[str, ...]
    """Names of the events it reports on."""
    aliases: tuple[str, ...]
    translation_of: str
    old_slug: str
    """The slug that earlier versions made of the file's name; empty if it is the same."""
    id: str
    """Identifier in feeds, if the front matter gives one."""
    colour: str
    """Colour of a programme."""
    teaser_values: tuple[object, ...]
    """The values of a `Teaser`."""
    lead_images: tuple[tuple[str, str, str, str, str], ...]
    """The values of a `LeadImage` for each picture in the front matter, the lead image first."""
    links: tuple[tuple[str, str, str, str, int, str], ...]
    """The values of a `Reference` for each link to this site, each target once."""
    figures: tuple[tuple[str, str, int], ...]
    """(as written, source path, line of the file) of each picture of the body."""
    shown: frozenset[str]
    """Source path of each file that the item shows or links to."""
    logos: tuple[tuple[str, str, str], ...]
    """(as written, source path, front-matter key) of each logo beside the emblem of a programme."""
    collections: tuple[tuple[tuple[tuple[str, str], ...], int], ...]
    """(query, line of the file) of each list of other items in its text."""
    problems: tuple[Problem, ...]
    """What is wrong with its text."""
    item: bytes
    """Key of the item."""
    body: bytes
    """Key of the body, and of its outline."""
    digest: bytes
    """Digest of item and body."""
    teaser_digest: bytes
    """Digest of what a card shows of item and body, and of the names of its programmes."""
    term_digest: bytes
    """Digest of the names in `terms`, by which related items are found."""

    @property
    def first_day(self) -> int:
        """Ordinal of the publication day, or of the first day of an event; 0 when there is none."""
        day: int = self.teaser_values[1]  # type: ignore[assignment]  # the second value of a teaser
        return day

    @property
    def appeared(self) -> float:
        """Seconds since the epoch: its date, or the end of its embargo if that is later."""
        return max(self.published, self.publish_at)

    @property
    def teaser(self) -> Teaser:
        """What a card shows of it."""
        return Teaser(*self.teaser_values)  # type: ignore[arg-type]  # the values of one


def make_index_record(
    item: Item, outline: Outline, *, key: bytes, body: bytes, settings: Settings
) -> IndexRecord:
    """Return the index record of an item.

    Args:
        item: the item.
        outline: the outline of its body.
        key: key of the item; covers its file, and all settings that affect how it is read.
        body: key of the body.
        settings: the settings of the site.
    """
    slug = str(item.number) if isinstance(item, Issue) else item.slug
    url = "" if item.kind in RECORD_KINDS else permalink(item, slug, item.lang, settings)
    teaser = _teaser(item, item.summary or outline.excerpt)
    terms = tuple(_terms(item, one) for one in settings.all_taxonomies)
    texts = tuple(_section_texts(item, settings)) if isinstance(item, Issue) else ()
    lead_images, figures = tuple(_lead_images(item)), tuple(_figures(item, outline, texts))
    links, logos = tuple(_links(item, outline, texts)), tuple(_logos(item))
    pictures = [[one[1] for one in lead_images], [one[1] for one in figures], [one[1] for one in logos]]
    card = (item.kind, url, slug, item.title, item.lang, item.draft, tuple(teaser), lead_images[:1], terms[0])
    return IndexRecord(
        path=item.source.path,
        kind=item.kind,
        lang=item.lang,
        slug=item.slug,
        url=url,
        title=item.title,
        draft=item.draft,
        pinned=isinstance(item, News) and item.pinned,
        extras=tuple(name for name in EXTRAS if getattr(item, name, False)),
        **_times(item, ZoneInfo(settings.time_zone)),
        calendar_details=_digest_details(item, url, teaser, terms) if isinstance(item, Event) else "",
        terms=terms,
        names=names_of(item) if item.kind in RECORD_KINDS or isinstance(item, Event) else (),
        events=item.event if isinstance(item, News) else (),
        translation_of=item.translation_of,
        **_former_addresses(item, settings),
        colour=item.colour if isinstance(item, Programme) else "",
        teaser_values=tuple(teaser),
        lead_images=lead_images,
        links=links,
        figures=figures,
        shown=frozenset(chain(*pictures, (link[1] for link in links))),
        logos=logos,
        collections=tuple((one.query, item.source.body_line + one.line - 1) for one in outline.collections),
        problems=tuple(_problems(item, outline, texts, settings)),
        item=key,
        body=body,
        digest=digest(key, body),
        teaser_digest=digest(*card),
        term_digest=digest(terms),
    )


def _terms(item: Item, taxonomy: TaxonomyFields) -> tuple[str, ...]:
    """Return the terms of a taxonomy that an item names."""
    if taxonomy.name == "countries" and (country := getattr(item, "country", "")):
        return (country,)
    names: tuple[str, ...] = getattr(item, taxonomy.field, None) or item.terms.get(taxonomy.field, ())
    return names


def _former_addresses(item: Item, settings: Settings) -> dict[str, Any]:
    """Return by what an item is known from before; the old slug lacks letters of other scripts and signs."""
    old = ""
    if not isinstance(item, Issue) and "slug" not in item.source.lines:
        old = slugify(read_name(item.source.path, settings.languages).stem)
    return {"aliases": item.aliases, "old_slug": old if old != item.slug else "", "id": item.id}


def _times(item: Item, zone: ZoneInfo) -> dict[str, Any]:
    """Return when an item appears and disappears, its date, and that of its last change."""
    published, start, end = published_at(item, zone), publish_moment_of(item), item.expires
    return {
        "publish_at": instant(start, zone).timestamp() if start else float("-inf"),
        "expire_at": instant(end, zone).timestamp() if end else float("inf"),
        "published": published.timestamp(),
        "day": published.date().toordinal(),
        "modified": item.updated.iso if item.updated else "",
        "in_calendars": _digest_in_calendars(item) if isinstance(item, Event) else "",
    }


def _digest_in_calendars(event: Event) -> str:
    moments = [moment and moment.iso for moment in (event.start, event.end)]
    return digest(event.title, moments, event.place, event.address, event.country, event.cancelled).hex()[:16]


def _digest_details(event: Event, url: str, teaser: Teaser, terms: tuple[tuple[str, ...], ...]) -> str:
    links = (url, event.url, event.registration, event.online, event.deadline and event.deadline.iso)
    return digest(teaser.summary, links, event.organiser, event.time_zone, terms).hex()[:16]


_Texts = tuple[tuple[Outline, int], ...]
"""The outline of each text around a section, with the line where it begins."""


def _section_texts(issue: Issue, settings: Settings) -> Iterator[tuple[Outline, int]]:
    from clusterpress.markup.render import render  # few sources are issues, and few issues have such texts

    for number, section in enumerate(issue.sections):
        for key in ("text", "close"):
            if text := getattr(section, key):
                line, _ = position_of(f"sections.{number}.{key}", issue.source.lines)
                yield render(text, settings).outline, line


def _problems(item: Item, outline: Outline, texts: _Texts, settings: Settings) -> Iterator[Problem]:
    for query, number in outline.collections:
        line = item.source.body_line + number - 1
        if isinstance(item, Issue):
            message, hint = "issues leave collections out", "add a section with select: or items: instead"
            yield Problem(
                path=item.source.path, line=line, severity=Severity.WARNING, message=message, hint=hint
            )
        for message, hint in check_query(query, settings):
            yield Problem(path=item.source.path, line=line, message=message, hint=hint)
    for one, line in ((outline, item.source.body_line), *texts):
        yield from outline_problems(one, item.source.path, line)
    if isinstance(item, News) and not (item.summary or item.source.body.strip()):
        message, hint = "the item has neither text nor summary", "write some, or mark it as a draft"
        yield problem_at("title", item.source.lines, item.source.path, message, hint, Severity.WARNING)


def _logos(item: Item) -> Iterator[tuple[str, str, str]]:
    if not isinstance(item, Programme):
        return
    named = [("logo", item.logo.src)] if item.logo else []
    logos = item.funding.logos if item.funding else ()
    for key, src in (*named, *((f"funding.logos.{at}", logo.src) for at, logo in enumerate(logos))):
        yield src, resolve_path(item.source.path, unquote(src)), key


def _lead_images(item: Item) -> Iterator[tuple[str, str, str, str, str]]:
    for name in ("image", "logo"):
        image: Image | None = getattr(item, name, None)
        if image:
            file = resolve_path(item.source.path, image.src)
            yield image.src, file, image.alt, image.caption, image.credit


def _figures(item: Item, outline: Outline, texts: _Texts) -> Iterator[tuple[str, str, int]]:
    path = item.source.path
    for one, first_line in ((outline, item.source.body_line), *texts):
        for ref in one.pictures:
            yield ref.src, resolve_path(path, unquote(ref.src)), first_line + ref.line - 1


def _links(item: Item, outline: Outline, texts: _Texts) -> Iterator[tuple[str, str, str, str, int, str]]:
    seen = set()
    for one, first_line in ((outline, item.source.body_line), *texts):
        for link in one.links:
            if link.target not in seen:
                seen.add(link.target)
                yield _reference(item, link.target, first_line + link.line - 1, "")
    if isinstance(item, News | Event) and item.audio and "://" not in item.audio:
        yield _reference(item, item.audio, 0, "audio")
    for index, more in enumerate(item.more):
        if "://" not in more.url and not more.url.startswith(("mailto:", "tel:")):
            yield _reference(item, more.url, 0, f"more.{index}.url")


def _reference(item: Item, target: str, line: int, key: str) -> tuple[str, str, str, str, int, str]:
    parts = urlsplit(target)
    tail = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    file = resolve_path(item.source.path, unquote(parts.path))
    return target, file, unquote(parts.fragment), tail, line, key


def _teaser(item: Item, summary: str) -> Teaser:
    match item:
        case News():
            return Teaser(summary, item.date.day.toordinal(), format=item.format or "")
        case Issue():
            return Teaser(summary, item.date.day.toordinal(), when=item.period, number=str(item.number))
        case Event():
            own = Teaser(summary, *_days(item), place=item.place, country=item.country)
            return own._replace(sectors=item.sectors, cancelled=item.cancelled)
        case Cluster():
            return Teaser(summary, place=item.city, country=item.country, sectors=item.sectors)
        case Partner():
            return Teaser(summary, number=item.number, role=item.role, country=item.country)
        case Programme():
            return Teaser(summary, when=item.period)
        case _:
            return Teaser(summary)


def _days(event: Event) -> tuple[int, int, str]:
    """Return the first and last day of an event as ordinals, and its period in words."""
    if event.start:
        return event.start.day.toordinal(), (event.end or event.start).day.toordinal(), ""
    if event.when:
        return event.when.first.toordinal(), event.when.last.toordinal(), event.when.text
    return 0, 0, ""


def day_of(ordinal: int) -> date | None:
    """Return the day of an ordinal, or None for 0."""
    return date.fromordinal(ordinal) if ordinal else None
