"""Shapes: a field's type → what may be written, in words for people."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any, Literal, get_args, get_origin

from clusterpress.content.items import Image, Moment, Period
from clusterpress.parsing.hints import alternatives

WORDS: Mapping[Any, str] = {
    str: "text",
    int: "number",
    bool: "true or false",
    Moment: "date, perhaps with a time",
    Period: "period in words",
}
"""Plain types in words."""


def describe_type(hint: Any) -> str:
    """Return what may be written under a key: ``text or list of texts``, ``dateline, by or submitted``."""
    parts = alternatives(hint)
    if len(parts) > 1 and all(map(is_dataclass, parts)):
        return "block"
    if len(parts) > 1:
        return describe_type(parts[-1])  # a text, or a list of them
    (part,) = parts
    origin = get_origin(part)
    if origin is Literal:
        choices = [f"`{choice}`" for choice in get_args(part) if choice]
        return " or ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))
    if origin is tuple:
        inner = get_args(part)[0]
        plain = describe_type(inner)
        if is_dataclass(inner) and inner is not Moment:
            return "list of blocks"
        return f"{plain}; one, or a list" if get_origin(inner) is Literal else f"{plain}, or a list of them"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"block: name → {describe_type(get_args(part)[1])}"
    if part is Image:
        return "file name, or block"
    return WORDS.get(part) or "block"


def blocks_in(hint: Any) -> tuple[type, ...]:
    """Return the models of blocks that a type may hold, not those within them."""
    if isinstance(hint, type) and is_dataclass(hint):
        return () if hint in WORDS else (hint,)
    return tuple(block for part in get_args(hint) for block in blocks_in(part))
