"""Where the values of a front matter stand in its text, so that one can be replaced and the rest stays.

A YAML library that loads and dumps keeps comments, but not spacing, quotes and line ends. Staff who find
unrelated lines changed stop using the tool. So nothing is dumped here: single scalars are replaced, and whole
entries are moved.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_SOURCE = re.compile(
    r"(?P<before>\s*---[ \t]*(?:\r\n|\n|\r))(?P<yaml>.*?)(?P<after>^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z).*)",
    re.DOTALL | re.MULTILINE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_WRITTEN_OUT = re.compile(r"[^&*!|>]")
"""First character of a plain value: no anchor, alias, tag or block of lines."""


Edit = tuple[int, int, str]
"""Where a piece of text begins and ends, and what replaces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
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
    if not isinstance(root, yaml.MappingNode) or root.flow_style or root.start_mark.index != _first(root):
        return ()
    return tuple(
        Entry(
            key=key.value,
            start=key.start_mark.index - key.start_mark.column,
            scalars=tuple(_scalars(value, text)) if _is_written_out(key, value, text) else (),
        )
        for key, value in root.value
    )


def _first(root: Any) -> int:
    return int(root.value[0][0].start_mark.index) if root.value else -1


def _is_written_out(key: Any, value: Any, text: str) -> bool:
    """Whether a value stands after its key, and is neither an alias nor anchored."""
    start = value.start_mark.index
    return bool(start > key.start_mark.index and _WRITTEN_OUT.match(text, start))


def _scalars(value: Any, text: str) -> Iterator[Scalar]:
    is_list = isinstance(value, yaml.SequenceNode)
    nodes = value.value if is_list else [value]
    for node in nodes:
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and _WRITTEN_OUT.match(text, start):
            quote = text[start] if node.style in {"'", '"'} else ""
            line = node.start_mark.line + 1
            yield Scalar(
                start=start,
                end=end,
                line=line,
                value=node.value,
                quote=quote,
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
    lines = [found.span() for found in _LINE.finditer(text, 0, start)]
    for begin, stop in reversed(lines):
        line = text[begin:stop]
        if line.strip() and not line.startswith("#"):
            return stop
    return 0


def _after_head(text: str, start: int, first: int) -> int:
    """Return the start of the comments that belong to the first entry."""
    for found in _LINE.finditer(text, start, first):
        if not found[0].strip():
            start = found.end()
    return start
