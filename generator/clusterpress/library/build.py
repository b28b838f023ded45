"""Assembly: from the index records of all items to the library, with the faults between items.

Every build passes all items through here, whatever changed: the work for each of them is kept to a few
look-ups. The names, links and pictures of an item are resolved later, on demand.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.paths import read_name
from clusterpress.library.entries import Entry, Label
from clusterpress.library.index_records import IndexRecord, day_of
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.library import Library
from clusterpress.library.links import Hidden, LinkTargets
from clusterpress.library.lint import (
    check_images,
    check_periods,
    check_report_dates,
    find_duplicate_numbers,
    find_duplicates,
    find_similar_tags,
    find_undated_events,
)
from clusterpress.library.names import NamedRecord, build_registers
from clusterpress.library.pictures import Picture
from clusterpress.library.promises import PublishedItem, check_promises, match_promises
from clusterpress.library.publication import Span, State, fill_pattern, prefix, state_at, state_within
from clusterpress.library.resolver import Resolver
from clusterpress.library.terms import Records, Term, resolve_terms
from clusterpress.library.translations import Translations, group_translations
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.kinds import RECORD_KINDS, TAXONOMY_NAMES, WITH_MEMBERS, TaxonomyFields
from clusterpress.values.problems import Problem, as_warning
from clusterpress.values.slugs import term_slug


def assemble_library(
    index_records: Iterable[IndexRecord],
    item_loader: ItemLoader,
    *,
    now: datetime,
    pictures: Mapping[str, Picture],
    files: Mapping[str, str],
    previews: bool = False,
    span: Span = "now",
    broken: Collection[str] = (),
    sizes: Mapping[str, int] = MappingProxyType({}),
    published: Mapping[str, PublishedItem] = MappingProxyType({}),
) -> tuple[Library, list[Problem]]:
    """Return the library at the time ``now``, and the faults between items; `Library.faults` finds others.

    Args:
        index_records: of all items, in any order.
        item_loader: fetches the items; has the settings of the site.
        pictures: source path → published picture.
        files: source path of any other file below content/ → path below the root.
        now: the time of the build, with its zone.
        previews: include drafts, embargoed and expired items.
        span: which items the library shows as published, if it is no preview.
        broken: source paths of items and pictures that could not be read, which was reported already.
        sizes: source path of any other file → its bytes.
        published: source path → what readers know of the item.
    """
    settings, today = item_loader.settings, now.astimezone(item_loader.zone).date()
    ordered = _sort_items(index_records, previews=previews)
    states = _find_states(ordered, now.timestamp(), span)
    shown, hidden = _split_by_state(ordered, states, previews=previews)
    translations, problems = group_translations(shown, settings.language, item_loader, hidden)
    all_places = _find_places(ordered, translations, settings)
    places = {one.path: all_places[one.path] for one in shown} if hidden else all_places
    shown = _with_old_addresses(shown, places, settings)
    records, name_problems = _register_records(shown, places, item_loader)
    away = {one.path: Hidden(states[one.path], one, all_places[one.path][1]) for one in hidden}
    targets = _find_link_targets(item_loader, shown, away, places, _Files(pictures, files, sizes, broken))
    resolver = Resolver(
        records=replace(records, hidden=_names_of_hidden(hidden, states)),
        terms=resolve_terms(shown, records, settings),
        link_targets=targets,
        translations=translations,
        promises=match_promises(published, ordered, targets.urls, settings.url),
    )
    entries = [resolver.make_entry(one, *places[one.path], states[one.path]) for one in shown]
    problems += [*name_problems, *find_duplicate_numbers(shown, translations, item_loader)]
    problems = [*excuse_drafts(problems, states.get), *check_images(pictures.values())]
    library = _index_entries(entries, today, resolver, problems)
    return library, check_library(library)


def _split_by_state(
    items: Iterable[IndexRecord], states: Mapping[str, State], *, previews: bool
) -> tuple[list[IndexRecord], list[IndexRecord]]:
    """Return the items that are shown, and the others; a preview shows all."""
    shown, hidden = list[IndexRecord](), list[IndexRecord]()
    for one in items:
        (shown if previews or states[one.path] == "published" else hidden).append(one)
    return shown, hidden


def _find_states(items: Iterable[IndexRecord], moment: float, span: Span) -> dict[str, State]:
    """Return source path → state of each item at a time, in a library that shows a span of time."""
    states = {one.path: state_at(one.draft, one.publish_at, one.expire_at, moment) for one in items}
    return states if span == "now" else {path: state_within(one, span) for path, one in states.items()}


def _sort_items(index_records: Iterable[IndexRecord], *, previews: bool) -> list[IndexRecord]:
    """Return all items in the order on which all results depend; previews have drafts after the others.

    Of two items that claim one thing, the later one is at fault.
    """
    return sorted(index_records, key=attrgetter("draft", "path") if previews else attrgetter("path"))


def excuse_drafts(problems: Iterable[Problem], state_of: Callable[[str], State | None]) -> Iterator[Problem]:
    """Yield problems between items, those of drafts as warnings: only previews show drafts."""
    return (as_warning(one) if state_of(one.path) == "draft" else one for one in problems)


class _Files(NamedTuple):
    """The files beside items; the fields are those of `LinkTargets`."""

    pictures: Mapping[str, Picture]
    files: Mapping[str, str]
    sizes: Mapping[str, int]
    broken: Collection[str]


def _find_link_targets(
    item_loader: ItemLoader,
    shown: Iterable[IndexRecord],
    hidden: Mapping[str, Hidden],
    places: Mapping[str, tuple[str, str]],
    files: _Files,
) -> LinkTargets:
    """Return everything that a link may name, given the (slug, path) of each shown item."""
    return LinkTargets(
        item_loader=item_loader,
        records={one.path: one for one in shown},
        urls={path: url for path, (_, url) in places.items()},
        hidden=hidden,
        **files._asdict(),
    )


def check_library(library: Library) -> list[Problem]:
    """Return all faults between items, including those found when the library was assembled."""
    entries, registers = tuple(library.by_path.values()), library.resolver.records.registers
    return [
        *library.structural_problems,
        *[problem for entry in entries for problem in entry.index_record.problems],
        *find_undated_events(entries, library.today.toordinal()),
        *check_periods(entries),
        *check_report_dates(entries, registers["event"]),
        *excuse_drafts(find_duplicates(entries), lambda path: library.by_path[path].state),
        *find_similar_tags(library, registers),
        *check_promises(library.resolver.promises, entries, library.settings.url),
    ]


def _find_places(
    items: Sequence[IndexRecord], translations: Translations, settings: Settings
) -> dict[str, tuple[str, str]]:
    """Return source path → (slug, path below the root) of items, also of those that are hidden now."""
    found = {one.path: _place(one, translations, settings) for one in items}
    return found | _dated_places(items, settings)


def _place(item: IndexRecord, translations: Translations, settings: Settings) -> tuple[str, str]:
    """Return an item's slug, and its path below the root; translated records share a slug."""
    slug = item.slug
    if item.kind in RECORD_KINDS:
        slug = translations.original(item, settings.language).slug
    elif item.kind == "issue":
        slug = item.teaser.number
    return slug, item.url or fill_pattern(item.kind, slug, item.lang, settings)


