"""The steps of an import: from an export to files of a project, with a report of every record."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from clusterpress.config.settings import Settings
from clusterpress.importing.addresses import Files, key_of
from clusterpress.importing.compose import compose, fix_anchors
from clusterpress.importing.links import Site
from clusterpress.importing.paths import Existing, Placed, identity_of, place_records, resolve_aliases
from clusterpress.importing.records import Export, ImportStatus, Outcome, Record, Report, Skipped
from clusterpress.importing.terms import KnownNames
from clusterpress.importing.write import Attachments, ProjectStorage, copy_files, write_items
from clusterpress.sources.files import list_files
from clusterpress.sources.items import KINDS_BY_KEY, read_items, registers_of
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import term_slug


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
    records, known = _without_known_authors(export.records, names, existing)
    placed = place_records(records, existing, settings, into)
    names.authors = {
        term_slug(name): one.slug
        for one in placed
        if one.record.kind == "author"
        for name in (str(one.record.values.get("title", "")), one.slug, *one.record.values.get("names", ()))
    }
    site = _site(export, attachments, placed)
    aliases = resolve_aliases(placed, existing, settings)
    originals = _originals(placed, settings)
    composed = [
        compose(one, site, names, mapped, aliases[one.path], originals.get(one.path, "")) for one in placed
    ]
    composed = fix_anchors(composed, settings)
    outcomes, warnings = write_items(composed, storage, settings)
    copied, refused, used = copy_files(composed, outcomes, attachments, storage)
    unused = _unused_files(attachments, used, {record.place for record in export.records}, export)
    general = [remark.at(place, line) for place, line, remark in export.remarks]
    return Report(
        name=export.name,
        outcomes=(*known, *outcomes),
        copied=tuple(copied),
        warnings=tuple(sorted({*warnings, *refused, *general})),
        skipped=tuple(sorted([*export.skipped, *unused])),
    )


def _read_project(storage: ProjectStorage, settings: Settings) -> Existing:
    return Existing(
        items={item.source.path: item for item in read_items(storage.root, settings)},
        paths=frozenset(path for path in list_files(storage.root) if path.endswith(".md")),
        imported={entry.identity: path for path, entry in storage.ledger.items()},
    )


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


def _site(export: Export, attachments: Attachments | None, placed: Sequence[Placed]) -> Site:
    return Site(
        export=export,
        files=Files(attachments.names) if attachments else None,
        is_tree=attachments is not None and attachments.is_tree,
        hidden=frozenset(one.path for one in placed if one.is_hidden),
        # The first item with an address keeps it.
        items={key_of(address): one.path for one in reversed(placed) for address in one.record.addresses},
    )


def _originals(placed: Sequence[Placed], settings: Settings) -> dict[str, str]:
    """Return file → slug of the item that it translates, where the files' names do not show it."""
    firsts = {one.record.group: one for one in placed if one.record.group and one.lang == settings.language}
    return {
        one.path: first.slug
        for one in placed
        if one.lang != settings.language and (first := firsts.get(one.record.group))
        if one.path != f"{first.path.removesuffix('.md')}.{one.lang}.md"
    }


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
