"""Plain fields: values that fit their fields as they stand, told without pydantic.

So does most front matter. To import pydantic and to explain our dataclasses to it takes longer than all else
that a build does after an edit. Whatever is not as plain, or has a fault, is left to it; a test holds both
ways against each other.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, partial
from typing import Any, Literal, get_args, get_origin, get_type_hints

from clusterpress.parsing.hints import alternatives, required_fields
from clusterpress.parsing.values import Readers, Value

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_YES_OR_NO = {"true": True, "false": False}

_Read = Callable[[Any, Readers], Any]
"""Returns what a value is in its field."""


class _NeedsPydanticError(ValueError):
    """A value of which pydantic must be asked."""


def read_fast_fields(
    model: type, values: Mapping[str, Value], readers: Readers, reserved: frozenset[str]
) -> dict[str, Any] | None:
    """Return the fields that values make, or None if pydantic must be asked.

    The arguments are those of `clusterpress.parsing.fields.read_fields`; nobody looks for missing fields.
    """
    try:
        return _read_block(model, values, readers, reserved)
    except ValueError:  # a reader's own too: it is asked again, and then told as a fault
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
    """Return name → what reads it for each field of a dataclass."""
    hints = get_type_hints(model)
    return {field.name: _read_as(hints[field.name]) for field in fields(model)}


def _read_as(hint: Any) -> _Read:
    """Return what reads values of a type."""
    if hint is str:
        return _text
    if hint is int:
        return _number
    if hint is bool:
        return _yes_or_no
    match get_origin(hint), get_args(hint):
        case origin, choices if origin is Literal:
            return partial(_choice, choices)
        case origin, (element, end) if origin is tuple and end is ...:
            return partial(_list, _read_as(element))
    match alternatives(hint):
        case (model,) if is_dataclass(model):
            return partial(_instance, model)
    return _unsupported


def _text(value: Any, _: Readers) -> str:
    # pydantic trims texts, and by another list of blanks than Python's.
    if not isinstance(value, str) or value[:1].isspace() or value[-1:].isspace():
        raise _NeedsPydanticError
    if not value.replace("\n", "").isprintable():  # it may be half a character, which no text may have
        raise _NeedsPydanticError
    return value


def _number(value: Any, _: Readers) -> int:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    raise _NeedsPydanticError


def _yes_or_no(value: Any, _: Readers) -> bool:
    if isinstance(value, str) and value in _YES_OR_NO:
        return _YES_OR_NO[value]
    raise _NeedsPydanticError


def _choice(choices: tuple[Any, ...], value: Any, _: Readers) -> Any:
    if isinstance(value, str) and value in choices:
        return value
    raise _NeedsPydanticError


def _list(read: _Read, value: Any, readers: Readers) -> tuple[Any, ...]:
    """Read a list, or the one thing that stands where a list is wanted."""
    return tuple(read(one, readers) for one in (value if isinstance(value, list | tuple) else [value]))


def _instance(model: Any, value: Any, readers: Readers) -> Any:
    """Make an instance of a nested dataclass, after the caller's own reader for that class, if any."""
    reader = readers.get(model)
    value = reader(value) if reader else value
    if isinstance(value, model):
        return value
    if not isinstance(value, dict) or not required_fields(model) <= value.keys():
        raise _NeedsPydanticError
    return model(**_read_block(model, value, readers, frozenset()))


def _unsupported(_value: Any, _: Readers) -> Any:
    raise _NeedsPydanticError