def _dated_places(items: Iterable[IndexRecord], settings: Settings) -> dict[str, tuple[str, str]]:
    """Return slug and path of each event that shares its name with an earlier one, as recurring events do.

    ``2026-01-05-call.md`` is ``/events/call/``, and ``2026-02-05-call.md`` is ``/events/2026-02-05-call/``.
    The first one keeps its address, also after it has expired.
    """
    groups: dict[str, list[tuple[str, IndexRecord]]] = defaultdict(list)
    for one in items:
        if one.kind == "event" and not one.draft:
            written = read_name(one.path, settings.languages).date
            date_of_name = "-".join(part.zfill(2) for part in written.split("-") if part)
            groups[one.url].append((date_of_name, one))
    found = {}
    for group in groups.values():
        for written, one in sorted(group, key=lambda pair: (pair[0], pair[1].path))[1:]:
            if written:
                slug = f"{written}-{one.slug}"
                day = day_of(one.first_day)
                found[one.path] = slug, fill_pattern(one.kind, slug, one.lang, settings, day)
    return found


def _with_old_addresses(
    items: Sequence[IndexRecord], places: Mapping[str, tuple[str, str]], settings: Settings
) -> list[IndexRecord]:
    """Return the items, with an alias for the address that an earlier version gave to a file's name.

    ``خبر-2.md`` was published at ``/2/``. The alias is left out if another item has or had the address.
    """
    urls = {url for _, url in places.values()}
    moved = [one for one in items if one.old_slug]
    if not moved:
        return list(items)
    old = {one.path: _old_address(one, places[one.path], settings) for one in moved}
    uses = Counter(old.values())
    aliases = {path: f"/{url}" for path, url in old.items() if url not in urls and uses[url] == 1}
    return [
        one._replace(aliases=(*one.aliases, aliases[one.path]), digest=digest(one.digest, aliases[one.path]))
        if one.path in aliases
        else one
        for one in items
    ]


