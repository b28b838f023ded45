"""Assembly: from the abstracts of all items to the library, with the faults between items on the way.

All items pass through here on every build, whatever changed: what is done for each of them is kept to a few
look-ups. What an item names is resolved later, and for those only of which somebody asks.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from operator import attrgetter
from posixpath import basename, splitext
from typing import NamedTuple

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.library.entries import Entry, Label, Picture
from clusterpress.library.index import group_entries
from clusterpress.library.index_records import IndexRecord, make_index_record
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.library import Library
from clusterpress.library.links import LinkTargets
from clusterpress.library.lint.duplicates import find_duplicates
from clusterpress.library.lint.images import check_images
from clusterpress.library.lint.similar_tags import find_similar_tags
from clusterpress.library.names import NamedRecord, Register, build_registers
from clusterpress.library.permalinks import fill_pattern
from clusterpress.library.resolver import Resolver
from clusterpress.library.translations import Translations, group_translations
from clusterpress.library.visibility import State, state_at
from clusterpress.markup.body import Outline
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.slugs import slugify
from clusterpress.values.taxonomies import RECORD_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedItem:
    """An item with what is known of its body."""

    item: Item
    body: bytes
    """Key of the stored body."""
    outline: Outline


def assemble_items(
    parsed_items: Sequence[ParsedItem],
    *,
    pictures: Mapping[str, Picture],
    files: Mapping[str, str],
    settings: Settings,
    now: datetime,
    previews: bool = False,
    broken: Collection[str] = (),
) -> tuple[Library, list[Problem]]:
    """Return the library of items that are all in memory, and all faults between them.

    The arguments are those of `assemble_library`.
    """
    items = {one.item.source.digest + one.item.source.path.encode(): one for one in parsed_items}
    outlines = {one.body: one.outline for one in parsed_items}
    item_loader = ItemLoader(settings, lambda key: items[key].item, outlines.__getitem__)
    index_records = [
        make_index_record(one.item, one.outline, key=key, body=one.body, settings=settings)
        for key, one in items.items()
    ]
    library, problems = assemble_library(
        index_records, item_loader, pictures=pictures, files=files, now=now, previews=previews, broken=broken
    )
    return library, [*problems, *library.faults(library.entries)]


def assemble_library(
    index_records: Iterable[IndexRecord],
    item_loader: ItemLoader,
    *,
    pictures: Mapping[str, Picture],
    files: Mapping[str, str],
    now: datetime,
    previews: bool = False,
    broken: Collection[str] = (),
) -> tuple[Library, list[Problem]]:
    """Return the library at the time ``now``, and the faults between items.

    What is wrong with the links, pictures and names of each item tells `Library.faults`.

    Args:
        index_records: of all items, in any order.
        item_loader: where the items lie, and the settings of the site.
        pictures: source path → published picture.
        files: source path of any other file below content/ → path below the root.
        now: the time of the build, with its zone.
        previews: take drafts, embargoed and expired items too.
        broken: source paths of items and pictures with faults: what is wrong with them was said already.
    """
    settings = item_loader.settings
    # Everything below goes by this order, so the order in which files were found cannot show anywhere.
    ordered = sorted(index_records, key=attrgetter("path"))
    moment = now.timestamp()
    states = {one.path: state_at(one.draft, one.publish_at, one.expire_at, moment) for one in ordered}
    shown = ordered if previews else [one for one in ordered if states[one.path] == "published"]
    hidden = {} if previews else {path: state for path, state in states.items() if state != "published"}
    translations, structural_problems = group_translations(shown, settings.language, item_loader)
    records, faults = _register_records(shown, translations, item_loader)
    structural_problems += [*faults, *check_images(pictures.values())]
    resolver = Resolver(
        settings=settings,
        item_loader=item_loader,
        pictures=pictures,
        files=files,
        broken=broken,
        broken_names=frozenset(slugify(splitext(basename(path))[0]) for path in broken),
        translations=translations,
        registers=records.registers,
        labels=records.labels,
        colours=records.colours,
    )
    resolver.resolve_terms(shown)
    entries = [_make_entry(one, states[one.path], translations, resolver) for one in shown]
    resolver.link_targets = _make_link_targets(entries, hidden, resolver)
    for entry in entries:
        entry.dependency_digest, entry.card_dependency_digest = resolver.dependency_digests(entry)
    today = now.astimezone(item_loader.zone).date()
    library = group_entries(entries, today=today, resolver=resolver, structural_problems=structural_problems)
    return library, check_library(library)


def check_library(library: Library) -> list[Problem]:
    """Return the faults between items, those that were found when the library was assembled among them."""
    entries, registers = tuple(library.by_path.values()), library.resolver.registers
    return [
        *library.structural_problems,
        *[problem for entry in entries for problem in entry.index_record.problems],
        *_find_undated_events(entries, library.today.toordinal()),
        *_check_events(entries, registers["event"]),
        *find_duplicates(entries),
        *find_similar_tags(library, registers),
    ]


def _slug_of(item: IndexRecord, translations: Translations, settings: Settings) -> str:
    """Return an item's slug; a record's translations go by the slug of the original."""
    if item.kind in RECORD_KINDS:
        return translations.original(item, settings.language).slug
    return item.teaser.number if item.kind == "issue" else item.slug


class _Records(NamedTuple):
    """The items that others name."""

    registers: dict[str, Register]
    """Kind → their names."""
    labels: dict[tuple[str, str, str], Label]
    """(kind, slug, language) → label."""
    colours: dict[str, str]
    """Slug of a programme → its colour."""


def _register_records(
    items: Iterable[IndexRecord], translations: Translations, item_loader: ItemLoader
) -> tuple[_Records, list[Problem]]:
    """Return the records among some items, and which names or numbers two of them claim."""
    settings = item_loader.settings
    records: dict[str, list[tuple[IndexRecord, str]]] = defaultdict(list)
    labels: dict[tuple[str, str, str], Label] = {}
    colours: dict[str, str] = {}
    for item in items:
        if not item.names:
            continue
        slug = _slug_of(item, translations, settings)
        records[item.kind].append((item, slug))
        if item.kind in RECORD_KINDS:
            url = fill_pattern(item.kind, slug, item.lang, settings)
            labels[item.kind, slug, item.lang] = Label(name=item.title, slug=slug, url=url)
        if item.colour:
            colours.setdefault(slug, item.colour)
    registers, problems = build_registers(
        {
            kind: [(NamedRecord(one.names, partial(item_loader.item, one.item)), slug) for one, slug in found]
            for kind, found in records.items()
        }
    )
    problems += _find_duplicate_numbers([item for item, _ in records["partner"]], translations, item_loader)
    return _Records(registers, labels, colours), problems


def _find_duplicate_numbers(
    partners: Iterable[IndexRecord], translations: Translations, item_loader: ItemLoader
) -> Iterator[Problem]:
    holders: dict[str, IndexRecord] = {}
    for partner in partners:
        number = partner.teaser.number
        if not number:
            continue
        first = holders.setdefault(number, partner)
        if first.path not in {one.path for one in translations.of(partner).values()}:
            message = f"{number} already is the number of {first.path}"
            hint = "give each partner a number of its own"
            lines = item_loader.item(partner.item).source.lines
            yield problem_at("number", lines, partner.path, message, hint)


def _find_undated_events(entries: Iterable[Entry], today: int) -> Iterator[Problem]:
    """Yield a warning for each coming event that feeds cannot tell of, because nothing dates its news."""
    for entry in entries:
        if entry.index_record.kind == "event" and entry.index_record.day > today:
            yield problem_at(
                "date",
                entry.item.source.lines,
                entry.path,
                "a coming event without a date of announcement is in no feed until it begins",
                "add date: with the day of its announcement",
                Severity.WARNING,
            )


def _check_events(entries: Sequence[Entry], events: Register) -> Iterator[Problem]:
    """Yield what may be wrong with the dates of events and of the reports on them."""
    if not events.slugs:
        return
    # Imported for sites with events: their patterns in eight languages take a while to compile.
    from clusterpress.library.lint.dates import check_report_dates
    from clusterpress.library.lint.periods import check_periods

    yield from check_periods(entries)
    yield from check_report_dates(entries, events)


def _make_entry(one: IndexRecord, state: State, translations: Translations, resolver: Resolver) -> Entry:
    """Return an entry; its origins are filled in when all entries have their addresses."""
    slug = _slug_of(one, translations, resolver.settings)
    url = one.url or fill_pattern(one.kind, slug, one.lang, resolver.settings)
    return Entry(one, slug, url, state, resolver.item_loader, resolver.resolve, resolver.resolve_links)


def _make_link_targets(
    entries: Sequence[Entry], hidden: Mapping[str, str], resolver: Resolver
) -> LinkTargets:
    by_path = {entry.index_record.path: entry for entry in entries}

    @cache
    def slugs() -> dict[str, str]:
        found: dict[str, str] = {}
        for path, entry in by_path.items():
            found.setdefault(f"{path.rpartition('/')[0]}/{entry.index_record.slug}", path)
        return found

    return LinkTargets(
        urls={path: entry.url for path, entry in by_path.items()},
        hidden=hidden,
        anchors=lambda path: by_path[path].outline.anchors,
        body=lambda path: by_path[path].body,
        pictures=resolver.pictures,
        files=resolver.files,
        broken=resolver.broken,
        slugs=slugs,
    )
