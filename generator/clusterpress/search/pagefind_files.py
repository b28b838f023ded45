"""Pagefind's own form of its files: CBOR behind a signature, packed with gzip.

It is that of Pagefind 1.5 (`pagefind/src/index/*.rs`); no document of Pagefind's describes it.
"""

import gzip
import io
from functools import lru_cache
from typing import Any

_SIGNATURE = b"pagefind_dcd"

_LEVEL = 6
"""How hard gzip tries: at level 9 it takes six times as long and saves three per cent."""


def read(content: bytes) -> Any:
    """Return what a file says."""
    import cbor2

    return cbor2.loads(gzip.decompress(content).removeprefix(_SIGNATURE))


def encode(value: Any) -> bytes:
    """Return a value encoded, always the same for equal ones."""
    import cbor2

    return cbor2.dumps(value)


def pack(encoded: bytes) -> bytes:
    """Return the file that says what was encoded."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=packed, mtime=0) as file:
        file.write(_SIGNATURE + encoded)
    return packed.getvalue()


@lru_cache(maxsize=1 << 16)
def cbor_header(kind: int, number: int) -> bytes:
    """Return the first bytes of a CBOR value (RFC 8949, section 3).

    Args:
        kind: its major type: 0 of a number, 4 of a list.
        number: the number, or how many values the list has.
    """
    first, *rest = encode(number)
    return bytes((kind << 5 | first, *rest))
