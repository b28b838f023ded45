"""Keys: what a model's source says of its fields. The text under a field is its documentation.

Type hints know what fits; the words under a field, which Python itself forgets, are read from the source.
"""

import ast
import inspect
from dataclasses import MISSING, dataclass, fields, is_dataclass
from textwrap import dedent
from typing import Any, get_type_hints

from clusterpress.parsing.hints import required_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a block."""

    name: str
    hint: Any
    """The type of its field."""
    is_needed: bool
    default: Any
    """What holds when it is not given; None when that is nothing."""
    words: str
    """Its documentation, on one line, without a full stop only if it has none."""


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
            message = f"{model.__name__}.{field.name} has no text under it"
            raise ValueError(message)
        made = field.default_factory() if field.default_factory is not MISSING else field.default
        keys.append(
            Key(
                name=field.name,
                hint=hints[field.name],
                is_needed=field.name in required_fields(model),
                default=None if made is MISSING or is_dataclass(made) or made in ("", (), {}, None) else made,
                words=words[field.name],
            )
        )
    return tuple(keys)


def summary_of(model: type) -> str:
    """Return the first sentence of a model's documentation."""
    return (inspect.getdoc(model) or "").split("\n\n", 1)[0].replace("\n", " ")


def _words(model: type) -> dict[str, str]:
    """Return field → the text under it, also of the fields it inherits."""
    found: dict[str, str] = {}
    for base in reversed([one for one in model.__mro__ if is_dataclass(one)]):
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
