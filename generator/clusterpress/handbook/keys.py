"""Keys of the models with their documentation, and their types in words for people.

The documentation of a field is the string below it. Python does not keep it, so it is read from the source.
"""

import ast
import inspect
from collections.abc import Mapping
from textwrap import dedent
from typing import Any, Literal, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from clusterpress.content.item_values import Image, Moment, Period
from clusterpress.parsing.hints import alternatives, field_names, is_model, required_fields
from clusterpress.values.texts import Name, Text


class Key(Struct, frozen=True, kw_only=True):
    """One key of a block."""

    name: str
    hint: Any
    """The type of its field."""
    is_needed: bool
    default: Any
    """The default; None when there is none."""
    words: str
    """Its documentation, on one line."""


def keys_of(model: type, reserved: frozenset[str] = frozenset()) -> tuple[Key, ...]:
    """Return the keys of a block in the order of its model's fields.

    Raises:
        ValueError: a field has no documentation.
    """
    hints = get_type_hints(model)
    words = _words(model)
    keys = []
    for field in fields(model):
        if field.name in reserved:
            continue
        if field.name not in words:
            message = f"{model.__name__}.{field.name} has no documentation"
            raise ValueError(message)
        made = field.default if field.default_factory is NODEFAULT else field.default_factory()
        keys.append(
            Key(
                name=field.name,
                hint=hints[field.name],
                is_needed=field.name in required_fields(model),
                default=None
                if made is NODEFAULT or isinstance(made, Struct) or made in ("", (), {}, None)
                else made,
                words=words[field.name],
            )
        )
    return tuple(keys)


def summary_of(model: type) -> str:
    """Return the first sentence of a model's documentation."""
    return (inspect.getdoc(model) or "").split("\n\n", 1)[0].replace("\n", " ")


def _words(model: type) -> dict[str, str]:
    """Return field → the string below it, including inherited fields."""
    found: dict[str, str] = {}
    for base in reversed([one for one in model.__mro__ if field_names(one)]):
        tree = ast.parse(dedent(inspect.getsource(base))).body[0]
        assert isinstance(tree, ast.ClassDef)  # noqa: S101 -- the source of a class is a class
        for statement, after in zip(tree.body, tree.body[1:], strict=False):
            text = _text(after)
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and text:
                found[statement.target.id] = " ".join(text.split())
    return found


def _text(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return statement.value.value if isinstance(statement.value.value, str) else ""
    return ""


WORDS: Mapping[Any, str] = {
    str: "text",
    Text: "text, or one for each language",
    Name: "text, or one for each language",
    int: "number",
    bool: "true or false",
    Moment: "date, with an optional time",
    Period: "period in words",
}
"""Plain type → its name for people."""


def describe_type(hint: Any) -> str:
    """Return the possible values of a key in words: ``text, or a list of them``, ``block``."""
    parts = alternatives(hint)
    if len(parts) > 1 and all(map(is_model, parts)):
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
        if is_model(inner) and inner is not Moment:
            return "list of blocks"
        return f"{plain}, or a list of them"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"block: name → {describe_type(get_args(part)[1])}"
    if part is Image:
        return "file name or block"
    return WORDS.get(part) or "block"


def blocks_in(hint: Any) -> tuple[type, ...]:
    """Return the models of the blocks that a type may contain, without nested ones."""
    if is_model(hint):
        return () if hint in WORDS else (hint,)
    return tuple(block for part in get_args(hint) for block in blocks_in(part))
