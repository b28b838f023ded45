"""Front matter of foreign files (YAML, TOML, JSON, Pelican's header lines), and its keys under our names."""

import json
import re
import tomllib
from collections.abc import Callable, Container, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.checking.mend_yaml import mend_yaml
from clusterpress.content.front_matter import FrontMatter, read_front_matter
from clusterpress.content.hiding import EMBARGO, EXPIRY, TRUE, hidden_by, shown_by
from clusterpress.content.keys import fields_of, fold_key
from clusterpress.importing.records import Remark
from clusterpress.importing.sources.clock_keys import read_clocks
from clusterpress.importing.sources.header_lines import read_header_lines
from clusterpress.importing.sources.resources import resource_files, resource_picture
from clusterpress.parsing.values import Value
from clusterpress.sources.front_matter import plain_value
from clusterpress.values.kinds import TAXONOMIES, Kind
from clusterpress.values.problems import Problem, errors

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_OURS: Mapping[str, Container[str]] = {**_TABLE["ours"], "publish": EMBARGO, "expires": EXPIRY}
_OTHER: Mapping[str, frozenset[str]] = {name: frozenset(keys) for name, keys in _TABLE["other"].items()}
_BLOCKS = frozenset({"taxonomies", "extra", "params", "header", "cover", "seo", "data", "meta", "event"})
"""Blocks whose keys count as keys of the item."""
_TERM_FIELDS = frozenset({"tags"} | {one.field for one in TAXONOMIES if one.kind})
_BOOLEANS = frozenset({"draft", "pinned", "online", "cancelled"})
_HANDLE = re.compile(r"@?[\w.-]+")
_FEDIVERSE = re.compile(r"@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+)")
_SOURCES = (
    "src", "image", "url", "path", "feature", "teaser", "file", "filename", "overlay_image", "href", "thumb",
    "thumbnail",
)  # fmt: skip
"""Keys of a block for a picture that may name its file."""
_FENCE = re.compile(
    r"\A\s*---[ \t]*(?P<language>json|js|javascript)[ \t]*\n(?P<head>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL
)


class ForeignFile(Struct, frozen=True):
    """Front matter and body of a foreign file."""

    values: dict[str, Value]
    """Keys as written."""
    body: str
    problems: tuple[Problem, ...] = ()
    """Syntax errors."""


def read_foreign_file(text: str, path: str, *, is_pelican: bool = False) -> ForeignFile:
    """Return the keys and the body of a foreign file.

    Args:
        text: the file.
        path: its path, for problems.
        is_pelican: whether header lines may end without an empty line.
    """
    stripped = text.lstrip()
    if stripped.startswith("{") and not stripped.startswith(("{{", "{%", "{:")):
        return _json(stripped, path)
    if found := _FENCE.match(text):
        head = found["head"].strip()
        read = _json(head if head.startswith("{") else f"{{{head}}}", path)
        return ForeignFile(read.values, text[found.end() :].strip("\n"), read.problems)
    front = read_front_matter(text, path)
    if errors(front.parsed.problems):
        front = _read_as_meant(text, path)
    if front.fenced:
        # If "---" is not closed, or there are no keys, the text must not be lost.
        body = front.body or ("" if front.parsed.values or not front.parsed.problems else text)
        return ForeignFile(dict(front.parsed.values), body, front.parsed.problems)
    lines = read_header_lines(text, is_pelican=is_pelican)
    return ForeignFile(*lines) if lines else ForeignFile({}, text.strip("\n"))


def _read_as_meant(text: str, path: str) -> FrontMatter:
    """Return front matter with faults that leave one meaning only read as it is meant: ``title: A: B``."""
    mended, lines = mend_yaml(text)
    front = read_front_matter(mended, path)
    read = (
        Problem(path=path, line=line, message=f"the line was read as {after.strip()}", hint="compare both")
        for line, _, after in lines
    )
    return replace(front, parsed=replace(front.parsed, problems=(*read, *front.parsed.problems)))


def _json(text: str, path: str) -> ForeignFile:
    try:
        read, end = json.JSONDecoder().raw_decode(text)
    except (json.JSONDecodeError, RecursionError) as error:
        message, hint = "the front matter is not JSON", "compare the file with its source"
        line = getattr(error, "lineno", 1)
        return ForeignFile({}, text, (Problem(path=path, line=line, message=message, hint=hint),))
    values = {key: plain for key, value in read.items() if (plain := plain_value(value))}
    return ForeignFile(values, text[end:].strip("\n"))


