"""References of every key of front matter and settings, generated from the models: pages, and JSON Schema.

Editors such as VS Code complete and explain keys with the schemas. Those of pydantic do not serve: they
describe validated values, so that editors would reject our short forms (a text instead of a list, a file name
instead of a picture block) and dates.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal, get_args, get_origin

from clusterpress.config.settings import RESERVED as SETTINGS_RESERVED
from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Image, Moment, Period
from clusterpress.content.items import MODELS, Item
from clusterpress.content.keys import RESERVED
from clusterpress.handbook.keys import Key, blocks_in, describe_type, keys_of, summary_of
from clusterpress.parsing.hints import alternatives, tags
from clusterpress.values.kinds import FOLDER_OF
from clusterpress.values.rules import RULES
from clusterpress.values.texts import Name, Text

_FRONT_MATTER = """\
# Front matter reference

clusterpress generates this page from its own source code. Keys marked with * are required. Capitals, spaces
and hyphens make no difference: `Translation-Of` is the same as `translation_of`. A single value may replace a
list. Dates have forms such as `15 June 2019`, `2019-06-15` and `2019-06-15 14:30`.
"""

_SETTINGS = """\
# Settings reference: site_config.yml

clusterpress generates this page from its own source code. Keys marked with * are required.
"""


_RULES = """\
## Rules of `strictness`

A message about one of these rules ends with the rule's name in square brackets. The setting `strictness`
makes the rule an `error`, which stops the build, or a `warning`, or turns it `off`:
`strictness: {dead-link: warning, draft-link: error}`. With `--strict`, every warning stops the build,
except those that time alone brings: an item expires or is under embargo, a feed or mail has grown, a
statement is due for review. A daily build therefore never waits for an editor.
"""


def front_matter_reference() -> str:
    """Return the page about front matter, as Markdown."""
    common = {key.name for key in keys_of(Item, RESERVED)}
    parts = [_FRONT_MATTER, "## Keys of every kind\n", _table(keys_of(Item, RESERVED))]
    blocks = _blocks(Item, RESERVED)
    for kind, model in MODELS.items():
        own = tuple(key for key in keys_of(model, RESERVED) if key.name not in common)
        title = f"## {kind.capitalize()}: `content/{FOLDER_OF[kind]}/`\n"
        parts += [title, summary_of(model) + "\n", _table(own)]
        blocks |= _blocks(model, RESERVED)
    return "\n".join([*parts, *_block_sections(blocks)])


def settings_reference() -> str:
    """Return the page about ``site_config.yml``, as Markdown."""
    parts = [_SETTINGS, _table(keys_of(Settings, SETTINGS_RESERVED)), _RULES, _table_of_rules()]
    return "\n".join([*parts, *_block_sections(_blocks(Settings, SETTINGS_RESERVED))])


def _table_of_rules() -> str:
    rows = [
        "| Rule | Default | What breaks it | What the site shows if the build goes on |",
        "|---|---|---|---|",
    ]
    rows += [
        f"| `{name}` | `{rule.level}` | {rule.about} | {rule.otherwise} |" for name, rule in RULES.items()
    ]
    return "\n".join(rows) + "\n"


def _block_sections(blocks: dict[str, type]) -> Iterator[str]:
    for name, model in blocks.items():
        yield f"## Block `{name}`\n"
        yield _cell(summary_of(model)) + "\n"
        yield _table(keys_of(model))


def _blocks(model: type, reserved: frozenset[str] = frozenset()) -> dict[str, type]:
    """Return name → model of every block below a model, outer ones first."""
    found: dict[str, type] = {}
    for key in keys_of(model, reserved):
        models = blocks_in(key.hint)
        for block in models:
            name = f"{key.name}: {{type: {tags(block)[0]}}}" if len(models) > 1 else key.name
            found[name] = block
            found |= {f"{key.name}: {name}": inner for name, inner in _blocks(block).items()}
    return found


def _table(keys: tuple[Key, ...]) -> str:
    rows = ["| Key | Value | Meaning |", "|---|---|---|"]
    rows += [
        f"| `{key.name}`{' *' if key.is_needed else ''} | {_describe_value(key)} | {_cell(key.words)} |"
        for key in keys
    ]
    return "\n".join(rows) + "\n"


def _describe_value(key: Key) -> str:
    words = describe_type(key.hint)
    return words if key.default is None else f"{words}; default: `{_shown(key.default)}`"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _cell(words: str) -> str:
    return words.replace("``", "`").replace("|", "\\|")


Schema = dict[str, Any]

SETTINGS_SCHEMA = ".vscode/site_config.schema.json"
"""Path of the settings' schema in a site; the first line of site_config.yml refers to it."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors support; https://json-schema.org/draft-07."""

