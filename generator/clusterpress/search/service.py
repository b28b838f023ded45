"""The language of Pagefind's service: messages of JSON in base64, each closed by a comma.

The service takes records in the order in which they are sent. Its command line would not: it walks folders in
the order of the disk. So equal records give equal files.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from clusterpress.search.records import Record

_END = b","


class ServiceError(Exception):
    """Pagefind refused something."""


def requests(records: Sequence[Record], lang: str) -> Iterator[bytes]:
    """Yield what is to be sent to have records of a language indexed; each is answered by one message."""
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
    """Yield what the service answers.

    Args:
        chunks: what it writes, cut anywhere.

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
    """Return path → content of the files of an index, as the last answer tells them."""
    return {file["path"].replace("\\", "/"): b64decode(file["content"]) for file in answer["files"]}


def _encode(number: int, **payload: object) -> bytes:
    text = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)
    return b64encode(text.encode("utf-8", "replace")) + _END


def _decode(message: bytes) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(b64decode(message))["payload"]
    if payload["type"] == "Error":
        raise ServiceError(str(payload.get("message")))
    return payload
