"""Records: what Pagefind indexes of an entry, and the language of its service.

A record is made from the text of an entry and its card, not from its page. The service of Pagefind 1.5 speaks
in messages of JSON in base64, each closed by a comma. It takes records in the order in which they are sent,
so equal records give equal files; the command line would walk folders in any order.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from clusterpress.library.entries import Entry
from clusterpress.markup.body import Body
from clusterpress.markup.plain_text import repeats
from clusterpress.values.kinds import KIND_OF, Taxonomy

_END = b","
"""The end of a message."""

_FILTERED: tuple[Taxonomy, ...] = ("programmes", "clusters")
"""Taxonomies by which readers can filter; a filter is named after the kind of the records."""


class Record(Struct, frozen=True, kw_only=True):
    """An entry in the index."""

    url: str
    """Path below the site's root, with a leading slash as Pagefind expects."""
    content: str
    """Plain text, to be searched and quoted."""
    meta: Mapping[str, str]
    """Texts that a result shows, which are searched as well. Missing values are empty: an index numbers these
    fields, and only indexes with the same fields can be merged."""
    filters: Mapping[str, tuple[str, ...]]
    """Filter → values, as slugs, because addresses contain them."""


def make_record(entry: Entry, body: Body) -> Record:
    """Return the record of an entry with its body."""
    card = entry.card
    is_in_body = card.summary == body.outline.excerpt or repeats(card.summary, body.outline)
    lead = "" if is_in_body else f"{card.summary}\n"
    names = [label.name for labels in entry.terms.values() for label in labels]
    meta = {
        "title": card.title,
        "date": card.day.isoformat() if card.day else "",
        "last": card.last_day.isoformat() if card.last_day and card.last_day != card.day else "",
        "when": card.when,
        "place": ", ".join(filter(None, (card.place, card.country))),
        "number": card.number,
        "terms": ", ".join(dict.fromkeys(names)),
    }
    return Record(
        url=f"/{entry.url}",
        # Pagefind skips records without text.
        content=(lead + body.text).strip() or card.title,
        meta=meta,
        filters=_filters(entry),
    )


def _filters(entry: Entry) -> dict[str, tuple[str, ...]]:
    card = entry.card
    filters: dict[str, tuple[str, ...]] = {
        "kind": (card.kind,),
        "year": (str(card.day.year),) if card.day else (),
    }
    for taxonomy in _FILTERED:
        name = str(KIND_OF[taxonomy])
        slugs = [label.slug for label in entry.terms[taxonomy]]
        own = [entry.slug] if card.kind == name else []
        filters[name] = tuple(dict.fromkeys([*own, *slugs]))
    return {name: values for name, values in filters.items() if values}


class ServiceError(Exception):
    """Pagefind refused something."""


def requests(records: Sequence[Record], lang: str) -> Iterator[bytes]:
    """Yield the requests that have the records of a language indexed; each is answered by one message."""
    lang = lang.lower()
    yield _encode(0, type="NewIndex", config={"force_language": lang})
    for number, record in enumerate(records, start=1):
        yield _encode(number, type="AddRecord", index_id=0, language=lang, **asdict(record))
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
            payload: dict[str, Any] = json.loads(b64decode(b"".join((*begun, end))))["payload"]
            if payload["type"] == "Error":
                raise ServiceError(str(payload.get("message")))
            yield payload
            begun = []
        begun.append(rest)


def read_files(answer: Mapping[str, Any]) -> dict[str, bytes]:
    """Return path → content of the files of an index, from the last answer."""
    return {file["path"].replace("\\", "/"): b64decode(file["content"]) for file in answer["files"]}


def _encode(number: int, **payload: object) -> bytes:
    text = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)
    return b64encode(text.encode("utf-8", "replace")) + _END
