"""Canonical form of single values: dates in ISO 8601, records by slug, tags in one spelling."""

import re
from collections.abc import Iterator, Mapping

from clusterpress.content.date_ranges import read_range
from clusterpress.content.dates import read_moment
from clusterpress.content.items import Moment
from clusterpress.content.normalise import PartialItem
from clusterpress.library.names import Register, term_slug
from clusterpress.parsing.values import ValueFault
from clusterpress.sources.items import find_record

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?)?")
_TAG = re.compile(r"[^,\s](?:[^,]*[^,\s])?")


def canonical_date(written: str, draft: PartialItem) -> str | None:
    """Return a date in ISO 8601; None if it already is, or if it is ambiguous."""
    if _ISO.fullmatch(written):
        return None
    try:
        return _iso(read_moment(written, draft.zone, draft.languages))
    except ValueFault:
        return None


def canonical_range(written: str, draft: PartialItem) -> tuple[str, str] | None:
    """Return the first and last date of a range such as "21-22 February 2012"; None for other texts."""
    try:
        span = read_range(written, draft.zone, draft.languages)
    except ValueFault:
        return None
    return (_iso(span[0]), _iso(span[1])) if span else None


def _iso(moment: Moment) -> str:
    """Return a moment as staff write it: with a zone only where it is not the site's own."""
    if moment.at is None:
        return moment.day.isoformat()
    precision = "seconds" if moment.at.second else "minutes"
    # A named zone is that of the settings or of the event, so it need not be repeated.
    is_site_zone = hasattr(moment.at.tzinfo, "key")
    return moment.at.replace(tzinfo=None if is_site_zone else moment.at.tzinfo).isoformat(
        " " if is_site_zone else "T", precision
    )


def slug_of(name: str, key: str, registers: Mapping[str, Register]) -> str | None:
    """Return the slug of the record that a name means; None if there is none, or the slug means another one.

    Args:
        name: as written.
        key: the front-matter key that it stands under.
        registers: kind → names of its records.
    """
    slug = find_record(registers, key, name)
    return slug if slug and find_record(registers, key, slug) == slug else None


def canonical_tags(written: str, tags: Mapping[str, str]) -> str:
    """Return a tag, or several separated by commas, in their most frequent spellings.

    Args:
        written: as written.
        tags: folded tag → its most frequent spelling.
    """
    return _TAG.sub(lambda tag: tags.get(term_slug(tag[0]), tag[0]), written)


def most_used(written: Iterator[str]) -> dict[str, str]:
    """Return folded tag → its most frequent spelling; on a tie, the first one."""
    numbers: dict[str, dict[str, int]] = {}
    for tag in written:
        spellings = numbers.setdefault(term_slug(tag), {})
        spellings[tag] = spellings.get(tag, 0) + 1
    return {slug: max(found, key=lambda tag: found[tag]) for slug, found in numbers.items()}
