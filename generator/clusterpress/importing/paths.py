"""Paths: choose the file and the aliases of each record; they are the same in every run."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain, count
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.dates import FIRST_YEAR, read_moment
from clusterpress.content.item_values import Moment
from clusterpress.content.items import MODELS, Item, Source
from clusterpress.importing.records import Record, Remark
from clusterpress.library.names import names_of
from clusterpress.library.publication import permalink
from clusterpress.parsing.values import ValueFault
from clusterpress.values.digests import digest
from clusterpress.values.kinds import FOLDER_OF, FOLDERS, RECORD_KINDS, Kind
from clusterpress.values.slugs import slugify, term_slug

RESERVED = frozenset(FOLDERS) | {"tags", "feeds", "search", "static", "assets", "pagefind", "img"}
"""First segments of addresses that belong to the site itself."""

PLACEHOLDER_DATE = Moment(date(FIRST_YEAR, 1, 1))
"""Date of an item that has none: it is a draft until an editor writes the right date."""

_MAX_NAME_LENGTH = 80
"""Characters of the name of a file or folder, at most."""
_MAX_FOLDER_LENGTH = 120
"""Characters of the folders of an item, at most: Windows takes paths of 260."""
_NEWS_LISTS = re.compile(r"news(?:/\d{4})?(?:/page(?:/\d+)?)?")
_TERMS = RESERVED - {"news", "events", "newsletters", "pages"}


class Existing(Struct):
    """The present content of the project."""

    items: Mapping[str, Item] = field(default_factory=dict)
    """Path → item, for every file without errors."""
    paths: frozenset[str] = frozenset()
    """All source files, with or without errors."""
    imported: Mapping[str, str] = field(default_factory=dict)
    """Identity of a record → the file that an earlier import wrote."""
    homes: Mapping[tuple[Kind, str], str] = field(default_factory=dict)
    """(kind, folded name, for a dated item with its day) → file, in the site's main language."""
    examples: frozenset[str] = frozenset()
    """Files of a new site that nobody has changed: imported items may take their place."""


class Placed(Struct, frozen=True, kw_only=True):
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
    is_guess: bool = False
    """Whether a file with this path exists, and nothing but its path says that it is this record."""

    @property
    def is_hidden(self) -> bool:
        """Whether it will not be published yet: links to it would be errors."""
        record = self.record
        undated = record.kind in {"news", "issue"} and self.day is None
        undated |= record.kind == "event" and not {"start", "when"} & record.values.keys()
        return undated or record.is_scheduled or record.values.get("draft") == "true"


def identity_of(record: Record) -> str:
    """Return the unique key of a record among all sources."""
    return record.identity or record.key or f"{record.place}:{record.kind}:{record.stem}"


def place_records(
    records: Sequence[Record],
    existing: Existing,
    settings: Settings,
    folders: Mapping[Kind, str],
    foreign: frozenset[str] = frozenset(),
) -> list[Placed]:
    """Return each record with its file.

    A record of an earlier import keeps its file, even if an editor has moved it since. Other records get a
    name that no file and no address of the site uses yet.

    Args:
        records: in a fixed order.
        existing: content of the project.
        settings: the site's settings.
        folders: kind → folder, if not the usual one.
        foreign: files of the project that are other items, although they have the path of a record.
    """
    existing_paths = _find_existing(records, existing, settings)
    kept_paths = {path for path in existing_paths if path}
    assigner = _PathAssigner(
        settings=settings,
        folders=folders,
        existing=existing,
        foreign=foreign,
        used_paths={path.casefold() for path in kept_paths},
        addresses={
            permalink(item, item.slug, item.lang, settings): path
            for path, item in existing.items.items()
            if path not in kept_paths
        },
    )
    return [assigner.place(record, path) for record, path in zip(records, existing_paths, strict=True)]


def _language(record: Record, settings: Settings) -> str:
    by_folded = {code.casefold(): code for code in settings.languages}
    return by_folded.get(record.lang.replace("_", "-").casefold(), record.lang) or settings.language


