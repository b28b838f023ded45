"""What is known of Pagefind 1.5: the language of its service, and the form of its files.

- The service speaks in messages of JSON in base64, each closed by a comma. It takes records in the order in
  which they are sent, so equal records give equal files; the command line would walk folders in any order.
- Files are CBOR behind a signature, packed with gzip. No document describes them: see the source code of
  Pagefind (``pagefind/src/index/*.rs``).
"""

import gzip
import io
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from clusterpress.search.records import Record

_END = b","


class ServiceError(Exception):
    """Pagefind refused something."""


def requests(records: Sequence[Record], lang: str) -> Iterator[bytes]:
    """Yield the requests that have the records of a language indexed; each is answered by one message."""
    lang = lang.lower()
    yield _encode(0, type="NewIndex", config={"force_language": lang})
    for number, record in enumerate(records, start=1):
        yield _encode(
            number,
            type="AddRecord",
            index_id=0,
            url=record.url,
            content=record.content,
            language=lang,
            meta=dict(record.meta),
            filters={name: list(values) for name, values in record.filters.items()},
        )
    yield _encode(len(records) + 1, type="GetFiles", index_id=0)


def read_answers(chunks: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the answers of the service.

    Args:
        chunks: its output, cut anywhere.

    Raises:
        ServiceError: it refused a request.
    """
    begun: list[bytes] = []
    for chunk in chunks:
        *ends, rest = chunk.split(_END)
        for end in ends:
            yield _decode(b"".join((*begun, end)))
            begun = []
        begun.append(rest)


def read_files(answer: Mapping[str, Any]) -> dict[str, bytes]:
    """Return path → content of the files of an index, from the last answer."""
    return {file["path"].replace("\\", "/"): b64decode(file["content"]) for file in answer["files"]}


def _encode(number: int, **payload: object) -> bytes:
    text = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)
    return b64encode(text.encode("utf-8", "replace")) + _END


def _decode(message: bytes) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(b64decode(message))["payload"]
    if payload["type"] == "Error":
        raise ServiceError(str(payload.get("message")))
    return payload


_SIGNATURE = b"pagefind_dcd"

_LEVEL = 6
"""Level of gzip: level 9 would take six times as long and save three per cent."""


def read_file(content: bytes) -> Any:
    """Return the value in a file."""
    import cbor2

    return cbor2.loads(gzip.decompress(content).removeprefix(_SIGNATURE))


def encode(value: Any) -> bytes:
    """Return a value in CBOR; equal values give equal bytes."""
    import cbor2

    return cbor2.dumps(value)


def pack(encoded: bytes) -> bytes:
    """Return the file with an encoded value."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=packed, mtime=0) as file:
        file.write(_SIGNATURE + encoded)
    return packed.getvalue()


@lru_cache(maxsize=1 << 16)
def cbor_header(kind: int, number: int) -> bytes:
    """Return the first bytes of a CBOR value (RFC 8949, section 3).

    Args:
        kind: its major type: 0 for a number, 4 for a list.
        number: the number, or the length of the list.
    """
    first, *rest = encode(number)
    return bytes((kind << 5 | first, *rest))
