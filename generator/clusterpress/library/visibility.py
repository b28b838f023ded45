"""Who is published today: drafts, embargoes, expiry."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from clusterpress.content.items import Event, Issue, Item, Moment, News

State = Literal["published", "draft", "scheduled", "expired"]
"""What an item is at a given moment."""


def instant(moment: Moment, zone: ZoneInfo) -> datetime:
    """Return the exact time of a moment; a day without a time begins at midnight in ``zone``."""
    return moment.at or datetime.combine(moment.day, time(), zone)


def publish_moment_of(item: Item) -> Moment | None:
    """Return when an item comes out: the end of its embargo, else its date; None when it always was out."""
    return item.publish or (item.date if isinstance(item, News | Issue | Event) else None)


def state_at(draft: bool, publish_at: float, expire_at: float, now: float) -> State:
    """Return what an item is at the time ``now``; all times are seconds since the epoch.

    An item dated in the future waits for its date, as it does for the end of an embargo.
    """
    if draft:
        return "draft"
    if publish_at > now:
        return "scheduled"
    return "expired" if expire_at <= now else "published"


def valid_until(moments: Iterable[float], now: datetime, zone: ZoneInfo) -> float:
    """Return when a site may look different by the clock alone, in seconds since the epoch.

    That is when the day ends in the site's zone, since it decides which events are past, or at one of the
    moments at which items come out or expire.
    """
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), zone).timestamp()
    moment = now.timestamp()
    return min([midnight, *[one for one in moments if moment < one < midnight]])


def published_at(item: Item, zone: ZoneInfo) -> datetime:
    """Return the publication time that lists and feeds go by.

    An event without an announcement date counts from its own first day; a record, which nobody lists by
    date, from the epoch.
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
