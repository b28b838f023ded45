"""Doubles: two items that say they are the same one."""

from collections import Counter
from collections.abc import Iterator, Sequence

from clusterpress.library.entries import Entry
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, Severity


def find_duplicates(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield what is wrong with items that share a name in feeds, or title and date."""
    if any(entry.index_record.id for entry in entries):  # else they can but clash by their address
        yield from _duplicate_ids(entries)
    moments = Counter([entry.index_record.published for entry in entries])
    shared = {moment for moment, number in moments.items() if number > 1}
    news: dict[tuple[str, str, float], Entry] = {}
    for entry in entries if shared else ():
        one = entry.index_record
        if one.published not in shared or one.kind != "news":
            continue
        first = news.setdefault((one.lang, one.title.casefold(), one.published), entry)
        if first is not entry:
            message = f"{first.path} has the same title and date"
            hint = "delete one of the two, or give each a title of its own"
            lines = entry.item.source.lines
            yield problem_at("title", lines, entry.path, message, hint, Severity.WARNING)


def _duplicate_ids(entries: Sequence[Entry]) -> Iterator[Problem]:
    names: dict[str, Entry] = {}
    for entry in entries:
        first = names.setdefault(entry.id, entry)
        if first is not entry and (entry.index_record.id or first.index_record.id):
            message = f"feeds would call this item the same as {first.path}: {entry.id}"
            hint = 'give it another "id", or delete it'
            yield problem_at("id", entry.item.source.lines, entry.path, message, hint)
