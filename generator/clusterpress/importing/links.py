"""Links: resolve the links and pictures of a record, once every record has its file."""

import posixpath
import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from clusterpress.importing.addresses import (
    Files,
    composed,
    host_of,
    is_readable,
    join,
    key_of,
    path_of,
    split,
)
from clusterpress.importing.inventory import Inventory
from clusterpress.importing.paths import Placed
from clusterpress.importing.records import Export, Remark
from clusterpress.parsing.values import ValueFault, check_link

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|hei[cf])$", re.IGNORECASE)
_PROXY = re.compile(r"https?://i\d\.wp\.com/")
_WIDGETS = re.compile(r"(?:respond|comments?(?:-\d+)?|more-\d+)$")
_STATIC = "content/static"


class Site(Struct, frozen=True, kw_only=True):
    """The foreign site as a whole."""

    export: Export
    files: Files | None
    """Its files, if there are any."""
    is_tree: bool
    """Whether the files are the tree itself, so that paths match exactly."""
    items: Mapping[str, str]
    """Key of an address (`key_of`) → file of the item."""
    items_in: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Language and key of an address → file of the item."""

    hidden: frozenset[str]
    """Files of drafts and scheduled items: a link to one would be an error."""
    inventory: Inventory = field(default_factory=Inventory)
    """Takes what the texts contain."""
    today: date | None = None
    """The present of the foreign site: the day of the export, or of its newest published item."""

    def is_own(self, address: str) -> bool:
        """Return whether an address belongs to the foreign site."""
        host = host_of(address)
        return not host or host in self.export.hosts

    def below_base(self, address: str) -> str:
        """Return the path of an address of the foreign site below its base, such as ``/blog``."""
        path, base = path_of(address), self.export.base
        return path.removeprefix(base) if base and path.startswith(f"{base}/") else path


class Linker(Struct):
    """The `References` of one record."""

    site: Site
    placed: Placed
    remarks: list[Remark] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    """File of the project → file of the foreign site."""

    def link(self, address: str) -> str:
        """Return the target to write for a link: path of a source or file, or an external address."""
        address = address.strip()
        if not address or address.startswith("#"):
            return address
        if not is_readable(address):
            self.remark(f'the address "{address[:120]}" cannot be read; the text of its link stays')
            return ""
        full = join(self.placed.record.base, address)
        try:
            check_link(address)
            check_link(full)
        except ValueFault as fault:
            self.remark(f'a link to "{address[:60]}" was removed: {fault.message}', fault.hint)
            return ""
        if full.startswith(("mailto:", "tel:")) or not self.site.is_own(full):
            return full
        found = self._item(address, full)
        if found in self.site.hidden and not self.placed.is_hidden:
            hint = "add the link once it is published"
            self.remark(f"the link to {found} was removed, as that is not published; its text stays", hint)
            return ""
        if found:
            fragment = split(full).fragment
            source = posixpath.relpath(found, posixpath.dirname(self.placed.path))
            return f"{source}#{fragment}" if fragment and not _WIDGETS.match(fragment) else source
        return self._file(address, full) or self._keep_unresolved(address, full)

    def picture(self, address: str) -> str:
        """Return the path to write for a picture; "" if there is no file."""
        full = _PROXY.sub("https://", join(self.placed.record.base, address.strip()))
        found = self._file(address, full)
        if found and _PICTURE.search(found):
            return found
        if host_of(full) and not self.site.is_own(full):
            hint = '"clusterpress check --fetch-images" saves it beside the item'
            self.remark(f'the picture "{full[:120]}" lies on another site', hint)
            return full
        hint = "find the picture, save it beside the item and write its name"
        if self.site.files is None:
            hint = "name the folder of the old site's pictures with --media, or save it beside the item"
        self.remark(f'the picture "{address[:120]}" is missing; its text or a link replaces it', hint)
        return ""

    def outside(self, address: str) -> str:
        """Return the full address of something that was not imported, or ""."""
        full = join(self.placed.record.base, address)
        return full if split(full).scheme in {"http", "https"} else ""

    def remark(self, message: str, hint: str = "", near: str = "") -> None:
        """Record a remark for editors; see `Remark` for the arguments."""
        self.remarks.append(Remark(message, hint, near))

    def _item(self, address: str, full: str) -> str | None:
        """Return the file of the item that an address means, relative to the file or to the tree's root."""
        bare = address.partition("#")[0].partition("?")[0].removeprefix("@")
        tries = [full]
        if self.site.is_tree:
            # To a browser, a page is also a folder: "../other/" means a sibling.
            as_folder = join(f"{posixpath.splitext(self.placed.record.base)[0]}/index.md", bare)
            places = (full.partition("#")[0], f"/{bare.lstrip('/')}", as_folder)
            tries += [f"{place}{end}" for place in places for end in ("", ".md", "/index.md")]
        # A path of a file, such as "second" or "posts/second.md", first means a text in the same language.
        is_path = self.site.is_tree and not bare.endswith(("/", ".html")) and not host_of(bare)
        own = self.site.items_in if is_path else {}
        keys = [key_of(one) for one in tries]
        found = (own.get((self.placed.lang, key)) or self.site.items.get(key) for key in keys)
        return next(filter(None, found), None)

    def _file(self, address: str, full: str) -> str:
        """Return the path to write for a file of the foreign site, and register the file for copying."""
        files = self.site.files
        if files is None or not full:
            return ""
        if self.site.is_tree:
            return self._file_of_tree(files, address, full)
        path = path_of(full)
        found = files.find(path) if self.site.is_own(full) or path.count("/") > 2 else None  # noqa: PLR2004
        if not found:
            return ""
        target = posixpath.join(posixpath.dirname(path), composed(posixpath.basename(found)))
        self.copies[_STATIC + target] = found
        return target

    def _file_of_tree(self, files: Files, address: str, full: str) -> str:
        if not self.site.is_own(full):
            return ""
        record = self.placed.record
        below = (path_of(full), self.site.below_base(full))
        beside = path_of(join(record.base, address.lstrip("/")))
        in_static = (f"/{root}{path.lstrip('/')}" for path in below for root in self.site.export.static)
        tries = [*below, *in_static, beside]
        found = next((name for one in tries if (name := files.exact(one)) and not name.endswith(".md")), None)
        if not found:
            return ""
        home = posixpath.dirname(record.base)
        if posixpath.basename(self.placed.path).startswith("index.") and found.startswith(f"{home}/"):
            target = composed(found.removeprefix(f"{home}/"))
            self.copies[posixpath.join(posixpath.dirname(self.placed.path), target)] = found
            return target
        root = next((root for root in self.site.export.static if root and found.startswith(root)), "")
        target = composed(f"/{found.removeprefix(root).removeprefix('content/')}")
        self.copies[_STATIC + target] = found
        return target

    def _keep_unresolved(self, address: str, full: str) -> str:
        """Return the old address itself, if it is a full address."""
        if split(full).scheme:
            hint = "it still leads to the old site: link to a source file instead"
            self.remark(f'the link to "{full}" leads to nothing that was imported', hint, full)
            return full
        hint = "link to a source file, if there is one"
        self.remark(f'the link to "{address}" was broken; its text stays', hint)
        return ""
