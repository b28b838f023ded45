"""Reads the type hints of our models, which are structs: required fields, known keys, alternatives."""

from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeGuard, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields


def is_model(hint: Any) -> TypeGuard[type[Struct]]:
    """Return whether a hint is the model of a block."""
    return isinstance(hint, type) and issubclass(hint, Struct) and hint is not Struct


def field_names(model: type) -> tuple[str, ...]:
    """Return the names of a model's fields, in their order."""
    return model.__struct_fields__ if is_model(model) else ()


@cache
def required_fields(model: type) -> frozenset[str]:
    """Return the names of a model's fields that have no default."""
    return frozenset(field.name for field in fields(model) if field.required)


def keys_at(model: type, location: tuple[str | int, ...], values: Any = None) -> list[str]:
    """Return the keys known in the block that lies at ``location`` below ``model``.

    Args:
        model: the model of the outermost block.
        location: the steps to the block.
        values: the values of the outermost block; needed where a block's ``type`` decides its keys.
    """
    hint: Any = model
    for step in location:
        if is_model(hint):
            hint = get_type_hints(hint)[str(step)]
        else:
            hint = get_args(hint)[0 if get_origin(hint) is tuple else 1]
        # A single block is accepted in place of a list.
        is_lone = isinstance(step, int) and not isinstance(values, list)
        values = values if is_lone or not values else values[step]
        hint = _alternative(alternatives(hint), values)
    return [*field_names(hint)]


def _alternative(choices: tuple[Any, ...], value: Any) -> Any:
    """Return the alternative with the value's ``type``, or the first one."""
    tag = value.get("type") if isinstance(value, dict) else None
    return next((choice for choice in choices if is_model(choice) and tag in tags(choice)), choices[0])


def tags(model: Any) -> tuple[str, ...]:
    """Return the valid values of ``type`` in a block of this model."""
    return get_args(get_type_hints(model).get("type"))


def alternatives(hint: Any) -> tuple[Any, ...]:
    """Return the alternatives of a hint except None: keys without a value are not checked."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(part for part in get_args(hint) if part is not NoneType)
    return (hint,)


def list_fields(model: type) -> frozenset[str]:
    """Return the names of a model's fields that hold several values."""
    return frozenset(name for name, hint in get_type_hints(model).items() if get_origin(hint) is tuple)


def block_keys(model: type, name: str) -> frozenset[str]:
    """Return the keys of the block that a field takes; none for a field of another type."""
    blocks = (part for part in alternatives(_hints(model).get(name)) if is_model(part))
    return frozenset(name for block in blocks for name in field_names(block))


@cache
def _hints(model: type) -> dict[str, Any]:
    return get_type_hints(model)
