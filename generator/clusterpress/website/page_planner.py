"""The desk: what all planners of pages work with, and how a page becomes an output."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, FeedTopic, Label, TeaserCard, TeaserCards, Term
from clusterpress.library.library import Library
from clusterpress.library.permalinks import prefix
from clusterpress.theme.labels import read_labels
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest
from clusterpress.values.outputs import Output
from clusterpress.values.slugs import slugify
from clusterpress.values.taxonomies import TAXONOMY_NAMES
from clusterpress.website.sidebar import author_body_key, make_author_box, make_programme_box
from clusterpress.website.sites import has_content, make_site
from clusterpress.website.views import (
    Attribution,
    AuthorBox,
    Frame,
    ProgrammeBox,
    SharedFrame,
    Site,
    with_digest,
)

UNTRANSLATED = 4
"""How many items that are not translated a home page or list in another language names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlanner:
    """Everything that is looked up while pages are planned, found once."""

    library: Library
    settings: Settings
    theme: Theme
    sites: Mapping[str, Site]
    """Language → what its pages share."""
    topics: Mapping[str, Label]
    """Path of a page → title of its feeds."""
    terms: Mapping[tuple[str, str], Mapping[str, str]]
    """(taxonomy, slug) → language → path."""
    years: Mapping[str, Mapping[int, tuple[Entry, ...]]]
    """Language → year → news of that year, newest first."""
    term_by_key: Mapping[tuple[str, str, str], Term]
    """(taxonomy, slug, language) → term."""
    base_digests: Mapping[str, bytes]
    """Language → digest of all that its pages have in common: site, theme, records."""
    foreign: Mapping[tuple[str, str, str], str]
    """(taxonomy, slug, language) → language of the term's name, where it is another."""
    events: Mapping[tuple[str, str], Entry]
    """(name of an event, language) → entry."""
    reports: Mapping[str, TeaserCards]
    """Source path of an event → news about it."""
    shards: Mapping[str, tuple[str, ...]]
    """Language → the folders of its search index."""
    aliases: Mapping[str, tuple[str, ...]]
    """Path of a page → old paths that lead to it."""
    attributions: dict[tuple[str, ...], Attribution]
    """Language and slugs of programmes and authors → whose news that is; filled as they are asked for."""
    programme_boxes: dict[tuple[str, str], ProgrammeBox]
    """(slug, language) → what is shown of a programme; filled as they are asked for."""
    author_boxes: dict[tuple[str, str], tuple[AuthorBox, bytes | None] | None]
    """(slug, language) → what is shown of an author; filled as they are asked for."""

    def label(self, lang: str, key: str) -> str:
        """Return a label of the theme."""
        return str(read_labels(self.theme, lang)[key])

    def url_prefix(self, lang: str) -> str:
        """Return what the paths of a language begin with."""
        return prefix(lang, self.settings)

    def crumbs(self, lang: str, *sections: str) -> tuple[Label, ...]:
        """Return the way from the home page down to the index page of a section."""
        url_prefix = self.url_prefix(lang)
        below = (Label(name=self.label(lang, name), url=f"{url_prefix}{name}/") for name in sections)
        return (Label(name=self.label(lang, "home"), url=url_prefix), *below)

    def versions(self, path: str, langs: Container[str]) -> tuple[tuple[str, str], ...]:
        """Return (language, path) of a page that stands under the same path in each of some languages."""
        found = tuple(
            (lang, self.url_prefix(lang) + path) for lang in self.settings.languages if lang in langs
        )
        return found if len(found) > 1 else ()

    def name_newsletter(self, slug: str) -> str:
        """Return how a newsletter is called on its covers."""
        known = self.settings.newsletters.get(slug)
        return (known.wordmark or known.name) if known else slug

    def untranslated_news(self, lang: str) -> tuple[TeaserCard, ...]:
        """Return the latest news of the site's first language that are not there in another language."""
        if lang == self.settings.language:
            return ()
        news = self.library.news(self.settings.language)
        missing = (entry.card for entry in news if lang not in dict(entry.translations))
        return tuple(islice(missing, UNTRANSLATED))

    def section_frame(self, lang: str, name: str, **more: Any) -> Frame:
        """Return the frame of the index page of a section."""
        url = f"{self.url_prefix(lang)}{name}/"
        values: dict[str, Any] = {
            "title": self.label(lang, name),
            "section": url,
            "crumbs": self.crumbs(lang),
            "feed": self.topics.get(url),
            "translations": self.versions(
                f"{name}/", [one for one in self.settings.languages if has_content(self.library, name, one)]
            ),
        }
        return Frame(url=url, **{**values, **more})

    def shared_frame(self, lang: str, section: str, *above: Label) -> SharedFrame:
        """Return what the pages of a section's items share."""
        url = f"{self.url_prefix(lang)}{section}/"
        return with_digest(
            SharedFrame(
                title=self.label(lang, section),
                section=url,
                crumbs=(*self.crumbs(lang, section), *above),
                feed=self.topics.get(url),
            )
        )

    def programme(self, slug: str, lang: str) -> ProgrammeBox | None:
        """Return what is shown of a programme, or None if it has no page in the language."""
        term = self.term_by_key.get(("programmes", slug, lang))
        if term is None:
            return None
        if (slug, lang) not in self.programme_boxes:
            self.programme_boxes[slug, lang] = make_programme_box(self.library, term)
        return self.programme_boxes[slug, lang]

    def programmes_of(self, entry: Entry) -> tuple[ProgrammeBox, ...]:
        """Return what is shown of the programmes of an entry."""
        programme_boxes = (self.programme(label.slug, entry.lang) for label in entry.terms["programmes"])
        return tuple(box for box in programme_boxes if box)

    def author(self, slug: str, lang: str) -> tuple[AuthorBox, bytes | None] | None:
        """Return what is shown of an author and the key of its text, or None for a mere name."""
        if (slug, lang) not in self.author_boxes:
            term = self.term_by_key.get(("authors", slug, lang))
            box = make_author_box(term) if term else None
            self.author_boxes[slug, lang] = (box, author_body_key(term.record)) if term and box else None
        return self.author_boxes[slug, lang]

    def attribution(self, entry: Entry) -> Attribution:
        """Return whose news an entry is."""
        lang = entry.lang
        programmes, authors = entry.terms["programmes"], entry.terms["authors"]
        key = (lang, *[label.slug for label in programmes], "", *[label.slug for label in authors])
        found = self.attributions.get(key)
        if found is None:
            signed = [pair for label in authors if (pair := self.author(label.slug, lang))]
            found = self.attributions[key] = with_digest(
                Attribution(
                    programmes=self.programmes_of(entry),
                    authors=tuple(box for box, _ in signed),
                    texts=tuple(body or b"" for _, body in signed),
                )
            )
        return found

    def foreign_names(self, entry: Entry) -> tuple[tuple[str, str, str], ...]:
        """Return (taxonomy, slug, language) of the terms of an entry whose name is in another language."""
        if not self.foreign:
            return ()
        return tuple(
            (taxonomy, label.slug, lang)
            for taxonomy, labels in entry.terms.items()
            for label in labels
            if (lang := self.foreign.get((taxonomy, label.slug, entry.lang)))
        )

    def page(
        self,
        lang: str,
        frame: Frame,
        make: partial[bytes],
        *,
        stored: tuple[bytes, ...] = (),
        sources: tuple[str, ...] = (),
    ) -> Output:
        """Return the output of a page.

        Args:
            lang: its language.
            frame: its head.
            make: the maker with what the page shows; site, theme and head are added.
            stored: keys of the bodies it shows.
            sources: source files that claim its address.
        """
        path = frame.url if frame.url.endswith(".html") else f"{frame.url}index.html"
        if frame.url in self.aliases:
            frame = replace(frame, aliases=self.aliases[frame.url])
        inputs = {"site": self.sites[lang], "theme": self.theme, "page": frame, **make.keywords}
        return Output(path=path, make=partial(make.func, **inputs), stored=stored, sources=sources)

    def item_page(
        self,
        lang: str,
        url: str,
        make: partial[bytes],
        shared_frame: SharedFrame,
        *,
        stored: tuple[bytes, ...] = (),
        sources: tuple[str, ...] = (),
    ) -> Output:
        """Return the output of one of the many pages whose frame is made when they are.

        Args:
            lang: its language.
            url: its address.
            make: the maker with what the page shows; site, theme and shared frame are added.
            shared_frame: what its frame shares with others.
            stored: keys of the bodies it shows.
            sources: source files that claim its address.
        """
        inputs = {"site": self.sites[lang], "theme": self.theme, "section": shared_frame, **make.keywords}
        make = partial(make.func, **inputs)
        return Output(path=f"{url}index.html", make=make, stored=stored, sources=sources)