def _old_address(one: IndexRecord, place: tuple[str, str], settings: Settings) -> str:
    slug, url = place
    if one.kind in RECORD_KINDS:
        return fill_pattern(one.kind, one.old_slug, one.lang, settings)
    head, found, tail = url.rpartition(slug)
    return f"{head}{one.old_slug}{tail}" if found else url


def _register_records(
    items: Iterable[IndexRecord], places: Mapping[str, tuple[str, str]], item_loader: ItemLoader
) -> tuple[Records, list[Problem]]:
    """Return the records among some items, and the names that two of them claim."""
    named: dict[str, list[tuple[NamedRecord, str]]] = defaultdict(list)
    labels: dict[tuple[str, str, str], Label] = {}
    colours: dict[str, str] = {}
    for item in items:
        if not item.names:
            continue
        slug, url = places[item.path]
        names = (*item.names, slug) if item.kind == "event" and slug != item.slug else item.names
        named[item.kind].append((NamedRecord(names, partial(item_loader.item, item.item)), slug))
        if item.kind in RECORD_KINDS:
            labels[item.kind, slug, item.lang] = Label(name=item.title, slug=slug, url=url)
        if item.colour:
            colours.setdefault(slug, item.colour)
    registers, problems = build_registers(named)
    return Records(registers=registers, labels=labels, colours=colours), problems


def _names_of_hidden(
    hidden: Iterable[IndexRecord], states: Mapping[str, State]
) -> dict[tuple[str, str], str]:
    """Return (kind, folded name) → state of the records and events that are not published now."""
    return {(one.kind, term_slug(name)): states[one.path] for one in hidden for name in one.names}


def _index_entries(
    entries: Sequence[Entry], today: date, resolver: Resolver, structural_problems: Iterable[Problem]
) -> Library:
    settings = resolver.settings
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (-e.index_record.published, e.slug, e.url)):
        groups[entry.kind, entry.lang].append(entry)
    by_kind = {key: tuple(_sort(key[0], group)) for key, group in groups.items()}
    records: dict[tuple[str, str, str], Entry] = {
        (entry.kind, entry.slug, entry.lang): entry
        for (kind, _), group in by_kind.items()
        if kind in RECORD_KINDS
        for entry in group
    }
    builder = _TermBuilder(by_kind, records, resolver)
    return Library(
        settings=settings,
        today=today,
        entries=tuple(entry for group in by_kind.values() for entry in group),
        by_kind=by_kind,
        by_term={
            (taxonomy.name, lang): terms
            for lang in settings.languages
            for taxonomy, terms in zip(settings.all_taxonomies, builder.terms_in(lang), strict=True)
        },
        by_path={entry.path: entry for entry in entries},
        records=records,
        redirects=tuple(
            (alias.lstrip("/"), entry) for entry in entries for alias in entry.index_record.aliases
        ),
        files=resolver.link_targets.files,
        registers=resolver.records.directory(settings.language),
        shared_digest=_shared_digest(entries, resolver),
        resolver=resolver,
        structural_problems=tuple(structural_problems),
    )


