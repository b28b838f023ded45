"""Merging: what a form gave back, into the source it came from; what nobody touched stays byte for byte."""

import re
from codecs import BOM_UTF8
from typing import Any

from clusterpress.checking.canonical_form import Customs
from clusterpress.checking.front_blocks import (
    Entry,
    Word,
    cut_source,
    find_entries,
    newline_of,
    replace_words,
)
from clusterpress.content.keys import field_name
from clusterpress.content.paths import kind_of
from clusterpress.content.writing import key_order, write_entry, write_source, write_word
from clusterpress.editing.form_document import Values, face_of, pruned, read_form
from clusterpress.parsing.values import Unreadable, Value
from clusterpress.values.kinds import Kind

_TIMES = frozenset({"start", "end", "when"})
"""Keys that may stand for one another: "start" can hold both ends of a range."""


def write_new(form: str, path: str, customs: Customs) -> bytes:
    """Return the source of a new item.

    Raises:
        Unreadable: the form gave back no front matter, or the file is of no kind.
    """
    kind = _kind_of(path, customs)
    face = read_form(form, path, kind)
    usual = {"lang": customs.settings.language}
    values = {key: value for key, value in face.values.items() if usual.get(key) != value}
    return write_source(_written(values), face.body, kind).encode("utf-8")


def merge(old: bytes, form: str, path: str, customs: Customs) -> bytes:
    """Return the source with what a form changed.

    Args:
        old: the source as it is now.
        form: what the form gave back.
        path: the file, relative to the project's root.
        customs: what was usual when the form was filled.

    Raises:
        Unreadable: the source or the form has a fault of form, or the front matter is not written in YAML.
    """
    mark = BOM_UTF8 if old.startswith(BOM_UTF8) else b""
    text = old.removeprefix(mark).decode("utf-8")
    kind = _kind_of(path, customs)
    before, after = face_of(text, path, customs), read_form(form, path, kind)
    was, will = pruned(before.values), after.values
    changed = {key for key in was.keys() | will.keys() if was.get(key) != will.get(key)}
    if changed & _TIMES:
        changed |= _TIMES & (was.keys() | will.keys())
    if changed:
        text = _with_values(text, {key: will.get(key) for key in changed}, kind, customs)
    if after.body != before.body:
        text = _with_body(text, after.body)
    if pruned(face_of(text, path, customs).values) != will:
        raise Unreadable("this cannot be saved without loss", "change it in the file itself")
    return mark + text.encode("utf-8")


def _kind_of(path: str, customs: Customs) -> Kind:
    kind = kind_of(path, customs.settings)
    if kind is None:
        raise Unreadable(f"{path} is no item")
    return kind


def _with_values(text: str, changed: Values, kind: Kind, customs: Customs) -> str:
    """Return a source with other values; None takes a key away."""
    parts = cut_source(text)
    if parts is None:
        if text.lstrip().startswith("+++"):
            raise Unreadable("its front matter is written in TOML", "change it in the file itself")
        return write_source(_written(changed), text, kind)
    before, block, rest = parts
    entries = find_entries(block)
    if not entries and block.strip():
        raise Unreadable("its front matter is written in braces", "change it in the file itself")
    newline = newline_of(before)
    order = {name: number for number, name in enumerate(key_order(kind))}
    edits = []
    held = {field_name(entry.key, customs.settings): number for number, entry in enumerate(entries)}
    for key, value in sorted(changed.items(), key=lambda pair: order.get(pair[0], len(order))):
        number = held.get(key)
        lone = _lone_word(block, entries[number]) if number is not None else None
        if lone and value and isinstance(value, str) and "\n" not in value:
            edits.append((lone.start, lone.end, write_word(value, lone.quote)))
            continue
        name = entries[number].key if number is not None else key
        lines = write_entry(name, _plain(value), kind, key) if value not in (None, "", [], {}) else []
        written = "".join(f"{line}{newline}" for line in lines)
        if number is not None:
            edits.append((entries[number].start, _end_of(block, entries, number), written))
        else:
            at = _place_for(key, block, entries, order, customs)
            edits.append((at, at, written))
    return before + replace_words(block, edits) + rest


def _lone_word(block: str, entry: Entry) -> Word | None:
    """Return the word that is all of a value, on the line of its key; quotes and comments around it stay."""
    if len(entry.words) != 1 or entry.words[0].in_brackets:
        return None
    word = entry.words[0]
    before, text = block[entry.start : word.start], block[word.start : word.end]
    is_alone = before.rstrip(" \t").endswith(":") and not re.search(r"[\r\n]", before + text)
    return word if is_alone else None


def _end_of(block: str, entries: tuple[Entry, ...], number: int) -> int:
    """Return where the value of an entry ends: comments and empty lines after it belong to what follows."""
    end = entries[number + 1].start if number + 1 < len(entries) else len(block)
    kept = re.search(
        r"(?:^(?:#[^\r\n]*|[ \t]*)(?:\r\n|\n|\r))+\Z", block[entries[number].start : end], re.MULTILINE
    )
    return entries[number].start + kept.start() if kept else end


def _place_for(
    key: str, block: str, entries: tuple[Entry, ...], order: dict[str, int], customs: Customs
) -> int:
    """Return where a new key is written: behind the last of those that usually come before it."""
    rank = order.get(key, len(order))
    ranks = [order.get(field_name(entry.key, customs.settings), len(order)) for entry in entries]
    earlier = [number for number, other in enumerate(ranks) if other <= rank]
    if earlier:
        return _end_of(block, entries, earlier[-1])
    return entries[0].start if entries else len(block)


def _with_body(text: str, body: str) -> str:
    """Return a source with another body, in the line ends that it has."""
    parts = cut_source(text)
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
