"""Fast path for fields: reads simple values without pydantic.

Most front matter is simple. Importing pydantic and preparing our models for it takes about 140 ms, a
quarter of a build after an edit. Any other value, and any fault, is left to pydantic. Tests compare both
ways; ``CLUSTERPRESS_PLAIN=1`` turns this one off.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Literal, get_args, get_origin, get_type_hints

from clusterpress.parsing.hints import alternatives, field_names, is_model, required_fields
from clusterpress.parsing.values import Readers, Value
from clusterpress.values.texts import Name, Text

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")

_Read = Callable[[Any, Readers], Any]
"""Converts a value to the type of its field."""


class _NeedsPydanticError(ValueError):
    """A value that pydantic must read."""


def read_fast_fields(
    model: type, values: Mapping[str, Value], readers: Readers, reserved: frozenset[str]
) -> dict[str, Any] | None:
    """Return the fields, or None if pydantic must read them; missing fields are not reported.

    Args:
        model: of the block.
        values: key → value.
        readers: how to read short spellings of nested models.
        reserved: fields that a source cannot set.
    """
    try:
        return _read_block(model, values, readers, reserved)
    except ValueError:  # also from a reader: pydantic calls it again and reports the fault
        return None


def _read_block(
    model: type, values: Mapping[str, Any], readers: Readers, reserved: frozenset[str]
) -> dict[str, Any]:
    known = _fields(model)
    if not values.keys() <= known.keys() - reserved:
        raise _NeedsPydanticError
    return {name: read(values[name], readers) for name, read in known.items() if name in values}


@cache
def _fields(model: type) -> dict[str, _Read]:
    hints = get_type_hints(model)
    return {name: _read_as(hints[name]) for name in field_names(model)}


def _read_as(hint: Any) -> _Read:
    if hint is str or hint is int or hint in (Text, Name):
        return _number if hint is int else _text
    if hint is bool:
        return partial(_choice, {"true": True, "false": False})
    match get_origin(hint), get_args(hint):
        case origin, choices if origin is Literal:
            return partial(_choice, {choice: choice for choice in choices})
        case origin, (element, end) if origin is tuple and end is ...:
            return partial(_list, _read_as(element))
    match alternatives(hint):
        case (model,) if is_model(model):
            return partial(_instance, model)
    return _unsupported


def _text(value: Any, _: Readers) -> str:
    # pydantic strips texts, with another set of white space than Python's.
    if not isinstance(value, str) or value[:1].isspace() or value[-1:].isspace():
        raise _NeedsPydanticError
    if not value.replace("\n", "").isprintable():  # it may be a lone surrogate
        raise _NeedsPydanticError
    return value


def _number(value: Any, _: Readers) -> int:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    raise _NeedsPydanticError


def _choice(choices: Mapping[str, Any], value: Any, _: Readers) -> Any:
    if isinstance(value, str) and value in choices:
        return choices[value]
    raise _NeedsPydanticError


def _list(read: _Read, value: Any, readers: Readers) -> tuple[Any, ...]:
    # A single value may stand in place of a list.
    return tuple(read(one, readers) for one in (value if isinstance(value, list | tuple) else [value]))


def _instance(model: Any, value: Any, readers: Readers) -> Any:
    """Make an instance of a nested model; the caller's own reader comes first."""
    reader = readers.get(model)
    value = reader(value) if reader else value
    if isinstance(value, model):
        return value
    if not isinstance(value, dict) or not required_fields(model) <= value.keys():
        raise _NeedsPydanticError
    return model(**_read_block(model, value, readers, frozenset()))


def _unsupported(_value: Any, _: Readers) -> Any:
    raise _NeedsPydanticError
