"""Drupal: a JSON:API export → records.

Format: what Drupal's core module JSON:API answers for ``/jsonapi/node/article?include=…``
(https://jsonapi.org/format/, Drupal 8 to 11); several answers may stand in one file as a list.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusterpress.content.dates import in_zone
from clusterpress.importing.addresses import alias_of, host_of
from clusterpress.importing.records import Export, ImportSourceError, Record, Remark, Skipped
from clusterpress.importing.texts.markdown import read_attributes
from clusterpress.parsing.values import Value
from clusterpress.values.characters import one_line
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

KINDS: Mapping[str, Kind] = {
    "article": "news",
    "news": "news",
    "blog": "news",
    "blog_post": "news",
    "page": "page",
}
"""Content type of Drupal → kind of item."""

_INCLUDED = ("file--", "media--", "taxonomy_term--", "user--", "paragraph--")
_NO_LANGUAGE = frozenset({"", "und", "zxx"})
_MEDIA = re.compile(r"<drupal-(?:media|entity)\b([^>]*)>(?:\s*</drupal-(?:media|entity)>)?")

Resource = Mapping[str, Any]
"""A JSON:API resource object: type, id, attributes, relationships."""


def read_drupal(
    raw: bytes, name: str, kinds: Mapping[str, Kind] = KINDS, zone: str = "Europe/Brussels"
) -> Export:
    """Return what a JSON:API export of Drupal holds.

    Args:
        raw: the file's bytes.
        name: its name, for the report.
        kinds: content type → kind of item; other types are left out.
        zone: time zone of the site, to which times are converted: Drupal exports them in UTC.

    Raises:
        ImportSourceError: the file is not such an export.
    """
    text = raw.decode("utf-8-sig", errors="replace")
    try:
        read = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"this is not JSON ({error.msg})"
        raise ImportSourceError(name, error.lineno, message, "save the export again") from None
    answers = read if isinstance(read, list) else [read]
    if not all(isinstance(answer, dict) and isinstance(answer.get("data"), list) for answer in answers):
        hint = "save the answer of /jsonapi/node/article?include=field_image,field_tags,uid"
        raise ImportSourceError(name, 1, 'this is not a JSON:API export: it has no list "data"', hint)
    nodes = list({(n["id"], _langcode(n)): n for answer in answers for n in answer["data"]}.values())
    included = {
        one["id"]: one for answer in answers for one in (*answer.get("included", ()), *answer["data"])
    }
    reader = _ExportReader(name=name, text=text, included=included, kinds=kinds, zone=zone)
    known = {f"node--{type_}" for type_ in kinds}
    records = tuple(reader.record(node) for node in nodes if node["type"] in known)
    skipped_nodes = tuple(reader.skipped(node) for node in nodes if node["type"] not in known)
    links = [answer.get("links") or {} for answer in answers]
    hosts = {host_of(_href(link)) for part in links for link in part.values()}
    last = links[-1].get("next") if links else None
    hint = f"save {_href(last)} as well and import it too"
    unread = Remark("the export has a next page that is not in this file", hint)
    return Export(
        name=name, records=records, skipped=skipped_nodes, hosts=frozenset(hosts - {""}),
        remarks=((name, 1, unread),) if last else (),
    )  # fmt: skip


def _href(link: Any) -> str:
    return str(link.get("href", "") if isinstance(link, dict) else link or "")


def _langcode(node: Resource) -> str:
    code = str((node.get("attributes") or {}).get("langcode") or "")
    return "" if code in _NO_LANGUAGE else code.partition("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ExportReader:
    name: str
    text: str
    included: Mapping[str, Resource]
    kinds: Mapping[str, Kind]
    zone: str

    def skipped(self, node: Resource) -> Skipped:
        type_ = str(node["type"]).removeprefix("node--")
        title = (node.get("attributes") or {}).get("title") or node["id"]
        why = f'its type is unknown; "--also {type_}:news" imports it'
        return Skipped(place=self.name, line=self._line(node), what=f'{type_} "{title}"', why=why)

    def record(self, node: Resource) -> Record:
        attributes = node.get("attributes") or {}
        kind = self.kinds[str(node["type"]).removeprefix("node--")]
        alias = str((attributes.get("path") or {}).get("alias") or "")
        number = attributes.get("drupal_internal__nid")
        by_number = f"/node/{number}" if number else ""
        title = slugify(str(attributes.get("title") or ""))[:80].strip("-")
        remarks: list[Remark] = []
        return Record(
            place=self.name,
            line=self._line(node),
            kind=kind,
            stem=slugify(alias.rsplit("/", 1)[-1]) or title,
            folder="/".join(map(slugify, alias.strip("/").split("/")[:-1])) if kind == "page" else "",
            lang=_langcode(node),
            identity=f"urn:uuid:{node['id']}",
            values=self._values(node, kind, remarks),
            terms=tuple(self._terms(node)),
            text=self._body(attributes, remarks),
            base=alias or f"/node/{number}",
            addresses=tuple(filter(None, (alias, by_number))),
            aliases=tuple(filter(None, (alias_of(alias), by_number))),
            group=by_number,
            remarks=tuple(remarks),
        )

    def _line(self, node: Resource) -> int:
        return self.text.count("\n", 0, max(self.text.find(f'"{node["id"]}"'), 0)) + 1

    def _values(self, node: Resource, kind: Kind, remarks: list[Remark]) -> dict[str, Value]:
        attributes = node.get("attributes") or {}
        body = attributes.get("body") or {}
        values: dict[str, Value] = {"title": one_line(str(attributes.get("title") or ""))}
        if kind != "page":
            values["date"] = in_zone(str(attributes.get("created") or ""), self.zone)
        values["summary"] = str(body.get("summary") or "")
        if attributes.get("status") is False:
            values["draft"] = "true"
        if attributes.get("sticky") and kind == "news":
            values["pinned"] = "true"
        shown = [
            picture
            for _, found in self._related(node)
            if found["type"].startswith(("file--", "media--")) and (picture := self._picture(found))
        ]
        pointers = self._pointers(node, "field_image")
        if shown:
            meta = pointers[0].get("meta") or {} if pointers else {}
            alt = str(meta.get("alt") or shown[0].get("alt") or "")
            values["image"] = {"src": shown[0]["src"], "alt": alt, "caption": str(meta.get("title") or "")}
        elif pointers:
            hint = "export again with include=field_image"
            remarks.append(Remark("its picture is not in the export", hint))
        return values

    def _body(self, attributes: Mapping[str, Any], remarks: list[Remark]) -> str:
        body = attributes.get("body") or {}
        html = str(body.get("value") or body.get("processed") or "")
        if "<drupal-" not in html and body.get("processed"):
            html = str(body["processed"])
        return _MEDIA.sub(lambda found: self._embedded(read_attributes(found[1]), remarks), html)

    def _embedded(self, attributes: Mapping[str, str], remarks: list[Remark]) -> str:
        one = self.included.get(attributes.get("data-entity-uuid", ""))
        picture = self._picture(one) if one else None
        if picture is None:
            message = "an embedded file in the text is not in the export"
            remarks.append(Remark(message, "add the picture yourself"))
            return ""
        caption = attributes.get("data-caption", "")
        alt = attributes.get("alt") or picture.get("alt", "")
        words = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<figure><img src="{picture["src"]}" alt="{alt}">{words}</figure>'

    def _picture(self, one: Resource) -> dict[str, str] | None:
        """Return address and alt text of a file, or of the file of a medium."""
        attributes = one.get("attributes") or {}
        if one["type"].startswith("file--"):
            address = str((attributes.get("uri") or {}).get("url") or attributes.get("url") or "")
            kind = str(attributes.get("filemime") or "image/")
            return {"src": address} if address and kind.startswith("image/") else None
        for key, file in self._related(one):
            if file["type"].startswith("file--") and key != "thumbnail" and (picture := self._picture(file)):
                meta = next((pointer.get("meta") or {} for pointer in self._pointers(one, key)), {})
                return picture | {"alt": str(meta.get("alt") or "")}
        return None

    def _terms(self, node: Resource) -> Iterator[tuple[str, str]]:
        for _key, one in self._related(node):
            attributes = one.get("attributes") or {}
            if one["type"].startswith("user--"):
                name = str(attributes.get("display_name") or attributes.get("name") or "")
                if name and name.casefold() not in {"anonymous", "admin"}:
                    yield "author", name
            elif one["type"].startswith("taxonomy_term--") and attributes.get("name"):
                yield one["type"].removeprefix("taxonomy_term--"), str(attributes["name"])

    def _related(self, resource: Resource) -> Iterator[tuple[str, Resource]]:
        for key in resource.get("relationships") or {}:
            for pointer in self._pointers(resource, key):
                if (one := self.included.get(str(pointer.get("id")))) and one["type"].startswith(_INCLUDED):
                    yield key, one

    @staticmethod
    def _pointers(resource: Resource, key: str) -> Sequence[Mapping[str, Any]]:
        found = ((resource.get("relationships") or {}).get(key) or {}).get("data")
        return found if isinstance(found, list) else [found] if found else []
