"""Writes front matter as readable YAML that parses to the same values.

The only writer of front matter in the program. Texts are quoted only where a YAML reader would take them for
something else, such as a number, a boolean or a comment.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, get_type_hints

import yaml

from clusterpress.content.item_values import Moment
from clusterpress.content.items import MODELS
from clusterpress.content.keys import RESERVED, fields_of
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind

_LEADING_KEYS = (
    "title", "lang", "translation_of", "newsletter", "number", "date", "start", "end", "when", "time_zone",
    "byline", "period", "author", "programme", "cluster", "partners", "event", "place", "summary", "image",
    "tags",
)  # fmt: skip
"""The keys that editors need most; the others follow in the order of `clusterpress.content.items`."""

_MAX_LIST_WIDTH = 100
"""Maximum length of a list on one line; longer lists get a line for each element."""

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=](?:[^\n:#]|:(?=[^\s:])|(?<=[^\s])#)*")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d[\d:+-]*)?")
_IN_FLOW = re.compile(r"[][{},:]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n"}
_RESOLVER: Any = yaml.SafeLoader("")


@cache
def key_order(kind: Kind) -> tuple[str, ...]:
    """Return the keys of a kind in the order in which they are written."""
    known = fields_of(kind)
    first = [key for key in _LEADING_KEYS if key in known]
    return (*first, *(key for key in MODELS[kind].__struct_fields__ if key in known - set(first)))


def write_source(values: Mapping[str, Value], body: str, kind: Kind) -> str:
    """Return the whole text of a source file: front matter between fences, and the body.

    Args:
        values: key → text, list or block; keys without a value are left out.
        body: Markdown.
        kind: what the item is; it decides the order of keys.
    """
    text = body.strip("\n")
    return f"---\n{write_front_matter(values, kind)}---\n" + (f"{text}\n" if text else "")


def write_scalar(text: str, quote: str = "", *, in_brackets: bool = False) -> str:
    """Return a text as a YAML scalar.

    Args:
        text: on one line.
        quote: preferred quotation mark; ignored if the text would need escapes.
        in_brackets: whether it is an element of ``[a, b]``.
    """
    if quote and not {quote, "\\"} & set(text):
        return f"{quote}{text}{quote}"
    if _ISO_DATE.fullmatch(text):
        return text
    return _flow(text) if in_brackets else _scalar(text)


def write_entry(key: str, value: Value, kind: Kind, field: str) -> list[str]:
    """Return the lines of one key and its value.

    Args:
        key: the key as written.
        value: text, list or block.
        kind: what the item is.
        field: the field for the key.
    """
    return _entry(key, value, typed=field in _typed(kind))


def write_front_matter(values: Mapping[str, Value], kind: Kind) -> str:
    """Return the lines of a front matter without fences; unknown keys come last."""
    order = key_order(kind)
    keys = [key for key in order if key in values] + [key for key in values if key not in order]
    lines = [
        line for key in keys if values[key] for line in _entry(key, values[key], typed=key in _typed(kind))
    ]
    return "".join(f"{line}\n" for line in lines)


@cache
def _typed(kind: Kind) -> frozenset[str]:
    """Return the keys with typed values: dates, numbers, booleans."""
    types = (bool, int, Moment, Moment | None)
    return frozenset(key for key, hint in get_type_hints(MODELS[kind]).items() if hint in types) - RESERVED


def _entry(key: str, value: Value, *, typed: bool = False) -> list[str]:
    name = _scalar(key)
    if isinstance(value, dict):
        return [f"{name}:", *_indented(line for part, inner in value.items() for line in _entry(part, inner))]
    if isinstance(value, list):
        flow = f"[{', '.join(map(_flow, value))}]"
        if len(flow) <= _MAX_LIST_WIDTH and all(isinstance(part, str) for part in value):
            return [f"{name}: {flow}"]
        parts = (_scalar(part) if isinstance(part, str) else _flow(part) for part in value)
        return [f"{name}:", *(f"  - {part}" for part in parts)]
    if "\n" in value.strip("\n") and _fits_block(value):
        return [f"{name}: |-", *_indented(value.split("\n"))]
    return [f"{name}: {value if typed and _is_plain(value) else _scalar(value)}"]


def _flow(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_flow(key)}: {_flow(part)}' for key, part in value.items())}}}"
    return _quoted(value) if _IN_FLOW.search(value) else _scalar(value)


def _scalar(text: str) -> str:
    return text if _is_plain(text) and _is_text(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text == text.strip() and text.isprintable()


@cache
def _is_text(text: str) -> bool:
    """Return whether YAML readers take a plain scalar for a text, not for a number, date or boolean."""
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str")


def _quoted(text: str) -> str:
    signs = (_ESCAPES.get(c) or (c if c.isprintable() else f"\\U{ord(c):08X}") for c in text)
    return f'"{"".join(signs)}"'


def _fits_block(text: str) -> bool:
    return (
        text == text.strip("\n")
        and not text.startswith((" ", "\t"))
        and all(line.isprintable() for line in text.split("\n"))
    )


def _indented(lines: Any) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]
