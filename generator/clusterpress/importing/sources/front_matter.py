"""Front matter of foreign files (YAML, TOML, JSON, Pelican's header lines), and its keys under our names."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clusterpress.content.front_matter import read_front_matter
from clusterpress.content.keys import fields_of, fold_key
from clusterpress.importing.addresses import alias_of
from clusterpress.importing.records import Remark
from clusterpress.parsing.values import Value
from clusterpress.sources.front_matter import plain_value
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem

_HEADER = re.compile(r"([A-Za-z][\w -]*):[ \t]*(.*)")
_KEYS = re.compile(
    r"(?:title|date|category|tags|slug|author|authors|summary|status|modified|lang|template|save_as)$",
    re.IGNORECASE,
)
_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_OURS: Mapping[str, str] = {theirs: ours for ours, names in _TABLE["ours"].items() for theirs in names}
"""Folded key of another generator → our key."""


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """Front matter and body of a foreign file."""

    values: dict[str, Value]
    """Keys as written."""
    body: str
    problems: tuple[Problem, ...] = ()
    """Syntax errors."""


def read_foreign_file(text: str, path: str) -> ForeignFile:
    """Return the keys and the body of a foreign file."""
    stripped = text.lstrip()
    if stripped.startswith("{") and not stripped.startswith(("{{", "{%")):
        return _json(stripped, path)
    front = read_front_matter(text, path)
    if front.fenced:
        # If "---" is not closed, or there are no keys, the text must not be lost.
        body = front.body or ("" if front.parsed.values or not front.parsed.problems else text)
        return ForeignFile(dict(front.parsed.values), body, front.parsed.problems)
    return _header(text) or ForeignFile({}, text.strip("\n"))


def _json(text: str, path: str) -> ForeignFile:
    try:
        read, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        message, hint = "the front matter is not JSON", "compare the file with its source"
        return ForeignFile({}, text, (Problem(path=path, line=error.lineno, message=message, hint=hint),))
    values = {key: plain for key, value in read.items() if (plain := plain_value(value))}
    return ForeignFile(values, text[end:].strip("\n"))


def _header(text: str) -> ForeignFile | None:
    """Read lines such as ``Title: …`` up to the first empty one; indented lines continue the previous one."""
    head, _, body = text.lstrip("\n").partition("\n\n")
    values: dict[str, Value] = {}
    key = ""
    for line in head.split("\n"):
        if line.startswith("    ") and key:
            values[key] = f"{values[key]} {line.strip()}".strip()
        elif found := _HEADER.fullmatch(line.rstrip()):
            key = found[1].strip()
            values[key] = found[2].strip()
        else:
            return None
    return ForeignFile(values, body.strip("\n")) if any(map(_KEYS.match, values)) else None


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
        elif folded in _TABLE["other"]["configuration"] and folded not in fields_of(kind):
            found.dropped.append(key)
        elif folded in _TABLE["other"]["taxonomies"]:
            found.terms += [(folded, name) for name in _texts(value, split=True)]
        elif folded in _TABLE["other"]["authors"]:
            found.terms += [("author", name) for name in _people(value, several=folded != "author")]
        elif not _apply_special(found, folded, value):
            _put(found, _OURS.get(folded, folded), value, kind, key)
    return found


def _apply_special(found: MappedKeys, key: str, value: Value) -> bool:
    """Apply a key that is more than another name for one of ours; return whether it is such a key."""
    match key:
        case "published":
            if value == "false":
                found.values["draft"] = "true"
        case "status":
            if value in ("draft", "hidden", "skip", "private"):
                found.values["draft"] = "true"
            if value in ("hidden", "skip", "private"):
                message = f'its status was "{value}", so it is a draft now'
                found.remarks.append(Remark(message, 'delete "draft" to publish it'))
        case "url" | "path" | "permalink" | "save_as":
            if isinstance(value, str):
                found.address = alias_of(value)
        case "aliases" | "redirect_from" | "alias":
            found.aliases += filter(None, map(alias_of, _texts(value)))
        case "translationkey":
            found.group = str(value)
        case _:
            return False
    return True


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
        remark = f'"{key}" and another key both mean "{name}"; "{key}: {value}" was left out'
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
    sources = (value[key] for key in ("src", "image", "url", "path", "feature", "teaser") if key in value)
    image: dict[str, Value] = {"src": next(sources, "")}
    return image | {key: value[key] for key in ("alt", "caption", "credit") if key in value}


def _links(value: Value) -> Value:
    """Return links from those of Material: ``Label: address``, or a path only."""
    links: list[Value] = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            pairs = [{"label": label, "url": url} for label, url in part.items()]
            links += [part] if "url" in part else pairs
        elif isinstance(part, str):
            links.append({"label": part.rstrip("/").rsplit("/", 1)[-1].removesuffix(".md"), "url": part})
    return links


def _texts(value: Value, *, split: bool = False) -> list[str]:
    if isinstance(value, str):
        parts: list[Value] = [*value.split(",")] if split else [value]
    else:
        parts = [*value] if isinstance(value, list) else [*value.values()]
    return [part.strip() for part in parts if isinstance(part, str) and part.strip()]


def _people(value: Value, *, several: bool = False) -> list[str]:
    """Return names of authors: a name, ``A; B``, a list, or blocks with a name."""
    if isinstance(value, str):
        between = r"\s*;\s*|\s*,\s*" if several else r"\s*;\s*"
        return [part.strip() for part in re.split(between, value) if part.strip()]
    if isinstance(value, dict):
        return [str(value["name"])] if isinstance(value.get("name"), str) else []
    return [name for part in value for name in (_people(part) if isinstance(part, dict) else _texts(part))]
