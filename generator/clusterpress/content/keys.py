"""Maps front-matter keys (other spellings, foreign keys, defaults) to the fields of an item."""

import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.hiding import hidden_by
from clusterpress.content.item_values import Image
from clusterpress.content.items import MODELS
from clusterpress.content.paths import folders_around
from clusterpress.parsing.hints import block_keys, list_fields
from clusterpress.parsing.values import ParseResult, Position, Value, position_of, problem_at
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem, Severity, did_you_mean

_ADVICE = "delete it, or map it in site_config.yml (front_matter)"

_IMAGE_KEYS = frozenset(Image.__struct_fields__)

RESERVED = frozenset({"source", "terms", "unknown"})
"""Fields that front matter cannot set."""


class MappedKeys(Struct):
    """The values of one file under the names of our fields."""

    values: dict[str, Value] = field(default_factory=dict)
    """Field → value."""
    lines: dict[str, Position] = field(default_factory=dict)
    """Dotted name → place."""
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Key → terms of a taxonomy of the site's own."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Unknown keys, as written, with their values as text."""
    problems: list[Problem] = field(default_factory=list)
    """Unknown keys, and keys that mean the same field."""


@cache
def fields_of(kind: Kind) -> frozenset[str]:
    """Return the keys that the front matter of a kind may have."""
    return frozenset(MODELS[kind].__struct_fields__) - RESERVED


@cache
def _lists_of(kind: Kind) -> frozenset[str]:
    return list_fields(MODELS[kind])


@lru_cache(maxsize=4096)
def fold_key(key: str) -> str:
    """Return a key in the spelling of our fields: ``Translation-Of`` → ``translation_of``."""
    return key.strip().casefold().replace("-", "_").replace(" ", "_")


def field_name(key: str, settings: Settings) -> str:
    """Return the field that a key means, in any spelling or under a foreign name that the settings map."""
    folded = fold_key(key)
    return {fold_key(foreign): name for foreign, name in settings.front_matter.items()}.get(folded, folded)


def map_keys(parsed: ParseResult, kind: Kind, path: str, settings: Settings) -> MappedKeys:
    """Return the values of a file and of its folders' defaults, under the names of our fields.

    Args:
        parsed: the front matter.
        kind: the kind of item.
        path: the source file.
        settings: the site's settings.
    """
    known = fields_of(kind)
    foreign = {fold_key(key): name for key, name in settings.front_matter.items()}
    folded = ((key, fold_key(key)) for key in parsed.lines if "." not in key)
    names = {key: foreign.get(name, name) for key, name in folded}
    keys = MappedKeys(lines=_rename(parsed.lines, names))
    own = {taxonomy.key or name for name, taxonomy in settings.taxonomies.items()}
    written: dict[str, str] = {}
    for key, value in parsed.values.items():
        name = names.setdefault(key, key)
        if name in own:
            keys.terms[name] = tuple(_as_text(one) for one in _as_list(value))
        elif name not in known:
            keys.unknown[key] = _as_text(value)
        elif name not in keys.values:
            keys.values[name] = value
            written[name] = key
        elif name in _lists_of(kind):
            keys.values[name] = [*_as_list(keys.values[name]), *_as_list(value)]
        else:
            message = f'"{written[name]}" and "{key}" are the same key'
            keys.problems.append(problem_at(key, parsed.lines, path, message, "keep one of them"))
    for name, default in _defaults(path, settings).items():
        if name in known:
            keys.values.setdefault(name, default)
    order = [*names]
    places = {key: place for place, key in enumerate(order)}
    for key in [*keys.unknown]:
        above = islice(reversed(order), len(order) - places[key], None)
        rule, message, hint = _hide(keys, key, parsed) or (
            "unknown-key",
            *_explain_unknown(key, above, names, parsed, kind),
        )
        found = problem_at(key, parsed.lines, path, message, hint, Severity.WARNING)
        keys.problems.append(replace(found, rule=rule))
    return keys


def _hide(keys: MappedKeys, key: str, parsed: ParseResult) -> tuple[str, str, str] | None:
    """Hide a text whose unknown key hides it in other programs; return (rule, message, hint) if so."""
    hidden = hidden_by(key, parsed.values[key], keys.values.get("date", ""))
    if hidden is None or (hidden.field in keys.values and hidden.field != "draft"):
        return None
    del keys.unknown[key]
    keys.values[hidden.field] = hidden.value
    keys.lines[hidden.field] = position_of(key, parsed.lines)
    return "hidden-text", f'"{key}" {hidden.meaning}', hidden.remedy


def _explain_unknown(
    key: str, keys_above: Iterable[str], names: Mapping[str, str], parsed: ParseResult, kind: Kind
) -> tuple[str, str]:
    """Return (message, hint) for an unknown key: perhaps it should be indented below an empty one.

    Args:
        key: the key as written.
        keys_above: the keys above it, upwards.
        names: the names of all keys.
        parsed: the front matter.
        kind: the kind of item.
    """
    for above in keys_above:
        inner = block_keys(MODELS[kind], names[above]) or _IMAGE_KEYS
        if above not in parsed.values and names[key] in inner:
            message = f'"{key}" belongs to "{above}" above, which is empty'
            return message, f'put two spaces before it: "  {key}: …"'
        if names[above] not in inner | _IMAGE_KEYS:
            break
    thing = "a news item" if kind == "news" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    return f'"{key}" is not a key of {thing}', did_you_mean(names[key], fields_of(kind), _ADVICE)


def _rename(lines: Mapping[str, Position], names: Mapping[str, str]) -> dict[str, Position]:
    renamed: dict[str, Position] = {}
    for dotted, position in lines.items():
        key, dot, rest = dotted.partition(".")
        renamed.setdefault(names.get(key, key) + dot + rest, position)
    return renamed


def _defaults(path: str, settings: Settings) -> dict[str, Value]:
    """Return the defaults for a file; inner folders override outer ones."""
    by_folder = {folder.strip("/"): values for folder, values in settings.defaults.items()}
    return {
        fold_key(key): value if isinstance(value, str) else list(value)
        for folder in folders_around(path)
        for key, value in by_folder.get(folder, {}).items()
    }


def _as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _as_text(value: Value) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(str(part) for part in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