def create_planner(
    library: Library,
    settings: Settings,
    theme: Theme,
    topics: Iterable[FeedTopic],
    shards: Mapping[str, tuple[str, ...]],
) -> PagePlanner:
    """Return the desk for a library."""
    terms: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    all_terms = [
        term
        for lang in settings.languages
        for taxonomy in TAXONOMY_NAMES
        for term in library.terms(taxonomy, lang)
    ]
    for term in all_terms:
        terms[term.taxonomy, term.slug][term.lang] = term.url
    aliases: dict[str, list[str]] = defaultdict(list)
    for path, entry in library.redirects:
        aliases[entry.url].append(path)
    events = _index_events(library)
    sites = {
        lang: make_site(library, settings, theme, lang, searchable=lang in shards)
        for lang in settings.languages
    }
    return PagePlanner(
        aliases={url: tuple(paths) for url, paths in aliases.items()},
        shards=shards,
        library=library,
        settings=settings,
        theme=theme,
        sites=sites,
        topics={topic.url: Label(name=topic.title, url=topic.url) for topic in topics},
        terms=terms,
        years={lang: library.years(lang) for lang in settings.languages},
        term_by_key={(term.taxonomy, term.slug, term.lang): term for term in all_terms},
        base_digests={lang: digest(site, theme, library.shared_digest) for lang, site in sites.items()},
        foreign={
            (term.taxonomy, term.slug, term.lang): term.record.lang
            for term in all_terms
            if term.record and term.record.lang != term.lang
        },
        events=events,
        reports=_collect_reports(library, events),
        attributions=library.memo("attributions", dict),
        programme_boxes=library.memo("programme boxes", dict),
        author_boxes=library.memo("author boxes", dict),
    )


