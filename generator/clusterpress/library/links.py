"""Links between sources: from the target that an editor wrote to the address on the site."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from clusterpress.library.file_names import composed
from clusterpress.library.index_records import IndexRecord, Reference
from clusterpress.library.item_loader import ItemLoader
from clusterpress.library.pictures import Picture
from clusterpress.library.publication import STATIC, resolve_path
from clusterpress.values.problems import did_you_mean
from clusterpress.values.slugs import term_slug


@dataclass(frozen=True, kw_only=True)
class LinkTargets:
    """Everything that a link may name, and where it is."""

    item_loader: ItemLoader
    records: Mapping[str, IndexRecord]
    """Source path of a published item → its index record, as it was when the library was assembled."""
    urls: Mapping[str, str]
    """Source path of a published item → path below the root."""
    hidden: Mapping[str, str]
    """Source path of an item that is not published now → why."""
    pictures: Mapping[str, Picture]
    """Source path of a picture → published picture."""
    files: Mapping[str, str]
    """Source path of any other file below content/ → path below the root."""
    broken: Collection[str]
    """Source paths of items and pictures that could not be read: links to them are left out."""

    def anchors(self, path: str) -> tuple[str, ...]:
        """Return the ids in the body of a published item."""
        return self.item_loader.outline(self.records[path].body).anchors

    def paths_for(self, file: str) -> Iterator[str]:
        """Yield what a link may mean by a path: the file itself, or an item named in a shorter way."""
        yield file
        if not file.startswith(STATIC):  # no item lies there
            yield from (f"{file}.md", f"{file}/index.md", self._by_slug.get(file.rstrip("/"), ""))

    def linked_by_fragment(self, records: Iterable[IndexRecord]) -> frozenset[str]:
        """Return the source paths of the items to whose headings some items may link."""
        files = {link[1] for one in records for link in one.links if link[2]}
        return frozenset(path for file in files for path in self.paths_for(file))

    @cached_property
    def broken_names(self) -> frozenset[str]:
        """Slugs of the files that could not be read: an unknown name may be one of them."""
        return frozenset(term_slug(posixpath.splitext(posixpath.basename(path))[0]) for path in self.broken)

    @cached_property
    def _by_slug(self) -> Mapping[str, str]:
        """Folder/slug → source path of an item."""
        found: dict[str, str] = {}
        for path, one in self.records.items():
            found.setdefault(f"{path.rpartition('/')[0]}/{one.slug}", path)
        return found


def resolve_link(link: Reference, link_targets: LinkTargets) -> str | tuple[str, str]:
    """Return the path below the root that a link leads to, or (message, hint) for a broken link.

    A target that begins with ``/`` and is no static file is a page of the site. Whether that page exists is
    checked later, when all outputs are planned.
    """
    target, file, fragment, tail = link.target, link.file, link.fragment, link.tail
    for name in link_targets.paths_for(file):
        if name in link_targets.urls:
            anchors = link_targets.anchors(name) if fragment else ()
            if fragment and fragment not in anchors:
                meant = next((one for one in anchors if composed(one) == composed(fragment)), None)
                if meant:
                    return f"{link_targets.urls[name]}{tail.partition('#')[0]}#{quote(meant)}"
                hint = did_you_mean(fragment, anchors, "take the anchor from the page's headings")
                return f'link to "{target}": {name} has no heading or anchor "{fragment}"', hint
            return link_targets.urls[name] + tail
        if name in link_targets.broken:
            return ""
        if name in link_targets.hidden:
            message = f'link to "{target}", which is not published ({link_targets.hidden[name]})'
            return message, "link to it once it is"
    if file in link_targets.pictures:
        return link_targets.pictures[file].url + tail
    if file in link_targets.files:
        return quote(link_targets.files[file]) + tail
    if target.startswith("/"):
        return unquote(urlsplit(target).path).lstrip("/") + tail
    known = [*link_targets.urls, *link_targets.files]
    hint = _suggest(file, known, "check the file's name and folder")
    return f'link to "{target}", but there is no {file}', hint


def _suggest(file: str, known: Collection[str], otherwise: str) -> str:
    """Return a hint for a file that is not there; one of the same name may lie in another folder."""
    base = posixpath.basename(file)
    guess = next((name for name in known if posixpath.basename(name) == base), None)
    return f"the file is {guess}" if guess else did_you_mean(file, known, otherwise)


def explain_missing_picture(
    source: str, src: str, pictures: Collection[str], files: Collection[str]
) -> tuple[str, str]:
    """Return (message, hint) for a picture that does not exist, or is no picture.

    Args:
        source: path of the file that shows it.
        src: the picture as written.
        pictures: source paths of all pictures.
        files: source paths of all other files.
    """
    file = resolve_path(source, unquote(src))
    if file in files:
        return f'"{src}" is no picture', "save it as JPEG or PNG, or link to it: [its name](its file)"
    hint = _suggest(file, [*pictures, *files], "put the file beside the item")
    return f'picture "{src}" is not there: no {file}', hint
