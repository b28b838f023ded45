"""Addresses: the path of an item on the site, and the source file that a link in an item means."""

import posixpath
from collections.abc import Mapping
from datetime import date

from clusterpress.config.settings import Settings
from clusterpress.content.items import Event, Issue, Item, Moment, News, Page
from clusterpress.values.kinds import Kind

STATIC = "content/static/"
"""Files below this folder keep their path on the site."""

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
"""Kind → default pattern."""


def prefix(lang: str, settings: Settings) -> str:
    """Return the prefix of all paths in a language: ``fr/``, or "" for the default language."""
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
    """Return the path of an item below the site's root.

    Args:
        kind: kind of the item.
        slug: its slug.
        lang: its language.
        settings: the settings with the patterns.
        day: its publication day, if it has one.
        newsletter: the newsletter of an issue.
    """
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
    """Return the source path that ``target`` (without fragment) means in the file ``source``."""
    if target.startswith("/"):
        return STATIC + target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
