"""Nodes of a Drupal export → records."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any

from msgspec import Struct, field

from clusterpress.content.keys import fields_of
from clusterpress.importing.addresses import alias_of, public_address
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.plan import Plan
from clusterpress.importing.records import Record, Remark
from clusterpress.importing.sources.clock_keys import join_clocks, read_clocks
from clusterpress.importing.sources.drupal_html import SYSTEM, FieldHtml, address_of_node, link_to
from clusterpress.importing.sources.drupal_resources import (
    Answers,
    Resource,
    attributes_of,
    block,
    pointers_of,
    text_at,
)
from clusterpress.importing.sources.families import field_for, value_for
from clusterpress.importing.texts.plain import words_of
from clusterpress.markup.body import find_player
from clusterpress.parsing.values import Value
from clusterpress.values.characters import one_line
from clusterpress.values.kinds import Kind
from clusterpress.values.slugs import slugify

_NO_LANGUAGE = frozenset({"", "und", "zxx"})
_DATED: frozenset[Kind] = frozenset({"news", "event", "issue"})
_NO_AUTHORS = frozenset({"", "anonymous", "admin"})
_PUBLIC_STATES = frozenset({"", "published", "live", "public"})
_URI = re.compile(r"^(?:internal:|entity:|base:)/?")
_DATE_FIELD = re.compile(r"(?:^|_)(?:dates?|when|datetime|date_?range|schedule|start)(?:$|_)")
_MAX_SUMMARY_WORDS = 60


def langcode_of(node: Resource) -> str:
    """Return the language of a node; "" if it has none."""
    code = text_at(node, "attributes", "langcode")
    return "" if code in _NO_LANGUAGE else code


class _Draft(Struct):
    """A record in the making."""

    node: Resource
    kind: Kind
    values: dict[str, Value]
    moments: dict[str, datetime] = field(default_factory=dict)
    clocks: dict[str, str] = field(default_factory=dict)
    """"start" and "end" of an event → time of day."""
    terms: list[tuple[str, str]] = field(default_factory=list)
    opening: list[str] = field(default_factory=list)
    """HTML before the body."""
    closing: list[str] = field(default_factory=list)
    """HTML after the body."""
    remarks: list[Remark] = field(default_factory=list)

    def link(self, address: str, label: str) -> None:
        """Add a further link."""
        links = self.values.setdefault("more", [])
        entry: Value = {"label": label, "url": address}
        if isinstance(links, list) and entry not in links:
            links.append(entry)


class NodeReader(Struct, frozen=True, kw_only=True):
    """Reads the nodes of one export."""

    answers: Answers
    kinds: Mapping[str, Kind]
    """Content type → kind of item."""
    html: FieldHtml
    inventory: Inventory
    plan: Plan
    """Takes the fields that a user may map."""
    mapped: Mapping[str, str]
    """Field → our key, as the user asks."""
    main: str
    """The language of most nodes."""
    origin: str
    """Scheme and host of the old site; "" if the export does not name it."""
    first: Mapping[str, str]
    """Id of a node → language of its first version in the export."""

    def record(self, node: Resource, kind: Kind) -> Record:
        """Return the record of a node."""
        attributes = attributes_of(node)
        draft = _Draft(node, kind, {"title": one_line(text_at(attributes, "title"))})
        self._read_state(draft)
        for key, value in attributes.items():
            if not SYSTEM.match(key) and value not in (None, "", [], {}):
                self._read_field(draft, key, value)
        draft.remarks += join_clocks(draft.values, draft.clocks)
        self._read_relations(draft)
        alias, number = text_at(attributes, "path", "alias"), text_at(attributes, "drupal_internal__nid")
        by_number = f"/node/{number}" if number else ""
        language = langcode_of(node)
        is_translation = self.first.get(node["id"], language) != language
        prefixed = [f"/{language}{path}" for path in (alias,) if path and language not in {"", self.main}]
        return Record(
            place=self.answers.name,
            line=self.answers.lines.get(node["id"], 1),
            kind=kind,
            stem=slugify(alias.rsplit("/", 1)[-1]) or slugify(str(draft.values["title"]))[:80].strip("-"),
            folder="/".join(filter(None, map(slugify, alias.strip("/").split("/")[:-1])))
            if kind == "page"
            else "",
            lang=language,
            identity=f"urn:uuid:{node['id']}" + (f":{language}" if is_translation else ""),
            values=draft.values,
            moments=draft.moments,
            terms=tuple(dict.fromkeys(draft.terms)),
            text="".join([*draft.opening, self._body(draft), *draft.closing]),
            base=f"{self.origin}{alias or by_number}",
            addresses=tuple(filter(None, (alias, *prefixed, by_number))),
            aliases=tuple(filter(None, map(alias_of, filter(None, (alias, *prefixed, by_number))))),
            group=by_number or node["id"],
            is_scheduled="publish" in draft.moments and "draft" not in draft.values,
            remarks=tuple(draft.remarks),
        )

    def _read_state(self, draft: _Draft) -> None:
        """Read dates and visibility; a node that was not public is a draft."""
        attributes = attributes_of(draft.node)
        if draft.kind in _DATED:
            self._put_time(draft, "date", attributes.get("created"))
        self._put_time(draft, "publish", attributes.get("publish_on"))
        self._put_time(draft, "expires", attributes.get("unpublish_on"))
        state = text_at(attributes, "moderation_state").lower()
        is_public = attributes.get("status", state in _PUBLIC_STATES) not in (False, 0, "0", "false", None)
        if not is_public and "publish" not in draft.moments:
            draft.values["draft"] = "true"
            self.inventory.add("status", state or "unpublished", Use.CARRIED, "a draft")
            if state not in _PUBLIC_STATES | {"draft"}:
                message = f'its state was "{state}", so it is a draft now'
                draft.remarks.append(Remark(message, 'publish it by deleting "draft"'))
        if attributes.get("sticky") is True and draft.kind == "news":
            draft.values["pinned"] = "true"
        draft.values["summary"] = text_at(attributes, "body", "summary")

    @staticmethod
    def _put_time(draft: _Draft, key: str, written: Any) -> None:
        """Store a time; Drupal stores times in UTC, and JSON:API adds an offset."""
        if written in (None, "") or isinstance(written, bool | dict | list):
            return
        meaning = value_for(key, str(written))
        try:
            moment = meaning if isinstance(meaning, datetime) else datetime.fromisoformat(str(written))
        except ValueError:
            draft.values[key] = str(written)
            return
        if isinstance(meaning, str) and len(str(written)) == len("2019-06-15"):
            draft.values[key] = meaning
        else:
            draft.values.setdefault(key, str(written))
            draft.moments[key] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _read_field(self, draft: _Draft, key: str, value: Any) -> None:
        """Read one field: as a key of ours by its name or form, else as a part of the text."""
        if key in self.mapped:
            self._put_mapped(draft, key, value)
        elif any(put(draft, key, value) for put in self._by_form()):
            self.inventory.add("field", key)
        elif isinstance(value, bool | int | float):
            use = Use.NOT_NEEDED if isinstance(value, bool) else Use.LEFT_OUT
            self._name(key, value, use)
        elif self._put_by_name(draft, key, value) or self._put_links(draft, key, value):
            self.inventory.add("field", key)
        else:
            html = self.html.value(value, draft.remarks)
            if isinstance(value, str) and len([*words_of(html)]) < 2:  # noqa: PLR2004 - one word is a code
                self._name(key, value, Use.LEFT_OUT)
            elif html:
                draft.closing.append(html)
                self.inventory.add("field", key, Use.CARRIED, "part of the text")
            else:
                self._name(key, value, Use.LEFT_OUT)

    def _by_form(self) -> tuple[Callable[[_Draft, str, Any], bool], ...]:
        """Return what stores fields that their form tells; each returns whether it has done so."""
        return self._put_range, self._put_clocks, self._put_address, self._put_switch

    @staticmethod
    def _put_clocks(draft: _Draft, key: str, value: Any) -> bool:
        """Store a time of day: it joins the day of the event, which may be in a later field."""
        name = key.removeprefix("field_").replace("_", "")
        clocks = read_clocks(name, _plain(value)) if draft.kind == "event" else {}
        draft.clocks |= clocks
        return bool(clocks)

    def _name(self, key: str, value: Any, use: Use) -> None:
        self.plan.key(key, "", str(value))
        note = "a setting" if use is Use.NOT_NEEDED else "its meaning is not known"
        self.inventory.add("field", key, use, note, f'use it with --map "{key}:summary", or drop it')

    def _put_mapped(self, draft: _Draft, key: str, value: Any) -> None:
        target, words = self.mapped[key], _plain(value)
        if target == "drop":
            self.inventory.add("field", key, Use.NOT_NEEDED, "dropped, as you asked")
        elif target == "author":
            draft.terms.append(("author", words))
            self.inventory.add("field", key, Use.CARRIED, target)
        elif target in fields_of(draft.kind) and self._put(draft, target, words):
            self.inventory.add("field", key, Use.CARRIED, target)
        else:
            note = f'its value cannot be "{target}" in this kind of item'
            self.inventory.add("field", key, Use.LEFT_OUT, note, "map it to another key")

    @staticmethod
    def _put(draft: _Draft, target: str, words: str) -> bool:
        meaning: Value | datetime | None = {"src": words} if target == "image" else value_for(target, words)
        if isinstance(meaning, datetime):
            draft.moments[target] = meaning
        elif meaning:
            draft.values[target] = meaning
        return bool(meaning)

    def _put_range(self, draft: _Draft, key: str, value: Any) -> bool:
        """Store the dates of an event: a range, or a field that is called a date."""
        if draft.kind != "event" or "start" in draft.values:
            return False
        value = value[0] if isinstance(value, list) and value else value
        first = text_at(value, "value") if isinstance(value, dict) else value
        if not isinstance(first, str | int) or isinstance(first, bool):
            return False
        last = text_at(value, "end_value")
        if not (last or _DATE_FIELD.search(key)) or value_for("start", str(first)) is None:
            return False
        self._put_time(draft, "start", first)
        if last and last != str(first):
            self._put_time(draft, "end", last)
        return "start" in draft.values

    @staticmethod
    def _put_switch(draft: _Draft, key: str, value: Any) -> bool:
        """Store that an event takes place online, or was cancelled."""
        target = field_for(key, draft.kind) if value is True else ""
        if target in {"online", "cancelled"}:
            draft.values[target] = "true"
        return target in draft.values

    @staticmethod
    def _put_address(draft: _Draft, key: str, value: Any) -> bool:  # noqa: ARG004 - the form decides, not the name
        """Store an address of the module Address."""
        parts = block(value)
        if not {"locality", "address_line1", "country_code"} & parts.keys():
            return False
        town = " ".join(filter(None, (text_at(parts, "postal_code"), text_at(parts, "locality"))))
        street = ", ".join(filter(None, (text_at(parts, "address_line1"), text_at(parts, "address_line2"))))
        venue = text_at(parts, "organization")
        found = {
            "place": ", ".join(filter(None, (venue, text_at(parts, "locality")))),
            "city": text_at(parts, "locality"),
            "address": ", ".join(filter(None, (street, town))) if street else "",
            "country": text_at(parts, "country_code"),
        }
        known = {k: part for k, part in found.items() if part and k in fields_of(draft.kind)}
        draft.values |= {k: part for k, part in known.items() if k not in draft.values}
        if not known:
            draft.closing.append(f"<p>{', '.join(filter(None, (venue, street, town)))}</p>")
        return True

    def _put_by_name(self, draft: _Draft, key: str, value: Any) -> bool:
        """Store a field whose name says which key of ours it means."""
        target = field_for(key, draft.kind)
        words = _plain(value)
        if not target or not words or target == "more" or (isinstance(value, list) and len(value) > 1):
            return False
        if target == "author":
            draft.terms.append(("author", words))
            return True
        if target == "summary":
            html = self.html.value(value, draft.remarks)
            if draft.values.get("summary") or len(words.split()) > _MAX_SUMMARY_WORDS:
                draft.opening.append(html)
            else:
                draft.values["summary"] = words
            return True
        if target in draft.values:
            return False
        return self._put(draft, target, text_at(value, "uri") or words)

    @staticmethod
    def _put_links(draft: _Draft, key: str, value: Any) -> bool:  # noqa: ARG004 - the form decides, not the name
        links = [block(part) for part in (value if isinstance(value, list) else [value])]
        if not all(text_at(link, "uri") for link in links):
            return False
        for link in links:
            if find_player(public_address(text_at(link, "uri"))):
                draft.closing.append(link_to(text_at(link, "uri"), text_at(link, "title")))
                continue
            draft.link(_URI.sub("/", text_at(link, "uri")), text_at(link, "title"))
        return True

    def _read_relations(self, draft: _Draft) -> None:
        """Read pictures, terms, people, paragraphs and related nodes."""
        for key, pointer, one in self.answers.related(draft.node):
            if key in {"node_type", "revision_uid", "menu_link", "roles"}:
                continue
            if one is None:
                self._miss(draft, key, pointer)
                continue
            sort = one["type"].partition("--")[0]
            if sort == "user" and key != "uid" and "author" not in key:
                self._sign(draft, key, one, first=False)
            elif sort == "user":
                self._sign(draft, key, one, first=key != "uid")
            elif sort == "taxonomy_term":
                self._classify(draft, one)
            elif sort == "node":
                draft.link(address_of_node(one), text_at(attributes_of(one), "title"))
                self.inventory.add("field", key, Use.CARRIED, "more")
            elif not self._lead_picture(draft, key, one):
                draft.closing.append(self.html.relation(key, pointer, one, draft.remarks, 0))

    def _miss(self, draft: _Draft, key: str, pointer: Mapping[str, Any]) -> None:
        if key == "field_image" and not draft.values.get("image"):
            hint = "export again with include=field_image"
            draft.remarks.append(Remark("its picture is not in the export", hint))
            return
        note = f"what it leads to ({pointer.get('type')}) is not in the export"
        self.inventory.add("field", key, Use.LEFT_OUT, note, f"export again with include={key}")

    def _sign(self, draft: _Draft, key: str, user: Resource, *, first: bool) -> None:
        """Add an author; one in a field of its own replaces the user who saved the node."""
        attributes = attributes_of(user)
        name = text_at(attributes, "display_name") or text_at(attributes, "name")
        if name.casefold() in _NO_AUTHORS or "author" not in fields_of(draft.kind):
            self.inventory.add("field", key, Use.NOT_NEEDED, "the user who saved it")
            return
        if first:
            draft.terms = [term for term in draft.terms if term[0] != "author"]
        elif key == "uid" and any(term[0] == "author" for term in draft.terms):
            return
        draft.terms.append(("author", name))
        self.inventory.add("field", key, Use.CARRIED, "author")

    def _classify(self, draft: _Draft, term: Resource) -> None:
        """Add a term, and the terms above it."""
        vocabulary = term["type"].removeprefix("taxonomy_term--")
        self.inventory.add("taxonomy", vocabulary)
        for one in (term, *self._above(term)):
            if name := text_at(attributes_of(one), "name"):
                draft.terms.append((vocabulary, name))

    def _above(self, term: Resource) -> Iterator[Resource]:
        for _ in range(10):
            pointers = pointers_of(term, "parent")
            above = self.answers.included.get(str(pointers[0]["id"])) if pointers else None
            if above is None:
                return
            yield above
            term = above

    def _lead_picture(self, draft: _Draft, key: str, one: Resource) -> bool:
        """Take the first picture of a node as its lead image; return whether this is it."""
        picture = None if draft.values.get("image") else self.html.picture(one)
        if picture is None or one["type"].startswith("paragraph--"):
            return False
        pointer = next(iter(pointers_of(draft.node, "field_image") or pointers_of(draft.node, key)), {})
        alt = text_at(pointer, "meta", "alt") or picture.get("alt", "")
        caption = text_at(pointer, "meta", "title")
        draft.values["image"] = {"src": picture["src"], "alt": alt, "caption": caption}
        self.inventory.add("field", key, Use.CARRIED, "image")
        return True

    def _body(self, draft: _Draft) -> str:
        stored = attributes_of(draft.node).get("body")
        body = stored[0] if isinstance(stored, list) and stored else stored
        if isinstance(body, str):
            body = {"value": body}
        html = text_at(body, "value") or text_at(body, "processed")
        if "<drupal-" not in html:
            html = text_at(body, "processed") or html
        if html and "<" not in html:
            return self.html.value({"value": html}, draft.remarks)
        return self.html.embedded(html, draft.remarks)


def _plain(value: Any) -> str:
    """Return the value of a field as plain words."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    words = value if isinstance(value, str) else text_at(value, "value") or text_at(value, "processed")
    return one_line(unescape(re.sub(r"<[^<>]+>", " ", words or text_at(value, "uri"))))
