"""Layouts: the folders of a site generator, their languages and defaults, and the addresses of its items."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_PUNCTUATION = re.compile(r"[^\w\s-]")
_KEPT_BY_JEKYLL = re.compile(r"[^\w._~!$&'()+,;=@-]+")
_FIELD = re.compile(r"\{(\w+)\}")
_DATED = frozenset(
    "year month day i_month i_day short_year y_day month_name short_month hour minute second".split()  # noqa: SIM905
)

SlugForm = Literal["github", "jekyll", "ascii", "hugo"]
"""How a generator makes the last part of an address of a title or a file's name."""


def make_slug(text: str, form: SlugForm) -> str:
    """Return the part of an address that a generator makes of a title or name."""
    text = unicodedata.normalize("NFC", text.strip())
    if form == "jekyll":
        return _KEPT_BY_JEKYLL.sub("-", text).strip("-")
    if form == "ascii":
        return slugify(text)
    bare = _PUNCTUATION.sub("", text.lower() if form == "github" else text.lower().replace(".", "\x00"))
    bare = re.sub(r"\s", "-", bare) if form == "github" else re.sub(r"[\s-]+", "-", bare)
    return bare.replace("\x00", ".").strip("-")


class Collection(Struct, frozen=True, kw_only=True):
    """Files of one kind in one folder."""

    folder: str
    """Relative to the tree, with a trailing slash; "" for the tree itself."""
    name: str = ""
    """What the generator calls it."""
    kind: Kind | None = None
    """Kind of its items, where the settings or a plan say so."""
    permalink: str = ""
    """Address of an item, as a pattern of `Layout.fill`."""
    lang: str = ""
    """Language of its items."""
    is_public: bool = True
    """Whether its items had pages."""
    is_anywhere: bool = False
    """Whether folders of this name count in every folder."""
    is_skipped: bool = False
    """Whether a plan leaves it out."""


class Defaults(Struct, frozen=True, kw_only=True):
    """Front matter for the files below a folder or in a collection."""

    folder: str = ""
    """Relative to the tree, with a trailing slash; or one file."""
    collection: str = ""
    """Name of a collection; "" for any."""
    values: Mapping[str, Any]


class Layout(Struct, frozen=True, kw_only=True):
    """What the settings of a foreign site say about its files."""

    language: str = ""
    """Its default language; "" when the settings do not say."""
    languages: tuple[str, ...] = ()
    """All its languages."""
    roots: tuple[tuple[str, str], ...] = ()
    """(folder of items with a trailing slash, its language or ""), the more precise ones first."""
    static: tuple[str, ...] = ()
    """Folders whose files were published at the root of the site."""
    collections: tuple[Collection, ...] = ()
    """The more precise ones win."""
    defaults: tuple[Defaults, ...] = ()
    """Later ones win."""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    """Language → start of its addresses: ``/fr``."""
    permalink: str = ""
    """Address of items outside of collections with one."""
    page_permalink: str = ""
    """Address of pages."""
    lang_permalink: str = ""
    """Address of translated items, if they have one of their own."""
    translate: Callable[[str], str] = str
    """Changes the generator's own placeholders into ours; "" if it has others."""
    slug_form: SlugForm = "github"
    slug_of: Literal["file", "title"] = "file"
    """What the last part of an address is made of, if no key gives it."""
    taxonomies: Mapping[str, str] = field(default_factory=dict)
    """Front-matter key → taxonomy."""
    splits_words: bool = False
    """Whether ``categories: a b`` names two."""
    drafts: tuple[str, ...] = ()
    """Folders of drafts."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Placeholder → text: ``site.title``."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old address → address or file."""
    base: str = ""
    """Sub-path of the old site: ``/news``."""
    hosts: frozenset[str] = frozenset()
    """Its host, without ``www.``."""

    def root_of(self, path: str) -> tuple[str, str]:
        """Return the folder of items around a file, and its language; ("", "") outside of all."""
        return next(((folder, lang) for folder, lang in self.roots if path.startswith(folder)), ("", ""))

    def is_inside(self, path: str) -> bool:
        """Return whether a file is in a folder of items."""
        return any(path.startswith(folder) for folder, _ in self.roots)

    def collection_of(self, path: str) -> Collection:
        """Return the collection of a file."""
        around = [one for one in self.collections if path.startswith(one.folder)]
        around += [
            replace(one, folder=path[: at + 1] + one.folder)
            for one in self.collections
            if one.is_anywhere and (at := path.find(f"/{one.folder}")) > 0
        ]
        return max(around, key=lambda one: len(one.folder), default=Collection(folder=""))

    def defaults_of(self, path: str, collection: str) -> dict[str, Any]:
        """Return the front matter that a file has without saying so."""
        found: dict[str, Any] = {}
        for one in self.defaults:
            if path.startswith(one.folder) and one.collection in {"", collection}:
                found |= one.values
        return found


