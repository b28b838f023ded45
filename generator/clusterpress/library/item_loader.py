"""The stacks: where whole items lie, from which the library fetches one when somebody reads it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.markup.body import Outline

CACHE_SIZE = 64
"""Fetched items that are kept at hand: a page reads its own item many times, and seldom another one."""


@dataclass(slots=True, eq=False)
class ItemLoader:
    """Fetches items and outlines by their keys; the same key always gives the same value."""

    settings: Settings
    fetch_item: Callable[[bytes], Item]
    fetch_outline: Callable[[bytes], Outline]
    _zone: ZoneInfo = field(init=False, repr=False)
    _cache: dict[bytes, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        self._zone = ZoneInfo(self.settings.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return self._zone

    def rebind(self, fetch_item: Callable[[bytes], Item], fetch_outline: Callable[[bytes], Outline]) -> None:
        """Fetch from another place from now on, where the same lies under the same keys."""
        self.fetch_item, self.fetch_outline = fetch_item, fetch_outline

    def item(self, key: bytes) -> Item:
        """Return an item."""
        found: Item | None = self._cache.get(key)
        return self.cache(key, self.fetch_item(key)) if found is None else found

    def outline(self, body: bytes) -> Outline:
        """Return the outline of a body."""
        found: Outline | None = self._cache.get(body)
        return self.cache(body, self.fetch_outline(body)) if found is None else found

    def cache(self, key: bytes, value: Any) -> Any:
        """Keep what was fetched at hand, in place of what has been there longest; return it."""
        if len(self._cache) >= CACHE_SIZE:
            del self._cache[next(iter(self._cache))]
        self._cache[key] = value
        return value

    def __getstate__(self) -> tuple[Settings, Callable[[bytes], Item], Callable[[bytes], Outline]]:
        """Give another process the way to the items, not those at hand here."""
        return self.settings, self.fetch_item, self.fetch_outline

    def __setstate__(
        self, state: tuple[Settings, Callable[[bytes], Item], Callable[[bytes], Outline]]
    ) -> None:
        """Open the way in another process."""
        self.settings, self.fetch_item, self.fetch_outline = state
        self._zone = ZoneInfo(self.settings.time_zone)
        self._cache = {}
