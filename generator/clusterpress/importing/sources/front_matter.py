"""Front matter of foreign files: YAML, TOML, JSON, or the header lines of Pelican."""

import json
import re
from dataclasses import dataclass

from clusterpress.content.front_matter import read_front_matter
from clusterpress.parsing.values import Value
from clusterpress.sources.front_matter import plain_value
from clusterpress.values.problems import Problem

_HEADER = re.compile(r"([A-Za-z][\w -]*):[ \t]*(.*)")
_KEYS = re.compile(
    r"(?:title|date|category|tags|slug|author|authors|summary|status|modified|lang|template|save_as)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """Front matter and body of a foreign file."""

    values: dict[str, Value]
    """Keys as written."""
    body: str
    problems: tuple[Problem, ...] = ()
    """Syntax errors."""


def read_foreign_file(text: str, path: str) -> ForeignFile:
    """Return the keys and the body of a foreign file."""
    stripped = text.lstrip()
    if stripped.startswith("{") and not stripped.startswith(("{{", "{%")):
        return _json(stripped, path)
    front = read_front_matter(text, path)
    if front.fenced:
        # If "---" is not closed, or there are no keys, the text must not be lost.
        body = front.body or ("" if front.parsed.values or not front.parsed.problems else text)
        return ForeignFile(dict(front.parsed.values), body, front.parsed.problems)
    return _header(text) or ForeignFile({}, text.strip("\n"))


def _json(text: str, path: str) -> ForeignFile:
    try:
        read, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        message, hint = "the front matter is not JSON", "compare the file with its source"
        return ForeignFile({}, text, (Problem(path=path, line=error.lineno, message=message, hint=hint),))
    values = {key: plain for key, value in read.items() if (plain := plain_value(value))}
    return ForeignFile(values, text[end:].strip("\n"))


def _header(text: str) -> ForeignFile | None:
    """Read lines such as ``Title: …`` up to the first empty one; indented lines continue the previous one."""
    head, _, body = text.lstrip("\n").partition("\n\n")
    values: dict[str, Value] = {}
    key = ""
    for line in head.split("\n"):
        if line.startswith("    ") and key:
            values[key] = f"{values[key]} {line.strip()}".strip()
        elif found := _HEADER.fullmatch(line.rstrip()):
            key = found[1].strip()
            values[key] = found[2].strip()
        else:
            return None
    return ForeignFile(values, body.strip("\n")) if any(map(_KEYS.match, values)) else None