class MappedKeys(Struct):
    """The keys of one foreign file, by their meaning."""

    values: dict[str, Value] = field(default_factory=dict)
    """Our keys, and unknown keys as written."""
    terms: list[tuple[str, str]] = field(default_factory=list)
    """(taxonomy, name)"""
    address: str = ""
    """The address that the file requests, as written; it may hold placeholders."""
    aliases: list[str] = field(default_factory=list)
    """Older addresses, as written."""
    group: str = ""
    """Key shared by translations of a text."""
    picture: dict[str, str] = field(default_factory=dict)
    """Parts of the item's picture."""
    clocks: dict[str, str] = field(default_factory=dict)
    """"start" and "end" of an event → time of day, from keys that give no day."""
    ours: dict[str, str] = field(default_factory=dict)
    """Key as written → the key that it became, or "drop"; "" for one that is unknown, or more than a key."""
    remarks: list[Remark] = field(default_factory=list)


def fold(key: str) -> str:
    """Return a key as the table has it: ``Featured-Image``, ``featuredImage`` → ``featuredimage``."""
    return fold_key(key).replace("_", "")


def meaning_of(key: str, kind: Kind) -> str:
    """Return our key for a foreign one, for items of a kind; "" if there is none."""
    known, folded, name = fields_of(kind), fold(key), fold_key(key)
    own: Mapping[str, list[str]] = _TABLE["ours_of"].get(kind, {})
    if found := next((ours for ours, theirs in own.items() if folded in theirs), ""):
        return found
    if name in known:
        return name
    return next((ours for ours, theirs in _OURS.items() if folded in theirs and ours in known), "")


def map_keys(
    values: Mapping[str, Value],
    kind: Kind,
    mapped: Mapping[str, str],
    taxonomies: Mapping[str, str] | None = None,
    *,
    splits_words: bool = False,
) -> MappedKeys:
    """Return foreign keys under our names.

    Args:
        values: key as written → value.
        kind: what the file becomes.
        mapped: key → our key, from the project's settings, a plan or the command line.
        taxonomies: further keys with terms → taxonomy.
        splits_words: whether ``categories: a b`` names two.
    """
    found = MappedKeys()
    asked = {fold_key(key): name for key, name in mapped.items()}
    terms = {**dict.fromkeys(_OTHER["taxonomies"]), **(taxonomies or {})}
    for key, value in _flattened(values):
        name = fold_key(key)
        if asked.get(name) in _TERM_FIELDS:
            names = _people(value) if asked[name] == "author" else _texts(value, split=True)
            found.terms += [(asked[name], one) for one in names]
            found.ours[key] = asked[name]
        elif name in asked:
            _put(found, asked[name], value, kind, key)
        elif _apply_hiding(found, name, value, kind):
            found.ours[key] = ""
        elif name in _OTHER["configuration"] and name not in fields_of(kind):
            found.ours[key] = "drop"
        elif name in terms and not (name == "partner" and kind == "programme"):
            words, taxonomy = splits_words and name in {"categories", "tags"}, terms[name] or name
            is_author = taxonomy == "author"
            names = _people(value, several=True) if is_author else _texts(value, split=True, by_words=words)
            found.terms += [(taxonomy, one) for one in names]
            found.ours[key] = "author" if is_author else ""
        elif name in _OTHER["authors"]:
            found.terms += [("author", one) for one in _people(value, several=name != "author")]
            found.ours[key] = "author"
        elif any(apply(found, key, value, kind) for apply in (_apply_parts, _apply_special, _apply_picture)):
            found.ours[key] = ""
        else:
            _put(found, meaning_of(key, kind) or name, value, kind, key)
    if found.picture.get("src") and "image" not in found.values and "image" in fields_of(kind):
        found.values["image"] = {**found.picture}
    return found


def _apply_parts(found: MappedKeys, key: str, value: Value, kind: Kind) -> bool:
    """Take a time of day, or the files of a bundle; return whether it is such a key."""
    if kind == "event" and (clocks := read_clocks(fold(key), value)):
        found.clocks |= clocks
    elif fold(key) == "resources" and (files := resource_files(value)):
        picture, remarks = resource_picture(files)
        found.picture = picture | found.picture
        found.remarks += remarks
    else:
        return False
    return True


