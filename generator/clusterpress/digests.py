"""Digests of values: equal values have equal digests on every day, machine and Python version."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from functools import singledispatch
from hashlib import blake2b
from typing import Any

SIZE = 12
"""Bytes of a digest: two of ten million different values meet with a chance below 1e-15."""


def digest(*values: object) -> bytes:
    """Return the digest of plain values: text, numbers, dates, tuples, mappings, frozen dataclasses.

    A value with a ``digest`` attribute of its own stands for itself by it, so that large values are
    digested once.

    Raises:
        TypeError: a value has no canonical form (a set, a function, an object).
    """
    return blake2b(b"".join(map(_encode, values)), digest_size=SIZE).digest()


def of_bytes(content: bytes) -> bytes:
    """Return the digest of raw bytes, such as a file's."""
    return blake2b(content, digest_size=SIZE).digest()


# Every form begins with a letter for its type and has a length or an end: neighbours never run together.
@singledispatch
def _encode(value: Any) -> bytes:
    own = getattr(value, "digest", None)
    if isinstance(own, bytes) and own:
        return b"D" + own
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        message = f"a {type(value).__name__} has no canonical form"
        raise TypeError(message)
    fields = [_encode(getattr(value, field.name)) for field in dataclasses.fields(value)]
    return b"c%s:%s" % (type(value).__qualname__.encode(), b"".join(fields))


@_encode.register
def _(value: None) -> bytes:  # noqa: ARG001 -- there is but one None
    return b"N"


@_encode.register
def _(value: bool) -> bytes:
    return b"T" if value else b"F"


@_encode.register
def _(value: str) -> bytes:
    raw = value.encode("utf-8", "surrogatepass")
    return b"s%d:%s" % (len(raw), raw)


@_encode.register
def _(value: bytes) -> bytes:
    return b"b%d:%s" % (len(value), value)


@_encode.register
def _(value: int | float) -> bytes:
    return b"n%s;" % repr(value).encode()


@_encode.register
def _(value: date | datetime | time) -> bytes:
    return b"d%s;" % value.isoformat().encode()


@_encode.register(tuple)
@_encode.register(list)
def _(value: tuple[Any, ...] | list[Any]) -> bytes:
    return b"t%d:%s" % (len(value), b"".join(map(_encode, value)))


@_encode.register(Mapping)
def _(value: Mapping[Any, Any]) -> bytes:
    pairs = [_encode(key) + _encode(value[key]) for key in sorted(value)]
    return b"m%d:%s" % (len(pairs), b"".join(pairs))


@_encode.register
def _(value: Enum) -> bytes:
    return _encode(value.value)
