"""The files of a foreign tree, read without raising, and its configuration files as plain values."""

import ast
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import yaml
from msgspec import Struct, field

from clusterpress.importing.sources.encoding import decode
from clusterpress.parsing.yaml_text import TagTolerantLoader
from clusterpress.values.characters import strip_forbidden

Config = Mapping[str, Any]
"""Keys in lower case → values, as the format has them."""

_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*(?:"|\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_COMMA = re.compile(r",(?=\s*[}\]])")


class TreeFiles(Struct, frozen=True, dict=True):
    """The files of a tree, and the faults met while reading its settings."""

    names: Sequence[str]
    """Paths relative to the tree, with forward slashes."""
    read: Callable[[str], bytes]
    """Returns the bytes of a file, or raises `OSError`."""
    faults: list[tuple[str, int, str]] = field(default_factory=list)
    """(file, line, message) of each file that could not be read."""

    @cached_property
    def known(self) -> frozenset[str]:
        """All names."""
        return frozenset(self.names)

    def below(self, folder: str) -> Iterator[str]:
        """Yield the files below a folder (with a trailing slash)."""
        return (name for name in self.names if name.startswith(folder))

    def text(self, path: str) -> str:
        """Return the text of a file; "" if there is none, or if it cannot be read (a fault then says so)."""
        if path not in self.known:
            return ""
        try:
            return decode(self.read(path)).text
        except OSError as error:
            self.faults.append((path, 1, f"the file cannot be read: {error.strerror or error}"))
            return ""

    def config(self, *paths: str) -> Config:
        """Return the values of the first of some configuration files that the tree has; {} for none."""
        found = next((path for path in paths if path in self.known), "")
        values = self.data(found) if found else {}
        return values if isinstance(values, dict) else {}

    def data(self, path: str) -> Any:
        """Return the content of a YAML, TOML, JSON or Python file, keys in lower case; {} after a fault."""
        text = self.text(path)
        try:
            return lowered(_PARSERS.get(path.rpartition(".")[2], _read_yaml)(text))
        except (ValueError, yaml.YAMLError, RecursionError, SyntaxError, MemoryError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else getattr(error, "lineno", None) or 1
            self.faults.append((path, line, "the file cannot be read, so its settings were ignored"))
            return {}


def lowered(value: Any) -> Any:
    """Return a value with all keys as text in lower case, as most generators compare them.

    Characters that files may not have are left out: escapes can hide them.
    """
    if isinstance(value, str):
        return strip_forbidden(value)
    if isinstance(value, dict):
        return {strip_forbidden(str(key)).lower(): lowered(part) for key, part in value.items()}
    return [lowered(part) for part in value] if isinstance(value, list | tuple) else value


def block(config: Config, key: str) -> Config:
    """Return the block under a key; {} if there is none, or something else."""
    value = config.get(key)
    return value if isinstance(value, dict) else {}


def words(config: Config, key: str, default: str = "") -> str:
    """Return the text under a key."""
    value = config.get(key)
    return default if value is None or isinstance(value, dict | list) else str(value)


def _read_yaml(text: str) -> Any:
    return yaml.load(text, Loader=TagTolerantLoader)  # noqa: S506 (a safe loader with more tags)


def _read_json(text: str) -> Any:
    """Read JSON, also with comments and trailing commas."""
    return json.loads(_COMMA.sub("", _COMMENT.sub(lambda found: found[1] or "", text)) or "{}")


def _read_python(text: str) -> dict[str, Any]:
    """Return the constants that a Python file assigns at its top level; nothing of it runs."""
    found: dict[str, Any] = {}
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            try:
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
            except (ValueError, TypeError):
                continue  # an expression
    return found


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "toml": tomllib.loads,
    "json": _read_json,
    "py": _read_python,
    "yaml": _read_yaml,
    "yml": _read_yaml,
}
