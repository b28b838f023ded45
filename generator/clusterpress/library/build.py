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
from clusterpress.library.index_records import RECORDS, Abstract, make_abstract
from clusterpress.library.item_loader import Stacks
from clusterpress.library.library import Library
from clusterpress.library.links import Places
from clusterpress.library.lint.duplicates import doubles
from clusterpress.library.lint.images import picture_faults
from clusterpress.library.lint.similar_tags import near_misses
from clusterpress.library.names import Named, Register, open_registers
from clusterpress.library.permalinks import fill_pattern
from clusterpress.library.resolving import Resolver
from clusterpress.library.translations import Translations, group_translations
from clusterpress.library.visibility import State, state_at
from clusterpress.markup.body import Outline
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.slugs import slugify


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """An item with what is known of its body."""

    item: Item
    body: bytes
    """Key of the stored body."""
    outline: Outline


def assemble(
    sourced: Sequence[Sourced],
    *,
    pictures: Mapping[str, Picture],
    files: Mapping[str, str],
    settings: Settings,
    now: datetime,
    previews: bool = False,
    broken: Collection[str] = (),
) -> tuple[Library, list[Problem]]:
    """Return the library of items that are all in memory, and all faults between them.

    The arguments are those of `assemble_abstracts`.
    """
    items = {one.item.source.digest + one.item.source.path.encode(): one for one in sourced}
    outlines = {one.body: one.outline for one in sourced}
    stacks = Stacks(settings, lambda key: items[key].item, outlines.__getitem__)
    abstracts = [
        make_abstract(one.item, one.outline, key=key, body=one.body, settings=settings)
        for key, one in items.items()
    ]
    library, problems = assemble_abstracts(
        abstracts, stacks, pictures=pictures, files=files, now=now, previews=previews, broken=broken
    )
    return library, [*problems, *library.faults(library.entries)]


