"""Placing: which file each record becomes. The same records get the same files in every run."""

from collections.abc import Iterator, Mapping, Sequence
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
"""First parts of addresses that belong to the site itself."""

PLACEHOLDER_DATE = Moment(date(FIRST_YEAR, 1, 1))
"""The date of an item that has none: it is a draft until somebody writes the right one."""

_MAX_NAME_LENGTH = 80
"""Characters of a file's name."""


@dataclass(slots=True)
class Existing:
    """What is in the project already."""

    items: Mapping[str, Item] = field(default_factory=dict)
    """Path → item, for every file that can be read."""
    paths: frozenset[str] = frozenset()
    """All source files, readable or not."""
    imported: Mapping[str, str] = field(default_factory=dict)
    """Identity of a record → the file that an earlier import made of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A record with its file."""

    record: Record
    path: str
    lang: str
    """Its language."""
    day: Moment | None
    """Its date, when it can be read."""
    slug: str
    """Its slug: the file's name says it, or the folder's."""
    address: str
    """Where it will be on the site, below the root."""
    remarks: tuple[Remark, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether it will not be published at once: links to it would stop the build."""
        record = self.record
        undated = record.kind == "news" and self.day is None
        return undated or record.is_scheduled or record.values.get("draft") == "true"


def identity_of(record: Record) -> str:
    """Return what tells a record from all others of all sources."""
    return record.identity or f"{record.place}:{record.kind}:{record.stem}"


def place_records(
    records: Sequence[Record], existing: Existing, settings: Settings, folders: Mapping[Kind, str]
) -> list[Placed]:
    """Return each record with the file it becomes.

    A record that an earlier import brought keeps its file, wherever an editor moved it since. The others get
    a name that no file and no address of the site has yet.

    Args:
        records: what is to be placed, in a fixed order.
        existing: what is in the project.
        settings: the site's settings.
        folders: kind → folder, where it is not the usual one.
    """
    known = _Known.of(existing)
    existing_paths = [known.find_path(record, _language(record, settings)) for record in records]
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


@dataclass(frozen=True, slots=True)
class _Known:
    """How to recognise a record that is here already."""

    by_identity: Mapping[str, str]
    by_alias: Mapping[tuple[str, str, str], str]
    """(kind, language, alias) → path."""
    imported: Mapping[str, str]
    paths: frozenset[str]

    @classmethod
    def of(cls, existing: Existing) -> "_Known":
        return cls(
            {item.id: path for path, item in existing.items.items() if item.id},
            {
                (item.kind, item.lang, alias): path
                for path, item in existing.items.items()
                if not item.id
                for alias in item.aliases
            },
            existing.imported,
            existing.paths,
        )

    def find_path(self, record: Record, lang: str) -> str | None:
        earlier = self.imported.get(identity_of(record))
        if earlier in self.paths:
            return earlier
        if record.identity in self.by_identity:
            return self.by_identity[record.identity]
        named = (self.by_alias.get((record.kind, lang, alias)) for alias in record.aliases)
        return next(filter(None, named), None)


@dataclass(slots=True, kw_only=True)
class _PathAssigner:
    """One round of placing."""

    settings: Settings
    folders: Mapping[Kind, str]
    existing: Existing
    used_paths: set[str]
    """Files of this round, folded."""
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
            hint = f"the address /{stem}/ belongs to the site's own list"
            remarks.append(Remark(f'the page "{stem}" is now called "{stem}-page"', hint))
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
            hint = "give it another name if you like, and keep its aliases"
            remarks.append(
                Remark(f'another item is called "{stem}" already, so this one is "{wanted}"', hint)
            )
        self.used_paths.add(path.casefold())
        self.addresses.setdefault(found.address, path)
        return replace(found, remarks=tuple(remarks))

    def _may_be_same(self, record: Record, path: str) -> bool:
        """Whether a file of this name can come from this record: nothing in it says otherwise."""
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
    """Return the address of a page below another page, as its ``path`` key has it; "" for others."""
    return f"/{record.folder}/{slug}/" if record.folder else ""
