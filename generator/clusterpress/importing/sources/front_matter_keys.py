"""Keys of other generators → keys of ours. An unknown key is kept and reported."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from clusterpress.content.keys import fields_of, fold_key
from clusterpress.importing.addresses import alias_of
from clusterpress.importing.records import Remark
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind

_NAMES: Mapping[str, str] = {
    "description": "summary", "tease": "summary", "excerpt": "summary", "subtitle": "summary",
    "lead": "summary", "abstract": "summary",
    "lastmod": "updated", "modified": "updated", "last_modified_at": "updated",
    "publishdate": "publish", "publish_date": "publish",
    "expirydate": "expires", "expiry_date": "expires", "expire_date": "expires",
    "language": "lang", "locale": "lang",
    "cover": "image", "thumbnail": "image", "featured_image": "image", "featuredimage": "image",
    "header_image": "image", "banner": "image",
    "pin": "pinned", "sticky": "pinned", "featured": "pinned",
    "links": "more", "created": "date", "pubdate": "date", "keywords": "tags",
}  # fmt: skip
"""Folded key of another generator → our key."""

_TAXONOMIES = frozenset(
    {
        "tags", "tag", "categories", "category", "series", "topics", "programme", "programmes", "cluster",
        "clusters", "partners",
    }
)  # fmt: skip
_AUTHORS = frozenset({"author", "authors"})

_GENERATOR_KEYS = frozenset(
    {
        "layout", "type", "template", "comments", "toc", "weight", "menu", "nav_order", "readtime",
        "render", "outputs", "markup", "page_template", "in_search_index", "insert_anchor_links", "hide",
        "icon", "math", "mathjax", "sitemap",
    }
)  # fmt: skip
"""Keys that only configure the other generator."""


@dataclass(slots=True)
class MappedKeys:
    """The keys of one foreign file, by their meaning."""

    values: dict[str, Value] = field(default_factory=dict)
    """Our keys, and unknown keys as written."""
    terms: list[tuple[str, str]] = field(default_factory=list)
    """(taxonomy, name)"""
    address: str = ""
    """The address that the file requests."""
    aliases: list[str] = field(default_factory=list)
    """Older addresses."""
    group: str = ""
    """Key shared by translations of a text."""
    dropped: list[str] = field(default_factory=list)
    """Keys that only configured the other generator."""
    remarks: list[Remark] = field(default_factory=list)


def map_keys(values: Mapping[str, Value], kind: Kind, mapped: Mapping[str, str]) -> MappedKeys:
    """Return foreign keys under our names.

    Args:
        values: key as written → value.
        kind: what the file becomes.
        mapped: key → our key, from the project's settings or the command line.
    """
    found = MappedKeys()
    asked = {fold_key(key): name for key, name in mapped.items()}
    for key, value in _flattened(values):
        folded = fold_key(key)
        if folded in asked:
            _put(found, asked[folded], value, kind, key)
        elif apply_key := _SPECIAL_KEYS.get(folded):
            apply_key(found, value)
        elif folded in _TAXONOMIES:
            found.terms += [(folded, name) for name in _texts(value, split=True)]
        elif folded in _AUTHORS:
            found.terms += [("author", name) for name in _people(value)]
        elif folded in _GENERATOR_KEYS and folded not in fields_of(kind):
            found.dropped.append(key)
        else:
            _put(found, _NAMES.get(folded, folded), value, kind, key)
    return found


def _flattened(values: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """Return all keys, including those of ``[taxonomies]``, ``[extra]`` and ``[params]``."""
    flat: list[tuple[str, Value]] = []
    for key, value in values.items():
        if fold_key(key) in {"taxonomies", "extra", "params", "header"} and isinstance(value, dict):
            flat += value.items()
        elif fold_key(key) == "date" and isinstance(value, dict):
            flat += [("date", value.get("created", "")), ("updated", value.get("updated", ""))]
        else:
            flat.append((key, value))
    return [(key, value) for key, value in flat if value]


def _put(found: MappedKeys, name: str, value: Value, kind: Kind, key: str) -> None:
    """Store a value under our key, or under its own key if we have none."""
    if name == "drop":
        return
    if name not in fields_of(kind):
        found.values[key] = value
        hint = 'it stays in the front matter; map it with "--map KEY:OURS", or delete it'
        found.remarks.append(Remark(f'the key "{key}" is unknown here', hint, f"{key}:"))
    elif name in found.values and found.values[name] != value:
        remark = f'"{key}" and another key both mean "{name}"; "{key}: {_shown(value)}" was left out'
        found.remarks.append(Remark(remark, "choose the right one", f"{name}:"))
    elif name == "image":
        found.values["image"] = _image(value)
    elif name == "more":
        found.values["more"] = _links(value)
    else:
        found.values[name] = value


def _image(value: Value) -> Value:
    if isinstance(value, list):
        value = value[0]
    if not isinstance(value, dict):
        return {"src": value}
    source = next(
        (value[key] for key in ("src", "image", "url", "path", "feature", "teaser") if key in value), ""
    )
    image: dict[str, Value] = {"src": source}
    return image | {key: value[key] for key in ("alt", "caption", "credit") if key in value}


def _links(value: Value) -> Value:
    """Return links from those of Material: ``Label: address``, or a path only."""
    links: list[Value] = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            links += (
                [part] if "url" in part else [{"label": label, "url": url} for label, url in part.items()]
            )
        elif isinstance(part, str):
            links.append({"label": part.rstrip("/").rsplit("/", 1)[-1].removesuffix(".md"), "url": part})
    return links


def _texts(value: Value, *, split: bool = False) -> list[str]:
    if isinstance(value, str):
        parts: list[Value] = [*value.split(",")] if split else [value]
    else:
        parts = [*value] if isinstance(value, list) else [*value.values()]
    return [part.strip() for part in parts if isinstance(part, str) and part.strip()]


def _people(value: Value) -> list[str]:
    """Return names of authors: a name, ``A; B``, a list, or blocks with a name."""
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"\s*;\s*|\s*,\s*", value) if part.strip()]
    if isinstance(value, dict):
        return [str(value["name"])] if isinstance(value.get("name"), str) else []
    return [name for part in value for name in (_people(part) if isinstance(part, dict) else _texts(part))]


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else str(value)


def _published(found: MappedKeys, value: Value) -> None:
    if value == "false":
        found.values["draft"] = "true"


def _status(found: MappedKeys, value: Value) -> None:
    if value in ("draft", "hidden", "skip", "private"):
        found.values["draft"] = "true"
    if value in ("hidden", "skip", "private"):
        found.remarks.append(
            Remark(f'its status was "{value}", so it is a draft now', 'delete "draft" to publish it')
        )


def _address(found: MappedKeys, value: Value) -> None:
    if isinstance(value, str):
        found.address = alias_of(value)


def _aliases(found: MappedKeys, value: Value) -> None:
    found.aliases += [alias for text in _texts(value) if (alias := alias_of(text))]


def _group(found: MappedKeys, value: Value) -> None:
    found.group = _shown(value)


_SPECIAL_KEYS: Mapping[str, Callable[[MappedKeys, Value], None]] = {
    "published": _published,
    "status": _status,
    "url": _address,
    "path": _address,
    "permalink": _address,
    "save_as": _address,
    "aliases": _aliases,
    "redirect_from": _aliases,
    "alias": _aliases,
    "translationkey": _group,
}
