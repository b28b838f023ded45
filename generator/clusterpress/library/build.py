"""Assembly: from the index records of all items to the library, with the faults between items.

Every build passes all items through here, whatever changed: the work for each of them is kept to a few
look-ups. The names, links and pictures of an item are resolved later, on demand.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, Label, Picture
from clusterpress.library.index import index_entries
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.library import Library
from clusterpress.library.links import LinkTargets
from clusterpress.library.lint.items import (
    check_images,
    find_duplicate_numbers,
    find_duplicates,
    find_undated_events,
)
from clusterpress.library.lint.similar_tags import find_similar_tags
from clusterpress.library.names import NamedRecord, Register, build_registers
from clusterpress.library.permalinks import fill_pattern
from clusterpress.library.resolver import Resolver
from clusterpress.library.terms import Records, resolve_terms
from clusterpress.library.translations import Translations, group_translations
from clusterpress.library.visibility import state_at
from clusterpress.values.problems import Problem
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

    `Library.faults` finds what is wrong with the links, pictures and names of each item.

    Args:
        index_records: of all items, in any order.
        item_loader: fetches the items; has the settings of the site.
        pictures: source path → published picture.
        files: source path of any other file below content/ → path below the root.
        now: the time of the build, with its zone.
        previews: include drafts, embargoed and expired items.
        broken: source paths of items and pictures that could not be read, which was reported already.
    """
    settings, moment = item_loader.settings, now.timestamp()
    # In one order whatever the file system lists first: every result below depends on it.
    ordered = sorted(index_records, key=attrgetter("path"))
    states = {one.path: state_at(one.draft, one.publish_at, one.expire_at, moment) for one in ordered}
    shown = ordered if previews else [one for one in ordered if states[one.path] == "published"]
    translations, structural_problems = group_translations(shown, settings.language, item_loader)
    places = {one.path: _place(one, translations, settings) for one in shown}
    records, name_problems = _register_records(shown, places, item_loader)
    link_targets = LinkTargets(
        item_loader=item_loader,
        records={one.path: one for one in shown},
        urls={path: url for path, (_, url) in places.items()},
        hidden={path: state for path, state in states.items() if path not in places},
        pictures=pictures,
        files=files,
        broken=broken,
    )
    terms = resolve_terms(shown, records, settings)
    resolver = Resolver(records=records, terms=terms, link_targets=link_targets, translations=translations)
    entries = [resolver.make_entry(one, *places[one.path], states[one.path]) for one in shown]
    number_problems = find_duplicate_numbers(shown, translations, item_loader)
    problems = (*structural_problems, *name_problems, *number_problems, *check_images(pictures.values()))
    today = now.astimezone(item_loader.zone).date()
    library = index_entries(entries, today=today, resolver=resolver, structural_problems=problems)
    return library, check_library(library)


def check_library(library: Library) -> list[Problem]:
    """Return all faults between items, including those found when the library was assembled."""
    entries, registers = tuple(library.by_path.values()), library.resolver.records.registers
    return [
        *library.structural_problems,
        *[problem for entry in entries for problem in entry.index_record.problems],
        *find_undated_events(entries, library.today.toordinal()),
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


def _check_events(entries: Sequence[Entry], events: Register) -> Iterator[Problem]:
    """Yield what may be wrong with the dates of events and of the reports on them."""
    if not events.slugs:
        return
    # Imported only for sites with events: compiling its patterns in eight languages takes time.
    from clusterpress.library.lint.events import check_periods, check_report_dates

    yield from check_periods(entries)
    yield from check_report_dates(entries, events)