def assemble_abstracts(
    abstracts: Iterable[Abstract],
    stacks: Stacks,
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
        abstracts: of all items, in any order.
        stacks: where the items lie, and the settings of the site.
        pictures: source path → published picture.
        files: source path of any other file below content/ → path below the root.
        now: the time of the build, with its zone.
        previews: take drafts, embargoed and expired items too.
        broken: source paths of items and pictures with faults: what is wrong with them was said already.
    """
    settings = stacks.settings
    # Everything below goes by this order, so the order in which files were found cannot show anywhere.
    ordered = sorted(abstracts, key=attrgetter("path"))
    moment = now.timestamp()
    states = {one.path: state_at(one.draft, one.opens, one.closes, moment) for one in ordered}
    shown = ordered if previews else [one for one in ordered if states[one.path] == "published"]
    hidden = {} if previews else {path: state for path, state in states.items() if state != "published"}
    translations, structural = group_translations(shown, settings.language, stacks)
    records, faults = _register_records(shown, translations, stacks)
    structural += [*faults, *picture_faults(pictures.values())]
    resolver = Resolver(
        settings=settings,
        stacks=stacks,
        pictures=pictures,
        files=files,
        broken=broken,
        broken_names=frozenset(slugify(splitext(basename(path))[0]) for path in broken),
        translations=translations,
        registers=records.registers,
        labels=records.labels,
        colours=records.colours,
    )
    resolver.learn(shown)
    entries = [_enter(one, states[one.path], translations, resolver) for one in shown]
    resolver.places = _places(entries, hidden, resolver)
    for entry in entries:
        entry.origin, entry.card_origin = resolver.origins(entry)
    today = now.astimezone(stacks.zone).date()
    library = group_entries(entries, today=today, resolver=resolver, structural=structural)
    return library, check_library(library)


def check_library(library: Library) -> list[Problem]:
    """Return the faults between items, those that were found when the library was assembled among them."""
    entries, registers = tuple(library.by_path.values()), library.resolver.registers
    return [
        *library.structural,
        *[problem for entry in entries for problem in entry.abstract.problems],
        *_unannounced(entries, library.today.toordinal()),
        *_doubts_about_events(entries, registers["event"]),
        *doubles(entries),
        *near_misses(library, registers),
    ]


def _slug_of(item: Abstract, translations: Translations, settings: Settings) -> str:
    """Return an item's slug; a record's translations go by the slug of the original."""
    if item.kind in RECORDS:
        return translations.original(item, settings.language).slug
    return item.facts.number if item.kind == "issue" else item.slug


class _Records(NamedTuple):
    """The items that others name."""

    registers: dict[str, Register]
    """Kind → their names."""
    labels: dict[tuple[str, str, str], Label]
    """(kind, slug, language) → label."""
    colours: dict[str, str]
    """Slug of a programme → its colour."""


def _register_records(
    items: Iterable[Abstract], translations: Translations, stacks: Stacks
) -> tuple[_Records, list[Problem]]:
    """Return the records among some items, and which names or numbers two of them claim."""
    settings = stacks.settings
    records: dict[str, list[tuple[Abstract, str]]] = defaultdict(list)
    labels: dict[tuple[str, str, str], Label] = {}
    colours: dict[str, str] = {}
    for item in items:
        if not item.names:
            continue
        slug = _slug_of(item, translations, settings)
        records[item.kind].append((item, slug))
        if item.kind in RECORDS:
            url = fill_pattern(item.kind, slug, item.lang, settings)
            labels[item.kind, slug, item.lang] = Label(name=item.title, slug=slug, url=url)
        if item.colour:
            colours.setdefault(slug, item.colour)
    registers, problems = open_registers(
        {
            kind: [(Named(one.names, partial(stacks.item, one.item)), slug) for one, slug in found]
            for kind, found in records.items()
        }
    )
    problems += _doubled_numbers([item for item, _ in records["partner"]], translations, stacks)
    return _Records(registers, labels, colours), problems


def _doubled_numbers(
    partners: Iterable[Abstract], translations: Translations, stacks: Stacks
) -> Iterator[Problem]:
    holders: dict[str, Abstract] = {}
    for partner in partners:
        number = partner.facts.number
        if not number:
            continue
        first = holders.setdefault(number, partner)
        if first.path not in {one.path for one in translations.of(partner).values()}:
            message = f"{number} already is the number of {first.path}"
            hint = "give each partner a number of its own"
            lines = stacks.item(partner.item).source.lines
            yield problem_at("number", lines, partner.path, message, hint)


def _unannounced(entries: Iterable[Entry], today: int) -> Iterator[Problem]:
    """Yield a warning for each coming event that feeds cannot tell of, because nothing dates its news."""
    for entry in entries:
        if entry.abstract.kind == "event" and entry.abstract.day > today:
            yield problem_at(
                "date",
                entry.item.source.lines,
                entry.path,
                "a coming event without a date of announcement is in no feed until it begins",
                "add date: with the day of its announcement",
                Severity.WARNING,
            )


def _doubts_about_events(entries: Sequence[Entry], events: Register) -> Iterator[Problem]:
    """Yield what may be wrong with the dates of events and of the reports on them."""
    if not events.slugs:
        return
    # Imported for sites with events: their patterns in eight languages take a while to compile.
    from clusterpress.library.lint.dates import early_reports
    from clusterpress.library.lint.periods import contradictions

    yield from contradictions(entries)
    yield from early_reports(entries, events)


def _enter(one: Abstract, state: State, translations: Translations, resolver: Resolver) -> Entry:
    """Return an entry; its origins are filled in when all entries have their addresses."""
    slug = _slug_of(one, translations, resolver.settings)
    url = one.url or fill_pattern(one.kind, slug, one.lang, resolver.settings)
    return Entry(one, slug, url, state, resolver.stacks, resolver.resolve, resolver.follow)


def _places(entries: Sequence[Entry], hidden: Mapping[str, str], resolver: Resolver) -> Places:
    by_path = {entry.abstract.path: entry for entry in entries}

    @cache
    def slugs() -> dict[str, str]:
        found: dict[str, str] = {}
        for path, entry in by_path.items():
            found.setdefault(f"{path.rpartition('/')[0]}/{entry.abstract.slug}", path)
        return found

    return Places(
        urls={path: entry.url for path, entry in by_path.items()},
        hidden=hidden,
        anchors=lambda path: by_path[path].outline.anchors,
        body=lambda path: by_path[path].body,
        pictures=resolver.pictures,
        files=resolver.files,
        broken=resolver.broken,
        slugs=slugs,
    )
