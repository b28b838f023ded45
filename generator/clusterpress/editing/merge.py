"""Merge the values of a form into the source: what nobody changed stays byte for byte."""

from codecs import BOM_UTF8

from clusterpress.checking.canonical_form import LintContext
from clusterpress.content.paths import kind_of
from clusterpress.content.serialise import write_source
from clusterpress.editing.form_document import drop_empty, form_document_of, read_form
from clusterpress.parsing.values import ValueFault
from clusterpress.sources.front_matter_edits import as_written, set_body, set_values
from clusterpress.values.kinds import Kind

_TIMES = frozenset({"start", "end", "when"})
"""Keys that depend on one another: "start" can hold both ends of a range."""


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
    document = read_form(form, path, kind)
    defaults = {"lang": context.settings.language}
    values = {key: value for key, value in document.values.items() if defaults.get(key) != value}
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
    before, after = form_document_of(text, path, context), read_form(form, path, kind)
    old_values, new_values = drop_empty(before.values), after.values
    changed = {
        key for key in old_values.keys() | new_values.keys() if old_values.get(key) != new_values.get(key)
    }
    if changed & _TIMES:
        changed |= _TIMES & (old_values.keys() | new_values.keys())
    if changed:
        text = set_values(text, {key: new_values.get(key) for key in changed}, kind, context.settings)
    if after.body != before.body:
        text = set_body(text, after.body)
    if drop_empty(form_document_of(text, path, context).values) != new_values:
        raise ValueFault("this cannot be saved without loss", "change it in the file itself")
    return bom + text.encode("utf-8")


def _kind_of(path: str, context: LintContext) -> Kind:
    kind = kind_of(path, context.settings)
    if kind is None:
        raise ValueFault(f"{path} is not an item")
    return kind
