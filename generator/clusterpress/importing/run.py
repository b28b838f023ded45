"""The steps of an import: from an export to files of a project, with a report of every record."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.items import Issue
from clusterpress.importing.addresses import Files, key_of
from clusterpress.importing.compose import Composed, compose, fix_anchors
from clusterpress.importing.fit import fit
from clusterpress.importing.inventory import Inventory, Row, Use, merge_rows
from clusterpress.importing.links import Site
from clusterpress.importing.paths import (
    Existing,
    Placed,
    home_of,
    homes_of,
    identity_of,
    place_records,
    resolve_aliases,
)
from clusterpress.importing.prepare import plain_record, prepare_records
from clusterpress.importing.records import Export, ImportStatus, Outcome, Record, Remark, Report, Skipped
from clusterpress.importing.terms import KnownNames, missing_records
from clusterpress.importing.write import Attachments, ProjectStorage, copy_files, write_items
from clusterpress.sources.files import list_files
from clusterpress.sources.items import KINDS_BY_KEY, read_items, registers_of
from clusterpress.values.kinds import RECORD_KINDS, Kind
from clusterpress.values.problems import Problem, count
from clusterpress.values.slugs import slugify, term_slug
from clusterpress.values.source_names import is_markdown


def import_export(
    export: Export,
    attachments: Attachments | None,
    storage: ProjectStorage,
    settings: Settings,
    *,
    into: Mapping[Kind, str],
    mapped: Mapping[str, str],
) -> Report:
    """Import an export into a project, and return the result of each record.

    Files that an editor has changed since an earlier import are never written. A second run changes nothing.

    Args:
        export: content of the foreign site.
        attachments: its files, if there are any.
        storage: files of the project.
        settings: of the project.
        into: kind → folder of the project, if not the usual one.
        mapped: foreign taxonomy or key → key of ours.
    """
    existing = _read_project(storage, settings)
    names = KnownNames(registers_of(existing.items.values(), settings.language))
    inventory = Inventory()
    prepared = prepare_records(export.records, settings, inventory, _other_issues(existing))
    records, known = _without_known_authors(prepared, names, existing)
    known += [_known_outcome(place, path, storage) for place, path in export.known]
    records, present = _without_present(records, existing, settings)
    records += _named_records(records, names, mapped)
    # Files of the project at whose paths records would be, although they are other items.
    foreign, other = None, frozenset[str]()
    while other != foreign:
        foreign = other
        placed = place_records(records, existing, settings, into, foreign)
        composed, met = _compose_all(placed, export, attachments, names, mapped, existing, settings)
        other = foreign | _other_items(composed, storage)
    outcomes, warnings, entries = write_items(composed, storage, settings)
    copied, refused, used = copy_files(composed, outcomes, attachments, storage)
    storage.record_imports(entries)
    unused = _unused_files(attachments, used, {record.place for record in export.records}, export)
    rows = merge_rows([export.inventory, inventory.rows, met])
    return Report(
        name=export.name,
        outcomes=(*known, *present, *outcomes),
        copied=tuple(copied),
        warnings=tuple(sorted({*warnings, *refused, *_general_remarks(export, present, rows)})),
        skipped=tuple(sorted([*export.skipped, *unused])),
        inventory=rows,
    )


def _general_remarks(export: Export, present: Iterable[Outcome], rows: Iterable[Row]) -> list[Problem]:
    """Return the warnings that concern no written file."""
    return [
        *(remark.at(place, line) for place, line, remark in export.remarks),
        *(_PRESENT.at(one.path, 1) for one in present),
        *(row.as_problem() for row in rows if row.use is Use.LEFT_OUT),
    ]


def _compose_all(
    placed: Sequence[Placed],
    export: Export,
    attachments: Attachments | None,
    names: KnownNames,
    mapped: Mapping[str, str],
    existing: Existing,
    settings: Settings,
) -> tuple[list[Composed], tuple[Row, ...]]:
    """Return the source files of all records, and what their texts contain.

    Args:
        placed: the records with their paths.
        export: content of the foreign site.
        attachments: its files.
        names: known records; those of the import are added.
        mapped: foreign taxonomy or key → key of ours.
        existing: content of the project.
        settings: of the project.
    """
    names.imported = _imported_names(placed)
    inventory = Inventory()
    site = _site(export, attachments, placed, inventory)
    aliases = resolve_aliases(placed, existing, settings)
    originals = _originals(placed, settings)
    composed = [
        _compose_safely(one, site, names, mapped, aliases[one.path], originals.get(one.path, ""))
        for one in placed
    ]
    return [fit(one, settings) for one in fix_anchors(composed, settings)], inventory.rows


def _imported_names(placed: Iterable[Placed]) -> dict[tuple[str, str], str]:
    """Return (kind, folded name) → slug, for each record of the import under all its names."""
    return {
        (one.record.kind, term_slug(name)): one.slug
        for one in placed
        if one.record.kind in RECORD_KINDS
        for name in _names(one.record, one.slug)
    }


def _names(record: Record, slug: str) -> Iterator[str]:
    """Yield all names of a record under which items may name it."""
    others = record.values.get("names", ())
    yield slug
    for name in (record.values.get("title"), record.values.get("number"), *others):
        if isinstance(name, str) and name:
            yield name


def _named_records(records: Sequence[Record], names: KnownNames, mapped: Mapping[str, str]) -> list[Record]:
    """Return new records for the programmes, clusters and partners that items name and that nobody has."""
    names.imported = {
        (one.kind, term_slug(name)): slugify(name)
        for one in records
        if one.kind in RECORD_KINDS
        for name in _names(one, one.stem)
    }
    found = missing_records(((one.kind, one.terms) for one in records), names, mapped)
    return [
        Record(
            place=f"{kind} {name}",
            kind=kind,
            stem=slugify(name),
            values={"title": name},
            form="markdown",
            remarks=(
                Remark(f'the {kind} "{name}" was made, as {count(number, "item")} name it', "complete it"),
            ),
        )
        for (kind, name), number in sorted(found.items())
    ]


def _other_items(composed: Iterable[Composed], storage: ProjectStorage) -> frozenset[str]:
    """Return the paths at which the project has another item than the one to be written there."""
    return frozenset(
        one.path
        for one in composed
        if one.placed.is_guess and not _is_of(one.placed, storage)
        if storage.read(one.path) not in {None, one.text.encode()}
    )


def _is_of(placed: Placed, storage: ProjectStorage) -> bool:
    """Return whether an earlier import wrote a file for the same record."""
    entry = storage.ledger.get(placed.path)
    return entry is not None and entry.identity == identity_of(placed.record)


def _compose_safely(
    placed: Placed,
    site: Site,
    names: KnownNames,
    mapped: Mapping[str, str],
    aliases: tuple[tuple[str, ...], tuple[str, ...]],
    original: str,
) -> Composed:
    """Return the source file of a record; if its text cannot be converted, with its words only.

    One record that no rule foresaw must not end the import of all others. See `compose` for the arguments.
    """
    try:
        return compose(placed, site, names, mapped, aliases, original)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        plain = replace(placed, record=plain_record(placed.record, error))
        return compose(plain, site, names, mapped, aliases, original)


def _read_project(storage: ProjectStorage, settings: Settings) -> Existing:
    files = list_files(storage.root, settings.linked_folders)
    items = {item.source.path: item for item in read_items(storage.root, settings)}
    return Existing(
        items=items,
        homes=homes_of(items, settings),
        paths=frozenset(path for path in files if is_markdown(path)),
        imported={entry.identity: path for path, entry in storage.ledger.items()},
        examples=frozenset(path for path in files if path.endswith(".md") and storage.holds_example(path)),
    )


def _other_issues(existing: Existing) -> set[int]:
    """Return the numbers of the issues that no import wrote."""
    ours = set(existing.imported.values())
    return {
        item.number for path, item in existing.items.items() if isinstance(item, Issue) and path not in ours
    }


def _known_outcome(place: str, path: str, storage: ProjectStorage) -> Outcome:
    """Return the outcome of a file that has not changed since an earlier import."""
    status = ImportStatus.EDITED if storage.is_edited(path) else ImportStatus.UNCHANGED
    return Outcome(path=path, status=status, place=place, line=1)


def _without_known_authors(
    records: Iterable[Record], names: KnownNames, existing: Existing
) -> tuple[list[Record], list[Outcome]]:
    """Return the records to import, and the outcomes of authors who already have a record."""
    homes = {(item.kind, item.slug): path for path, item in existing.items.items()}
    kept: list[Record] = []
    known: list[Outcome] = []
    for record in records:
        name = str(record.values.get("title", ""))
        slug = names.find_author(name) if record.kind == "author" else None
        if slug is None or identity_of(record) in existing.imported:
            kept.append(record)
            continue
        path = next(homes[kind, slug] for kind in KINDS_BY_KEY["author"] if (kind, slug) in homes)
        known.append(Outcome(path=path, status=ImportStatus.UNCHANGED, place=record.place, line=record.line))
    return kept, known


_PRESENT = Remark("this item stands in the imported table, too, and was not changed", "compare the two")


def _without_present(
    records: Iterable[Record], existing: Existing, settings: Settings
) -> tuple[list[Record], list[Outcome]]:
    """Return the records to import, and the outcomes of those that describe an item which no import wrote."""
    ours = set(existing.imported.values()) | existing.examples
    kept: list[Record] = []
    present: list[Outcome] = []
    for record in records:
        path = home_of(record, existing, settings)
        if path is None or path in ours or identity_of(record) in existing.imported:
            kept.append(record)
        else:
            status = ImportStatus.UNCHANGED
            present.append(Outcome(path=path, status=status, place=record.place, line=record.line))
    return kept, present


def _site(
    export: Export, attachments: Attachments | None, placed: Sequence[Placed], inventory: Inventory
) -> Site:
    days = [one.day.day for one in placed if one.record.kind == "news" and one.day and not one.is_hidden]
    return Site(
        export=export,
        inventory=inventory,
        today=max([*days, *([export.made] if export.made else [])], default=None),
        files=Files(attachments.names) if attachments else None,
        is_tree=attachments is not None and attachments.is_tree,
        hidden=frozenset(one.path for one in placed if one.is_hidden),
        # The first item with an address keeps it.
        items={key_of(address): one.path for one in reversed(placed) for address in one.record.addresses},
        items_in={
            (one.lang, key_of(address)): one.path
            for one in reversed(placed)
            for address in one.record.addresses
        },
    )


def _originals(placed: Sequence[Placed], settings: Settings) -> dict[str, str]:
    """Return file → slug of the item that it translates, where the files' names do not show it."""
    firsts: dict[str, Placed] = {}
    for one in placed:
        if one.record.group and one.lang == settings.language:
            firsts.setdefault(one.record.group, one)
    slugs = Counter((one.record.kind, one.slug) for one in placed if one.lang == settings.language)
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for one in placed:
        first = firsts.get(one.record.group)
        version = (one.record.group, one.lang)
        if first is None or one.lang == settings.language or version in seen:
            continue
        seen.add(version)
        is_named = one.path == f"{first.path.removesuffix('.md')}.{one.lang}.md"
        # A translation of a draft is an item of its own until the draft is published.
        if not is_named and (one.is_hidden or not first.is_hidden):
            found[one.path] = first.slug if slugs[one.record.kind, first.slug] == 1 else first.path
    return found


def _unused_files(
    attachments: Attachments | None, used: set[str], places: set[str], export: Export
) -> list[Skipped]:
    """Return, for each folder, the number of files that no item shows."""
    if attachments is None and export.attachments:
        why = "name their folder with --media to copy those that items show"
        return [Skipped(place=export.name, what="pictures and files", why=why, count=export.attachments)]
    said = {left.place for left in export.skipped} | places
    names = attachments.names if attachments else ()
    folders = Counter(name.rpartition("/")[0] or "." for name in names if name not in used | said)
    why = "no imported item shows or links to them"
    return [
        Skipped(place=folder, what="other files", why=why, count=count)
        for folder, count in sorted(folders.items())
    ]
