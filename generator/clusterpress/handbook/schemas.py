"""JSON Schema of settings and front matter, with which editors such as VS Code complete and explain keys.

It is generated from the same models and documentation as the reference pages. The schemas of pydantic do not
serve: they describe validated values, so that editors would reject our short forms (a text instead of a list,
a file name instead of a picture block) and dates.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal, get_args, get_origin

from clusterpress.config.settings import Settings
from clusterpress.content.items import MODELS, Image, Moment, Period
from clusterpress.content.keys import RESERVED
from clusterpress.handbook.keys import keys_of, summary_of
from clusterpress.parsing.hints import alternatives

Schema = dict[str, Any]

SETTINGS_SCHEMA = ".vscode/site_config.schema.json"
"""Path of the settings' schema in a site; the first line of site_config.yml refers to it."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors support; https://json-schema.org/draft-07."""

# To YAML, a text may look like a number or a date: "founded: 1999".
_TEXT: Schema = {"type": ["string", "number", "boolean"]}

_PLAIN: Mapping[Any, Schema] = {
    str: _TEXT,
    int: {"type": ["integer", "string"], "pattern": r"^\d+$"},
    bool: {"type": "boolean"},
    Moment: {"type": ["string", "number"]},
    Period: {"type": ["string", "number"]},
}


def settings_schema() -> str:
    """Return the JSON Schema of ``site_config.yml``."""
    schema = _block_schema(Settings, frozenset())
    schema["properties"]["mkdocs"] = {
        "type": "object",
        "description": schema["properties"]["mkdocs"]["description"],
    }
    schema["properties"]["vocabulary"] = {
        "anyOf": [{"enum": ["closed", "open"]}, schema["properties"]["vocabulary"]]
    }
    return _write("Settings of a clusterpress site (site_config.yml)", schema)


def front_matter_schema(kind: Any) -> str:
    """Return the JSON Schema of the front matter of a kind; keys that we do not know are allowed."""
    schema = _block_schema(MODELS[kind], RESERVED)
    # A first heading may be the title, and the file's name may begin with the date.
    schema.pop("required", None)
    return _write(f"Front matter of clusterpress: {kind}", {**schema, "additionalProperties": True})


SCHEMAS: Mapping[str, Callable[[], str]] = {
    "settings": settings_schema,
    **{kind: partial(front_matter_schema, kind) for kind in MODELS},
}
"""Name → its schema."""


def _write(title: str, schema: Schema) -> str:
    return json.dumps({"$schema": _DIALECT, "title": title, **schema}, indent=1, ensure_ascii=False) + "\n"


def _block_schema(model: type, reserved: frozenset[str]) -> Schema:
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
    block = _block_schema(part, frozenset())
    return {"anyOf": [{"type": "string"}, block]} if part is Image else block