def _apply_special(found: MappedKeys, key: str, value: Value, kind: Kind) -> bool:
    """Apply a key that is more than another name for one of ours; return whether it is such a key."""
    name = fold_key(key)
    if name in _OTHER["addresses"] and value != "false":
        external = isinstance(value, str) and value.startswith(("http://", "https://"))
        if kind in {"author", "event", "partner", "cluster", "programme"} and name == "url" and external:
            return False
        found.address = value if isinstance(value, str) else found.address
    elif name in _OTHER["aliases"]:
        found.aliases += _texts(value)
    elif name in _OTHER["groups"] and isinstance(value, str):
        found.group = value
    else:
        return name in _OTHER["addresses"]
    return True


def _apply_hiding(found: MappedKeys, key: str, value: Value, kind: Kind) -> bool:
    """Make a draft of what a key hides in the other program; return whether it is such a key."""
    if key in fields_of(kind):
        return False
    hidden = hidden_by(key, value)
    if hidden and hidden.field == "draft":
        found.values["draft"] = "true"
        if key not in {"published", "public", "permalink"} and value != "draft":
            said = f'its {key} was "{value}"' if key in {"status", "visibility"} else f'"{key}" hid it there'
            found.remarks.append(Remark(f"{said}, so it is a draft now", 'delete "draft" to publish it'))
        return True
    return shown_by(key, value)


def _apply_picture(found: MappedKeys, key: str, value: Value, kind: Kind) -> bool:
    """Take a key such as ``featureImage`` or ``thumbnail-alt``; return whether it is about the picture."""
    folded, table = fold(key), _TABLE["picture"]
    if folded in table["src"] and not (kind == "issue" and folded == "cover"):
        if isinstance(value, str) and value.lower() in TRUE | {"false", "no", "off"}:
            return False
        for part, words in _image(value).items():
            found.picture.setdefault(part, words)
        return True
    for part in ("alt", "caption", "credit"):
        ends = sorted(table[part], key=len, reverse=True)
        start = next((folded.removesuffix(end) for end in ends if folded.endswith(end)), None)
        if start is not None and isinstance(value, str) and (start in {"", *table["src"]}):
            found.picture.setdefault(part, value)
            return True
    return False


def _flattened(values: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """Return all keys, including those of ``[taxonomies]``, ``[extra]`` and ``[params]``."""
    flat: list[tuple[str, Value]] = []
    for key, value in values.items():
        name = fold_key(key)
        if name == "cover" and isinstance(value, dict):
            flat.append((key, value))
        elif name in _BLOCKS and isinstance(value, dict):
            flat += value.items()
        elif name == "date" and isinstance(value, dict):
            flat += [("date", value.get("created", "")), ("updated", value.get("updated", ""))]
        else:
            flat.append((key, value))
    return [(key, value) for key, value in flat if value]


def _put(found: MappedKeys, name: str, value: Value, kind: Kind, key: str) -> None:
    """Store a value under our key, or under its own key if we have none."""
    found.ours[key] = name
    if name == "drop":
        return
    if name not in fields_of(kind):
        found.ours[key] = ""
        found.values[key] = value
        hint = 'it stays in the front matter; map it with "--map KEY:OURS", or delete it'
        found.remarks.append(Remark(f'the key "{key}" is unknown here', hint, f"{key}:"))
    elif name == "draft" and found.values.get("draft") == "true":
        pass  # another key hides it
    elif name in _BOOLEANS:
        found.values[name] = "true" if str(value).strip().lower() in TRUE else "false"
    elif name in found.values and found.values[name] != value:
        remark = f'"{key}" and another key both mean "{name}"; "{key}: {value}" was left out'
        found.remarks.append(Remark(remark, "choose the right one", f"{name}:"))
    elif name in {"image", "logo"}:
        found.values[name] = {**_image(value)}
    elif name == "more":
        found.values["more"] = _links(value)
    elif name == "follow":
        found.values["follow"] = _profiles(value, key, found.remarks.append)
    elif name in {"title", "summary", "date", "updated", "start", "end", "place", "lang", "slug"}:
        found.values[name] = _one_text(value)
    else:
        found.values[name] = value


def _one_text(value: Value) -> str:
    """Return a value as one text, whatever it was."""
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, list) else [*value.values()]
    return ", ".join(_one_text(part) for part in parts)


