"""Reads TOML into the same plain values and positions as YAML."""

import re
from typing import Any

from clusterpress.parsing.values import ParseResult, Position, Value, without_empty
from clusterpress.values.problems import Problem

_TABLE = re.compile(r"[ \t]*\[(\[?)([^\[\]]+)\]\]?[ \t]*(?:#.*)?$")
_KEY = re.compile(
    r"""([ \t]*)((?:[\w-]+|"[^"]*"|'[^']*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"]*"|'[^']*'))*)[ \t]*="""
)
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(text: str, path: str, *, first_line: int = 1) -> ParseResult:
    """Return the values of a TOML text as text, lists and blocks, their places, and a fault of form.

    Args:
        text: the TOML text, without fences.
        path: the file it stands in, for problems.
        first_line: the line of the file on which ``text`` begins.
    """
    import tomllib

    lines = _find_keys(text, first_line)
    try:
        read = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at else (1, 1)
        line += first_line - 1
        hint = 'write lines like: title = "…", with quotes around texts, and each key once'
        problem = Problem(path=path, line=line, column=column, message="this is not TOML", hint=hint)
        return ParseResult({}, lines, (problem,))
    return ParseResult(without_empty({key: _plain(value) for key, value in read.items()}), lines)


def _plain(value: Any) -> Value:
    """Return a TOML value as it would have been written in YAML."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _find_keys(text: str, first_line: int) -> dict[str, Position]:
    """Return dotted names and their positions, found from the beginnings of lines."""
    lines: dict[str, Position] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), first_line):
        if header := _TABLE.match(line):
            table = _dotted(header[2])
            if header[1]:
                counts[table] = counts.get(table, -1) + 1
                lines.setdefault(table, (number, 1))
                table = f"{table}.{counts[table]}"
            lines.setdefault(table, (number, 1))
        elif key := _KEY.match(line):
            name = _dotted(key[2])
            lines.setdefault(f"{table}.{name}" if table else name, (number, len(key[1]) + 1))
    return lines


def _dotted(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
