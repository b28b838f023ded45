"""Forms: the configuration of Sveltia CMS, made from our models, their documentation, and the records.

Source of its keys: the JSON Schema in the package ``@sveltia/cms``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from importlib.resources import files
from typing import Any, Literal, get_args, get_origin

import yaml
from msgspec import Struct, field

from clusterpress.checking.canonical_form import LintContext
from clusterpress.config.settings import Settings
from clusterpress.content.items import MODELS, Image, Moment
from clusterpress.content.keys import RESERVED
from clusterpress.content.serialise import key_order
from clusterpress.handbook.keys import Key, keys_of
from clusterpress.newsletters.selection import KEYS
from clusterpress.parsing.hints import alternatives
from clusterpress.sources.items import KINDS_BY_KEY, find_record
from clusterpress.values.kinds import FOLDERS, Kind

Config = dict[str, Any]

_CONSTANTS: Config = yaml.safe_load(files(__package__).joinpath("forms.yml").read_text("utf-8"))
"""Texts, and options that are the same on every site."""
_RELATION_KINDS: Mapping[str, tuple[Kind, ...]] = {**KINDS_BY_KEY, "partner": ("partner",)}
"""Key → the kinds of record to choose from."""
_TOP_KEYS = (
    "title", "newsletter", "number", "date", "start", "end", "when", "place", "summary", "image",
)  # fmt: skip
"""Keys shown above the text; the others follow below it."""
_MULTILINE_KEYS = frozenset({"summary", "boilerplate", "statement", "disclaimer", "caption", "alt"})
_WHEN = "Such as 2019-06-15 or 15 June 2019; with a time if you like: 2019-06-15 09:00"


class Choices(Struct, frozen=True, kw_only=True):
    """The options of select fields."""

    settings: Settings
    records: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Kind → (slug, name) of each record, by name."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key → names in use that have no record."""


def configure(choices: Choices) -> Config:
    """Return the configuration of the editor for a site."""
    settings = choices.settings
    folders = {**FOLDERS, **{folder.strip("/"): kind for folder, kind in settings.kinds.items()}}
    collections = [_collection(folder, kind, choices) for folder, kind in folders.items()]
    return {**_CONSTANTS["editor"], "app_title": f"{settings.name}: editor", "collections": collections}


def _collection(folder: str, kind: Kind, choices: Choices) -> Config:
    label, singular = _CONSTANTS["titles"][kind]
    keys = {key.name: key for key in keys_of(MODELS[kind], RESERVED)}
    unused = {"lang", "translation_of"} if len(choices.settings.languages) == 1 else set()
    shown = [name for name in key_order(kind) if name not in unused]
    first = [name for name in _TOP_KEYS if name in shown]
    rest = [name for name in shown if name not in first]
    fields = [_field(keys[name], kind, choices) for name in (*first, *rest)]
    fields.insert(len(first), _CONSTANTS["text"])
    return {
        "name": folder.replace("/", "-"),
        "label": label if folder in FOLDERS else f"{label}: {folder}",
        "label_singular": singular,
        "folder": f"content/{folder}",
        **_CONSTANTS["collection"],
        "fields": fields,
    }


def _field(key: Key, kind: Kind | None, choices: Choices) -> Config:
    base: Config = {
        "name": key.name,
        "label": _CONSTANTS["labels"].get(key.name, key.name.replace("_", " ").capitalize()),
        "required": key.is_needed or key.name == "alt",
        "hint": key.words.replace("``", "").replace("`", ""),
    }
    return {**base, **_widget(key, kind, choices)}


