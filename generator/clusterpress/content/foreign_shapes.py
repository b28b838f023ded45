"""Shapes in which other programs write values: accepted under our keys, so that their files can be used."""

import re
from typing import Any

from clusterpress.content.dates import FIRST_YEAR
from clusterpress.content.normalise import PartialItem
from clusterpress.values.problems import Severity

_LINK_KEYS = ("url", "href", "link")
_LABEL_KEYS = ("label", "name", "title", "text")
_SOURCE_KEYS = ("src", "image", "url", "path", "feature", "teaser", "file")
_RELATIVE = re.compile(r"(?!\.)[\w-]+(?:[/.][\w-]+)*/?")
_BY_SYSTEM = ("last modified", "created", "git last modified", "git created")
"""Dates that Eleventy takes from the file or from Git."""
_FOREIGN_FORMATS = frozenset({
    "aside", "audio", "beamer", "chat", "docx", "epub", "gallery", "gfm", "html", "image", "link", "markdown",
    "md", "odt", "pdf", "pptx", "quote", "revealjs", "standard", "status", "typst", "video",
})  # fmt: skip
"""Values of ``format`` that mean a file (Quarto) or a look (WordPress) instead of a kind of text."""


def accept_foreign_shapes(item: PartialItem, fields: frozenset[str]) -> None:
    """Change dates, links, images and tags of other programs into ours, in place."""
    values = item.values
    if isinstance(dates := values.get("date"), dict) and "created" in dates:
        values["date"] = dates["created"]  # Material: date: {created: …, updated: …}
        if "updated" in fields and "updated" in dates:
            values.setdefault("updated", dates["updated"])
    if isinstance(values.get("date"), str) and values["date"].strip().lower() in _BY_SYSTEM:
        message = f'the date "{values["date"]}" is known to another program only'
        item.report("date", message, "it is a draft until you write the date", Severity.WARNING)
        values |= {"date": f"{FIRST_YEAR}-01-01", "draft": "true"}
    if isinstance(links := values.get("more"), list):
        values["more"] = [one for link in links for one in _links(link)]
    for key in {"image", "logo"} & fields:
        if isinstance(value := values.get(key), list | dict):
            values[key] = _image(value)
    if isinstance(aliases := values.get("aliases"), list):
        values["aliases"] = [_alias(item, number, alias) for number, alias in enumerate(aliases)]
    if isinstance(tags := values.get("tags"), dict):
        values["tags"] = [*tags]
    if "format" in fields and "format" in values:
        _accept_format(values)


def _accept_format(values: dict[str, Any]) -> None:
    """Take the kind of text in any case, and leave out what another program means by ``format``."""
    written = values["format"]
    if isinstance(written, str) and (lower := written.strip().lower()) not in _FOREIGN_FORMATS:
        values["format"] = lower
    elif isinstance(written, str | list | dict):
        del values["format"]


def _alias(item: PartialItem, number: int, alias: Any) -> Any:
    """Return an alias from the root; Hugo has some without a slash, relative to the page's folder."""
    if not isinstance(alias, str) or not _RELATIVE.fullmatch(alias):
        return alias
    message = f'the alias "{alias}" does not begin with "/"'
    item.report(f"aliases.{number}", message, f'write "/{alias}"', Severity.WARNING)
    return f"/{alias}"


def _links(link: Any) -> list[Any]:
    """Return links from ``Label: address`` or from a bare address, as Material has them; others unchanged."""
    if isinstance(link, str) and re.search(r"[/.]", link):
        return [{"label": link.rstrip("/").rsplit("/", 1)[-1].removesuffix(".md"), "url": link}]
    if not isinstance(link, dict) or {"label", "url"} <= link.keys():
        return [link]
    url = next((link[key] for key in _LINK_KEYS if key in link), None)
    if url is not None:
        label = next((link[key] for key in _LABEL_KEYS if key in link), url)
        return [{"label": label, "url": url}]
    pairs = [{"label": label, "url": url} for label, url in link.items() if isinstance(url, str)]
    return pairs or [link]


def _image(value: Any) -> Any:
    """Return an image from a list of them, or from a block with other keys; others unchanged."""
    if isinstance(value, list):
        return _image(value[0]) if value else value
    if isinstance(value, dict) and "src" not in value:
        source = next((value[key] for key in _SOURCE_KEYS if isinstance(value.get(key), str)), "")
        kept = {key: value[key] for key in ("alt", "caption", "credit") if key in value}
        return {"src": source, **kept} if source else value
    return value
