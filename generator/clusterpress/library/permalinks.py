"""Addresses: the path of an item on the site, and the source file that a link in an item means."""

import posixpath
from collections.abc import Mapping
from datetime import date

from clusterpress.config.settings import Settings
from clusterpress.content.items import Event, Issue, Item, Moment, News, Page
from clusterpress.values.kinds import Kind

STATIC = "content/static/"
"""Files below this folder are published under their own path."""

PATTERNS: Mapping[str, str] = {
    "news": "/news/{year}/{slug}/",
    "event": "/events/{slug}/",
    "programme": "/programmes/{slug}/",
    "cluster": "/clusters/{slug}/",
    "partner": "/partners/{slug}/",
    "author": "/authors/{slug}/",
    "issue": "/newsletters/{newsletter}/{slug}/",
    "page": "/{slug}/",
}
"""Kind → pattern, unless the settings say otherwise."""


def prefix(lang: str, settings: Settings) -> str:
    """Return what the paths of a language begin with: nothing, or ``fr/``."""
    return "" if lang == settings.language else f"{lang}/"


def permalink(item: Item, slug: str, lang: str, settings: Settings) -> str:
    """Return the path of ``item`` below the site's root, without a leading slash."""
    if isinstance(item, Page) and item.path:
        return prefix(lang, settings) + item.path.strip("/") + "/"
    day = _day(item)
    newsletter = item.newsletter if isinstance(item, Issue) else ""
    return fill_pattern(item.kind, slug, lang, settings, day.day if day else None, newsletter)


def fill_pattern(
    kind: Kind, slug: str, lang: str, settings: Settings, day: date | None = None, newsletter: str = ""
) -> str:
    """Return the path of an item of a kind, by what its pattern may name."""
    pattern = settings.permalinks.get(kind) or PATTERNS[kind]
    parts = {
        "slug": slug,
        "newsletter": newsletter,
        "year": f"{day.year:04}" if day else "",
        "month": f"{day.month:02}" if day else "",
        "day": f"{day.day:02}" if day else "",
    }
    path = pattern.format(**parts).replace("//", "/").strip("/")
    return prefix(lang, settings) + (f"{path}/" if path else "")


def _day(item: Item) -> Moment | None:
    if isinstance(item, News | Issue):
        return item.date
    return item.start if isinstance(item, Event) else None


def resolve_path(source: str, target: str) -> str:
    """Return the source path that ``target`` (without fragment), written in the file ``source``, names."""
    if target.startswith("/"):
        return STATIC + target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