_TEXT: Schema = {
    "anyOf": [
        {"type": ["string", "number", "boolean"]},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]
}
"""A text, or its versions by language."""
_PLAIN: Mapping[Any, Schema] = {
    # To YAML, a text may look like a number or a date: "founded: 1999".
    str: {"type": ["string", "number", "boolean"]},
    Text: _TEXT,
    Name: _TEXT,
    int: {"type": ["integer", "string"], "pattern": r"^\d+$"},
    bool: {"type": "boolean"},
    Moment: {"type": ["string", "number"]},
    Period: {"type": ["string", "number"]},
}


def settings_schema() -> str:
    """Return the JSON Schema of ``site_config.yml``."""
    schema = _block_schema(Settings, SETTINGS_RESERVED)
    keys = schema["properties"]
    keys["mkdocs"] = {"type": "object", "description": keys["mkdocs"]["description"]}
    keys["vocabulary"] = {"anyOf": [{"enum": ["closed", "open"]}, keys["vocabulary"]]}
    return _write("Settings of a clusterpress site (site_config.yml)", schema)


def _front_matter_schema(kind: Any) -> str:
    """Return the JSON Schema of the front matter of a kind; keys that we do not know are allowed."""
    schema = _block_schema(MODELS[kind], RESERVED)
    # A first heading may be the title, and the file's name may begin with the date.
    schema.pop("required", None)
    return _write(f"Front matter of clusterpress: {kind}", {**schema, "additionalProperties": True})


SCHEMAS: Mapping[str, Callable[[], str]] = {
    "settings": settings_schema,
    **{kind: partial(_front_matter_schema, kind) for kind in MODELS},
}
"""Name → its schema."""


def _write(title: str, schema: Schema) -> str:
    return json.dumps({"$schema": _DIALECT, "title": title, **schema}, indent=1, ensure_ascii=False) + "\n"


def _block_schema(model: type, reserved: frozenset[str] = frozenset()) -> Schema:
    keys = keys_of(model, reserved)
    schema: Schema = {
        "type": "object",
        "description": summary_of(model),
        "properties": {key.name: _property_schema(key.hint, key.words, key.default) for key in keys},
        "additionalProperties": False,
    }
    if needed := [key.name for key in keys if key.is_needed]:
        schema["required"] = needed
    return schema


def _property_schema(hint: Any, words: str, default: Any) -> Schema:
    schema = {**_type_schema(hint), "description": words.replace("``", "`")}
    if default is not None:
        schema["default"] = list(default) if isinstance(default, tuple) else default
    return schema


def _type_schema(hint: Any) -> Schema:
    parts = alternatives(hint)
    if len(parts) > 1:
        return {"anyOf": [_type_schema(part) for part in parts]}
    (part,) = parts
    origin = get_origin(part)
    if origin is Literal:
        return {"enum": [choice for choice in get_args(part) if choice]}
    if origin is tuple:
        one = _type_schema(get_args(part)[0])
        return {"anyOf": [one, {"type": "array", "items": one}]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _type_schema(get_args(part)[1])}
    if part in _PLAIN:
        return dict(_PLAIN[part])
    block = _block_schema(part)
    return {"anyOf": [{"type": "string"}, block]} if part is Image else block
