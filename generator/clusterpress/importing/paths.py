"""Paths: choose the file of each record. The same records get the same files in every run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from clusterpress.config.settings import Settings
from clusterpress.content.dates import FIRST_YEAR, read_moment
from clusterpress.content.items import Item, Moment, News, Page, Source
from clusterpress.importing.records import Record, Remark
from clusterpress.library.permalinks import permalink
from clusterpress.parsing.values import ValueFault
from clusterpress.values.digests import digest
from clusterpress.values.kinds import FOLDER_OF, FOLDERS, Kind
from clusterpress.values.slugs import slugify

RESERVED = frozenset(FOLDERS) | {"tags", "feeds", "search", "static", "assets", "pagefind", "img"}
"""First segments of addresses that belong to the site itself."""

PLACEHOLDER_DATE = Moment(date(FIRST_YEAR, 1, 1))
"""Date of an item that has none: it is a draft until an editor writes the right date."""

_MAX_NAME_LENGTH = 80
"""Characters of a file's name, at most."""


@dataclass(slots=True)
class Existing:
    """The present content of the project."""

    items: Mapping[str, Item] = field(default_factory=dict)
    """Path → item, for every file without errors."""
    paths: frozenset[str] = frozenset()
    """All source files, with or without errors."""
    imported: Mapping[str, str] = field(default_factory=dict)
    """Identity of a record → the file that an earlier import wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A record with its file."""

    record: Record
    path: str
    lang: str
    """Its language."""
    day: Moment | None
    """Its date, if it is valid."""
    slug: str
    """Its slug, from the name of the file or folder."""
    address: str
    """Its address on the site, below the root."""
    remarks: tuple[Remark, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether it will not be published yet: links to it would be errors."""
        record = self.record
        undated = record.kind == "news" and self.day is None
        return undated or record.is_scheduled or record.values.get("draft") == "true"


def identity_of(record: Record) -> str:
    """Return the unique key of a record among all sources."""
    return record.identity or f"{record.place}:{record.kind}:{record.stem}"


def place_records(
    records: Sequence[Record], existing: Existing, settings: Settings, folders: Mapping[Kind, str]
) -> list[Placed]:
    """Return each record with its file.

    A record of an earlier import keeps its file, even if an editor has moved it since. Other records get a
    name that no file and no address of the site uses yet.

    Args:
        records: in a fixed order.
        existing: content of the project.
        settings: the site's settings.
        folders: kind → folder, if not the usual one.
    """
    existing_paths = _find_existing(records, existing, settings)
    kept_paths = {path for path in existing_paths if path}
    assigner = _PathAssigner(
        settings=settings,
        folders=folders,
        existing=existing,
        used_paths={path.casefold() for path in kept_paths},
        addresses={
            permalink(item, item.slug, item.lang, settings): path
            for path, item in existing.items.items()
            if path not in kept_paths
        },
    )
    return [
        assigner.place(record, existing_path)
        for record, existing_path in zip(records, existing_paths, strict=True)
    ]


def _language(record: Record, settings: Settings) -> str:
    by_folded = {code.casefold(): code for code in settings.languages}
    return by_folded.get(record.lang.replace("_", "-").casefold(), record.lang) or settings.language


def _find_existing(records: Iterable[Record], existing: Existing, settings: Settings) -> list[str | None]:
    """Return the file that each record has already: from an earlier import, or by its identity or alias."""
    by_identity = {item.id: path for path, item in existing.items.items() if item.id}
    by_alias = {
        (item.kind, item.lang, alias): path
        for path, item in existing.items.items()
        if not item.id
        for alias in item.aliases
    }
    found = []
    for record in records:
        earlier = existing.imported.get(identity_of(record))
        lang = _language(record, settings)
        named = (by_alias.get((record.kind, lang, alias)) for alias in record.aliases)
        known = by_identity.get(record.identity) or next(filter(None, named), None)
        found.append(earlier if earlier in existing.paths else known)
    return found


@dataclass(slots=True, kw_only=True)
class _PathAssigner:
    """Assigns paths in one import."""

    settings: Settings
    folders: Mapping[Kind, str]
    existing: Existing
    used_paths: set[str]
    """Files of this import, case-folded."""
    addresses: dict[str, str]
    """Addresses in use → file."""

    def place(self, record: Record, existing_path: str | None) -> Placed:
        lang = _language(record, self.settings)
        moment = self._moment(record, lang)
        if existing_path:
            item = self.existing.items.get(existing_path)
            slug = item.slug if item else record.stem
            return self._placed(record, existing_path, lang, moment, slug)
        remarks = []
        stem = (record.stem or slugify(str(record.values.get("title", ""))))[:_MAX_NAME_LENGTH].strip("-")
        stem = stem or f"{record.kind}-{digest(identity_of(record), record.text).hex()[:8]}"
        if record.kind == "page" and not record.folder and stem in RESERVED:
            hint = f"the address /{stem}/ belongs to a list of the site"
            remarks.append(Remark(f'the page "{stem}" was renamed to "{stem}-page"', hint))
            stem = f"{stem}-page"
        for wanted in self._names(stem):
            path = self._path(record, wanted, lang, moment)
            found = self._placed(record, path, lang, moment, wanted)
            if path.casefold() in self.used_paths:
                continue
            if (
                self._may_be_same(record, path)
                if path in self.existing.paths
                else found.address not in self.addresses
            ):
                break
        if wanted != stem:
            hint = "rename it if you like, and keep its aliases"
            remarks.append(
                Remark(f'another item has the name "{stem}", so this one is called "{wanted}"', hint)
            )
        self.used_paths.add(path.casefold())
        self.addresses.setdefault(found.address, path)
        return replace(found, remarks=tuple(remarks))

    def _may_be_same(self, record: Record, path: str) -> bool:
        """Whether an existing file may come from this record: no identifier contradicts it."""
        item = self.existing.items.get(path)
        return item is None or not item.id or not record.identity

    def _names(self, stem: str) -> Iterator[str]:
        yield stem
        number = 2
        while True:
            yield f"{stem}-{number}"
            number += 1

    def _path(self, record: Record, stem: str, lang: str, moment: Moment | None) -> str:
        parts = [self.folders.get(record.kind) or f"content/{FOLDER_OF[record.kind]}"]
        suffix = "" if lang == self.settings.language else f".{lang}"
        if record.kind == "news":
            parts.append(f"{moment.day.year:04}" if moment else "undated")
            name = f"{stem}/index" if record.folder else stem
        else:
            parts += [record.folder] if record.folder else []
            name = stem
        return f"{'/'.join(parts)}/{name}{suffix}.md"

    def _moment(self, record: Record, lang: str) -> Moment | None:
        written = record.values.get("date")
        if not isinstance(written, str) or not written:
            return None
        try:
            return read_moment(written, self.settings.time_zone, (lang, *self.settings.languages, "en"))
        except ValueFault:
            return None

    def _placed(self, record: Record, path: str, lang: str, moment: Moment | None, slug: str) -> Placed:
        source = Source(path=path, digest=b"", body="")
        item: Item
        if record.kind == "news":
            item = News(source=source, title="", slug=slug, lang=lang, date=moment or PLACEHOLDER_DATE)
        elif record.kind == "page":
            item = Page(source=source, title="", slug=slug, lang=lang, path=page_path(record, slug))
        else:
            item = Item(source=source, title="", slug=slug, lang=lang)
            address = f"{FOLDER_OF[record.kind]}/{lang}/{slug}/"
            return Placed(record=record, path=path, lang=lang, day=moment, slug=slug, address=address)
        address = permalink(item, slug, lang, self.settings)
        return Placed(record=record, path=path, lang=lang, day=moment, slug=slug, address=address)


def page_path(record: Record, slug: str) -> str:
    """Return the address of a subpage for its ``path`` key; "" for other pages."""
    return f"/{record.folder}/{slug}/" if record.folder else ""