def _widget(key: Key, kind: Kind | None, choices: Choices) -> Config:
    hint = alternatives(key.hint)[0]
    name = key.name
    if name in _RELATION_KINDS and get_origin(hint) is tuple:
        return _several(_options(name, choices))
    if name == "lang":
        languages = list(choices.settings.languages)
        return {"widget": "select", "options": languages, "default": languages[0]}
    if name == "newsletter":
        known = choices.settings.newsletters.items()
        options = [{"label": one.name, "value": slug} for slug, one in known]
        none = {"label": "(none in site_config.yml yet)", "value": "newsletter"}
        return {"widget": "select", "options": options or [none]}
    if name == "editions":
        return _several(["web", "pdf", "email"])
    if name == "cover" or (kind is None and name == "src"):
        return {"widget": "image", "choose_url": False} if name == "src" else {"widget": "keyvalue"}
    if name in {"select", "where"}:
        return {"widget": "object", "collapsed": True, "fields": _conditions(choices)}
    return _widget_of_type(key, hint, choices)


def _several(options: list[Any]) -> Config:
    return {"widget": "select", "multiple": True, "options": options}


def _widget_of_type(key: Key, hint: Any, choices: Choices) -> Config:
    if hint is bool:
        return {"widget": "boolean", "default": False}
    if hint is int:
        return {"widget": "number", "value_type": "int"}
    if hint is Moment:
        return {"widget": "string", "hint": f"{key.words} {_WHEN}"}
    if get_origin(hint) is Literal:
        return {"widget": "select", "options": [one for one in get_args(hint) if one]}
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if is_dataclass(inner) and isinstance(inner, type):
            return {"widget": "list", "collapsed": True, "fields": _fields(inner, choices)}
        return {"widget": "list"}
    if is_dataclass(hint) and isinstance(hint, type) and hint.__name__ != "Period":
        return {"widget": "object", "collapsed": hint is not Image, "fields": _fields(hint, choices)}
    return {"widget": "text" if key.name in _MULTILINE_KEYS else "string"}


def _fields(model: type, choices: Choices) -> list[Config]:
    fields = [_field(key, None, choices) for key in keys_of(model)]
    if model is Image:
        alt = next(one for one in fields if one["name"] == "alt")
        alt["hint"] = "Describe the picture for readers who cannot see it."
    return fields


def _conditions(choices: Choices) -> list[Config]:
    widgets = {
        **{key: _several(_options(key, choices)) for key in _RELATION_KINDS},
        "kind": _several([kind for kind in FOLDERS.values() if kind not in {"issue", "page"}]),
        "tag": {"widget": "list"},
    }
    a_day: Config = {"widget": "string", "hint": 'A date, "issue", or "previous".'}
    return [
        {"name": key, "label": key.capitalize(), "required": False, **widgets.get(key, a_day)} for key in KEYS
    ]


def _options(key: str, choices: Choices) -> list[Config]:
    """Return the options of a select field: the records, and the names in use without a record."""
    kinds = _RELATION_KINDS[key]
    offered: dict[str, str] = {}
    for kind in kinds:
        for slug, name in choices.records.get(kind, ()):
            offered.setdefault(slug, name)
    for name in choices.names.get(key, ()):
        offered.setdefault(name, name)
    none = {"label": f"(there is no {kinds[0]} yet)", "value": ""}
    return [{"label": name, "value": value} for value, name in offered.items()] or [none]


def choices_of(items: Iterable[Any], context: LintContext) -> Choices:
    """Return the options of select fields on a site with these items."""
    records: dict[str, dict[str, str]] = {}
    names: dict[str, dict[str, None]] = {}
    for item in items:
        if item.lang == context.settings.language or item.kind not in records:
            records.setdefault(item.kind, {}).setdefault(item.slug, item.title)
        for key in KINDS_BY_KEY:
            written = getattr(item, key, ())
            for name in written if isinstance(written, tuple) else ():
                if not find_record(context.registers, key, name):
                    names.setdefault(key, {}).setdefault(name)
    return Choices(
        settings=context.settings,
        records={
            kind: tuple(sorted(found.items(), key=lambda pair: pair[1].casefold()))
            for kind, found in records.items()
        },
        names={key: tuple(sorted(found)) for key, found in names.items()},
    )
