"""What the path of a file in a foreign tree says: collection, language, date, kind."""

import posixpath
import re
from collections.abc import Mapping

from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.content.paths import FileName, read_name
from clusterpress.importing.sources.folder_kinds import EVENT_KEYS, kind_of_folder
from clusterpress.importing.sources.layouts.layout import Collection, Layout
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import RECORD_KINDS, Kind
from clusterpress.values.slugs import slugify

ENDING = re.compile(r"\.(?:mdx?|markdown|mkdn?|mdown|html?|njk|liquid)(?:\.txt)?$", re.IGNORECASE)
"""Endings of the files that are read."""
_INDEX = re.compile(r"^(?:_?index|readme)(?:\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?)?$", re.IGNORECASE)
_LISTS = frozenset("blog posts news articles blog/posts events authors people tags categories".split())  # noqa: SIM905
"""Folders whose index is a list of items."""
_DATE_KEYS = frozenset({"date", "created", "pubdate", "publishdate", "pubdatetime"})


class Place(Struct, frozen=True, kw_only=True):
    """A file, by its path."""

    path: str
    """Relative to the tree."""
    inside: str
    """Relative to its folder of items, without its ending."""
    collection: Collection
    name: FileName
    lang: str
    """Its language, if the path says so."""
    neutral: str
    """``inside`` without its language."""
    is_index: bool
    """Whether the name of its folder is its name."""
    is_list: bool
    """Whether it introduces the other files of its folder."""
    is_draft: bool
    """Whether it is in a folder of drafts."""

    @property
    def folders(self) -> list[str]:
        """The folders around it, without that of its language."""
        return self.neutral.split("/")[:-1]

    @property
    def is_in_language_folder(self) -> bool:
        """Whether one of its folders is its language."""
        return bool(self.lang) and self.lang in self.inside.split("/")[:-1]


def find_place(path: str, layout: Layout, settings: Settings, *, has_indexes: bool) -> Place:
    """Return what a path says.

    Args:
        path: relative to the tree.
        layout: of the tree.
        settings: of the receiving site.
        has_indexes: whether ``index.md`` stands for its folder.
    """
    root, lang = layout.root_of(path)
    inside = ENDING.sub("", path.removeprefix(root))
    codes = {code.casefold(): code for code in (*settings.languages, *layout.languages) if code}
    *folders, base = inside.split("/")
    name = read_name(f"{inside}.md", tuple(codes.values()))
    neutral = [one for one in folders if one.casefold() not in codes]
    of_folder = next((codes[one.casefold()] for one in folders[:3] if one.casefold() in codes), "")
    bare = base.removesuffix(f".{name.language}") if name.language else base
    is_index = has_indexes and bool(_INDEX.match(base))
    if is_index:
        stem = neutral[-1] if neutral else "home"
        name = name if bare == "index" and folders else FileName(stem, "", name.language)
    return Place(
        path=path,
        inside=inside,
        collection=layout.collection_of(path),
        name=name,
        lang=name.language or of_folder or lang,
        neutral="/".join([*neutral, bare]),
        is_index=is_index,
        is_list=bare == "_index" or (is_index and (not neutral or "/".join(neutral) in _LISTS)),
        is_draft=bool(layout.drafts) and path.startswith(layout.drafts),
    )


def kind_of_file(place: Place, values: Mapping[str, Value], settings: Settings) -> Kind:
    """Return the kind of a file, by its keys, its collection, its folders and its date."""
    keys = {key.lower().replace("-", "_") for key in values}
    if place.is_list:
        return _kind_of_list(place)
    own = place.collection.kind
    named = own if own == "news" else kind_of_folder([place.collection.name, *place.folders]) or own
    if keys & EVENT_KEYS and named in {None, "news", "page", "event"}:
        return "event"
    is_dated = bool(place.name.date or keys & _DATE_KEYS)
    if named == "event" and not is_dated:
        return "page"
    if named == "issue" and not settings.newsletters:
        return "news"
    if named and not (named == "page" and is_dated and not own):
        return named
    return "news" if is_dated or place.is_draft else "page"


def _kind_of_list(place: Place) -> Kind:
    """Return the kind of a folder's own file: ``authors/ann/_index.md`` is a person, others are pages."""
    kind = kind_of_folder(place.folders[:1])
    return kind if kind in RECORD_KINDS and len(place.folders) > 1 else "page"


def item_folder(place: Place, kind: Kind) -> str:
    """Return the folder of a bundle, or the folders of a page."""
    parts = [slug for part in place.folders if (slug := slugify(part))]
    if kind == "page":
        parts = [part for part in parts if part not in {"pages", "page"}]
        return "/".join(parts[:-1] if place.is_index else parts)
    is_bundle = place.is_index and not posixpath.basename(place.neutral).startswith("_")
    return parts[-1] if is_bundle and parts and kind not in RECORD_KINDS else ""


def planned_kind(path: str, kinds: Mapping[str, Kind | None]) -> tuple[bool, Kind | None]:
    """Return whether a plan names a file or a folder around it, and the kind that it gives; None to skip it.

    Args:
        path: the file.
        kinds: file or folder → kind; the most precise one counts.
    """
    around = [one for one in kinds if one == "." or f"{path}/".startswith(f"{one.rstrip('/')}/")]
    return bool(around), kinds[max(around, key=len)] if around else None