def _image(value: Value) -> dict[str, str]:
    if isinstance(value, list):
        value = value[0]
    if not isinstance(value, dict):
        return {"src": str(value)}
    sources = (value[key] for key in _SOURCES if isinstance(value.get(key), str))
    image = {"src": str(next(sources, ""))}
    for part, names in _TABLE["picture"].items():
        said = next(
            (
                words
                for key, words in value.items()
                if fold(key).removeprefix("image") in names and part != "src"
            ),
            "",
        )
        image |= {part: said} if isinstance(said, str) and said else {}
    return image


def _links(value: Value) -> Value:
    """Return links from those of Material: ``Label: address``, or a path only."""
    links: list[Value] = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            is_link = {"url", "href", "link", "uri", "address"} & {fold(key) for key in part}
            pairs: list[Value] = [
                {"label": label, "url": url} for label, url in part.items() if isinstance(url, str)
            ]
            inner = [one for url in part.values() if isinstance(url, list) for one in url]
            links += [_link(part)] if is_link else [*pairs, *(_links(inner) if inner else ())]
        elif isinstance(part, str):
            links.append({"label": part.rstrip("/").rsplit("/", 1)[-1].removesuffix(".md"), "url": part})
    return links


def _link(part: Mapping[str, Value]) -> Value:
    """Return a link with our two keys."""
    folded = {fold(key): str(one) for key, one in part.items() if isinstance(one, str)}
    url = next((folded[key] for key in ("url", "href", "link", "uri", "address") if key in folded), "")
    label = next(
        (folded[key] for key in ("label", "name", "title", "text", "description") if key in folded), ""
    )
    return {"label": label or url.rstrip("/").rsplit("/", 1)[-1] or url, "url": url}


def _profiles(value: Value, key: str, remark: Callable[[Remark], object]) -> Value:
    """Return profiles on other platforms with full addresses; others cannot be links, and are named."""
    links = [(one, _profile(one)) for one in _links(value) if isinstance(one, dict)]
    for one, url in links:
        if not url.startswith("http"):
            message = f'"{key}: {one.get("label")}" is no address, and was left out'
            remark(Remark(message, "add the whole address"))
    return [{**one, "url": url} for one, url in links if url.startswith("http")]


def _profile(link: Mapping[str, Value]) -> str:
    """Return the address of a profile of which only the name may be written: ``github: ann``."""
    written, platform = str(link.get("url", "")).strip(), fold(str(link.get("label", "")))
    if platform == "mastodon" and (found := _FEDIVERSE.fullmatch(written)):
        return f"https://{found[2]}/@{found[1]}"
    start = _TABLE["profiles"].get(platform, "")
    return start + written.removeprefix("@") if start and _HANDLE.fullmatch(written) else written


def _texts(value: Value, *, split: bool = False, by_words: bool = False) -> list[str]:
    parts: list[Value]
    if isinstance(value, str):
        parts = (
            [*(value.split() if by_words and "," not in value else value.split(","))] if split else [value]
        )
    else:
        parts = [*value] if isinstance(value, list) else [*value.values()]
    inner = [one for part in parts if isinstance(part, dict) for one in (part.get("name"), part.get("title"))]
    return [part.strip() for part in [*parts, *inner] if isinstance(part, str) and part.strip()]


def _people(value: Value, *, several: bool = False) -> list[str]:
    """Return names of authors: a name, ``A; B``, ``Family, Given; B``, a list, or blocks with a name."""
    if isinstance(value, str):
        parts = value.split(",") if several and ";" not in value else value.split(";")
        found = (part.strip() for part in parts if part.strip())
        return [_given_first(name) for name in found] if ";" in value else [*found]
    if isinstance(value, dict):
        names = (value.get(key) for key in ("name", "title", "id"))
        return [next((name for name in names if isinstance(name, str) and name), "")] if value else []
    return [
        name for part in value for name in (_people(part) if isinstance(part, dict) else _texts(part)) if name
    ]


def _given_first(name: str) -> str:
    """Return ``Example, Ann`` as ``Ann Example``."""
    family, _, given = name.partition(",")
    return name if "," in given else f"{given.strip()} {family.strip()}".strip()
