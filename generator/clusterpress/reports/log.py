"""The log: published items, for the periodic report to the funder."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import fields

from clusterpress.content.items import Event, Issue, News
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.values.slugs import term_slug


class LogRow(Struct, frozen=True, kw_only=True, order=True):
    """One published item. Semicolons separate several names in a field."""

    date: str
    """ISO 8601: day of publication; for an event its first day."""
    kind: str
    """news, event or issue."""
    title: str
    programme: str
    partner: str
    cluster: str
    audience: str
    """As written in the front matter."""
    language: str
    link: str
    """Full address."""


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(LogRow))
"""The columns, in order."""


def log_rows(
    library: Library, *, programmes: frozenset[str] = frozenset(), first: date, last: date
) -> list[LogRow]:
    """Return the published news, events and issues of a period, oldest first.

    Args:
        library: the published items.
        programmes: slugs of the programmes to report on; all items when empty.
        first: first day of the period.
        last: last day of the period.
    """
    return sorted(
        _log_row(entry, library)
        for entry in library.entries
        if isinstance(entry.item, News | Event | Issue)
        and first <= _day(entry) <= last
        and (not programmes or programmes & {slug for slug, _ in _programmes(entry, library)})
    )


def _log_row(entry: Entry, library: Library) -> LogRow:
    item = entry.item
    assert isinstance(item, News | Event | Issue)  # noqa: S101 -- no other kind is asked for
    return LogRow(
        date=_day(entry).isoformat(),
        kind=item.kind,
        title=item.title,
        programme="; ".join(name for _, name in _programmes(entry, library)),
        partner="; ".join(label.name for label in entry.terms["partners"]),
        cluster="; ".join(label.name for label in entry.terms["clusters"]),
        audience="; ".join(item.audience),
        language=entry.lang,
        link=library.settings.url + entry.url,
    )


def _day(entry: Entry) -> date:
    item = entry.item
    if isinstance(item, Event):
        return (item.start and item.start.day) or (item.when and item.when.first) or entry.published.date()
    return entry.published.date()


def _programmes(entry: Entry, library: Library) -> Iterator[tuple[str, str]]:
    """Yield (slug, name) of an item's programmes; for an issue, the programme that funds its newsletter."""
    if isinstance(entry.item, Issue):
        settings = library.settings
        name = settings.newsletters[entry.item.newsletter].programme or settings.programme
        if label := library.registers.get("programme", {}).get(term_slug(name)) if name else None:
            yield label.slug, label.name
    else:
        yield from ((label.slug, label.name) for label in entry.terms["programmes"])
