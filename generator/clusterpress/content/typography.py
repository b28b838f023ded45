"""Typography of front matter: the marks of an item's language in its title, summary and other texts.

Names stay as their owners write them: those of programmes, clusters, partners, authors, places and files. So
do texts in Markdown, which get their marks when they are rendered.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Image, Link
from clusterpress.content.items import Item, Section
from clusterpress.theme.typography import typeset
from clusterpress.values.kinds import RECORD_KINDS, Kind

_TEXTS = ("title", "summary", "subject", "preheader", "boilerplate")
_NAMES = ("title",)
"""Texts that are the name of a record."""


def typography_of(item: Item, settings: Settings) -> str:
    """Return the language whose typography the texts of an item get, or nothing if they stay as written."""
    return _language(item.typography, item.lang, settings)


def set_fields(fields: Mapping[str, Any], kind: Kind, settings: Settings) -> dict[str, Any]:
    """Return the fields of an item of a kind with the typography of its language."""
    lang = _language(fields.get("typography"), fields.get("lang", ""), settings)
    if not lang:
        return dict(fields)
    texts = [name for name in _TEXTS if kind not in RECORD_KINDS or name not in _NAMES]
    changed: dict[str, Any] = {name: typeset(fields[name], lang) for name in texts if fields.get(name)}
    if image := fields.get("image"):
        changed["image"] = _with_caption(image, lang)
    if more := fields.get("more"):
        changed["more"] = tuple(_with_label(link, lang) for link in more)
    if sections := fields.get("sections"):
        changed["sections"] = tuple(_with_title(section, lang) for section in sections)
    return {**fields, **changed}


def _language(own: bool | None, lang: str, settings: Settings) -> str:
    return lang if (settings.typography if own is None else own) else ""


def _with_caption(image: Image, lang: str) -> Image:
    return replace(image, caption=typeset(image.caption, lang)) if image.caption else image


def _with_label(link: Link, lang: str) -> Link:
    return replace(link, label=typeset(link.label, lang))


def _with_title(section: Section, lang: str) -> Section:
    return replace(section, title=typeset(section.title, lang))