def _sort(kind: str, group: list[Entry]) -> list[Entry]:
    """Return the entries of a kind in the order of their lists; they come newest first."""
    match kind:
        case "news":
            return group
        case "event":
            # Stable: events of one day stay in the order of their slugs.
            return sorted(group, key=lambda e: e.index_record.teaser_values[1:3], reverse=True)  # its days
        case "issue":
            # Their slugs are their numbers: of two issues of one day, the higher number is the newer.
            return sorted(group, key=lambda e: (-e.index_record.published, -int(e.slug)))
        case _:
            return sorted(group, key=_record_order)


def _record_order(entry: Entry) -> tuple[bool, int, str]:
    """Sort partners by number, those without one after them, and everything else by title."""
    digits = "".join(c for c in entry.index_record.teaser.number if c.isdigit())
    return (not digits, int(digits or 0), entry.title.casefold())


def _shared_digest(entries: Iterable[Entry], resolver: Resolver) -> bytes:
    """Return the digest of what any entry may show of others: records, and names of terms."""
    records = [entry.dependency_digest for entry in entries if entry.kind in RECORD_KINDS]
    spellings = digest(sorted(resolver.terms.ambiguous.items()))
    return join_digests([digest(resolver.settings), *records, spellings])


class _TermBuilder(Struct, frozen=True):
    by_kind: Mapping[tuple[str, str], Sequence[Entry]]
    records: Mapping[tuple[str, str, str], Entry]
    resolver: Resolver

    def terms_in(self, lang: str) -> Iterator[tuple[Term, ...]]:
        """Yield for each taxonomy the terms with a page in a language."""
        group = self.resolver.terms.group
        news, events = (group(self.by_kind.get((kind, lang), ()), lang) for kind in ("news", "event"))
        members = group(
            [*self.by_kind.get(("cluster", lang), ()), *self.by_kind.get(("partner", lang), ())], lang
        )
        taxonomies = self.resolver.settings.all_taxonomies
        for taxonomy, reports, dates, others in zip(taxonomies, news, events, members, strict=True):
            has_members = taxonomy.name in WITH_MEMBERS or taxonomy.name not in TAXONOMY_NAMES
            yield tuple(self._terms(taxonomy, lang, reports, dates, others if has_members else {}))

    def _terms(
        self,
        taxonomy: TaxonomyFields,
        lang: str,
        news: dict[str, list[Entry]],
        events: dict[str, list[Entry]],
        members: dict[str, list[Entry]],
    ) -> Iterator[Term]:
        name, kind, settings = taxonomy.name, taxonomy.kind or "", self.resolver.settings
        own = [entry.slug for entry in self.by_kind.get((kind, lang), ())]
        others = sorted(
            slug
            for slug in news.keys() | events.keys() | members.keys()
            if (kind, slug, lang) not in self.records
        )
        for slug in (*own, *others):
            record = self._record((kind,), slug, lang)
            path = f"{prefix(lang, settings)}{name}/{slug}/"
            yield Term(
                taxonomy=name,
                slug=slug,
                name=record.title if record else self.resolver.terms.names.get((name, slug), slug),
                url=record.url if record and record.lang == lang else path,
                lang=lang,
                # A cluster or partner may sign as an author without a record of its own kind.
                record=record
                or (self._record(("cluster", "partner"), slug, lang) if kind == "author" else None),
                news=tuple(news.get(slug, ())),
                events=tuple(events.get(slug, ())),
                members=tuple(members.get(slug, ())),
            )

    def _record(self, kinds: Iterable[str], slug: str, lang: str) -> Entry | None:
        """Return the first record of some kinds, in the language if it is there, else in the first one."""
        keys = ((kind, slug, one) for kind in kinds for one in (lang, self.resolver.settings.language))
        return next((self.records[key] for key in keys if key in self.records), None)
