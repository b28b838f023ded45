"""Drupal's fields, media and paragraphs → HTML for the text of an item."""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from msgspec import Struct

from clusterpress.importing.addresses import name_of, public_address
from clusterpress.importing.inventory import Inventory, Use
from clusterpress.importing.records import Remark
from clusterpress.importing.sources.drupal_resources import Answers, Resource, attributes_of, block, text_at
from clusterpress.importing.texts.markdown import read_attributes
from clusterpress.importing.texts.plain import is_html, link_bracketed, text_to_html
from clusterpress.markup.body import find_player

SYSTEM = re.compile(
    r"(?:drupal_internal__|revision_|parent_|content_translation_|behavior_settings|default_langcode|langcode|"
    r"status$|promote$|sticky$|created$|changed$|path$|metatag|moderation_state|publish_o|unpublish_o|title$|body$|"
    r"rh_|comment|feeds_item|layout_builder|layout_selection|simple_sitemap|scheduler_|isDefaultRevision|"
    r"resourceIdObjMeta|id$|uuid$|vid$|menu_link|node_type|paragraph_type|uid$|thumbnail$|bundle$)"
)
"""Attributes and relationships in which Drupal keeps its own affairs."""
_SETTING = re.compile(
    r"align|style|layout|colou?r|theme|size|width|height|class|anchor|view_?mode|variant|background|position|"
    r"column|type$|level|spacing|format|weight|template"
)
_HEADING = re.compile(r"(?:^|_)(?:title|heading|headline|header)$")
_QUOTE = re.compile(r"quote|testimonial|zitat")
_NAME = re.compile(r"author|name|source|cite|credit|person")
_MEDIA = re.compile(r"<drupal-(?:media|entity)\b([^<>]*)>(?:\s*</drupal-(?:media|entity)>)?")
_TOKEN = re.compile(r"\[\[\{((?:[^\[]|\[(?!\[\{))*?)\}\]\]")
_URI = re.compile(r"^(?:internal:|entity:|base:)/?")
_MAX_DEPTH = 8


