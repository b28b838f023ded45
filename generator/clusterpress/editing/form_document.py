"""The form document of a source: its body, and its values in the one shape that a form knows.

People write ``partners: PP8`` or a list, ``image: a.png`` or a block, dates in words. A form knows one shape
only: lists, blocks, slugs, dates in ISO 8601. The values that a form returns are compared with those that it
was given, so that only changes are merged into the source: what nobody changed stays byte for byte.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import Struct

from clusterpress.checking.canonical_form import LintContext, draft_of, normalise
from clusterpress.content.front_matter import read_front_matter
from clusterpress.content.item_values import Image
from clusterpress.content.items import MODELS
from clusterpress.content.keys import field_name, fields_of, map_keys
from clusterpress.content.paths import kind_of
from clusterpress.content.serialise import write_source
from clusterpress.parsing.hints import alternatives, is_model
from clusterpress.parsing.source_text import decode_source
from clusterpress.parsing.values import ValueFault
from clusterpress.sources.front_matter import as_written, set_body, set_values
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
_TIMES = frozenset({"start", "end", "when"})
"""Keys that depend on one another: "start" can hold both ends of a range."""


class FormDocument(Struct, frozen=True, kw_only=True):
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
    canonical, problems = decode_source(normalise(text, path, context)[0].encode(), path)
    front = read_front_matter(canonical, path)
    if faults := errors([*problems, *front.parsed.problems]):
        raise ValueFault(str(faults[0]))
    kind = _kind_of(path, context)
    keys = map_keys(front.parsed, kind, path, context.settings)
    own = {field_name(key, context.settings) for key in front.parsed.values}
    values = {name: value for name, value in keys.values.items() if name in own}
    draft = draft_of(values, kind, path, context.settings, front.body)
    known = fields_of(kind)
    derived = {key: draft.values[key] for key in _DERIVED_KEYS if key in draft.values and key in known}
    unknown = {key: value for key, value in front.parsed.values.items() if key in keys.unknown}
    return FormDocument(
        values={**_coerce({**derived, **values}, kind), **unknown}, body=front.body.strip("\n")
    )


def _read_form(text: str, path: str, kind: Kind) -> FormDocument:
    front = read_front_matter(text, path)
    if found := errors(front.parsed.problems):
        raise ValueFault(str(found[0]))
    return FormDocument(values=_drop_empty(_coerce(front.parsed.values, kind)), body=front.body.strip("\n"))


def _coerce(values: Mapping[str, Any], kind: Kind) -> Values:
    hints = get_type_hints(MODELS[kind])
    known = fields_of(kind)
    return {key: _shape(hints[key], value) if key in known else value for key, value in values.items()}


def _drop_empty(value: Any) -> Any:
    """Return a value without its empty parts: empty texts, lists and blocks, and False."""
    if isinstance(value, dict):
        found = {key: _drop_empty(part) for key, part in value.items()}
        # An empty alt text says that a picture only decorates.
        return {k: one for k, one in found.items() if _is_meaningful(one) or (k == "alt" and "src" in found)}
    if isinstance(value, list):
        return [kept for part in value if _is_meaningful(kept := _drop_empty(part))]
    return value


def _is_meaningful(value: Any) -> bool:
    return value is not False and value not in (None, "", [], {})


def _shape(hint: Any, value: Any) -> Any:
    for choice in alternatives(hint):
        if get_origin(choice) is tuple:
            return [_shape(get_args(choice)[0], part) for part in _listed(value)]
        if is_model(choice):
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


def write_new(form: str, path: str, context: LintContext) -> bytes:
    """Return the source of a new item.

    Args:
        form: front matter and body that the form returned.
        path: the file, relative to the project's root.
        context: conventions of the site.

    Raises:
        ValueFault: the form returned no front matter, or the file is not an item.
    """
    kind = _kind_of(path, context)
    document = _read_form(form, path, kind)
    values = {k: v for k, v in document.values.items() if (k, v) != ("lang", context.settings.language)}
    return write_source(as_written(values), document.body, kind).encode("utf-8")


def merge(old: bytes, form: str, path: str, context: LintContext) -> bytes:
    """Return the source with the changes made in a form.

    Args:
        old: the current source.
        form: front matter and body that the form returned.
        path: the file, relative to the project's root.
        context: conventions of the site when the form was opened.

    Raises:
        ValueFault: the source or the form has syntax errors, or the front matter is not YAML.
    """
    bom = BOM_UTF8 if old.startswith(BOM_UTF8) else b""
    text = old.removeprefix(bom).decode("utf-8")
    kind = _kind_of(path, context)
    before, after = form_document_of(text, path, context), _read_form(form, path, kind)
    old_values, new_values = _drop_empty(before.values), after.values
    keys = old_values.keys() | new_values.keys()
    changed = {key for key in keys if old_values.get(key) != new_values.get(key)}
    if changed & _TIMES:
        changed |= _TIMES & keys
    if changed:
        text = set_values(text, {key: new_values.get(key) for key in changed}, kind, context.settings)
    if after.body != before.body:
        text = set_body(text, after.body)
    if _drop_empty(form_document_of(text, path, context).values) != new_values:
        raise ValueFault("this cannot be saved without loss", "change it in the file itself")
    return bom + text.encode("utf-8")


def _kind_of(path: str, context: LintContext) -> Kind:
    kind = kind_of(path, context.settings)
    if kind is None:
        raise ValueFault(f"{path} is not an item")
    return kind
