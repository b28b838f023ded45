"""Digests of values: equal values have equal digests on every day, machine and Python version."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
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
    pieces: list[bytes] = []
    for value in values:
        _encode(value, pieces)
    return blake2b(b"".join(pieces), digest_size=SIZE).digest()


def of_bytes(content: bytes) -> bytes:
    """Return the digest of raw bytes, such as a file's."""
    return blake2b(content, digest_size=SIZE).digest()


def _encode(value: Any, pieces: list[bytes]) -> None:
    """Append an unambiguous form of ``value``: a type letter, the length, the content."""
    if value is None or value is True or value is False:
        pieces.append(b"N" if value is None else b"T" if value else b"F")
    elif isinstance(value, Enum):
        _encode(value.value, pieces)
    elif isinstance(value, str):
        raw = value.encode("utf-8", "surrogatepass")
        pieces += (b"s%d:" % len(raw), raw)
    elif isinstance(value, bytes):
        pieces += (b"b%d:" % len(value), value)
    elif isinstance(value, int | float):
        pieces.append(b"n%s;" % repr(value).encode())
    elif isinstance(value, datetime | date | time):
        pieces.append(b"d%s;" % value.isoformat().encode())
    elif isinstance(value, tuple | list):
        pieces.append(b"t%d:" % len(value))
        for part in value:
            _encode(part, pieces)
    elif isinstance(value, Mapping):
        pieces.append(b"m%d:" % len(value))
        for key in sorted(value):
            _encode(key, pieces)
            _encode(value[key], pieces)
    elif isinstance(own := getattr(value, "digest", None), bytes):
        pieces += (b"D", own)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        pieces.append(b"c" + type(value).__qualname__.encode() + b":")
        for field in dataclasses.fields(value):
            _encode(getattr(value, field.name), pieces)
    else:
        message = f"a {type(value).__name__} has no canonical form"
        raise TypeError(message)
