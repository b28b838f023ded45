"""Reads YAML into plain values with their positions.

Scalars stay text (``lang: no`` is "no", ``007`` is "007", ``12:30`` is "12:30"): the type of a field decides
their meaning. Tags are ignored; anchors and merges are supported.
"""

import re
from bisect import bisect_right
from typing import Any

import yaml

from clusterpress.parsing.values import ParseResult, Position, Value, ValueFault, without_empty
from clusterpress.parsing.yaml_errors import explain_yaml_error
from clusterpress.parsing.yaml_repair import repair_line
from clusterpress.values.problems import Problem, Severity

# libyaml's parser is five times faster than the pure one, which is the fallback.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_MAX_DEPTH = 20
"""Maximum depth of nesting. Without a limit, libyaml's own composer overflows the C stack."""
_MAX_VALUES = 20_000
"""Maximum number of values, with repetitions by aliases (against "billion laughs")."""

_MAX_FAULTS = 20
"""After so many faults that end the reading, the rest of a text is left."""
_TOP_LEVEL = re.compile(r"[^\s#\-\]}][^:]*:(?:\s|$)")
_ANCHOR = re.compile(r"[:\s\[{,]&\w")
_STANDARD_TAG = re.compile(
    r"tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|binary|seq|map|set|omap|python/.*)"
)
_COMMENT = re.compile(r"(?P<gap>[ \t]+)(?P<comment>#[^\n]*)")
_TYPED = re.compile(r"\d.*|true|false|yes|no|on|off", re.IGNORECASE)
"""Dates, numbers and truth values, beside which nobody writes text."""
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
PYTHON_TAG = "tag:yaml.org,2002:python/"
"""Prefix of tags that name Python functions."""
_UNQUOTED_HASH = re.compile(r"(?<=\S)[ \t]+(#[^\s#]\S*)")


_QUOTES_AND_BLOCKS = frozenset({"'", '"', "|", ">"})
_ODD_SPACES = frozenset("\u00a0\u1680\u2007\u200b\u202f\u3000")


class TagTolerantLoader(yaml.SafeLoader):
    """Reads YAML with the tags of MkDocs, such as ``!ENV`` and ``!!python/name``; tagged values are None."""


for _prefix in ("!", PYTHON_TAG):
    TagTolerantLoader.add_multi_constructor(_prefix, lambda _loader, _suffix, _node: None)


def read_yaml(
    text: str, path: str, *, first_line: int = 1, prose: frozenset[str] = frozenset()
) -> ParseResult:
    """Return the values of a YAML mapping, their places, and every fault of form.

    After a fault, the rest is read without the entry in which it stands, so that one run tells all faults.

    Args:
        text: the YAML text, without fences.
        path: the file it stands in, for problems.
        first_line: the line of the file on which ``text`` begins.
        prose: keys of texts in which ``#`` after a single space is no comment: "Meet us at stand #4".
    """
    problems: list[Problem] = []
    broken: set[str] = set()
    for _ in range(_MAX_FAULTS):
        reader = _Reader(text, path, first_line, prose)
        root, fault = _read(reader, text, first_line)
        problems += reader.problems
        if fault is None or not (found := _without_entry(text, fault - first_line)):
            break
        text, key = found
        broken.add(key)
    if isinstance(root, str | list):
        what = "a list" if isinstance(root, list) else "plain text"
        hint = 'write lines like "title: …"'
        problems.append(
            Problem(path=path, line=first_line, message=f"this is {what}, not keys and values", hint=hint)
        )
    values = without_empty(root) if isinstance(root, dict) else {}
    # What is told of the sound part is told again by each reading.
    return ParseResult(values, reader.lines, tuple(dict.fromkeys(problems)), frozenset(broken))


def _read(reader: "_Reader", text: str, first_line: int) -> tuple[Value | None, int | None]:
    """Return the value, and the line of a fault that ended the reading."""
    try:
        return reader.read(), None
    except ValueFault as fault:
        position, message, hint = reader.latest, fault.message, fault.hint
        if reader.is_hopeless:
            reader.report(position, message, hint)
            return None, None
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        (line, column), message, hint = explain_yaml_error(error, text)
        position = line + first_line - 1, column
    reader.problems.clear()  # the next reading tells them
    reader.report(position, message, hint)
    return None, position[0]


def _without_entry(text: str, at: int) -> tuple[str, str] | None:
    """Return a text with the top-level entry around a line left empty, and its key; None if it is all."""
    lines = text.split("\n")
    if at >= len(lines):
        return None
    # A tab before a key is the fault of its own line: the entry above is whole.
    start = at if lines[at].lstrip("\t")[:1].isalpha() else _entry_above(lines, at)
    end = next((n for n in range(at + 1, len(lines)) if _TOP_LEVEL.match(lines[n])), len(lines))
    key = (re.split(r"[:\s]", lines[start].strip(), maxsplit=1) or [""])[0]
    entry = lines[start:end]
    # Without an anchor, its aliases would be faults too.
    if not any(line.strip() for line in entry) or any(_ANCHOR.search(line) for line in entry):
        return None
    return "\n".join([*lines[:start], *[""] * (end - start), *lines[end:]]), key


def _entry_above(lines: list[str], at: int) -> int:
    return next((number for number in range(at, -1, -1) if _TOP_LEVEL.match(lines[number])), at)


def yaml_block(text: str, key: str) -> str:
    """Return the block under a top-level key as YAML text of its own, or "" when there is none.

    Tags (``!!python/name:…``, ``!ENV``) survive; comments and layout do not, so that blocks that mean the
    same are the same text. ``text`` must be YAML that `read_yaml` reads without an error.
    """
    # The pure loader and dumper write the same bytes on every machine, with libyaml or without.
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:  # libyaml, which has read the text, is less strict: it takes a tab in "{a: b\tc}"
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for name, block in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == key:
            return str(yaml.serialize(block, Dumper=yaml.SafeDumper, allow_unicode=True, width=1_000_000))
    return ""


