"""Front matter changed in place: where its values stand in the text, and edits that leave the rest as it is.

A YAML library that loads and dumps keeps comments, but not spacing, quotes and line ends. Staff who find
unrelated lines changed stop using the tool. So nothing is dumped here: single scalars are replaced, and whole
entries are moved.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import yaml
from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.content.keys import field_name
from clusterpress.content.serialise import key_order, write_entry, write_scalar, write_source
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.values.kinds import PROSE_KEYS, Kind

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_SOURCE = re.compile(
    r"(?P<before>\s*---[ \t]*(?:\r\n|\n|\r))(?P<yaml>.*?)(?P<after>^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z).*)",
    re.DOTALL | re.MULTILINE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_WRITTEN_OUT = re.compile(r"[^&*!|>]")
"""First character of a plain value: no anchor, alias, tag or block of lines."""
_NO_ENTRY = re.compile(r"(?:#[^\r\n]*|[ \t]*)(?:\r\n|\n|\r)")
"""A comment or an empty line."""
_HASH = re.compile(r"[ \t]#[^\r\n]*|[ \t]+#[^\s#][^\r\n]*")
_FENCE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)(?:[ \t]*(?:\r\n|\n|\r))*")

Edit = tuple[int, int, str]
"""Where a piece of text begins and ends, and what replaces it."""


class Scalar(Struct, frozen=True, kw_only=True):
    """A value that is a single text."""

    start: int
    """Where it begins in the YAML text."""
    end: int
    """Where it ends."""
    line: int
    """Its line in the YAML text, counted from 1."""
    value: str
    """Its text, without quotes."""
    quote: str
    """``"`` or ``'`` if it is quoted, else empty."""
    in_brackets: bool
    """Whether it is an element of ``[a, b]``."""


class Entry(Struct, frozen=True, kw_only=True):
    """A top-level key, and the scalars of its value: the only one, or the elements of a list."""

    key: str
    """As written."""
    start: int
    """Where the line of the key begins."""
    scalars: tuple[Scalar, ...]


def split_front_matter(text: str) -> tuple[str, str, str] | None:
    """Return the text before the YAML, the YAML, and the text from the closing fence on; or None."""
    found = _SOURCE.match(text)
    return (found["before"], found["yaml"], found["after"]) if found else None


def find_entries(text: str) -> tuple[Entry, ...]:
    """Return the entries of a valid YAML mapping; none if it is written in braces."""
    root = yaml.compose(text, Loader=_Loader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return ()
    if root.start_mark.index != root.value[0][0].start_mark.index:
        return ()
    return tuple(
        Entry(
            key=key.value,
            start=key.start_mark.index - key.start_mark.column,
            scalars=tuple(_scalars(value, text)) if _is_written_out(key, value, text) else (),
        )
        for key, value in root.value
    )


def _is_written_out(key: Any, value: Any, text: str) -> bool:
    """Whether a value stands after its key, and is neither an alias nor anchored."""
    start = value.start_mark.index
    return bool(start > key.start_mark.index and _WRITTEN_OUT.match(text, start))


def _scalars(value: Any, text: str) -> Iterator[Scalar]:
    is_list = isinstance(value, yaml.SequenceNode)
    for node in value.value if is_list else [value]:
        start = node.start_mark.index
        if isinstance(node, yaml.ScalarNode) and _WRITTEN_OUT.match(text, start):
            yield Scalar(
                start=start,
                end=node.end_mark.index,
                line=node.start_mark.line + 1,
                value=node.value,
                quote=text[start] if node.style in {"'", '"'} else "",
                in_brackets=is_list and bool(value.flow_style),
            )


def replace_spans(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with all edits made; they must not overlap."""
    pieces, at = [], 0
    for start, end, new in sorted(edits):
        pieces += [text[at:start], new]
        at = end
    return "".join((*pieces, text[at:]))


def end_of_line(text: str, at: int) -> int:
    """Return the start of the next line after a position."""
    found = _LINE.match(text, at)
    return found.end() if found else len(text)


def newline_of(text: str) -> str:
    """Return the line end of the first line of a text."""
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


def sort_entries(text: str, entries: tuple[Entry, ...], rank: Callable[[str], int]) -> str:
    """Return YAML with its entries sorted. Comments and empty lines above an entry move with it.

    Comments that an empty line separates from the first entry stay at the top, those after the last at the
    end.

    Args:
        text: YAML.
        entries: of it.
        rank: gives the place of a key.
    """
    if not entries:
        return text
    starts = [_with_comments(text, entry.start) for entry in entries]
    starts[0] = _after_head(text, starts[0], entries[0].start)
    end = _with_comments(text, len(text))
    chunks = [text[start:stop] for start, stop in pairwise((*starts, max(end, starts[-1])))]
    order = sorted(range(len(entries)), key=lambda number: rank(entries[number].key))
    return text[: starts[0]] + "".join(chunks[number] for number in order) + text[max(end, starts[-1]) :]


def _with_comments(text: str, start: int) -> int:
    """Return the start of the comments and empty lines directly above a position."""
    for line in reversed([*_LINE.finditer(text, 0, start)]):
        if line[0].strip() and not line[0].startswith("#"):
            return line.end()
    return 0


def _after_head(text: str, start: int, first: int) -> int:
    """Return the start of the comments that belong to the first entry."""
    ends = [line.end() for line in _LINE.finditer(text, start, first) if not line[0].strip()]
    return ends[-1] if ends else start


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


class _BlockEditor(Struct, frozen=True):
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
        is_removed = value in (None, "", [], {})
        lines = () if is_removed else write_entry(name, plain_value(value), self.kind, key)
        written = "".join(f"{line}{self.newline}" for line in lines)
        if number is None:
            at = self._place_for(key)
            return at, at, written
        single = self._single_scalar(self.entries[number])
        if single and value and isinstance(value, str) and "\n" not in value:
            return single.start, self._end_of_text(single, key), write_scalar(value, single.quote)
        return self.entries[number].start, self._end_of(number), written

    def _end_of_text(self, scalar: Scalar, key: str) -> int:
        """Return the end of a text, with a "#" after one space that is part of it (see `read_yaml`)."""
        tail = None if scalar.quote or key not in PROSE_KEYS else _HASH.match(self.block, scalar.end)
        return tail.end() if tail else scalar.end

    def _single_scalar(self, entry: Entry) -> Scalar | None:
        """Return the word that is all of a value, on its key's line; quotes and comments around it stay."""
        if len(entry.scalars) != 1 or entry.scalars[0].in_brackets:
            return None
        scalar = entry.scalars[0]
        follows_key = self.block[entry.start : scalar.start].rstrip(" \t").endswith(":")
        is_alone = follows_key and not re.search(r"[\r\n]", self.block[entry.start : scalar.end])
        return scalar if is_alone else None

    def _end_of(self, number: int) -> int:
        """Return where the value of an entry ends. Comments and empty lines after it belong to the next."""
        start = self.entries[number].start
        end = self.entries[number + 1].start if number + 1 < len(self.entries) else len(self.block)
        for line in reversed(_LINE.findall(self.block, start, end)):
            if not _NO_ENTRY.fullmatch(line):
                break
            end -= len(line)
        return end

    def _place_for(self, key: str) -> int:
        """Return where to insert a new key: after the last of the keys that usually come before it."""
        last = len(self.ranks)
        rank = self.ranks.get(key, last)
        if earlier := [n for n, name in enumerate(self.names) if self.ranks.get(name, last) <= rank]:
            return self._end_of(earlier[-1])
        return self.entries[0].start if self.entries else len(self.block)
