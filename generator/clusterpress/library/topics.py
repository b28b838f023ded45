"""Topics: what readers can follow, each with a page, feeds and perhaps a calendar."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain, islice

from msgspec import Struct, field

from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.publication import prefix
from clusterpress.library.revisions import Revision, is_ahead
from clusterpress.values.kinds import Taxonomy


class FeedTopic(Struct, frozen=True, kw_only=True):
    """Something that readers can follow: the site, a section or a term, in one language."""

    title: str
    description: str
    lang: str
    url: str
    """Path of its page below the root; feed.xml, atom.xml and feed.json lie beside it."""
    entries: tuple[Entry, ...]
    """Those that appeared last first, up to the limit in the settings."""
    kind: str = "site"
    """``site``, ``news``, ``events``, ``newsletters``, ``newsletter`` (one of them), or a taxonomy."""
    cancelled: str = ""
    """The word by which the language says that an event is cancelled."""
    today: date | None = None
    """The day of the build, if the last change of an event depends on it, see `is_ahead`."""
    revisions: Mapping[str, Revision] = field(default_factory=dict)
    """Source path → what readers know of the event."""


class CalendarTopic(Struct, frozen=True, kw_only=True):
    """Events that readers can add to their own calendars, in one language."""

    title: str
    """Name of the calendar."""
    lang: str
    path: str
    """Path of the calendar below the root: ``programmes/the-next-society/events.ics``."""
    entries: tuple[Entry, ...]
    """Events in any order; the calendar omits those without an exact date."""
    today: date | None = None
    """The day of the build, if the last change of an event depends on it, see `is_ahead`."""
    revisions: Mapping[str, Revision] = field(default_factory=dict)
    """Source path → what calendars know of the event."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Word of `CALENDAR_WORDS` → the same in the language of the calendar."""


CALENDAR_WORDS = ("online", "website", "registration", "register_by")
"""Words with which calendars tell what pages tell of an event; the last one has a place for its ``date``."""

WITH_CALENDAR: tuple[Taxonomy, ...] = ("programmes", "clusters", "countries")
"""Taxonomies whose terms have calendars."""


def feed_topics(library: Library, words: Callable[[str, str], str]) -> Iterator[FeedTopic]:
    """Yield every topic with a feed: the site, its sections and its terms, in each language.

    ``words`` returns the title of a section, given a language and the section's name.
    """
    for lang in library.settings.languages:
        settings = library.settings.in_language(lang)
        start = prefix(lang, settings)
        news, events, issues = (library.of_kind(kind, lang) for kind in ("news", "event", "issue"))
        make = partial(_topic, library, words(lang, "cancelled"), lang)
        yield make(settings.name, settings.description, start, news, (*events, *issues), "site")
        sections = ("news", news, ()), ("events", (), events), ("newsletters", (), issues)
        for kind, reports, others in sections:
            if reports or others:
                title = f"{settings.name}: {words(lang, kind)}"
                about, url = settings.description, f"{start}{kind}/"
                yield make(title, about, url, reports, others, kind)
        yield from _newsletters(library, make, lang, start, issues)
        for taxonomy in [one.name for one in settings.all_taxonomies]:
            for term in library.terms(taxonomy, lang):
                title = f"{settings.name}: {term.name}"
                about = term.record.index_record.teaser.summary if term.record else ""
                yield make(title, about, term.url, term.news, term.events, taxonomy)


def _newsletters(
    library: Library, make: Callable[..., FeedTopic], lang: str, start: str, issues: Iterable[Entry]
) -> Iterator[FeedTopic]:
    by_newsletter: dict[str, list[Entry]] = {}
    for entry in issues:
        if isinstance(entry.item, Issue):
            by_newsletter.setdefault(entry.item.newsletter, []).append(entry)
    for name, entries in sorted(by_newsletter.items()):
        known = library.settings.in_language(lang).newsletters.get(name)
        title, about = (known.name, known.tagline) if known else (name, "")
        yield make(title, about, f"{start}newsletters/{name}/", (), entries, "newsletter")


def calendar_topics(library: Library, words: Callable[[str, str], str]) -> Iterator[CalendarTopic]:
    """Yield the calendar of all events in each language, and one for each programme, cluster and country.

    ``words`` is that of `feed_topics`.
    """
    for lang in library.settings.languages:
        settings = library.settings.in_language(lang)
        events = library.of_kind("event", lang)
        own = {key: words(lang, key) for key in CALENDAR_WORDS}
        title = f"{settings.name}: {words(lang, 'events')}"
        yield _calendar(library, title, lang, f"{prefix(lang, settings)}events.ics", events, own)
        for term in chain.from_iterable(library.terms(one, lang) for one in WITH_CALENDAR):
            if term.events:
                title = f"{settings.name}: {term.name}"
                yield _calendar(library, title, lang, f"{term.url}events.ics", term.events, own)


def _calendar(
    library: Library, title: str, lang: str, path: str, entries: tuple[Entry, ...], words: Mapping[str, str]
) -> CalendarTopic:
    today, revisions = _revisions(library, entries)
    return CalendarTopic(
        title=title, lang=lang, path=path, entries=entries, today=today, revisions=revisions, words=words
    )


def _revisions(library: Library, entries: Iterable[Entry]) -> tuple[date | None, dict[str, Revision]]:
    """Return the day of the build if the revision of an event depends on it, and the published revisions."""
    published = library.resolver.promises.items
    events = [entry for entry in entries if entry.kind == "event"]
    known = {entry.path: published[entry.path].revision for entry in events if entry.path in published}
    depends = any(is_ahead(entry, library.today, known.get(entry.path)) for entry in events)
    return library.today if depends else None, {path: one for path, one in known.items() if one}


def _topic(
    library: Library,
    cancelled: str,
    lang: str,
    title: str,
    description: str,
    url: str,
    news: Iterable[Entry],
    others: Iterable[Entry],
    kind: str,
) -> FeedTopic:
    """Return a topic with the newest of its news, which come newest first, and others, in any order.

    The newest are those that readers could see last, so that no subscriber misses the end of an embargo.
    """
    today, limit = library.today.toordinal(), library.settings.feeds.limit
    # News stand by their dates: one whose embargo ended lately may stand far below the newest.
    late = {entry.path for entry in library.embargoed("news", lang)}
    embargoed = [entry for entry in news if entry.path in late] if late else []
    recent = islice((entry for entry in news if entry.index_record.day <= today), limit)
    due = (entry for entry in (*embargoed, *others) if entry.index_record.day <= today)
    known = {entry.path: entry for entry in (*recent, *due)}
    newest = sorted(known.values(), key=lambda e: (-e.index_record.appeared, e.slug, e.url))
    entries = tuple(newest[:limit])
    day, revisions = _revisions(library, entries)
    return FeedTopic(
        title=title,
        description=description or title,
        lang=lang,
        url=url,
        entries=entries,
        kind=kind,
        cancelled=cancelled,
        today=day if revisions else None,
        revisions=revisions,
    )
