"""What the type hints of our dataclasses say about the sources they are read from."""

from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


@cache
def required_fields(model: type) -> frozenset[str]:
    """Return the names of a dataclass's fields that have no default."""
    return frozenset(
        field.name for field in fields(model) if field.default is field.default_factory is MISSING
    )


def keys_at(model: type, location: tuple[str | int, ...]) -> list[str]:
    """Return the keys known in the block that lies at ``location`` below ``model``."""
    hint: Any = model
    for step in location:
        if is_dataclass(hint):
            hint = alternatives(get_type_hints(hint)[str(step)])[0]
        else:
            hint = get_args(hint)[0 if get_origin(hint) is tuple else 1]
    return [field.name for field in fields(hint)]


def alternatives(hint: Any) -> tuple[Any, ...]:
    """Return what a hint allows besides None: a key without a value never gets as far as a type."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(part for part in get_args(hint) if part is not NoneType)
    return (hint,)


def list_fields(model: type) -> frozenset[str]:
    """Return the names of a dataclass's fields that hold several values."""
    return frozenset(name for name, hint in get_type_hints(model).items() if get_origin(hint) is tuple)
