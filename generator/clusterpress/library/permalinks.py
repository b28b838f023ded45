"""Addresses of items: patterns filled with an item's date and slug."""

from collections.abc import Mapping

from clusterpress.config.settings import Settings
from clusterpress.content.items import Event, Issue, Item, Moment, News, Page

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
    pattern = settings.permalinks.get(item.kind) or PATTERNS[item.kind]
    day = _day(item)
    parts = {
        "slug": slug,
        "newsletter": item.newsletter if isinstance(item, Issue) else "",
        "year": f"{day.day.year:04}" if day else "",
        "month": f"{day.day.month:02}" if day else "",
        "day": f"{day.day.day:02}" if day else "",
    }
    path = pattern.format(**parts).replace("//", "/").strip("/")
    return prefix(lang, settings) + (f"{path}/" if path else "")


def _day(item: Item) -> Moment | None:
    if isinstance(item, News | Issue):
        return item.date
    return item.start if isinstance(item, Event) else None
