"""Publication: when an item is on the site, at which address, and which file a link in it means."""

import posixpath
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Moment
from clusterpress.content.items import Event, Issue, Item, News, Page
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
    """Return the path of an item below the site's root; for the other arguments, see `fill_pattern`."""
    if isinstance(item, Page) and item.path:
        return prefix(lang, settings) + item.path.strip("/") + "/"
    day = item.date if isinstance(item, News | Issue) else item.start if isinstance(item, Event) else None
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
    numbers = day.isoformat().split("-") if day else ["", "", ""]
    parts = dict(zip(("year", "month", "day"), numbers, strict=True))
    path = pattern.format(slug=slug, newsletter=newsletter, **parts).replace("//", "/").strip("/")
    return prefix(lang, settings) + (f"{path}/" if path else "")


def resolve_path(source: str, target: str) -> str:
    """Return the source path that ``target`` (without fragment) means in the file ``source``.

    A full address stays as it is.
    """
    if "://" in target or target.startswith("//"):
        return target
    if target.startswith("/"):
        return STATIC + target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


State = Literal["published", "draft", "scheduled", "expired"]
"""State of an item at a given moment."""

Span = Literal["now", "later", "ever"]
"""Items that a library shows: those published now; also those under embargo; also those that expired."""

_SHOWN_IN: Mapping[Span, frozenset[State]] = {
    "now": frozenset({"published"}),
    "later": frozenset({"published", "scheduled"}),
    "ever": frozenset({"published", "scheduled", "expired"}),
}


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


def state_within(state: State, span: Span) -> State:
    """Return the state of an item in a library that shows the items of a span of time: none shows drafts."""
    return "published" if state in _SHOWN_IN[span] else state


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