class FieldHtml(Struct, frozen=True, kw_only=True):
    """Writes fields of one export as HTML."""

    answers: Answers
    inventory: Inventory

    def embedded(self, html: str, remarks: list[Remark]) -> str:
        """Return a text in which embedded media are elements of HTML."""
        if any('"fid"' in found[1] for found in _TOKEN.finditer(html)):
            note = "it is a token of Drupal 7"
            self.inventory.add("media", "[[fid]]", Use.LEFT_OUT, note, "add the picture yourself")
            html = _TOKEN.sub(lambda found: "" if '"fid"' in found[1] else found[0], html)
        return _MEDIA.sub(lambda found: self._embed(read_attributes(found[1]), remarks), html)

    def _embed(self, attributes: Mapping[str, str], remarks: list[Remark]) -> str:
        one = self.answers.included.get(attributes.get("data-entity-uuid", ""))
        caption = unescape(attributes.get("data-caption", ""))
        html = self.medium(one, caption=caption, alt=unescape(attributes.get("alt", ""))) if one else ""
        if not html:
            message = "an embedded file in the text is not in the export"
            remarks.append(Remark(message, "add the picture yourself"))
        return html

    def medium(self, one: Resource, *, caption: str = "", alt: str = "") -> str:
        """Return a file or medium as a figure, a player or a link; "" if the export does not contain it."""
        words = f"<figcaption>{caption}</figcaption>" if caption else ""
        if picture := self.picture(one):
            alt = alt or picture.get("alt", "")
            return f'<figure><img src="{escape(picture["src"])}" alt="{escape(alt)}">{words}</figure>'
        if film := self._film(one):
            return f"{link_to(film, text_at(attributes_of(one), 'name'))}{caption and f'<p>{caption}</p>'}"
        name, address = self._file(one)
        return (
            f'<p><a href="{escape(address)}">{escape(name)}</a></p>{caption and f"<p>{caption}</p>"}'
            if address
            else ""
        )

    def picture(self, one: Resource) -> dict[str, str] | None:
        """Return address and alt text of a picture, or of the picture of a medium."""
        attributes = attributes_of(one)
        if one["type"].startswith("file--"):
            address = _address_of(attributes)
            kind = text_at(attributes, "filemime") or "image/"
            return {"src": address} if address and kind.startswith("image/") else None
        for key, pointer, file in self.answers.related(one):
            if (
                file
                and file["type"].startswith("file--")
                and key != "thumbnail"
                and (found := self.picture(file))
            ):
                return found | {"alt": text_at(pointer, "meta", "alt")}
        return None

    def _film(self, one: Resource) -> str:
        values = (value for key, value in attributes_of(one).items() if key.startswith("field_"))
        addresses = (value if isinstance(value, str) else text_at(value, "uri") for value in values)
        return next((one for one in addresses if re.match(r"https?://", one)), "")

    def _file(self, one: Resource) -> tuple[str, str]:
        """Return name and address of a file, or of the file of a medium."""
        attributes = attributes_of(one)
        if one["type"].startswith("file--"):
            address = _address_of(attributes)
            return text_at(attributes, "filename") or name_of(address), address
        for key, pointer, file in self.answers.related(one):
            if file and file["type"].startswith("file--") and key != "thumbnail":
                name, address = self._file(file)
                words = text_at(pointer, "meta", "description") or text_at(attributes, "name")
                return words or name, address
        return "", ""

    def paragraph(self, one: Resource, remarks: list[Remark], depth: int = 0) -> str:
        """Return a paragraph entity with all its fields, in their order."""
        kind = one["type"].removeprefix("paragraph--")
        if depth > _MAX_DEPTH:
            self.inventory.add("paragraph", kind, Use.LEFT_OUT, "it is nested too deeply")
            return ""
        self.inventory.add("paragraph", kind)
        parts = [self._attribute(kind, key, value, remarks) for key, value in attributes_of(one).items()]
        for key, pointer, other in self.answers.related(one):
            if not SYSTEM.match(key):
                parts.append(self.relation(key, pointer, other, remarks, depth + 1))
        html = "".join(parts)
        return f"<blockquote>{html}</blockquote>" if _QUOTE.search(kind) and html else html

    def _attribute(self, kind: str, key: str, value: Any, remarks: list[Remark]) -> str:
        if SYSTEM.match(key):
            return ""
        if isinstance(value, list):
            return "".join(self._attribute(kind, key, part, remarks) for part in value)
        words = text_at(value) if not isinstance(value, dict) else ""
        if isinstance(value, bool) or (words and _SETTING.search(key) and " " not in words):
            self.inventory.add("field", key, Use.NOT_NEEDED, "a setting")
            return ""
        if _HEADING.search(key) and words:
            self.inventory.add("field", key)
            return f"<h3>{escape(words)}</h3>"
        if _QUOTE.search(kind) and _NAME.search(key) and words:
            self.inventory.add("field", key)
            return f"<cite>{escape(words)}</cite>"
        html = self.value(value, remarks)
        if html:
            self.inventory.add("field", key)
        return html

    def value(self, value: Any, remarks: list[Remark]) -> str:
        """Return the value of a field as HTML: text, formatted text or a link."""
        if isinstance(value, list):
            return "".join(self.value(part, remarks) for part in value)
        if isinstance(value, dict):
            if address := text_at(value, "uri"):
                return link_to(_URI.sub("/", address), text_at(value, "title"))
            html = text_at(value, "processed") or text_at(value, "value")
            is_plain = not (text_at(value, "processed") or is_html(html) or _MEDIA.search(html))
            return self.embedded(text_to_html(html) if is_plain else link_bracketed(html), remarks)
        if isinstance(value, str) and re.fullmatch(r"https?://\S+", value.strip()):
            return link_to(value.strip(), "")
        return text_to_html(value) if isinstance(value, str) else ""

    def relation(
        self, key: str, pointer: Mapping[str, Any], one: Resource | None, remarks: list[Remark], depth: int
    ) -> str:
        """Return what a relationship leads to as HTML; "" for what belongs into the front matter.

        Args:
            key: name of the relationship.
            pointer: with its ``meta``, such as an alternative text.
            one: the resource, if the export contains it.
            remarks: takes remarks for editors.
            depth: of paragraphs within each other.
        """
        if one is None:
            note = f"what it leads to ({pointer.get('type')}) is not in the export"
            self.inventory.add("field", key, Use.LEFT_OUT, note, f"export again with include={key}")
            return ""
        sort = one["type"].partition("--")[0]
        self.inventory.add("field", key)
        if sort == "paragraph":
            return self.paragraph(one, remarks, depth)
        if sort in {"file", "media"}:
            meta = block(pointer.get("meta"))
            return self.medium(one, alt=text_at(meta, "alt"), caption=escape(text_at(meta, "title")))
        title = text_at(attributes_of(one), "title") or text_at(attributes_of(one), "name")
        if sort == "node" and title:
            return f'<p><a href="{escape(address_of_node(one))}">{escape(title)}</a></p>'
        return f"<p>{escape(title)}</p>" if title else ""


def address_of_node(node: Resource) -> str:
    """Return the address of a node on the old site."""
    number = text_at(attributes_of(node), "drupal_internal__nid")
    return text_at(attributes_of(node), "path", "alias") or (f"/node/{number}" if number else "")


def _address_of(file: Mapping[str, Any]) -> str:
    stored = text_at(file, "uri", "value") or text_at(file, "uri")
    public = stored.replace("public://", "/sites/default/files/") if stored.startswith("public://") else ""
    return text_at(file, "uri", "url") or text_at(file, "url") or public


def link_to(address: str, words: str) -> str:
    """Return a paragraph with a link; a film is embedded."""
    shown = public_address(address)
    mark = ' class="embed"' if find_player(shown) else ""
    return f'<p><a{mark} href="{escape(shown)}">{escape(words or name_of(shown))}</a></p>'
