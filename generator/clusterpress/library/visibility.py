"""Visibility: drafts, embargoes and expiry."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from clusterpress.content.items import Event, Issue, Item, Moment, News

State = Literal["published", "draft", "scheduled", "expired"]
"""State of an item at a given moment."""


def instant(moment: Moment, zone: ZoneInfo) -> datetime:
    """Return the exact time of a moment; a day without a time begins at midnight in ``zone``."""
    return moment.at or datetime.combine(moment.day, time(), zone)


def publish_moment_of(item: Item) -> Moment | None:
    """Return when an item is published: the end of its embargo, or its date; None without either."""
    return item.publish or (item.date if isinstance(item, News | Issue | Event) else None)


def state_at(draft: bool, publish_at: float, expire_at: float, now: float) -> State:
    """Return the state of an item; all times are seconds since the epoch.

    Args:
        draft: whether it is marked as a draft.
        publish_at: its date in the future counts like the end of an embargo.
        expire_at: when it expires.
        now: the time of the build.
    """
    if draft:
        return "draft"
    if publish_at > now:
        return "scheduled"
    return "expired" if expire_at <= now else "published"


def valid_until(moments: Iterable[float], now: datetime, zone: ZoneInfo) -> float:
    """Return when a site may change without an edit, in seconds since the epoch.

    Args:
        moments: when items are published or expire.
        now: the time of the build.
        zone: the site's time zone: events become past at midnight.
    """
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), zone).timestamp()
    moment = now.timestamp()
    return min([midnight, *[one for one in moments if moment < one < midnight]])


def published_at(item: Item, zone: ZoneInfo) -> datetime:
    """Return the publication time by which lists and feeds are sorted.

    For an event without an announcement date, this is its first day; for a record without dates, the epoch.
    """
    if isinstance(item, News | Issue | Event) and item.date:
        return instant(item.date, zone)
    if item.publish:
        return instant(item.publish, zone)
    if isinstance(item, Event) and item.start:
        return instant(item.start, zone)
    if isinstance(item, Event) and item.when:
        return datetime.combine(item.when.first, time(), zone)
    return instant(item.updated, zone) if item.updated else datetime(1970, 1, 1, tzinfo=zone)
