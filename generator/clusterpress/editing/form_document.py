"""The form document of a source: its values in the one shape that a form knows, and its body.

People write ``partners: PP8`` or a list, ``image: a.png`` or a block, dates in words. A form knows one shape
only: lists, blocks, slugs, dates in ISO 8601. The values that a form returns are compared with those that it
was given, so that only changes are written.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from clusterpress.checking.canonical_form import LintContext, draft_of, normalise
from clusterpress.content.front_matter import read_front_matter
from clusterpress.content.items import MODELS, Image
from clusterpress.content.keys import field_name, fields_of, map_keys
from clusterpress.content.paths import kind_of
from clusterpress.parsing.hints import alternatives
from clusterpress.parsing.source_text import decode_source
from clusterpress.parsing.values import ValueFault
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import errors

Values = dict[str, Any]
"""Key → text, whole number, yes or no, list or block."""

_YES = frozenset({"true", "yes", "on", "1", "y", "t"})
_NO = frozenset({"false", "no", "off", "0", "n", "f"})
_MULTI_VALUE_KEYS = frozenset({"kind", "programme", "cluster", "partner", "author", "tag"})
"""Conditions of a newsletter that may have several values."""
_DERIVED_KEYS = ("title", "date", "lang")
"""Values that may come from a heading or the file's name instead of the front matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDocument:
    """A source as a form shows it."""

    values: Values
    """Known keys first, then unknown ones, unchanged."""
    body: str
    """Markdown, without empty lines around it."""

    def as_text(self) -> str:
        """Return the source for the form. Its front matter is JSON, which is also YAML."""
        return f"---\n{json.dumps(self.values, ensure_ascii=False)}\n---\n\n{self.body}\n"


def form_document_of(text: str, path: str, context: LintContext) -> FormDocument:
    r"""Return the form document of a source.

    Args:
        text: the source, its line ends as they are, without byte order mark.
        path: the file, relative to the project's root.
        context: conventions of the site: names and tags are shown as written there.

    Raises:
        ValueFault: the front matter has syntax errors, or the file is not an item.
    """
    kind = kind_of(path, context.settings)
    canonical, problems = decode_source(normalise(text, path, context)[0].encode(), path)
    front = read_front_matter(canonical, path)
    faults = errors([*problems, *front.parsed.problems])
    if kind is None or faults:
        raise ValueFault(str(faults[0]) if faults else f"{path} is not an item")
    keys = map_keys(front.parsed, kind, path, context.settings)
    own = {field_name(key, context.settings) for key in front.parsed.values}
    values = {name: value for name, value in keys.values.items() if name in own}
    derived = _with_derived(values, front.body, path, kind, context)
    unknown = {key: value for key, value in front.parsed.values.items() if key in keys.unknown}
    return FormDocument(values={**coerce(derived, kind), **unknown}, body=front.body.strip("\n"))


def read_form(text: str, path: str, kind: Kind) -> FormDocument:
    """Return the form document that a form returned, without empty values.

    Args:
        text: front matter and body.
        path: the file, relative to the project's root.
        kind: what the item is.

    Raises:
        ValueFault: the front matter has syntax errors.
    """
    front = read_front_matter(text, path)
    if found := errors(front.parsed.problems):
        raise ValueFault(str(found[0]))
    return FormDocument(values=drop_empty(coerce(front.parsed.values, kind)), body=front.body.strip("\n"))


def coerce(values: Mapping[str, Any], kind: Kind) -> Values:
    """Return values in the one shape of their fields; values of unknown keys stay."""
    hints = get_type_hints(MODELS[kind])
    known = fields_of(kind)
    return {key: _shape(hints[key], value) if key in known else value for key, value in values.items()}


def drop_empty(value: Any) -> Any:
    """Return a value without its empty parts: empty texts, lists and blocks, and False."""
    if isinstance(value, dict):
        return {key: kept for key, part in value.items() if _is_meaningful(kept := drop_empty(part))}
    if isinstance(value, list):
        return [kept for part in value if _is_meaningful(kept := drop_empty(part))]
    return value


def _is_meaningful(value: Any) -> bool:
    return value is not False and value not in (None, "", [], {})


def _shape(hint: Any, value: Any) -> Any:
    for choice in alternatives(hint):
        if get_origin(choice) is tuple:
            parts = value if isinstance(value, list) else [value]
            return [_shape(get_args(choice)[0], part) for part in parts]
        if is_dataclass(choice) and isinstance(choice, type):
            return _block(choice, value)
        if get_origin(choice) in {dict, Mapping} and isinstance(value, dict):
            return {key: _listed(part) if key in _MULTI_VALUE_KEYS else part for key, part in value.items()}
        if choice is bool and isinstance(value, str):
            return True if value.lower() in _YES else False if value.lower() in _NO else value
        if choice is int and isinstance(value, str) and value.isdecimal():
            return int(value)
    return value


def _block(model: type, value: Any) -> Any:
    if model is Image and isinstance(value, str):
        return {"src": value}
    if not isinstance(value, dict):
        return value
    hints = get_type_hints(model)
    return {key: _shape(hints[key], part) if key in hints else part for key, part in value.items()}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _with_derived(values: Values, body: str, path: str, kind: Kind, context: LintContext) -> Values:
    """Return the values, completed from the first heading and the file's name."""
    draft = draft_of(values, kind, path, context.settings, body)
    known = fields_of(kind)
    found = {key: draft.values[key] for key in _DERIVED_KEYS if key in draft.values and key in known}
    return {**found, **values}
