"""The addresses of a file of a foreign tree: those that were published, and those that its links may use."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.content.item_values import Moment
from clusterpress.importing.addresses import key_of
from clusterpress.importing.sources.front_matter import MappedKeys
from clusterpress.importing.sources.layouts.layout import AddressParts, Layout, fill, make_slug
from clusterpress.importing.sources.tree_places import ENDING, Place
from clusterpress.values.kinds import Kind

_WHOLE_NAMES = frozenset({"hugo", "astro", "material", "plain"})
"""Generators for which a date is a part of a file's name."""


class AddressFinder(Struct, frozen=True, kw_only=True):
    """Finds the old addresses of one file."""

    layout: Layout
    generator: str
    place: Place
    kind: Kind
    keys: MappedKeys
    moment: Moment | None
    """When it was published."""
    lang: str
    slug: str
    """As its own key says, or ""."""

    def published(self) -> list[str]:
        """Return the addresses under which it was published, the latest one first."""
        found = [*self._own(), *self._aliases()]
        return [*found, *self._redirected(found)]

    def _own(self) -> Iterator[str]:
        if self.keys.address:
            yield from self._requested(self.keys.address)
        address = self._default()
        if address and (not self.keys.address or self.generator == "hugo"):
            yield address
        if self.place.is_in_language_folder and not self.keys.address:
            lang = self.place.lang
            parts = self._parts()
            kept = "/".join(part for part in parts.path.split("/") if part != lang)
            categories = tuple(one for one in parts.categories if one != lang)
            own = replace(parts, path=kept, categories=categories)
            yield self.layout.prefixes.get(lang, f"/{lang}") + self._filled(own)

    def _default(self) -> str:
        own = self._filled(self._parts())
        return own and self._prefix() + own

    def _prefix(self) -> str:
        if self.place.is_in_language_folder:
            return ""
        return self.layout.prefixes.get(self.lang or self.layout.language, "")

    def _filled(self, parts: AddressParts) -> str:
        """Return the address by the settings; the index of a folder is the folder."""
        layout = self.layout
        pattern = self.place.collection.permalink or (
            layout.permalink if self.kind == "news" else layout.page_permalink
        )
        if self.generator == "docusaurus" and self.slug:  # it is relative to the blog or the documents
            pattern = f"/{self.place.collection.name}/{{slug}}/"
        if layout.lang_permalink and self.lang not in {"", layout.language} and self.kind == "news":
            pattern = layout.lang_permalink
        if self.place.is_index and pattern.endswith("{slug_or_file}.html"):
            return re.sub(r"/{2,}", "/", f"/{parts.path}/")
        if self.place.is_index and pattern.endswith("{path}.html"):
            pattern = pattern.removesuffix(".html") + "/"
        return fill(pattern, parts, layout)

    def _requested(self, written: str) -> Iterator[str]:
        """Yield the address that the file requests, with its placeholders filled."""
        if "://" in written:
            yield written
            return
        has_fields = bool(re.search(r":[a-z]|\{", written))
        asked = fill(self.layout.translate(written), self._parts(), self.layout) if has_fields else written
        if asked:
            is_below = self.generator == "hugo" and not written.startswith("/")
            yield f"{self._prefix()}/{asked}" if is_below else f"/{asked.lstrip('/')}"

    def _aliases(self) -> Iterator[str]:
        for alias in self.keys.aliases:
            if self.generator == "hugo" and not alias.startswith(("/", "http")):
                # Relative to the parent of the page (Hugo manual, "Aliases").
                yield posixpath.join(posixpath.dirname(self._default().rstrip("/")) or "/", alias)
            else:
                yield alias

    def _redirected(self, addresses: Iterable[str]) -> Iterator[str]:
        """Yield the addresses that the old settings redirect to the file, or to one of its addresses."""
        path = self.place.path
        own = {path, path.removeprefix(self.layout.root_of(path)[0])}
        keys = {key_of(one) for one in addresses}
        for old, new in self.layout.redirects.items():
            if new in own or key_of(new) in keys:
                yield old

    def _parts(self) -> AddressParts:
        place, moment = self.place, self.moment
        suffix = f".{place.name.language}" if place.name.language else ""
        inside = place.inside.removesuffix(suffix)
        if (
            place.collection.folder
            and place.collection.name != "docs"
            and self.generator in {"astro", "jekyll"}
        ):
            inside = ENDING.sub("", place.path.removeprefix(place.collection.folder)).removesuffix(suffix)
        if place.is_index:
            inside = posixpath.dirname(inside)
        elif self.generator not in _WHOLE_NAMES | {"jekyll"}:
            inside = posixpath.join(posixpath.dirname(inside), place.name.stem)
        whole = posixpath.basename(inside) or place.name.stem
        path = (
            "/".join(make_slug(part, "hugo") for part in inside.split("/"))
            if self.generator == "hugo"
            else inside
        )
        if self.generator == "astro" and self.slug and place.collection.name != "pages":
            path = self.slug  # it takes the place of the whole path (Astro manual, "Content collections")
        at = moment.at if moment else None
        return AddressParts(
            path=path,
            title=str(self.keys.values.get("title", "")),
            slug=self.slug,
            day=moment.day if moment else None,
            time=(at.hour, at.minute, at.second) if at else (0, 0, 0),
            stem=whole if self.generator in _WHOLE_NAMES else place.name.stem,
            categories=tuple(self._categories()),
            lang=self.lang or self.layout.language,
            collection=place.collection.name,
            author=next((name for taxonomy, name in self.keys.terms if taxonomy == "author"), ""),
        )

    def _categories(self) -> Iterator[str]:
        yield from folder_categories(self.place, self.generator)
        yield from (name for taxonomy, name in self.keys.terms if taxonomy in {"categories", "category"})
        if self.generator == "pelican":
            yield "misc"  # its default category

    def linked(self, published: list[str]) -> Iterator[str]:
        """Yield every address and path that links to the file may use."""
        path, base = self.place.path, self.layout.base
        bare = ENDING.sub("", path)
        yield from (
            f"/{path}",
            f"/{path.removeprefix(self.layout.root_of(path)[0])}",
            f"/{bare}",
            f"/{self.place.inside}",
        )
        yield from published
        yield from (f"{base}{one}" for one in published if base and one.startswith("/"))
        if self.place.is_index:
            yield from (f"/{posixpath.dirname(path)}", f"/{posixpath.dirname(self.place.inside)}")
        elif self.generator == "jekyll" and "_posts/" in path:
            yield f"/_posts/{bare.rpartition('_posts/')[2]}"
            yield f"/_posts/{posixpath.basename(bare)}"
            yield re.sub(r"^.*?(?=/\d{4}/)", "", published[0]) if published else ""
        elif self.generator in {"hugo", "plain", "material"}:
            yield from (f"/{posixpath.basename(path)}", f"/{posixpath.basename(bare)}")


def folder_categories(place: Place, generator: str) -> list[str]:
    """Return the categories that the folders of a file stand for."""
    folders = place.inside.split("/")[:-1]
    if generator == "jekyll" and "_posts" in folders:
        return folders[: folders.index("_posts")]
    return folders[-1:] if generator == "pelican" and place.collection.kind == "news" else []
