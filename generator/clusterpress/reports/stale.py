"""The list of what time has overtaken: translations, statements, invitations, programmes.

Whoever looks at such an item and writes the day under ``updated`` takes it off the list.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

from clusterpress.content.dates import format_day
from clusterpress.content.items import Event, Programme
from clusterpress.content.periods import last_day_of
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.obligations import find_due_reviews
from clusterpress.reports.lists import Row, row_at_key, row_of
from clusterpress.sources.last_changes import LastChange

_ADDRESS = re.compile(r"https?://[^\s<>()]+")


def stale(library: Library, changes: Mapping[str, LastChange]) -> Iterator[Row]:
    """Yield what time has overtaken, in published and scheduled items.

    - Translations that are older than their original. If the original has ``updated``, the translation needs
      the same day or a later one; otherwise the files are compared.
    - Statements that nobody has reviewed for a year.
    - Past events that still invite readers to register.
    - Programmes that ended before today, unless they were updated since.

    Args:
        library: all items.
        changes: path → last change of the files of the items.
    """
    by_url = {entry.url: entry for entry in library.entries}
    for entry in library.entries:
        if entry.card.state not in {"published", "scheduled"}:
            continue
        yield from _outdated_translation(entry, by_url, changes)
        if isinstance(entry.item, Event) and library.is_over(entry):
            yield from _late_invitation(entry, entry.item)
        elif isinstance(entry.item, Programme):
            yield from _ended_programme(entry, entry.item, library)
    for review in find_due_reviews(library):
        when = (
            f"last reviewed on {format_day(review.day)}"
            if review.day
            else "never reviewed, as far as it says"
        )
        note = f"the {review.statement} statement was {when}"
        if review.page:
            yield row_at_key(review.page, "updated", note)
        else:
            yield Row(path=review.path, line=review.line, note=note)


def _outdated_translation(
    entry: Entry, by_url: Mapping[str, Entry], changes: Mapping[str, LastChange]
) -> Iterator[Row]:
    """Yield the row of a translation that is older than its original."""
    original = by_url.get(entry.translations[0][1]) if entry.translations else None
    if original is None or original is entry:
        return
    theirs, own = original.item.updated, entry.item.updated
    if theirs and (own.day if own else entry.published.date()) < theirs.day:
        note = f"{original.path} was updated on {format_day(theirs.day)}, and this translation was not"
        yield row_at_key(entry, "updated", note)
    elif not theirs and _is_older(entry, original, changes):
        yield row_of(entry, f"{original.path} was changed later than this translation")


def _is_older(entry: Entry, original: Entry, changes: Mapping[str, LastChange]) -> bool:
    """Return whether the file of a translation is older, and its author does not say otherwise."""
    own, theirs, updated = changes.get(entry.path), changes.get(original.path), entry.item.updated
    if own is None or theirs is None or not own.is_before(theirs):
        return False
    return updated is None or updated.day < datetime.fromtimestamp(theirs.time, entry.item_loader.zone).date()


def _late_invitation(entry: Entry, event: Event) -> Iterator[Row]:
    """Yield the row of a past event if it still invites readers to register."""
    if found := next(_invitations(event), None):
        key, line, words = found
        note = f'the event is over, but it still says "{words}"'
        yield row_of(entry, note, line) if line else row_at_key(entry, key, note)


def _invitations(event: Event) -> Iterator[tuple[str, int, str]]:
    """Yield (key of the front matter, line or 0, words) of each invitation to register."""
    words, addresses = _patterns()
    for key, text in (("title", event.title), ("summary", event.summary)):
        if found := words.search(text):
            yield key, 0, found[0]
    for link in event.more:
        if words.search(f"[{link.label}]") or addresses.search(link.url):
            yield "more", 0, link.label
    if addresses.search(event.url):
        yield "url", 0, event.url
    for number, line in enumerate(event.source.body.split("\n"), event.source.body_line):
        if found := words.search(line):
            yield "", number, found[0].strip("[]")
        yield from (("", number, one) for one in _ADDRESS.findall(line) if addresses.search(one))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the words that invite, and of the addresses where readers register."""
    table = tomllib.loads(files(__package__).joinpath("invitations.toml").read_text("utf-8"))
    addresses = "|".join(table.pop("addresses"))
    words = "|".join(one for patterns in table.values() for one in patterns)
    return re.compile(words, re.IGNORECASE), re.compile(addresses, re.IGNORECASE)


def _ended_programme(entry: Entry, programme: Programme, library: Library) -> Iterator[Row]:
    """Yield the row of a programme that is over, unless somebody updated it since."""
    end = last_day_of(programme.period, library.settings.languages)
    if end is None or end >= library.today or (programme.updated and programme.updated.day > end):
        return
    yield row_at_key(entry, "period", f"the programme ended on {format_day(end)}")
