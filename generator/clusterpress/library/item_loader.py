"""Item loader: fetches whole items, of which the library itself holds the index records only."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.markup.body import Outline

CACHE_SIZE = 64
"""Fetched items that are kept at hand: a page reads its own item many times, and seldom another one."""


class ItemLoader:
    """Fetches items and outlines by their keys; the same key always gives the same value."""

    def __init__(
        self,
        settings: Settings,
        fetch_item: Callable[[bytes], Item],
        fetch_outline: Callable[[bytes], Outline],
    ) -> None:
        """Take the settings of the site, and the functions that fetch an item and an outline."""
        self.settings = settings
        self._fetch_item, self._fetch_outline = fetch_item, fetch_outline
        self._cache: dict[bytes, Any] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.settings.time_zone)

    def rebind(self, fetch_item: Callable[[bytes], Item], fetch_outline: Callable[[bytes], Outline]) -> None:
        """Fetch from another place from now on, where the same values lie under the same keys."""
        self._fetch_item, self._fetch_outline = fetch_item, fetch_outline

    def item(self, key: bytes) -> Item:
        """Return an item."""
        found: Item | None = self._cache.get(key)
        return self.cache(key, self._fetch_item(key)) if found is None else found

    def outline(self, body: bytes) -> Outline:
        """Return the outline of a body."""
        found: Outline | None = self._cache.get(body)
        return self.cache(body, self._fetch_outline(body)) if found is None else found

    def cache(self, key: bytes, value: Any) -> Any:
        """Keep a fetched value in place of the oldest one; return it."""
        if len(self._cache) >= CACHE_SIZE:
            del self._cache[next(iter(self._cache))]
        self._cache[key] = value
        return value

    def __reduce__(self) -> tuple[type["ItemLoader"], tuple[object, ...]]:
        """Pickle how to fetch items, without those in the cache."""
        return type(self), (self.settings, self._fetch_item, self._fetch_outline)
