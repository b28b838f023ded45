"""Forms: the fields of each kind of item in groups, made from our models and the records of the site."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any, Literal, get_args, get_origin

import yaml
from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Image, Moment
from clusterpress.content.items import MODELS
from clusterpress.content.keys import RESERVED
from clusterpress.content.serialise import key_order
from clusterpress.editor_page.words import Words
from clusterpress.handbook.keys import Key, keys_of
from clusterpress.library.names import Register
from clusterpress.newsletters.selection import KEYS
from clusterpress.parsing.hints import alternatives, is_model
from clusterpress.sources.items import KINDS_BY_KEY, find_record
from clusterpress.values.kinds import FOLDERS, Kind

Form = dict[str, Any]

_LAYOUT: Form = yaml.safe_load(files(__package__).joinpath("forms.yml").read_text("utf-8"))
"""The order and the groups of the fields."""
_RELATION_KINDS: Mapping[str, tuple[Kind, ...]] = {**KINDS_BY_KEY, "partner": ("partner",)}
"""Key → the kinds of record to choose from."""
_MULTILINE_KEYS = ("summary", "boilerplate", "statement", "disclaimer", "caption", "alt", "text")
_ADDRESS_KEYS = ("url", "web", "registration")
"""Keys whose values are addresses of the web: a form completes ``www.example.org``."""
_TEXT_WIDGETS = {**dict.fromkeys(_MULTILINE_KEYS, "lines"), **dict.fromkeys(_ADDRESS_KEYS, "address")}
_MIN_HINT = 2
"""Words of a hint that says no more than the label of its field."""
_OWN_KEYS = frozenset({"draft", "sections"})
"""Keys that are not fields of the form: it has buttons for the one, and a composer for the other."""


class Choices(Struct, frozen=True, kw_only=True):
    """The options of fields that offer a choice."""

    settings: Settings
    records: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Kind → (slug, name) of each record, by name."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key → names in use that have no record."""
    tags: tuple[str, ...] = ()
    """Tags in use."""
    today: str = ""
    """Date of new items, in ISO 8601."""


def folders_of(settings: Settings) -> dict[str, Kind]:
    """Return each folder of items below content/, and its kind; those of the settings come last."""
    own = {folder.strip("/"): kind for folder, kind in settings.kinds.items() if folder != "."}
    return {**FOLDERS, **own}


def make_form(kind: Kind, choices: Choices, words: Words) -> Form:
    """Return the form of a kind: ``first`` is a list of fields, ``groups`` are folded lists of fields."""
    keys = {key.name: key for key in keys_of(MODELS[kind], RESERVED)}
    unused = {"lang", "translation_of"} if len(choices.settings.languages) == 1 else set()
    shown = [name for name in key_order(kind) if name not in unused | _OWN_KEYS]
    first = [name for name in _LAYOUT["first"][kind] if name in shown]
    left = [name for name in shown if name not in first]

    def fields(names: Iterable[str]) -> list[Form]:
        return [_field(keys[name], kind, choices, words) for name in names]

    groups = []
    for name, wanted in _LAYOUT["groups"].items():
        own = [one for one in wanted if one in left] if wanted else left
        left = [one for one in left if one not in own]
        if own:
            groups.append({"name": name, "title": words["groups"][name], "fields": fields(own)})
    return {"kind": kind, "first": fields(first), "groups": groups, "values": _defaults(kind, choices)}


def _defaults(kind: Kind, choices: Choices) -> Form:
    """Return the values of a new item."""
    settings = choices.settings
    values: Form = {}
    if kind in {"news", "issue", "event"}:  # of an event: the day of its announcement
        values["date"] = choices.today
    if kind in {"news", "event"} and settings.programme:
        values["programme"] = [settings.programme]
    if kind == "issue" and settings.newsletters:
        values["newsletter"] = next(iter(settings.newsletters))
    return values


def _field(key: Key, kind: Kind | None, choices: Choices, words: Words) -> Form:
    plain = key.words.replace("``", "").replace("`", "")
    hint = words["hints"].get(key.name, plain if len(plain.split()) > _MIN_HINT else "")
    return {
        "key": key.name,
        "label": words["labels"].get(key.name, key.name.replace("_", " ").capitalize()),
        "needed": key.is_needed or key.name == "alt",
        "hint": hint,
        **_widget(key, kind, choices, words),
    }


