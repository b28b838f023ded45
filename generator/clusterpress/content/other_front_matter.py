"""Front matter in the forms of other programs: JSON (Hugo, Eleventy) and lines without fences (Pelican)."""

import json
import re
from typing import Any

from clusterpress.content.front_matter import FrontMatter, without_empty_lines
from clusterpress.parsing.values import ParseResult, Position, Value, without_empty

_JSON_FENCE = re.compile(r"\s*---[ \t]*json[ \t]*\n(?P<head>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r'^[ \t]*"([^"\n]+)"\s*:', re.MULTILINE)
_HEADER = re.compile(r"([A-Za-z][\w -]*):(.*)")


def read_json_front_matter(text: str, path: str) -> FrontMatter | None:  # noqa: ARG001 - as for other forms
    """Return front matter in JSON, in braces or after ``---json``; None if there is none that can be read.

    Args:
        text: the whole file.
        path: the file.
    """
    found = _JSON_FENCE.match(text)
    head = found["head"] if found else text
    start = len(head) - len(head.lstrip())
    try:
        read, end = json.JSONDecoder(parse_float=str, parse_int=str).raw_decode(head, start)
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict):
        return None
    behind = found.end() if found else end
    first = (found.start("head") if found else 0) + start
    return _front_matter({key: _plain(value) for key, value in read.items()}, text, first, behind, _KEY)


def read_header_lines(text: str, path: str) -> FrontMatter | None:  # noqa: ARG001 - as for other forms
    """Return front matter as lines ``Title: …`` up to the first empty one; None if a line is none of them.

    Args:
        text: the whole file; indented lines continue the one above.
        path: the file.
    """
    start = len(text) - len(text.lstrip("\n"))
    head = text[start:].partition("\n\n")[0]
    values: dict[str, Value] = {}
    key = ""
    for line in head.split("\n"):
        if line.startswith(("    ", "\t")) and key:
            values[key] = f"{values[key]} {line.strip()}".strip()
        elif found := _HEADER.fullmatch(line.rstrip()):
            key = found[1].strip()
            values[key] = found[2].strip()
        else:
            return None
    pattern = re.compile(r"^([A-Za-z][\w -]*):", re.MULTILINE)
    return _front_matter(values, text, start, start + len(head), pattern)


def _front_matter(
    values: dict[str, Value], text: str, start: int, end: int, key: re.Pattern[str]
) -> FrontMatter:
    lines: dict[str, Position] = {}
    for found in key.finditer(text, start, end):
        if found[1] in values:
            lines.setdefault(found[1], (text.count("\n", 0, found.start(1)) + 1, 1))
    lines |= {name: (1, 1) for name in values if name not in lines}
    body, skipped = without_empty_lines(text[end:])
    line = text.count("\n", 0, end) + 1 + skipped
    return FrontMatter(ParseResult(without_empty(values), lines), body, line)


def _plain(value: Any) -> Value:
    """Return a JSON value as it would have been written in YAML; null is empty."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_plain(part) for part in value if part is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
