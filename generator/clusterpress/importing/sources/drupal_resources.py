"""Resources of a JSON:API export (https://jsonapi.org/format/), read without trust in their form."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from clusterpress.importing.records import ImportSourceError, Remark
from clusterpress.importing.sources.encoding import decode
from clusterpress.importing.sources.json_text import read_json

Resource = Mapping[str, Any]
"""A JSON:API resource object: type, id, attributes, relationships."""

_ID = re.compile(r"\"id\"\s*:\s*\"((?:[^\"\\]|\\.)+)\"")
_HINT = "save the answer of /jsonapi/node/article?include=field_image,field_tags,uid"


def block(value: Any) -> Mapping[str, Any]:
    """Return a value that should be a block of keys; an empty one if it is something else."""
    return value if isinstance(value, dict) else {}


def attributes_of(resource: Resource) -> Mapping[str, Any]:
    """Return the attributes of a resource."""
    return block(resource.get("attributes"))


def relations_of(resource: Resource) -> Mapping[str, Any]:
    """Return the relationships of a resource."""
    return block(resource.get("relationships"))


def pointers_of(resource: Resource, key: str) -> list[Mapping[str, Any]]:
    """Return the pointers of a relationship; those that lead nowhere by definition are left out."""
    found = block(relations_of(resource).get(key)).get("data")
    pointers = found if isinstance(found, list) else [found]
    return [one for one in pointers if isinstance(one, dict) and _is_id(one.get("id"))]


def _is_id(value: Any) -> bool:
    return isinstance(value, str | int) and value not in {"virtual", "missing"}


def text_at(value: Any, *keys: str) -> str:
    """Return the text below some keys, or ""."""
    for key in keys:
        value = block(value).get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


class Answers(Struct, frozen=True, kw_only=True):
    """What an export contains."""

    name: str
    """Name of the file."""
    nodes: Sequence[Resource]
    """The resources that it is about."""
    included: Mapping[str, Resource]
    """Id → resource, for everything that it contains."""
    links: Sequence[Mapping[str, Any]]
    """The links of each answer."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Id → its first line."""
    remarks: Sequence[tuple[str, int, Remark]] = ()

    def related(self, resource: Resource) -> Iterator[tuple[str, Mapping[str, Any], Resource | None]]:
        """Yield (relationship, pointer, resource) in order; None for what the export does not contain."""
        for key in relations_of(resource):
            for pointer in pointers_of(resource, key):
                yield key, pointer, self.included.get(str(pointer["id"]))


def read_answers(raw: bytes, name: str) -> Answers:
    """Return the resources of one answer of JSON:API, or of a list of answers.

    Raises:
        ImportSourceError: the file is not such an export.
    """
    decoded = decode(raw)
    try:
        read = read_json(decoded.text)
    except json.JSONDecodeError as error:
        message = f"this is not JSON ({error.msg})"
        raise ImportSourceError(name, error.lineno, message, "save the export again") from None
    except RecursionError:
        raise ImportSourceError(
            name, 1, "its values are nested too deeply", "save the export again"
        ) from None
    answers = [answer for answer in (read if isinstance(read, list) else [read]) if answer is not None]
    if not answers or not all(isinstance(block(answer).get("data"), list | dict) for answer in answers):
        raise ImportSourceError(name, 1, 'this is not a JSON:API export: it has no list "data"', _HINT)
    listed = [answer["data"] if isinstance(answer["data"], list) else [answer["data"]] for answer in answers]
    everything = [one for part in listed for one in part]
    others = [one for answer in answers for one in _list(answer.get("included"))]
    nodes = [one for one in everything if _is_resource(one)]
    remarks = []
    if odd := len(everything) - len(nodes):
        remarks.append(
            (name, 1, Remark(f"{odd} entries are not resources and were left out", "export it again"))
        )
    if decoded.dropped:
        what = f"{decoded.dropped} control characters were dropped, the first one here"
        remarks.append((name, decoded.line, Remark(what)))
    unique = {(one["id"], text_at(one, "attributes", "langcode")): one for one in nodes}
    return Answers(
        name=name,
        nodes=list(unique.values()),
        included={one["id"]: one for one in (*filter(_is_resource, others), *nodes)},
        links=[block(answer.get("links")) for answer in answers],
        lines=_lines(decoded.text),
        remarks=remarks,
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_resource(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("id"), str) and isinstance(one.get("type"), str)


def _lines(text: str) -> dict[str, int]:
    """Return id → its first line, in one pass."""
    lines: dict[str, int] = {}
    line, at = 1, 0
    for found in _ID.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        lines.setdefault(found[1], line)
    return lines
