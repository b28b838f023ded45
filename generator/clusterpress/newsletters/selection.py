"""Selection: the items that match ``select`` and ``where``."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from clusterpress.content.dates import read_moment
from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry
from clusterpress.library.index_records import day_of
from clusterpress.library.library import Library
from clusterpress.newsletters.issues import Layout
from clusterpress.parsing.values import ValueFault
from clusterpress.values.kinds import TAXONOMIES, Taxonomy
from clusterpress.values.problems import did_you_mean
from clusterpress.values.slugs import term_slug

_SINGULAR = {"tags": "tag", "sectors": "sector", "countries": "country", "series": "series"}
TERMS: Mapping[str, tuple[Taxonomy, str]] = {
    _SINGULAR.get(one.name, one.kind or ""): (one.name, one.kind or "") for one in TAXONOMIES
}
"""Key of a condition → taxonomy, and the kind whose names it accepts."""

BOUNDS: Mapping[str, tuple[bool, int]] = {
    "from": (True, 0),
    "after": (True, 1),
    "until": (False, 0),
    "before": (False, -1),
}
"""Key of a date → whether it is the first day, and the days that make it inclusive."""

KINDS = ("news", "event", "partner", "cluster", "author", "programme")
"""Kinds that a section may select."""

KEYS = ("kind", *TERMS, *BOUNDS)
"""Every key of a condition."""

DEFAULT_KINDS: Mapping[Layout, str] = {"profiles": "partner", "events": "event"}
"""Layout → kind when no condition names one; by default news."""

_DAY = timedelta(days=1)

Condition = Mapping[str, str | tuple[str, ...]]
Faults = list[tuple[str, str, str]]
"""Key, message and hint of each invalid condition."""


class Selection(Struct, frozen=True, kw_only=True):
    """The conditions of a section."""

    kinds: tuple[str, ...]
    terms: tuple[tuple[Taxonomy, frozenset[str]], ...]
    """Taxonomy → slugs; an item must have one of them."""
    first: date
    """Items whose date is before this day are left out; the date of an event is its first day."""
    last: date
    """Items whose date is after this day are left out."""
    seen_first: date = date.min
    """News that readers could see before this day are left out: an embargo may end after its item's date."""
    seen_last: date = date.max
    """News that readers could see only after this day are left out."""

    def select(self, library: Library, lang: str) -> Iterator[Entry]:
        """Yield the matching entries, in the order of the library."""
        for kind in self.kinds:
            entries: Iterable[Entry] = library.of_kind(kind, lang)
            if kind == "news":
                entries = self._news(library, lang)
            elif kind == "event":
                first, last = max(self.first, self.seen_first), min(self.last, self.seen_last)
                entries = (entry for entry in entries if first <= _first_day(entry) <= last)
            yield from (entry for entry in entries if self._has_terms(entry))

    def _news(self, library: Library, lang: str) -> Iterator[Entry]:
        entries = library.of_kind("news", lang)
        # Newest first; a day more on both sides, as the zone may shift the day.
        newest = _stamp(min(self.last, self.seen_last), 2 * _DAY)
        oldest = _stamp(max(self.first, self.seen_first), -_DAY)
        low = bisect_left(entries, -newest, key=lambda e: -e.index_record.published)
        high = bisect_right(entries, -oldest, key=lambda e: -e.index_record.published)
        # Older ones whose embargo ended later may have been seen in these days.
        late = (e for e in library.embargoed("news", lang) if e.index_record.published < oldest)
        for entry in (*entries[low:high], *late):
            is_written = self.first <= _first_day(entry) <= self.last
            if is_written and self.seen_first <= entry.day_seen <= self.seen_last:
                yield entry

    def _has_terms(self, entry: Entry) -> bool:
        return all(
            any(label.slug in slugs for label in entry.terms[taxonomy]) for taxonomy, slugs in self.terms
        )


