"""Doubles: two items that say they are the same one."""

from collections.abc import Iterator, Sequence

from clusterpress.content.items import News
from clusterpress.library.entries import Entry
from clusterpress.problems import Problem, Severity
from clusterpress.reading import problem_at


def doubles(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield what is wrong with items that share a name in feeds, or title and date."""
    names: dict[str, Entry] = {}
    news: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        item = entry.item
        first = names.setdefault(entry.id, entry)
        if first is not entry and (item.id or first.item.id):  # else they clash by their address
            message = f"feeds would call this item the same as {first.item.source.path}: {entry.id}"
            hint = 'give it another "id", or delete it'
            yield problem_at("id", item.source.lines, item.source.path, message, hint)
        if not isinstance(item, News):
            continue
        said = (entry.lang, item.title.casefold(), item.date.iso)
        if (first := news.setdefault(said, entry)) is not entry:
            message = f"{first.item.source.path} has the same title and date"
            hint = "delete one of the two, or give each a title of its own"
            yield problem_at("title", item.source.lines, item.source.path, message, hint, Severity.WARNING)


def without_words(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield a warning for each news item that says nothing beyond its title: so it would stand in feeds."""
    for entry in entries:
        item = entry.item
        if isinstance(item, News) and not (item.summary or item.source.body.strip()):
            message, hint = "the item has neither text nor summary", "write some, or mark it as a draft"
            yield problem_at("title", item.source.lines, item.source.path, message, hint, Severity.WARNING)
