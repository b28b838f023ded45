"""Compact: frozen dataclasses that are stored and fetched by the ten thousand.

Python pickles a frozen dataclass with slots by asking for its fields anew each time, and restores it field by
field through a function of its own; that takes as long as reading a short text. Here an instance is packed as
its class and the row of its values, and restored by writing them straight into its slots.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any


class FastPickle:
    """Base of frozen dataclasses with slots and at least two fields."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Return what `pickle` writes."""
        kind: Any = type(self)
        return _restore, (kind, _values_of(kind)(self))


def _restore(kind: type, values: tuple[Any, ...]) -> Any:
    made: Any = object.__new__(kind)
    for write, value in zip(_slots_of(kind), values, strict=True):
        write(made, value)
    return made


@lru_cache(maxsize=256)
def _values_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*_names_of(kind))


@lru_cache(maxsize=256)
def _slots_of(kind: type) -> tuple[Callable[[Any, Any], None], ...]:
    """Return the functions that write the values of an instance, frozen as it is."""
    return tuple(getattr(kind, name).__set__ for name in _names_of(kind))


def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