def _first_day(entry: Entry) -> date:
    return day_of(entry.index_record.teaser.day) or date.max


def _stamp(day: date, shift: timedelta) -> float:
    if day in (date.min, date.max):
        return float("-inf") if day == date.min else float("inf")
    return datetime.combine(day + shift, time(), UTC).timestamp()


def merge_conditions(select: Condition, where: Condition) -> dict[str, str | tuple[str, ...]]:
    """Return the conditions of a section: ``where`` on top of ``select``.

    A key of ``where`` replaces the same key of ``select``; if ``where`` has any date, it replaces all dates
    of ``select`` ("news of last winter", but "events after this issue").
    """
    dated = any(key in BOUNDS for key in where)
    return {**{key: value for key, value in select.items() if not (dated and key in BOUNDS)}, **where}


def read_selection(
    conditions: Condition, *, issue: Issue, previous: date | None, layout: Layout, library: Library
) -> tuple[Selection, Faults]:
    """Return a selection, and the faults of its conditions.

    Args:
        conditions: as returned by `merge_conditions`.
        issue: the issue; its date replaces the word "issue".
        previous: the date of the issue before it, which replaces the word "previous"; None if there is none.
        layout: the layout of the section; it decides the kind of items if no condition does.
        library: the library.
    """
    kinds = _as_tuple(conditions.get("kind", DEFAULT_KINDS.get(layout, "news")))
    faults: Faults = [
        ("kind", f'there is no kind "{kind}"', did_you_mean(kind, KINDS, f"write one of {', '.join(KINDS)}"))
        for kind in kinds
        if kind not in KINDS
    ]
    terms = []
    for key, (taxonomy, _) in TERMS.items():
        if key in conditions:
            slugs = [_slug_of(name, key, library, issue.lang, faults) for name in _as_tuple(conditions[key])]
            terms.append((taxonomy, frozenset(slug for slug in slugs if slug)))
    dates = {"first": date.min, "last": date.max, "seen_first": date.min, "seen_last": date.max}
    days = {"issue": issue.date.day, "previous": previous}
    for key, (opens, shift) in BOUNDS.items():
        text = _as_tuple(conditions.get(key, ()))[:1]
        day = _day_of(text[0], key, days, library, faults) if text else None
        # "Since the issue before" means what its readers could not see yet.
        name = ("seen_" if text and text[0] in days else "") + ("first" if opens else "last")
        if day:
            dates[name] = (max if opens else min)(dates[name], day + shift * _DAY)
    return Selection(kinds=kinds, terms=tuple(terms), **dates), faults


def _as_tuple(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _slug_of(name: str, key: str, library: Library, lang: str, faults: Faults) -> str | None:
    taxonomy, kind = TERMS[key]
    folded = term_slug(name)
    if kind and (label := library.registers.get(kind, {}).get(folded)):
        return label.slug
    known = {term_slug(term.name) or term.slug: term for term in library.terms(taxonomy, lang)}
    if term := known.get(folded) or next((one for one in known.values() if one.name == name), None):
        return term.slug
    if state := library.resolver.records.hidden.get((kind or "", folded)):
        faults.append((key, f'{key} "{name}" is not published ({state})', "the section is empty until it is"))
        return None
    spellings = [label.name for label in library.registers.get(kind, {}).values()]
    spellings += [spelling for one in known.values() for spelling in (one.name, one.slug)]
    hint = did_you_mean(name, spellings, f"take a {key} that items have")
    faults.append((key, f'no {key} is called "{name}"', hint))
    return None


def _day_of(
    text: str, key: str, days: Mapping[str, date | None], library: Library, faults: Faults
) -> date | None:
    if text in days:
        return days[text]
    try:
        return read_moment(text, library.settings.time_zone, library.settings.languages).day
    except ValueFault as fault:
        faults.append((key, fault.message, f'{fault.hint}, or "issue", or "previous"'))
        return None