def _find_existing(records: Sequence[Record], existing: Existing, settings: Settings) -> list[str | None]:
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
    taken = {path for path in found if path}
    for index, record in enumerate(records):
        home = None if found[index] else home_of(record, existing, settings)
        if home and home not in taken:
            found[index] = home
            taken.add(home)
    return found


def home_of(record: Record, existing: Existing, settings: Settings) -> str | None:
    """Return the file of the item that a record with a key of its own describes by its names, or None."""
    if not record.key or _language(record, settings) != settings.language:
        return None
    names = [str(record.values.get(key) or "") for key in ("title", "number")]
    day = str(record.values.get("start") or record.values.get("date") or "")
    if record.kind not in RECORD_KINDS:
        names = [f"{names[0]} {day}"] if day else []
    homes = (existing.homes.get((record.kind, term_slug(name))) for name in names if name)
    return next(filter(None, homes), None)


def homes_of(items: Mapping[str, Item], settings: Settings) -> dict[tuple[Kind, str], str]:
    """Return (kind, folded name) → file, for each name of each item in the site's main language."""
    homes: dict[tuple[Kind, str], str] = {}
    for path, item in items.items():
        if item.lang and item.lang != settings.language:
            continue
        day = getattr(item, "start", None) or getattr(item, "date", None)
        names = names_of(item) if item.kind in RECORD_KINDS else [f"{item.title} {day.iso}"] if day else []
        for name in names:
            homes.setdefault((item.kind, term_slug(name)), path)
    return homes


class _PathAssigner(Struct, kw_only=True):
    settings: Settings
    folders: Mapping[Kind, str]
    existing: Existing
    foreign: frozenset[str]
    used_paths: set[str]
    """Files of this import, case-folded."""
    addresses: dict[str, str]
    """Addresses in use → file."""

    def place(self, record: Record, existing_path: str | None) -> Placed:
        record = replace(record, folder=_short_folder(record.folder))
        lang = _language(record, self.settings)
        moment = self._moment(record, lang)
        if existing_path:
            item = self.existing.items.get(existing_path)
            slug = item.slug if item else record.stem
            return self._placed(record, existing_path, lang, moment, slug)
        remarks = []
        stem = _short_name(record.stem or slugify(str(record.values.get("title", ""))))
        stem = stem or f"{record.kind}-{digest(identity_of(record), record.text).hex()[:8]}"
        if record.kind == "page" and not record.folder and stem in RESERVED:
            hint = f"the address /{stem}/ belongs to a list of the site"
            remarks.append(Remark(f'the page "{stem}" was renamed to "{stem}-page"', hint))
            stem = f"{stem}-page"
        for wanted in chain([stem], (f"{stem}-{number}" for number in count(2))):
            path = self._path(record, wanted, lang, moment)
            found = self._placed(record, path, lang, moment, wanted)
            if path.casefold() not in self.used_paths and self._is_free(found):
                break
        if wanted != stem:
            message = f'another item has the name "{stem}", so this one is called "{wanted}"'
            remarks.append(Remark(message, "rename it if you like, and keep its aliases"))
        self.used_paths.add(path.casefold())
        self.addresses.setdefault(found.address, path)
        is_guess = path in self.existing.paths and path not in self.existing.examples
        return replace(found, remarks=tuple(remarks), is_guess=is_guess)

    def _is_free(self, wanted: Placed) -> bool:
        """Whether its address is free; an existing file must not belong to another identifier."""
        if wanted.path not in self.existing.paths:
            return wanted.address not in self.addresses
        if wanted.path in self.foreign:
            return False
        item = self.existing.items.get(wanted.path)
        return item is None or not item.id or not wanted.record.identity

    def _path(self, record: Record, stem: str, lang: str, moment: Moment | None) -> str:
        parts = [self.folders.get(record.kind) or f"content/{FOLDER_OF[record.kind]}"]
        suffix = "" if lang == self.settings.language else f".{lang}"
        if record.kind == "news":
            parts.append(f"{moment.day.year:04}" if moment else "undated")
            name = f"{stem}/index" if record.folder else stem
        else:
            parts += [record.folder] if record.folder and record.kind in {"page", "issue"} else []
            name = f"{stem}/index" if record.folder and record.kind not in {"page", "issue"} else stem
        return f"{'/'.join(parts)}/{name}{suffix}.md"

    def _moment(self, record: Record, lang: str, key: str = "date") -> Moment | None:
        written = record.values.get(key)
        if not isinstance(written, str) or not written:
            return None
        try:
            return read_moment(written, self.settings.time_zone, (lang, *self.settings.languages, "en"))
        except ValueFault:
            return None

    def _placed(self, record: Record, path: str, lang: str, moment: Moment | None, slug: str) -> Placed:
        fields: dict[str, Any] = {"title": "", "slug": slug, "lang": lang}
        if record.kind in {"news", "issue"}:
            fields["date"] = moment or PLACEHOLDER_DATE
        if record.kind == "issue":
            fields |= {"newsletter": str(record.values.get("newsletter", "")), "number": 1}
        if record.kind == "event":
            fields["start"] = self._moment(record, lang, "start") or PLACEHOLDER_DATE
        if record.kind == "page":
            fields["path"] = page_path(record, slug)
        item: Item = MODELS[record.kind](source=Source(path=path, digest=b"", body=""), **fields)
        address = permalink(item, slug, lang, self.settings)
        return Placed(record=record, path=path, lang=lang, day=moment, slug=slug, address=address)


