"""Links between sources: from the target that an editor wrote to the address on the site."""

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct, field

from clusterpress.library.file_names import composed
from clusterpress.library.index_records import IndexRecord, Reference
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.pictures import Picture, is_remote, remote_picture
from clusterpress.library.publication import STATIC, State, resolve_path
from clusterpress.values.problems import did_you_mean
from clusterpress.values.slugs import term_slug
from clusterpress.values.source_names import strip_markdown
from clusterpress.values.suggestions import KnownNames

_MAX_NAMESAKES = 50
"""Files of one name that are compared by their folders."""


class LinkTargets(Struct, frozen=True, kw_only=True, dict=True):
    """Everything that a link may name, and where it is."""

    item_loader: ItemLoader
    records: Mapping[str, IndexRecord]
    """Source path of a published item → its index record, as it was when the library was assembled."""
    urls: Mapping[str, str]
    """Source path of a published item → path below the root."""
    hidden: Mapping[str, "Hidden"]
    """Source path → each item that is not published now."""
    pictures: Mapping[str, Picture]
    """Source path of a picture → published picture."""
    files: Mapping[str, str]
    """Source path of any other file below content/ → path below the root."""
    broken: Collection[str]
    """Source paths of items and pictures that could not be read: links to them are left out."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Source path of such a file → its bytes."""

    def anchors(self, path: str) -> tuple[str, ...]:
        """Return the ids in the body of a published item."""
        return self.item_loader.outline(self.records[path].body).anchors

    def paths_for(self, file: str) -> Iterator[str]:
        """Yield what a link may mean by a path: the file itself, or an item named in a shorter way."""
        yield file
        if not file.startswith(STATIC):  # no item lies there
            yield from (f"{file}.md", f"{file}/index.md", self._by_slug.get(file.rstrip("/"), ""))
            yield self._by_stem.get(strip_markdown(file), "")

    def linked_by_fragment(self, records: Iterable[IndexRecord]) -> frozenset[str]:
        """Return the source paths of the items to whose headings some items may link."""
        files = {link[1] for one in records for link in one.links if link[2]}
        return frozenset(path for file in files for path in self.paths_for(file))

    @cached_property
    def broken_names(self) -> frozenset[str]:
        """Slugs of the files that could not be read: an unknown name may be one of them."""
        return frozenset(term_slug(posixpath.splitext(posixpath.basename(path))[0]) for path in self.broken)

    def picture(self, file: str) -> Picture | None:
        """Return the picture that a source path or a full address means."""
        return remote_picture(file) if is_remote(file) else self.pictures.get(file)

    def suggest(self, path: str, *, pictures: bool = False) -> str:
        """Return a hint for a file that is not there: one with its name, or almost its name; else nothing.

        Args:
            path: the source path that is not there.
            pictures: whether a picture is looked for.
        """
        named, known = self._pictures_by_name if pictures else self._pages_by_name
        name = _name_of(path)
        if name in named:
            return f"the file is {_nearest_folder(named[name], path)}"
        guess = known.nearest(name)
        return f'did you mean "{_nearest_folder(named[guess], path)}"?' if guess else ""

    @cached_property
    def _pages_by_name(self) -> "_FilesByName":
        return _by_name((*self.urls, *self.files))

    @cached_property
    def _pictures_by_name(self) -> "_FilesByName":
        return _by_name((*self.pictures, *self.files))

    @cached_property
    def _by_stem(self) -> Mapping[str, str]:
        """Path without its end → source path of an item whose name does not end in ``.md``."""
        paths = (*self.hidden, *self.urls)
        return {strip_markdown(path): path for path in paths if not path.endswith(".md")}

    @cached_property
    def _by_slug(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        hidden = ((path, one.record) for path, one in self.hidden.items())
        for path, one in (*self.records.items(), *hidden):
            found.setdefault(f"{path.rpartition('/')[0]}/{one.slug}", path)
        return found

    def hidden_at(self, address: str) -> "Hidden | None":
        """Return the item that has an address (``/news/x/``) when it is published, if it is hidden now."""
        if not self.hidden:
            return None
        return self._hidden_by_address.get(unquote(urlsplit(address).path).strip("/"))

    @cached_property
    def _hidden_by_address(self) -> Mapping[str, "Hidden"]:
        """Address, also an old one, that no published item has → item."""
        taken = {url.strip("/") for url in self.urls.values()}
        taken |= {alias.strip("/") for one in self.records.values() for alias in one.aliases}
        return {
            address: one
            for one in self.hidden.values()
            for address in (url.strip("/") for url in (one.url, *one.record.aliases))
            if address not in taken
        }


class Hidden(NamedTuple):
    """An item that is not published now."""

    state: State
    """Why not."""
    record: IndexRecord
    url: str
    """Path below the root that it has when it is published."""

    @property
    def rule(self) -> Literal["draft-link", "unpublished-link"]:
        """The rule that a link to it breaks."""
        return link_rule(self.state)


def link_rule(state: str) -> Literal["draft-link", "unpublished-link"]:
    """Return the rule that a link or name breaks if it leads to an item in a state."""
    return "draft-link" if state == "draft" else "unpublished-link"


class DeadLink(NamedTuple):
    """Why a link does not lead where it should."""

    rule: Literal["dead-link", "dead-anchor", "draft-link", "unpublished-link"]
    """There is no such file; the page has no such heading; the item is not published now."""
    path: str
    """The source path that the link means."""
    place: str | None = None
    """The page to which the link leads all the same; None for nowhere."""


_FilesByName = tuple[Mapping[str, Sequence[str]], KnownNames]
"""File name → the paths that end with it; and all file names."""


def _by_name(paths: Iterable[str]) -> _FilesByName:
    named: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        named[_name_of(path)].append(path)
    return named, KnownNames(named)


def _name_of(path: str) -> str:
    """Return the name of a file, with its folder where all files of that name are called so."""
    parts = path.split("/")
    return "/".join(parts[-2:]) if parts[-1].startswith("index.") else parts[-1]


def _nearest_folder(paths: Sequence[str], path: str) -> str:
    """Return the path that shares the most folders with another one."""
    wanted = path.split("/")
    several = paths[:_MAX_NAMESAKES]
    return max(several, key=lambda one: sum(a == b for a, b in zip(one.split("/"), wanted, strict=False)))


def resolve_link(link: Reference, link_targets: LinkTargets) -> str | DeadLink:
    """Return the path below the root that a link leads to, or why it does not lead where it should.

    A target that begins with ``/`` and is no static file is a page of the site. Whether that page exists is
    checked later, when all outputs are planned.
    """
    target, file, fragment, tail = link.target, link.file, link.fragment, link.tail
    for name in link_targets.paths_for(file):
        if name in link_targets.urls:
            anchors = link_targets.anchors(name) if fragment else ()
            if fragment and fragment not in anchors:
                meant = next((one for one in anchors if composed(one) == composed(fragment)), None)
                if meant is None:
                    return DeadLink("dead-anchor", name, link_targets.urls[name])
                return f"{link_targets.urls[name]}{tail.partition('#')[0]}#{quote(meant)}"
            return link_targets.urls[name] + tail
        if name in link_targets.broken:
            return ""
        if name in link_targets.hidden:
            return DeadLink(link_targets.hidden[name].rule, name)
    if file in link_targets.pictures:
        return link_targets.pictures[file].url + tail
    if file in link_targets.files:
        return quote(link_targets.files[file]) + tail
    return _resolve_address(link, link_targets) if target.startswith("/") else DeadLink("dead-link", file)


def _resolve_address(link: Reference, link_targets: LinkTargets) -> str | DeadLink:
    """Return what `resolve_link` does for an address of the site."""
    if hidden := link_targets.hidden_at(link.target):
        return DeadLink(hidden.rule, hidden.record.path)
    return unquote(urlsplit(link.target).path).lstrip("/") + link.tail


def explain_dead_link(link: Reference, dead: DeadLink, link_targets: LinkTargets) -> tuple[str, str]:
    """Return (message, hint) for a link that does not lead where it should."""
    lead = f'link to "{link.target}"'
    match dead.rule:
        case "dead-anchor":
            anchors = link_targets.anchors(dead.path)
            hint = did_you_mean(link.fragment, anchors, "take the anchor from the page's headings")
            return f'{lead}: {dead.path} has no heading or anchor "{link.fragment}"', hint
        case "draft-link" | "unpublished-link":
            message = f"{lead}, which is not published ({link_targets.hidden[dead.path].state})"
            return message, "link to it once it is"
        case "dead-link":
            hint = link_targets.suggest(dead.path) or "check the file's name and folder"
            return f"{lead}, but there is no {dead.path}", hint


def explain_missing_picture(source: str, src: str, link_targets: LinkTargets) -> tuple[str, str]:
    """Return (message, hint) for a picture that does not exist, or is no picture.

    Args:
        source: path of the file that shows it.
        src: the picture as written.
        link_targets: everything that is there.
    """
    file = resolve_path(source, unquote(src))
    if file in link_targets.files:
        return f'"{src}" is no picture', "save it as JPEG or PNG, or link to it: [its name](its file)"
    hint = link_targets.suggest(file, pictures=True) or "put the file beside the item"
    return f'picture "{src}" is not there: no {file}', hint