def find_event(events: Mapping[tuple[str, str], Entry], name: str, lang: str, first: str) -> Entry | None:
    """Return the event that an item reports on, in the item's language if it is there."""
    key = slugify(name.rpartition("/")[2].removesuffix(".md"))
    return events.get((key, lang)) or events.get((key, first))


def has_dates(term: Term) -> bool:
    """Return whether a term has a calendar: an event of it has an exact date."""
    return any(entry.is_dated for entry in term.events)


def _index_events(library: Library) -> dict[tuple[str, str], Entry]:
    by_name: dict[tuple[str, str], Entry] = {}
    for lang in library.languages():
        for entry in library.of_kind("event", lang):
            stem = entry.path.rpartition("/")[2].removesuffix(".md")
            for name in (entry.slug, slugify(entry.title), slugify(stem)):
                by_name.setdefault((name, lang), entry)
    return by_name


def _collect_reports(library: Library, events: Mapping[tuple[str, str], Entry]) -> dict[str, TeaserCards]:
    reports: dict[str, list[Entry]] = defaultdict(list)
    for lang in library.languages() if library.with_field("events") else ():
        for entry in library.news(lang):
            for name in entry.index_record.events:
                if event := find_event(events, name, lang, library.settings.language):
                    reports[event.path].append(entry)
    return {path: TeaserCards(entries) for path, entries in reports.items()}
