"""Values and body of a source changed in place: everything else stays byte for byte."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clusterpress.config.settings import Settings
from clusterpress.content.keys import field_name
from clusterpress.content.serialise import key_order, write_entry, write_scalar, write_source
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.sources.front_matter_spans import (
    Edit,
    Entry,
    Scalar,
    find_entries,
    newline_of,
    replace_spans,
    split_front_matter,
)
from clusterpress.values.kinds import Kind

_TRAILING_COMMENTS = re.compile(r"(?:^(?:#[^\r\n]*|[ \t]*)(?:\r\n|\n|\r))+\Z", re.MULTILINE)
_FENCE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)(?:[ \t]*(?:\r\n|\n|\r))*")


def set_values(text: str, changed: Mapping[str, Any], kind: Kind, settings: Settings) -> str:
    """Return a source with other values in its front matter.

    Args:
        text: the source, with any line ends.
        changed: key → new value; a value of None removes the key.
        kind: what the item is. It decides where new keys are inserted.
        settings: of the site, which may give keys other names.

    Raises:
        ValueFault: the front matter is written in TOML or in braces.
    """
    parts = split_front_matter(text)
    if parts is None:
        if text.lstrip().startswith("+++"):
            raise ValueFault("its front matter is written in TOML", "change it in the file itself")
        return write_source(as_written(changed), text, kind)
    before, block, rest = parts
    entries = find_entries(block)
    if not entries and block.strip():
        raise ValueFault("its front matter is written in braces", "change it in the file itself")
    ranks = {name: number for number, name in enumerate(key_order(kind))}
    names = tuple(field_name(entry.key, settings) for entry in entries)
    editor = _BlockEditor(block, entries, names, ranks, newline_of(before), kind)
    keys = sorted(changed, key=lambda key: ranks.get(key, len(ranks)))
    return before + replace_spans(block, [editor.edit(key, changed[key]) for key in keys]) + rest


def set_body(text: str, body: str) -> str:
    """Return a source with another body, in the line ends that the source has."""
    parts = split_front_matter(text)
    newline = newline_of(text)
    written = body.replace("\n", newline) + newline if body else ""
    if parts is None:
        return written
    before, block, rest = parts
    fence = _FENCE.match(rest)
    head = fence[0] if fence else f"---{newline}"
    return before + block + (head if head.endswith(("\n", "\r")) else head + newline) + written


def as_written(values: Mapping[str, Any]) -> dict[str, Value]:
    """Return values as the texts, lists and blocks that YAML writes."""
    return {key: plain_value(value) for key, value in values.items()}


def plain_value(value: Any) -> Value:
    """Return a value as somebody would write it in YAML: text, list or block."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return as_written(value)
    if isinstance(value, list):
        return [plain_value(part) for part in value]
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _BlockEditor:
    """The YAML of a front matter, and where its entries stand."""

    block: str
    entries: tuple[Entry, ...]
    names: tuple[str, ...]
    """The field that each entry means."""
    ranks: Mapping[str, int]
    """Field → its usual place."""
    newline: str
    kind: Kind

    def edit(self, key: str, value: Any) -> Edit:
        """Return the edit that gives a key a value; None, "" and empty lists remove it."""
        number = self.names.index(key) if key in self.names else None
        name = key if number is None else self.entries[number].key
        lines = (
            write_entry(name, plain_value(value), self.kind, key) if value not in (None, "", [], {}) else []
        )
        written = "".join(f"{line}{self.newline}" for line in lines)
        if number is None:
            at = self._place_for(key)
            return at, at, written
        single = self._single_scalar(self.entries[number])
        if single and value and isinstance(value, str) and "\n" not in value:
            return single.start, single.end, write_scalar(value, single.quote)
        return self.entries[number].start, self._end_of(number), written

    def _single_scalar(self, entry: Entry) -> Scalar | None:
        """Return the word that is all of a value, on its key's line; quotes and comments around it stay."""
        if len(entry.scalars) != 1 or entry.scalars[0].in_brackets:
            return None
        scalar = entry.scalars[0]
        before, text = self.block[entry.start : scalar.start], self.block[scalar.start : scalar.end]
        is_alone = before.rstrip(" \t").endswith(":") and not re.search(r"[\r\n]", before + text)
        return scalar if is_alone else None

    def _end_of(self, number: int) -> int:
        """Return where the value of an entry ends. Comments and empty lines after it belong to the next."""
        start = self.entries[number].start
        end = self.entries[number + 1].start if number + 1 < len(self.entries) else len(self.block)
        kept = _TRAILING_COMMENTS.search(self.block[start:end])
        return start + kept.start() if kept else end

    def _place_for(self, key: str) -> int:
        """Return where to insert a new key: after the last of the keys that usually come before it."""
        last = len(self.ranks)
        rank = self.ranks.get(key, last)
        earlier = [number for number, name in enumerate(self.names) if self.ranks.get(name, last) <= rank]
        if earlier:
            return self._end_of(earlier[-1])
        return self.entries[0].start if self.entries else len(self.block)
