"""The page planner: what all planners of pages look up, and how a page becomes an output."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.library.collections import collections_of
from clusterpress.library.entries import Entry, Label, TeaserCard, TeaserCards
from clusterpress.library.index_records import Teaser
from clusterpress.library.library import Library
from clusterpress.library.menus import label_of
from clusterpress.library.publication import prefix
from clusterpress.library.terms import Term
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest
from clusterpress.values.kinds import Taxonomy
from clusterpress.values.outputs import Output
from clusterpress.values.slugs import term_slug
from clusterpress.values.source_names import strip_markdown
from clusterpress.website.lazy_engine import make_page
from clusterpress.website.shared_views import author_body_key, make_author_box, make_programme_box, make_site
from clusterpress.website.views import Attribution, AuthorBox, Frame, ProgrammeBox, Site, with_digest

_FORMAT = Teaser._fields.index("format")

UNTRANSLATED = 4
"""How many untranslated items a home page or list in another language shows."""
CHUNK_SIZE = 64
"""Entries of a full chunk; planning so many pages takes a few milliseconds."""


def split_in_chunks(count: int, size: int = CHUNK_SIZE) -> Iterator[tuple[int, range]]:
    """Yield (number from 1, positions) for each chunk of a list that is newest first, the oldest chunk first.

    Chunks are counted from the oldest entry, so that a new entry touches the last one only.
    """
    for number, start in enumerate(range(0, count, size), start=1):
        yield number, range(max(0, count - start - size), count - start)


def newest_day(entries: Sequence[Entry]) -> str:
    """Return the ISO date of the first of some entries, newest first: when their list changed last.

    Later changes of an item change its own page; cards, on which lists depend, do not know them.
    """
    return date.fromordinal(day).isoformat() if entries and (day := entries[0].index_record.day) else ""


def last_change(entry: Entry, today: date) -> str:
    """Return the ISO date of the last change of an item's page that its own file tells; empty if none does.

    The page of an event also changes when it is over. Its first day is no change, and records have none.

    Args:
        entry: the item.
        today: the day of the build in the site's time zone.
    """
    record, days = entry.index_record, [0]
    if record.kind != "event":
        days.append(record.day)
    else:
        teaser = record.teaser
        if record.day != teaser.day:  # without a date of its own, an event is published on its first day
            days.append(record.day)
        if teaser.day:
            days.append((teaser.last_day or teaser.day) + 1)
    known = [day for day in days if date(1971, 1, 1).toordinal() < day <= today.toordinal()]
    return max(record.modified[:10], date.fromordinal(max(known)).isoformat() if known else "")


def newest_change(entries: Iterable[Entry], today: date) -> str:
    """Return the latest of `last_change` of some items."""
    return max((last_change(entry, today) for entry in entries), default="")


class PagePlanner(Struct, frozen=True, kw_only=True, dict=True):
    """Everything that planners of pages look up, computed once."""

    library: Library
    settings: Settings
    theme: Theme
    topics: Mapping[str, Label]
    """Path of a page → title of its feeds."""
    shards: Mapping[str, tuple[str, ...]]
    """Language → the folders of its search index."""

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """Language → what its pages share."""
        return {
            lang: make_site(self.library, self.settings, self.theme, lang, search=self._search_page(lang))
            for lang in self.settings.languages
        }

    def _search_page(self, lang: str) -> str:
        """Return the path of a language's search page, or else of that of the first language, or nothing."""
        found = next((one for one in (lang, self.settings.language) if one in self.shards), None)
        return "" if found is None else f"{self.url_prefix(found)}search/"

    @cached_property
    def base_digests(self) -> Mapping[str, bytes]:
        """Language → digest of all that its pages have in common: site, theme, records."""
        shared = self.library.shared_digest
        return {lang: digest(site, self.theme, shared) for lang, site in self.sites.items()}

    @cached_property
    def taxonomies(self) -> tuple[Taxonomy, ...]:
        """The names of all taxonomies."""
        return tuple(one.name for one in self.settings.all_taxonomies)

    @cached_property
    def term_by_key(self) -> Mapping[tuple[str, str, str], Term]:
        """(taxonomy, slug, language) → term."""
        return {
            (term.taxonomy, term.slug, term.lang): term
            for lang in self.settings.languages
            for taxonomy in self.taxonomies
            for term in self.library.terms(taxonomy, lang)
        }

    @cached_property
    def term_urls(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """(taxonomy, slug) → language → path."""
        urls: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for (taxonomy, slug, lang), term in self.term_by_key.items():
            urls[taxonomy, slug][lang] = term.url
        return urls

    @cached_property
    def foreign(self) -> Mapping[tuple[str, str, str], str]:
        """(taxonomy, slug, language) → language of the term's name, where it is another."""
        return {
            key: term.record.lang
            for key, term in self.term_by_key.items()
            if term.record and term.record.lang != term.lang
        }

    @cached_property
    def years(self) -> Mapping[str, Mapping[int, tuple[Entry, ...]]]:
        """Language → year → news of that year, newest first."""
        return {lang: self.library.years(lang) for lang in self.settings.languages}

    @cached_property
    def formats(self) -> Mapping[str, Mapping[str, tuple[Entry, ...]]]:
        """Language → format → news of that format, newest first."""
        found: dict[str, dict[str, list[Entry]]] = {
            lang: defaultdict(list) for lang in self.settings.languages
        }
        for lang, by_format in found.items():
            for entry in self.library.of_kind("news", lang):
                if name := entry.index_record.teaser_values[_FORMAT]:
                    by_format[str(name)].append(entry)
        return {
            lang: {name: tuple(news) for name, news in sorted(by_format.items())}
            for lang, by_format in found.items()
        }

    @cached_property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Path of a page → old paths that lead to it."""
        aliases: dict[str, tuple[str, ...]] = {}
        for path, entry in self.library.redirects:
            aliases[entry.url] = (*aliases.get(entry.url, ()), path)
        return aliases

    @cached_property
    def events(self) -> Mapping[tuple[str, str], Entry]:
        """(name of an event, language) → entry."""
        by_name: dict[tuple[str, str], Entry] = {}
        for lang in self.library.settings.languages:
            for entry in self.library.of_kind("event", lang):
                stem = strip_markdown(entry.path.rpartition("/")[2])
                for name in (entry.slug, term_slug(entry.title), term_slug(stem)):
                    by_name.setdefault((name, lang), entry)
        return by_name

    @cached_property
    def reports(self) -> Mapping[str, TeaserCards]:
        """Source path of an event → news about it."""
        reports: dict[str, list[Entry]] = defaultdict(list)
        for lang in self.library.settings.languages if self.library.with_field("events") else ():
            for entry in self.library.of_kind("news", lang):
                for event in self.events_of(entry, lang):
                    reports[event.path].append(entry)
        return {path: TeaserCards(entries) for path, entries in reports.items()}

    def events_of(self, entry: Entry, lang: str) -> list[Entry]:
        """Return the events that an item reports on, in a language where they exist in it."""
        keys = [term_slug(name.rpartition("/")[2].removesuffix(".md")) for name in entry.index_record.events]
        first = self.settings.language
        found = (self.events.get((key, lang)) or self.events.get((key, first)) for key in keys)
        return [event for event in found if event]

    def collections_of(self, entry: Entry | None) -> tuple[TeaserCards, ...]:
        """Return the cards of each list of other items in the text of an entry."""
        if entry is None or not entry.index_record.collections:
            return ()
        return tuple(map(TeaserCards, collections_of(self.library, entry)))

    def label(self, lang: str, key: str) -> str:
        """Return a label of the theme, or the name of a taxonomy of the site's own."""
        return label_of(self.settings, self.theme, lang, key)

    def url_prefix(self, lang: str) -> str:
        """Return the prefix of the paths of a language."""
        return prefix(lang, self.settings)

    def crumbs(self, lang: str, *sections: str) -> tuple[Label, ...]:
        """Return the links from the home page down to the index page of a section."""
        url_prefix = self.url_prefix(lang)
        below = (Label(name=self.label(lang, name), url=f"{url_prefix}{name}/") for name in sections)
        return (Label(name=self.label(lang, "home"), url=url_prefix), *below)

    def versions(self, path: str, langs: Container[str]) -> tuple[tuple[str, str], ...]:
        """Return (language, path) of a page that has the same path in each of some languages."""
        found = tuple(
            (lang, self.url_prefix(lang) + path) for lang in self.settings.languages if lang in langs
        )
        return found if len(found) > 1 else ()

    def untranslated_news(self, lang: str) -> tuple[TeaserCard, ...]:
        """Return the latest news of the site's first language without a translation into a language."""
        first = self.settings.language
        news = self.library.of_kind("news", first) if lang != first else ()
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
                f"{name}/", [one for one in self.settings.languages if self.library.has_section(name, one)]
            ),
        }
        return Frame(url=url, **{**values, **more})

    def shared_frame(self, lang: str, section: str, *above: Label) -> Frame:
        """Return what the frames of a section's items share."""
        url = f"{self.url_prefix(lang)}{section}/"
        frame = Frame(
            title=self.label(lang, section),
            section=url,
            crumbs=(*self.crumbs(lang, section), *above),
            feed=self.topics.get(url),
        )
        return with_digest(frame)

    def programme(self, slug: str, lang: str) -> ProgrammeBox | None:
        """Return what is shown of a programme, or None if it has no page in the language."""
        term = self.term_by_key.get(("programmes", slug, lang))
        make = partial(make_programme_box, self.library)
        return self.library.memo(("programme box", slug, lang), partial(make, term)) if term else None

    def programmes_of(self, entry: Entry) -> tuple[ProgrammeBox, ...]:
        """Return what is shown of the programmes of an entry."""
        programme_boxes = (self.programme(label.slug, entry.lang) for label in entry.terms["programmes"])
        return tuple(box for box in programme_boxes if box)

    def author(self, slug: str, lang: str) -> tuple[AuthorBox, bytes] | None:
        """Return what is shown of an author, and the key of its text if it has one; None for a mere name."""
        term = self.term_by_key.get(("authors", slug, lang))
        box = self.library.memo(("author box", slug, lang), partial(make_author_box, term)) if term else None
        return (box, author_body_key(term.record) or b"") if term and box else None

    def attribution(self, entry: Entry) -> Attribution:
        """Return the programmes and authors of a news item."""
        programmes, authors = entry.terms["programmes"], entry.terms["authors"]
        slugs = [tuple(label.slug for label in labels) for labels in (programmes, authors)]

        def attribute() -> Attribution:
            signed = [pair for label in authors if (pair := self.author(label.slug, entry.lang))]
            boxes, texts = tuple(box for box, _ in signed), tuple(text for _, text in signed)
            programme_boxes = self.programmes_of(entry)
            return with_digest(Attribution(programmes=programme_boxes, authors=boxes, texts=texts))

        return self.library.memo(("attribution", entry.lang, *slugs), attribute)

    def foreign_names(self, entry: Entry) -> tuple[tuple[str, str, str], ...]:
        """Return (taxonomy, slug, language) of an entry's terms with a name in another language."""
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
        url: str = "",
        stored: tuple[bytes, ...] = (),
        sources: tuple[str, ...] = (),
    ) -> Output:
        """Return the output of a page.

        Args:
            lang: its language.
            frame: its frame, or the one that it shares with other pages.
            make: the maker with the views of the page; site, theme and frame are added.
            url: its address, if the frame is shared; the maker then completes the frame.
            stored: keys of the bodies it shows.
            sources: source files that claim its address.
        """
        inputs: dict[str, Any] = {"site": self.sites[lang], "theme": self.theme}
        if url:
            inputs["section"] = frame
        else:
            url, aliases = frame.url, self.aliases.get(frame.url)
            inputs["page"] = replace(frame, aliases=aliases) if aliases else frame
        path = url if url.endswith(".html") else f"{url}index.html"
        make = partial(make.func, **inputs, **make.keywords)
        return Output(path=path, make=make, stored=stored, sources=sources)

    def view(self, lang: str, frame: Frame, template: str, **views: Any) -> Output:
        """Return the output of a page whose template needs nothing but its views.

        Args:
            lang: its language.
            frame: its frame.
            template: file name below the theme's website folder.
            views: what the template shows.
        """
        return self.page(lang, frame, partial(make_page, template=template, **views))


def calendar_of(url: str, events: Iterable[Entry]) -> str:
    """Return the path of the calendar of a page; empty if none of its events has an exact date."""
    return f"{url}events.ics" if any(entry.is_dated for entry in events) else ""