def _widget(key: Key, kind: Kind | None, choices: Choices, words: Words) -> Form:
    hint = alternatives(key.hint)[0]
    name = key.name
    if name in _RELATION_KINDS and get_origin(hint) is tuple:
        return {"widget": "names", "options": list(_options(name, choices)), "open": _is_open(name, choices)}
    if name in _RELATION_KINDS and kind == "event":
        return {"widget": "text"}
    if name == "tags":
        return {"widget": "names", "options": [[tag, tag] for tag in choices.tags], "open": True}
    if name == "lang":
        return {"widget": "choice", "options": [[one, one] for one in choices.settings.languages]}
    if name == "newsletter":
        known = choices.settings.newsletters.items()
        return {"widget": "choice", "options": [[slug, one.name] for slug, one in known]}
    if name == "editions":
        options = [[one, words["ui"][f"edition_{key}"]] for one, key in _EDITIONS]
        return {"widget": "names", "options": options, "open": False}
    if name in {"select", "where"}:
        return {"widget": "block", "fields": list(_conditions(choices, words))}
    return _widget_of_type(key, hint, choices, words)


_EDITIONS = (("web", "web"), ("pdf", "pdf"), ("email", "mail"))


def _widget_of_type(key: Key, hint: Any, choices: Choices, words: Words) -> Form:
    if hint is bool:
        return {"widget": "flag"}
    if hint is int:
        return {"widget": "number"}
    if hint is Moment:
        return {"widget": "date"}
    if get_origin(hint) is Literal:
        return {"widget": "choice", "options": [[one, one] for one in get_args(hint) if one]}
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if is_model(inner) and inner is not Moment:
            return {"widget": "blocks", "fields": _fields(inner, choices, words)}
        return {"widget": "names", "options": [], "open": True}
    if hint is Image:
        return {"widget": "picture", "fields": _fields(hint, choices, words)}
    if is_model(hint) and hint.__name__ != "Period":
        return {"widget": "block", "fields": _fields(hint, choices, words)}
    if isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
        return {"widget": "pairs"}
    return {"widget": _TEXT_WIDGETS.get(key.name, "text")}


def _fields(model: type, choices: Choices, words: Words) -> list[Form]:
    return [_field(key, None, choices, words) for key in keys_of(model)]


def section_fields(choices: Choices, words: Words) -> list[Form]:
    """Return the fields of a newsletter's section that the composer does not show itself."""
    issue = {key.name: key for key in keys_of(MODELS["issue"], RESERVED)}
    section = get_args(alternatives(issue["sections"].hint)[0])[0]
    return _fields(section, choices, words)


def _conditions(choices: Choices, words: Words) -> Iterator[Form]:
    """Yield the fields of the conditions by which a newsletter selects items."""
    kinds = [
        [kind, words["kinds"][kind]["many"]] for kind in FOLDERS.values() if kind not in {"issue", "page"}
    ]
    widgets: Form = {
        **{
            key: {"widget": "names", "options": list(_options(key, choices)), "open": True}
            for key in _RELATION_KINDS
        },
        "kind": {"widget": "names", "options": kinds, "open": False},
        "tag": {"widget": "names", "options": [[tag, tag] for tag in choices.tags], "open": True},
    }
    a_day = {"widget": "text", "hint": 'A date, "issue", or "previous".'}
    for key in KEYS:
        label = words["labels"].get(key, key.capitalize())
        yield {"key": key, "label": label, "needed": False, "hint": "", **widgets.get(key, a_day)}


def _is_open(key: str, choices: Choices) -> bool:
    """Return whether a field takes names that have no record."""
    return key == "author" or getattr(choices.settings.vocabulary, key, "closed") == "open"


def _options(key: str, choices: Choices) -> Iterator[list[str]]:
    """Yield the options of a field: the records, and the names in use without a record."""
    offered: set[str] = set()
    for kind in _RELATION_KINDS[key]:
        for slug, name in choices.records.get(kind, ()):
            if slug not in offered:
                offered.add(slug)
                yield [slug, name]
    yield from ([name, name] for name in choices.names.get(key, ()) if name not in offered)


def choices_of(items: Iterable[Any], settings: Settings, registers: Mapping[str, Register]) -> Choices:
    """Return the options of fields on a site.

    Args:
        items: of the site.
        settings: of the site.
        registers: kind → the names of its records.
    """
    records: dict[str, dict[str, str]] = {}
    names: dict[str, dict[str, None]] = {}
    tags: set[str] = set()
    for item in items:
        if item.lang == settings.language or item.kind not in records:
            records.setdefault(item.kind, {}).setdefault(item.slug, item.title)
        tags.update(item.tags)
        for key in KINDS_BY_KEY:
            written = getattr(item, key, ())
            for name in written if isinstance(written, tuple) else ():
                if not find_record(registers, key, name):
                    names.setdefault(key, {}).setdefault(name)
    return Choices(
        settings=settings,
        records={
            kind: tuple(sorted(found.items(), key=lambda pair: pair[1].casefold()))
            for kind, found in records.items()
        },
        names={key: tuple(sorted(found)) for key, found in names.items()},
        tags=tuple(sorted(tags, key=str.casefold)),
    )
