"""External links: where they stand, and what to report of them."""

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urldefrag

from msgspec import Struct

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Contact, Link
from clusterpress.content.items import Item
from clusterpress.link_checker.requests import UNKNOWN_HOST, LinkResult
from clusterpress.markup.render import render
from clusterpress.values.problems import Problem, Severity

_SCHEMES = ("http://", "https://")
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, 999})
"""Answers of servers that refuse automated requests; readers may still see the page."""


class ExternalLink(Struct, frozen=True, order=True):
    """A link to another site."""

    path: str
    """The source, relative to the project's root."""
    line: int
    """Its line, counted from 1."""
    address: str
    """Its target without the fragment (``#…``), which is not sent to servers."""


def find_external_links(items: Iterable[Item], settings: Settings) -> list[ExternalLink]:
    """Return every link to another site in items, sorted by place. Links to the site itself are left out."""
    found = {
        ExternalLink(item.source.path, line, urldefrag(address)[0])
        for item in items
        for line, address in (*_in_head(item), *_in_body(item, settings))
        if address.lower().startswith(_SCHEMES) and not address.startswith(settings.url.rstrip("/") + "/")
    }
    return sorted(found)


def _in_head(item: Item) -> Iterator[tuple[int, str]]:
    lines = item.source.lines
    for name in ("more", "follow", "url", "contact"):
        for key, address in _addresses(name, getattr(item, name, None)):
            yield lines.get(key, lines.get(name, (1, 1)))[0], address


def _addresses(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Link):
        yield f"{name}.url", value.url
    elif isinstance(value, Contact):
        address = value.web
        yield f"{name}.web", f"https://{address}" if address.startswith("www.") else address
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _addresses(f"{name}.{number}", part)


def _in_body(item: Item, settings: Settings) -> Iterator[tuple[int, str]]:
    for link in render(item.source.body, settings).outline.external_links:
        yield item.source.body_line + link.line - 1, link.target


def report_links(links: Iterable[ExternalLink], found: Mapping[str, LinkResult]) -> Iterator[Problem]:
    """Yield a problem for each link that is broken or has moved permanently."""
    for link in links:
        if (one := found.get(link.address)) and (words := _words(link.address, one)):
            severity, message, hint = words
            yield Problem(path=link.path, line=link.line, severity=severity, message=message, hint=hint)


def _words(address: str, found: LinkResult) -> tuple[Severity, str, str] | None:
    link, later = f'link to "{address}"', ", and try again in some days"
    if found.is_disallowed:
        return None
    if found.fault == UNKNOWN_HOST:
        return Severity.ERROR, f"{link}: {found.fault}", "correct the address, or remove the link"
    if found.fault:
        return Severity.WARNING, f"{link}: {found.fault}", f"open it in a browser{later}"
    if found.status in _GONE:
        hint = "find its new address, or remove the link"
        return Severity.ERROR, f"{link}: the page does not exist ({found.status})", hint
    if found.status in _REFUSED:
        message = f"{link}: the server refuses automated requests ({found.status})"
        return Severity.WARNING, message, "open it in a browser"
    if found.status >= HTTPStatus.BAD_REQUEST:
        message = f"{link}: the server answers with an error ({found.status})"
        return Severity.WARNING, message, f"open it in a browser{later}"
    if found.moved:
        return Severity.WARNING, f"{link}: the page has moved permanently", f'write "{found.moved}"'
    return None
