"""Assembly: from the abstracts of all items to the library, with the faults between items on the way.

All items pass through here on every build, whatever changed: what is done for each of them is kept to a few
look-ups. What an item names is resolved later, and for those only of which somebody asks.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter
from posixpath import basename, splitext

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, Label, Picture
from clusterpress.library.index import index_entries
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.library import Library
from clusterpress.library.links import LinkTargets
from clusterpress.library.lint.duplicates import find_duplicates
from clusterpress.library.lint.images import check_images
from clusterpress.library.lint.similar_tags import find_similar_tags
from clusterpress.library.names import NamedRecord, Register, build_registers
from clusterpress.library.permalinks import fill_pattern
from clusterpress.library.resolver import Resolver
from clusterpress.library.terms import Records, resolve_terms
from clusterpress.library.translations import Translations, group_translations
from clusterpress.library.visibility import state_at
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, Severity
from clusterpress.values.slugs import slugify
from clusterpress.values.taxonomies import RECORD_KINDS


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
    places = {one.path: _place(one, translations, settings) for one in shown}
    records, faults = _register_records(shown, places, item_loader)
    structural_problems += [
        *faults,
        *_find_duplicate_numbers(shown, translations, item_loader),
        *check_images(pictures.values()),
    ]
    resolver = Resolver(
        settings=settings,
        item_loader=item_loader,
        records=records,
        terms=resolve_terms(shown, records, settings),
        link_targets=LinkTargets(
            item_loader=item_loader,
            records={one.path: one for one in shown},
            urls={path: url for path, (_, url) in places.items()},
            hidden=hidden,
            pictures=pictures,
            files=files,
            broken=broken,
        ),
        translations=translations,
        broken_names=frozenset(slugify(splitext(basename(path))[0]) for path in broken),
    )
    library = index_entries(
        [resolver.make_entry(one, *places[one.path], states[one.path]) for one in shown],
        today=now.astimezone(item_loader.zone).date(),
        resolver=resolver,
        structural_problems=structural_problems,
    )
    return library, check_library(library)


def check_library(library: Library) -> list[Problem]:
    """Return the faults between items, those that were found when the library was assembled among them."""
    entries, registers = tuple(library.by_path.values()), library.resolver.records.registers
    return [
        *library.structural_problems,
        *[problem for entry in entries for problem in entry.index_record.problems],
        *_find_undated_events(entries, library.today.toordinal()),
        *_check_events(entries, registers["event"]),
        *find_duplicates(entries),
        *find_similar_tags(library, registers),
    ]


def _place(item: IndexRecord, translations: Translations, settings: Settings) -> tuple[str, str]:
    """Return an item's slug, and its path below the root; translated records share a slug."""
    slug = item.slug
    if item.kind in RECORD_KINDS:
        slug = translations.original(item, settings.language).slug
    elif item.kind == "issue":
        slug = item.teaser.number
    return slug, item.url or fill_pattern(item.kind, slug, item.lang, settings)


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
        named[item.kind].append((NamedRecord(item.names, partial(item_loader.item, item.item)), slug))
        if item.kind in RECORD_KINDS:
            labels[item.kind, slug, item.lang] = Label(name=item.title, slug=slug, url=url)
        if item.colour:
            colours.setdefault(slug, item.colour)
    registers, problems = build_registers(named)
    return Records(registers=registers, labels=labels, colours=colours), problems


def _find_duplicate_numbers(
    items: Iterable[IndexRecord], translations: Translations, item_loader: ItemLoader
) -> Iterator[Problem]:
    """Yield an error for each partner whose number another one has."""
    holders: dict[str, IndexRecord] = {}
    for partner in items:
        number = partner.teaser.number if partner.kind == "partner" else ""
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
