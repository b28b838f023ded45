"""Merging: what a form gave back, into the source it came from; what nobody touched stays byte for byte."""

import re
from codecs import BOM_UTF8
from typing import Any

from clusterpress.checking.canonical_form import LintContext
from clusterpress.checking.front_matter_edits import (
    Entry,
    Scalar,
    find_entries,
    newline_of,
    replace_spans,
    split_front_matter,
)
from clusterpress.content.keys import field_name
from clusterpress.content.paths import kind_of
from clusterpress.content.serialise import key_order, write_entry, write_scalar, write_source
from clusterpress.editing.form_document import Values, drop_empty, form_document_of, read_form
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.values.kinds import Kind

_TIMES = frozenset({"start", "end", "when"})
"""Keys that may stand for one another: "start" can hold both ends of a range."""


def write_new(form: str, path: str, context: LintContext) -> bytes:
    """Return the source of a new item.

    Raises:
        Unreadable: the form gave back no front matter, or the file is of no kind.
    """
    kind = _kind_of(path, context)
    document = read_form(form, path, kind)
    defaults = {"lang": context.settings.language}
    values = {key: value for key, value in document.values.items() if defaults.get(key) != value}
    return write_source(_written(values), document.body, kind).encode("utf-8")


def merge(old: bytes, form: str, path: str, context: LintContext) -> bytes:
    """Return the source with what a form changed.

    Args:
        old: the source as it is now.
        form: what the form gave back.
        path: the file, relative to the project's root.
        context: what was usual when the form was filled.

    Raises:
        Unreadable: the source or the form has a fault of form, or the front matter is not written in YAML.
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
        text = _with_values(text, {key: new_values.get(key) for key in changed}, kind, context)
    if after.body != before.body:
        text = _with_body(text, after.body)
    if drop_empty(form_document_of(text, path, context).values) != new_values:
        raise ValueFault("this cannot be saved without loss", "change it in the file itself")
    return bom + text.encode("utf-8")


def _kind_of(path: str, context: LintContext) -> Kind:
    kind = kind_of(path, context.settings)
    if kind is None:
        raise ValueFault(f"{path} is no item")
    return kind


def _with_values(text: str, changed: Values, kind: Kind, context: LintContext) -> str:
    """Return a source with other values; None takes a key away."""
    parts = split_front_matter(text)
    if parts is None:
        if text.lstrip().startswith("+++"):
            raise ValueFault("its front matter is written in TOML", "change it in the file itself")
        return write_source(_written(changed), text, kind)
    before, block, rest = parts
    entries = find_entries(block)
    if not entries and block.strip():
        raise ValueFault("its front matter is written in braces", "change it in the file itself")
    newline = newline_of(before)
    order = {name: number for number, name in enumerate(key_order(kind))}
    edits = []
    numbers = {field_name(entry.key, context.settings): number for number, entry in enumerate(entries)}
    for key, value in sorted(changed.items(), key=lambda pair: order.get(pair[0], len(order))):
        number = numbers.get(key)
        single = _single_scalar(block, entries[number]) if number is not None else None
        if single and value and isinstance(value, str) and "\n" not in value:
            edits.append((single.start, single.end, write_scalar(value, single.quote)))
            continue
        name = entries[number].key if number is not None else key
        lines = write_entry(name, _plain(value), kind, key) if value not in (None, "", [], {}) else []
        written = "".join(f"{line}{newline}" for line in lines)
        if number is not None:
            edits.append((entries[number].start, _end_of(block, entries, number), written))
        else:
            at = _place_for(key, block, entries, order, context)
            edits.append((at, at, written))
    return before + replace_spans(block, edits) + rest


def _single_scalar(block: str, entry: Entry) -> Scalar | None:
    """Return the word that is all of a value, on the line of its key; quotes and comments around it stay."""
    if len(entry.scalars) != 1 or entry.scalars[0].in_brackets:
        return None
    scalar = entry.scalars[0]
    before, text = block[entry.start : scalar.start], block[scalar.start : scalar.end]
    is_alone = before.rstrip(" \t").endswith(":") and not re.search(r"[\r\n]", before + text)
    return scalar if is_alone else None


def _end_of(block: str, entries: tuple[Entry, ...], number: int) -> int:
    """Return where the value of an entry ends: comments and empty lines after it belong to what follows."""
    end = entries[number + 1].start if number + 1 < len(entries) else len(block)
    kept = re.search(
        r"(?:^(?:#[^\r\n]*|[ \t]*)(?:\r\n|\n|\r))+\Z", block[entries[number].start : end], re.MULTILINE
    )
    return entries[number].start + kept.start() if kept else end


def _place_for(
    key: str, block: str, entries: tuple[Entry, ...], order: dict[str, int], context: LintContext
) -> int:
    """Return where a new key is written: behind the last of those that usually come before it."""
    rank = order.get(key, len(order))
    ranks = [order.get(field_name(entry.key, context.settings), len(order)) for entry in entries]
    earlier = [number for number, other in enumerate(ranks) if other <= rank]
    if earlier:
        return _end_of(block, entries, earlier[-1])
    return entries[0].start if entries else len(block)


def _with_body(text: str, body: str) -> str:
    """Return a source with another body, in the line ends that it has."""
    parts = split_front_matter(text)
    newline = newline_of(text)
    written = body.replace("\n", newline) + newline if body else ""
    if parts is None:
        return written
    before, block, rest = parts
    fence = re.match(r"[^\r\n]*(?:\r\n|\n|\r|\Z)(?:[ \t]*(?:\r\n|\n|\r))*", rest)
    head = fence[0] if fence else f"---{newline}"
    return before + block + (head if head.endswith(("\n", "\r")) else head + newline) + written


def _written(values: Values) -> dict[str, Value]:
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    """Return a value as it is written: texts, lists and blocks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return str(value)
