"""Reads YAML into plain values with their positions.

Scalars stay text (``lang: no`` is "no", ``007`` is "007", ``12:30`` is "12:30"): the type of a field decides
their meaning. Tags are ignored; anchors and merges are supported.
"""

import re
from typing import Any

import yaml

from clusterpress.parsing.values import ParseResult, Position, Value, ValueFault, without_empty
from clusterpress.parsing.yaml_errors import explain_yaml_error
from clusterpress.values.problems import Problem, Severity

# libyaml's parser is five times faster than the pure one, which is the fallback.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_MAX_DEPTH = 20
"""Maximum depth of nesting. Without a limit, libyaml's own composer overflows the C stack."""
_MAX_VALUES = 20_000
"""Maximum number of values, with repetitions by aliases (against "billion laughs")."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
PYTHON_TAG = "tag:yaml.org,2002:python/"
"""Prefix of tags that name Python functions."""
_UNQUOTED_HASH = re.compile(r"(?<=\S)[ \t]+(#[^\s#]\S*)")


class TagTolerantLoader(yaml.SafeLoader):
    """Reads YAML with the tags of MkDocs, such as ``!ENV`` and ``!!python/name``; tagged values are None."""


for _prefix in ("!", PYTHON_TAG):
    TagTolerantLoader.add_multi_constructor(_prefix, lambda _loader, _suffix, _node: None)


def read_yaml(text: str, path: str, *, first_line: int = 1) -> ParseResult:
    """Return the values of a YAML mapping, their places, and every fault of form.

    Args:
        text: the YAML text, without fences.
        path: the file it stands in, for problems.
        first_line: the line of the file on which ``text`` begins.
    """
    reader = _Reader(text, path, first_line)
    root: Value | None = None
    try:
        root = reader.read()
    except ValueFault as fault:
        reader.report(reader.latest, fault.message, fault.hint)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        (line, column), message, hint = explain_yaml_error(error, text)
        reader.report((line + first_line - 1, column), message, hint)
    if isinstance(root, str | list):
        what = "a list" if isinstance(root, list) else "plain text"
        reader.report((first_line, 1), f"this is {what}, not keys and values", 'write lines like "title: …"')
    values = without_empty(root) if isinstance(root, dict) else {}
    return ParseResult(values, reader.lines, tuple(reader.problems))


def yaml_block(text: str, key: str) -> str:
    """Return the block under a top-level key as YAML text of its own, or "" when there is none.

    Tags (``!!python/name:…``, ``!ENV``) survive; comments and layout do not, so that blocks that mean the
    same are the same text. ``text`` must be YAML that `read_yaml` reads without an error.
    """
    # The pure loader and dumper write the same bytes on every machine, with libyaml or without.
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for name, block in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == key:
            return str(yaml.serialize(block, Dumper=yaml.SafeDumper, allow_unicode=True, width=1_000_000))
    return ""


class _Reader:
    """One pass over the parser's events: recursive descent of bounded depth."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.lines: dict[str, Position] = {}
        self.problems: list[Problem] = []
        self.latest: Position = (first_line, 1)
        self._text = text
        self._path = path
        self._first_line = first_line
        self._anchors: dict[str, tuple[Value | None, int]] = {}
        self._scalars: list[tuple[int, int]] | None = (
            [] if "#" in text and _UNQUOTED_HASH.search(text) else None
        )
        self._count = 0

    def read(self) -> Value | None:
        """Return the value of the only document; None when there is nothing."""
        self._next = _Loader(self._text).get_event
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        value = self._node(self._next(), "", 0)
        self._next()
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            self.latest = self._position(event)
            raise ValueFault("a second document begins here", 'delete the line "---"')
        self._warn_of_comments()
        return value

    def report(
        self,
        position: Position,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
        field: str = "",
    ) -> None:
        """Add a problem."""
        line, column = position
        self.problems.append(
            Problem(
                path=self._path,
                line=line,
                column=column,
                severity=severity,
                message=message,
                hint=hint,
                field=field,
            )
        )

    def _position(self, event: Any) -> Position:
        mark = event.start_mark
        return mark.line + self._first_line, mark.column + 1

    def _node(self, event: Any, name: str, depth: int) -> Value | None:
        before = self._count
        self._count += 1
        value: Value | None
        if isinstance(event, yaml.ScalarEvent):
            self._record_scalar(event)
            value = None if not event.style and event.value in _NULLS else event.value
        elif isinstance(event, yaml.AliasEvent):
            value = self._alias(event)
        elif depth == _MAX_DEPTH:
            self.latest = self._position(event)
            raise ValueFault("values are nested too deeply here", "close the brackets")
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(name, depth + 1)
        else:
            value = self._mapping(name, depth + 1)
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = (value, self._count - before)
        return value

    def _alias(self, event: Any) -> Value | None:
        self.latest = self._position(event)
        if event.anchor not in self._anchors:
            raise ValueFault(f'a value cannot begin with "*{event.anchor}"', "put it between quotes")
        value, size = self._anchors[event.anchor]
        self._count += size
        if self._count > _MAX_VALUES:
            raise ValueFault("aliases repeat too many values here", "write the values out")
        return value

    def _sequence(self, name: str, depth: int) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            part = f"{name}.{len(values)}"
            self.lines[part] = self._position(event)
            value = self._node(event, part, depth)
            if value is None:
                del self.lines[part]
            else:
                values.append(value)
        return values

    def _mapping(self, name: str, depth: int) -> dict[str, Value]:
        block: dict[str, Value] = {}
        merged: list[Value] = []
        seen: dict[str, Position] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, position = self._key(event), self._position(event)
            part = f"{name}.{key}" if name else key
            first = seen.setdefault(key, position)
            self.lines.setdefault(part, position)
            value = self._node(self._next(), part, depth)
            if first != position:
                message = f'"{key}" is given twice, on lines {first[0]} and {position[0]}'
                self.report(position, message, "keep one of them", field=part)
            elif key == "<<":
                merged += value if isinstance(value, list) else [value] if value else []
            elif value is not None:
                block[key] = value
        for base in merged:
            block = {**base, **block} if isinstance(base, dict) else block
        return block

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.latest = self._position(event)
            raise ValueFault("a key must be a word", "put it between quotes")
        self._record_scalar(event)
        return str(event.value)

    def _record_scalar(self, scalar: Any) -> None:
        """Record the position of a scalar if the text may have comments that look like values."""
        if self._scalars is not None:
            self._scalars.append((scalar.start_mark.index, scalar.end_mark.index))

    def _warn_of_comments(self) -> None:
        """Warn of ``title: QOOT at #TechDays`` and ``colour: #003399``: YAML takes both for comments."""
        for found in _UNQUOTED_HASH.finditer(self._text):
            at = found.start(1)
            if not any(start <= at < end for start, end in self._scalars or ()):
                line_start = self._text.rfind("\n", 0, at) + 1
                position = self._text.count("\n", 0, at) + self._first_line, at - line_start + 1
                message = f'"{found[1]}" begins a comment, so the rest of the line is left out'
                self.report(position, message, "put the value between quotes", Severity.WARNING)
