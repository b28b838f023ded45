"""Running: from an export to files in a project, with a report of every record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.content.reader import read_item
from clusterpress.importing.addresses import Files, index_items
from clusterpress.importing.aliases import settle_aliases
from clusterpress.importing.anchors import mend_anchors
from clusterpress.importing.compose import compose
from clusterpress.importing.links import Site
from clusterpress.importing.paths import Existing, Placed, identity_of, place_records
from clusterpress.importing.records import Export, LeftOut, Record
from clusterpress.importing.report import Fate, Outcome, Report
from clusterpress.importing.storage import Filing
from clusterpress.importing.terms import Names
from clusterpress.importing.write import Attachments, copy_files, warn_about, write_items
from clusterpress.library.names import term_slug
from clusterpress.values.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks for."""

    into: Mapping[Kind, str] = field(default_factory=dict)
    """Kind → folder of the project."""
    mapped: Mapping[str, str] = field(default_factory=dict)
    """Foreign taxonomy or key → key of ours."""


def import_export(
    export: Export, attachments: Attachments | None, filing: Filing, settings: Settings, wishes: Wishes
) -> Report:
    """Bring an export into a project, and return what became of each record.

    Files that an editor changed since an earlier import are never written. Running it again changes nothing.
    """
    existing = _read_project(filing, settings)
    names = Names.of(existing.items.values(), settings.language)
    records, known = _without_known_authors(export.records, names, existing)
    placed = place_records(records, existing, settings, wishes.into)
    names.authors = {
        term_slug(name): one.slug
        for one in placed
        if one.record.kind == "author"
        for name in (str(one.record.values.get("title", "")), one.slug, *one.record.values.get("names", ()))
    }
    site = _site(export, attachments, placed)
    aliases = settle_aliases(placed, existing, settings)
    originals = _originals(placed, settings)
    composed = [
        compose(one, site, names, wishes.mapped, aliases[one.path], originals.get(one.path, ""))
        for one in placed
    ]
    composed = mend_anchors(composed, settings)
    outcomes, doubts = write_items(composed, filing, settings)
    copied, refused, used = copy_files(composed, outcomes, attachments, filing)
    spare = _unused(attachments, used, {record.place for record in export.records}, export)
    general = [warn_about(place, line, remark) for place, line, remark in export.remarks]
    return Report(
        name=export.name,
        outcomes=(*known, *outcomes),
        copied=tuple(copied),
        doubts=tuple(sorted({*doubts, *refused, *general})),
        left_out=tuple(sorted([*export.left_out, *spare])),
    )


def _read_project(filing: Filing, settings: Settings) -> Existing:
    items: dict[str, Item] = {}
    paths = set()
    for path, raw in filing.sources():
        paths.add(path)
        item, _ = read_item(raw, path, settings)
        if item is not None:
            items[path] = item
    imported = {entry.identity: path for path, entry in filing.ledger.items()}
    return Existing(items=items, paths=frozenset(paths), imported=imported)


def _without_known_authors(
    records: Iterable[Record], names: Names, existing: Existing
) -> tuple[list[Record], list[Outcome]]:
    """Return the records to place, and the authors who have a record here already."""
    homes = {(item.kind, item.slug): path for path, item in existing.items.items()}
    kept: list[Record] = []
    known: list[Outcome] = []
    for record in records:
        name = str(record.values.get("title", ""))
        slug = names.find_author(name) if record.kind == "author" else None
        if slug is None or identity_of(record) in existing.imported:
            kept.append(record)
            continue
        path = next(homes[kind, slug] for kind in ("author", "cluster", "partner") if (kind, slug) in homes)
        known.append(Outcome(path=path, fate=Fate.UNCHANGED, place=record.place, line=record.line))
    return kept, known


def _site(export: Export, attachments: Attachments | None, placed: Sequence[Placed]) -> Site:
    return Site(
        export=export,
        files=Files(attachments.names) if attachments else None,
        is_tree=attachments is not None and attachments.is_tree,
        hidden=frozenset(one.path for one in placed if one.is_hidden),
        items=index_items({one.path: one.record.addresses for one in placed}),
    )


def _originals(placed: Sequence[Placed], settings: Settings) -> dict[str, str]:
    """Return file → slug of the item it translates, where the files' names do not say so."""
    firsts = {one.record.group: one for one in placed if one.record.group and one.lang == settings.language}
    found = {}
    for one in placed:
        first = firsts.get(one.record.group)
        if first and one.lang != settings.language:
            stem = first.path.removesuffix(".md")
            if one.path != f"{stem}.{one.lang}.md":
                found[one.path] = first.slug
    return found


def _unused(
    attachments: Attachments | None, used: set[str], places: set[str], export: Export
) -> list[LeftOut]:
    """Return how many files of each folder no item shows."""
    if attachments is None and export.attachments:
        why = "name their folder with --media, and those that items show are copied"
        return [LeftOut(place=export.name, what="pictures and files", why=why, count=export.attachments)]
    said = {left.place for left in export.left_out} | places
    folders: dict[str, int] = {}
    for name in attachments.names if attachments else ():
        if name not in used and name not in said:
            folder = name.rpartition("/")[0] or "."
            folders[folder] = folders.get(folder, 0) + 1
    why = "no item that was taken shows or links to them"
    return [
        LeftOut(place=folder, what="other files", why=why, count=count)
        for folder, count in sorted(folders.items())
    ]
