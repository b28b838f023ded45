"""Records in data files: the authors, partners and events that a site lists in YAML, TOML or JSON."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from clusterpress.importing.records import Record, Remark
from clusterpress.importing.sources.clock_keys import join_clocks
from clusterpress.importing.sources.folder_kinds import kind_of_folder
from clusterpress.importing.sources.front_matter import MappedKeys, map_keys
from clusterpress.importing.sources.layouts.files import TreeFiles
from clusterpress.importing.sources.tree_places import planned_kind
from clusterpress.parsing.values import Value
from clusterpress.sources.front_matter import plain_value
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_ENDINGS = (".yml", ".yaml", ".json", ".toml")
_LISTED: tuple[Kind, ...] = ("author", "partner", "cluster", "programme", "event")
"""Kinds that sites list in data files."""
_FOLDERS = ("_data/", "data/", "src/data/", "src/_data/", "src/content/", "content/authors/", "docs/")


def data_records(
    tree: TreeFiles, mapped: Mapping[str, str], kinds: Mapping[str, Kind | None]
) -> Iterator[Record]:
    """Yield the records of data files whose name, or whose folder's name, tells the kind.

    Args:
        tree: the foreign tree.
        mapped: foreign key → our key.
        kinds: file or folder → kind of its records, or None to leave it out; as a plan says.
    """
    for path in sorted(tree.names):
        if not path.endswith(_ENDINGS) or not (path.startswith(_FOLDERS) or _is_authors(path)):
            continue
        stem = posixpath.splitext(posixpath.basename(path))[0].lstrip(".").removesuffix(".11tydata")
        folder = posixpath.basename(posixpath.dirname(path))
        if path.startswith("docs/") and not _is_authors(path):
            continue
        of_file = "author" if _is_authors(path) else kind_of_folder([stem])
        of_folder = kind_of_folder([folder])
        planned, kind = planned_kind(path, kinds)
        if planned and kind is None:
            continue
        if of_file in _LISTED and (of_folder is None or of_file == "author"):
            yield from _listed(path, kind or of_file, tree, mapped)
        elif of_folder in _LISTED:
            value = plain_value(tree.data(path))
            if isinstance(value, dict) and (record := _record(path, kind or of_folder, stem, value, mapped)):
                yield record


def _is_authors(path: str) -> bool:
    return posixpath.basename(path).lstrip(".") in {"authors.yml", "authors.yaml", "authors.json"}


def _listed(path: str, kind: Kind, tree: TreeFiles, mapped: Mapping[str, str]) -> Iterator[Record]:
    """Yield the records of a file that lists them under their keys, or one after the other."""
    content: Any = plain_value(tree.data(path))
    if (
        isinstance(content, dict)
        and len(content) == 1
        and isinstance(inner := next(iter(content.values())), dict | list)
    ):
        is_one = isinstance(inner, dict) and any(isinstance(one, str) for one in inner.values())
        content = content if is_one else inner
    entries = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content if isinstance(content, list) else ())
    )
    for key, one in entries:
        if isinstance(one, dict) and (
            record := _record(path, kind, str(key) if isinstance(key, str) else "", one, mapped)
        ):
            yield record


def _record(
    path: str, kind: Kind, key: str, one: Mapping[str, Value], mapped: Mapping[str, str]
) -> Record | None:
    text = next(
        (str(one[name]) for name in ("body", "text", "content") if isinstance(one.get(name), str)), ""
    )
    if kind == "author" and {"name", "title"} <= one.keys() and "role" not in one:
        one = {"role" if name == "title" else name: value for name, value in one.items()}
    keys = map_keys({name: value for name, value in one.items() if str(value) != text}, kind, mapped)
    keys.remarks += join_clocks(keys.values, keys.clocks)
    title = keys.values.get("title")
    if not isinstance(title, str) or not title:
        return None
    if kind == "event" and not {"start", "when"} & keys.values.keys():
        if "date" not in keys.values:
            return None
        keys.values["start"] = keys.values.pop("date")
    if key and kind != "event":
        names = keys.values.get("names", [])
        keys.values["names"] = [key, *(names if isinstance(names, list) else [names])]
    return Record(
        place=path,
        kind=kind,
        stem=slugify(str(keys.values.pop("slug", "") or key or title)),
        values=keys.values,
        terms=tuple(keys.terms),
        text=text,
        form="markdown",
        base=path,
        remarks=(*keys.remarks, *_about_address(keys)),
    )


def _about_address(keys: MappedKeys) -> tuple[Remark, ...]:
    return (Remark(f'its address "{keys.address}" was left out'),) if keys.address else ()