class AddressParts(Struct, frozen=True, kw_only=True):
    """What the address of an item may consist of."""

    path: str
    """The file relative to its root, without its ending: ``posts/2019/first``."""
    title: str
    slug: str
    """As the item's own key says, or ""."""
    day: date | None
    time: tuple[int, int, int] = (0, 0, 0)
    stem: str
    """The file's name without date, language and ending."""
    categories: tuple[str, ...] = ()
    lang: str = ""
    collection: str = ""
    author: str = ""


def fill(pattern: str, parts: AddressParts, layout: Layout) -> str:
    """Return the address that a pattern means; "" if a part of it is unknown.

    Args:
        pattern: with ``{year}``, ``{title}``, ``{sections}`` …
        parts: of the item.
        layout: of its site.
    """
    needed = set(_FIELD.findall(pattern))
    if not pattern or (needed & _DATED and parts.day is None):
        return ""
    known = _values(parts, layout)
    if not needed <= known.keys():
        return ""
    address = _FIELD.sub(lambda found: known[found[1]], pattern)
    return re.sub(r"/{2,}", "/", f"/{address}")


def _values(parts: AddressParts, layout: Layout) -> dict[str, str]:
    form = layout.slug_form
    sections = posixpath.dirname(parts.path)
    of_file, of_title = make_slug(parts.stem, form), make_slug(parts.title, form)
    slug = parts.slug and make_slug(parts.slug, form)
    found = {
        "title": of_title,
        "filename": of_file,
        "slug": slug or (of_title if layout.slug_of == "title" else of_file) or of_file,
        "slug_or_title": slug or of_title or of_file,
        "slug_or_file": slug or of_file,
        "sections": sections,
        "section": sections.partition("/")[0],
        "path": parts.path,
        "categories": "/".join(make_slug(one, form).lower() for one in parts.categories),
        "category": make_slug(parts.categories[0], form).lower() if parts.categories else "",
        "lang": parts.lang,
        "collection": parts.collection,
        "author": make_slug(parts.author, form),
    }
    return found | (_dates(parts.day, parts.time) if parts.day else {})


def _dates(day: date, time: tuple[int, int, int]) -> dict[str, str]:
    return {
        "year": f"{day.year:04}",
        "month": f"{day.month:02}",
        "day": f"{day.day:02}",
        "i_month": str(day.month),
        "i_day": str(day.day),
        "short_year": f"{day.year % 100:02}",
        "y_day": f"{day.timetuple().tm_yday:03}",
        "month_name": _MONTHS[day.month - 1],
        "short_month": _MONTHS[day.month - 1][:3].capitalize(),
        "hour": f"{time[0]:02}",
        "minute": f"{time[1]:02}",
        "second": f"{time[2]:02}",
    }


_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip


def replace_tokens(pattern: str, token: re.Pattern[str], names: Mapping[str, str]) -> str:
    """Return a pattern with the generator's placeholders under our names; "" if one is unknown.

    Args:
        pattern: of the generator.
        token: matches one placeholder; its first group is the name.
        names: name of the generator → our pattern for it.
    """
    found = {one[1].lower() for one in token.finditer(pattern)}
    return token.sub(lambda one: names[one[1].lower()], pattern) if found <= names.keys() else ""


def base_and_host(address: str) -> tuple[str, frozenset[str]]:
    """Return the sub-path of a site's address, and its host as a set."""
    from clusterpress.importing.addresses import host_of

    host = host_of(address)
    path = "/" + re.sub(r"^[a-z]+://[^/]*", "", address.strip(), flags=re.IGNORECASE).strip("/")
    return ("" if path == "/" else path), frozenset({host} if host else ())