def _short_name(name: str) -> str:
    return name[:_MAX_NAME_LENGTH].strip("-")


def _short_folder(folder: str) -> str:
    """Return folders with short names; those that lie too deep are left out, the innermost first."""
    parts = [_short_name(part) for part in folder.split("/")]
    while len("/".join(parts)) > _MAX_FOLDER_LENGTH:
        del parts[-1]
    return "/".join(parts)


def page_path(record: Record, slug: str) -> str:
    """Return the address of a subpage for its ``path`` key; "" for other pages."""
    return f"/{record.folder}/{slug}/" if record.folder else ""


def resolve_aliases(
    placed: Sequence[Placed], existing: Existing, settings: Settings
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return file → (old addresses that redirect to it, old addresses in conflict with others).

    A translation that shares the old address of its original gets it with the language as prefix, as on most
    sites.

    Args:
        placed: all records with their files.
        existing: items of the project.
        settings: of the site.
    """
    ours = {one.path for one in placed}
    used = {_folded(one.address) for one in placed}
    for path, item in existing.items.items():
        if path not in ours:
            used.add(_folded(permalink(item, item.slug, item.lang, settings)))
            used |= {_folded(alias) for alias in item.aliases}
    found = {}
    # Originals come first, so that the result does not depend on the order of files.
    for one in sorted(placed, key=lambda one: one.lang != settings.language):
        kept, refused = [], []
        for alias in dict.fromkeys(one.record.aliases):
            if _folded(alias) == _folded(one.address):
                continue
            wanted = [alias] if one.lang == settings.language else [alias, f"/{one.lang}{alias}"]
            free = next((a for a in wanted if _folded(a) not in used and not _is_list(a, settings)), None)
            if free is None:
                refused.append(alias)
            else:
                used.add(_folded(free))
                kept.append(free)
        found[one.path] = (tuple(kept), tuple(refused))
    return found


def _folded(address: str) -> str:
    return address.strip("/").removesuffix("/index.html").casefold()


def _is_list(alias: str, settings: Settings) -> bool:
    """Whether the site itself may have a page there: a list, an archive or a term page."""
    parts = _folded(alias).split("/")
    if parts[0] in settings.languages:
        parts = parts[1:]
    rest = "/".join(parts)
    return not parts or bool(_NEWS_LISTS.fullmatch(rest)) or rest in RESERVED or parts[0] in _TERMS