class _Reader:
    """One pass over the parser's events: recursive descent of bounded depth."""

    def __init__(self, text: str, path: str, first_line: int, prose: frozenset[str]) -> None:
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
        self.is_hopeless = False
        """Whether a fault concerns the whole text."""
        self._prose = prose
        self._kept: set[int] = set()
        self._end = 0
        """Where the last mapping ended."""

    def read(self) -> Value | None:
        """Return the value of the only document; None when there is nothing."""
        self._next = _Loader(self._text).get_event
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        value = self._node(self._next(), "", 0)
        self._next()
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            self.latest, self.is_hopeless = self._position(event), True
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
            value = event.value if event.style in _QUOTES_AND_BLOCKS else self._plain(event, name)
        elif isinstance(event, yaml.AliasEvent):
            value = self._alias(event)
        elif depth == _MAX_DEPTH:
            self.latest = self._position(event)
            raise ValueFault("values are nested too deeply here", "close the brackets")
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(name, depth + 1)
        else:
            value = self._mapping(name, depth + 1)
            if not value and event.flow_style and self._is_prose(name):
                # "{x}" is a block with a key and no value.
                value = self._text[event.start_mark.index : self._end] or None
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = (value, self._count - before)
        return value

    def _plain(self, event: Any, name: str) -> str | None:
        """Return the value of a scalar without quotes, with what YAML takes for an anchor, tag or comment."""
        start, end = event.start_mark.index, event.end_mark.index
        value = None if event.value in _NULLS else str(event.value)
        is_tagged = event.tag and not _STANDARD_TAG.fullmatch(event.tag)
        if (event.anchor and f"*{event.anchor}" not in self._text) or is_tagged:
            # "&Co" and "!Urgent" are texts: nobody refers to the anchor, and we know no tag.
            value = self._text[start:end].rstrip()
        if "#" in self._text and (comment := _COMMENT.match(self._text, end)):
            value = self._with_comment(value, name, end, comment)
        return value

    @staticmethod
    def _index_after(event: Any) -> int:
        return int(event.end_mark.index)

    def _is_prose(self, name: str) -> bool:
        return name.rpartition(".")[2].casefold() in self._prose

    def _with_comment(self, value: str | None, name: str, end: int, comment: re.Match[str]) -> str | None:
        """Return a value with the text after it that YAML takes for a comment, if it is prose.

        By yamllint's rule for comments (``min-spaces-from-content``), two spaces set a comment apart.
        """
        line_start = self._text.rfind("\n", 0, end) + 1
        position = (
            self._text.count("\n", 0, end) + self._first_line,
            comment.start("comment") - line_start + 1,
        )
        is_apart = len(comment["gap"]) > 1 or value is None
        is_word = not comment["comment"].startswith("# ") and len(comment["comment"]) > 1
        written = comment["comment"].rstrip()
        if self._is_prose(name) and (is_word or not is_apart):
            self._kept.add(comment.start("comment"))
            message = f'"{written}" stays in the text, though a "#" after a space begins a comment in YAML'
            hint = "put the value between quotes, or the comment on a line of its own"
            self.report(position, message, hint, Severity.WARNING, name)
            return f"{value or ''}{comment['gap'] if value else ''}{written}"
        if self._prose and not is_word and value and not _TYPED.fullmatch(value) and not is_apart:
            message = f'"{written}" begins a comment, so the rest of the line is left out'
            hint = "put the value between quotes, or two spaces before the comment"
            self.report(position, message, hint, Severity.WARNING)
        return value

    def _alias(self, event: Any) -> Value | None:
        self.latest = self._position(event)
        if event.anchor not in self._anchors:
            raise ValueFault(f'a value cannot begin with "*{event.anchor}"', "put it between quotes")
        value, size = self._anchors[event.anchor]
        self._count += size
        if self._count > _MAX_VALUES:
            self.is_hopeless = True
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
        self._end = self._index_after(event)
        for base in merged:
            block = {**base, **block} if isinstance(base, dict) else block
        return block

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.latest = self._position(event)
            raise ValueFault("a key must be a word", "put it between quotes")
        self._record_scalar(event)
        if (key := str(event.value)) and not event.style and (key[0] in _ODD_SPACES or key.endswith(":")):
            position = self._position(event)
            lines = self._text.split("\n")
            if found := repair_line(lines[position[0] - self._first_line]):
                self.report(position, found.message, found.hint)
        return key

    def _record_scalar(self, scalar: Any) -> None:
        """Record the position of a scalar if the text may have comments that look like values."""
        if self._scalars is not None:
            self._scalars.append((scalar.start_mark.index, scalar.end_mark.index))

    def _warn_of_comments(self) -> None:
        """Warn of ``title: QOOT at #TechDays`` and ``colour: #003399``: YAML takes both for comments."""
        scalars = sorted(self._scalars or ())
        line, counted = self._first_line, 0
        for found in _UNQUOTED_HASH.finditer(self._text):
            at = found.start(1)
            before = bisect_right(scalars, (at, len(self._text)))  # scalars do not overlap
            if at not in self._kept and not (before and at < scalars[before - 1][1]):
                line_start = self._text.rfind("\n", 0, at) + 1
                line += self._text.count("\n", counted, line_start)
                counted = line_start
                position = line, at - line_start + 1
                message = f'"{found[1]}" begins a comment, so the rest of the line is left out'
                self.report(position, message, "put the value between quotes", Severity.WARNING)
