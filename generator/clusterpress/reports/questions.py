"""Lists of items that need attention: drafts, scheduled, expired, untranslated, pictures without alt text.

Each takes the library with all items, including those that are not published yet or any more.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from clusterpress.content.dates import format_day
from clusterpress.content.items import Event, Image, Issue, Moment, News
from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.visibility import State


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Row:
    """An item or a file, with a note."""

    path: str
    """Its file, relative to the project's root."""
    line: int = 1
    """The line that the note is about."""
    kind: str = ""
    """Kind of item; "" for another file."""
    lang: str = ""
    title: str = ""
    note: str = ""
    """Why it is in the list."""


def row_of(entry: Entry, note: str, line: int = 1) -> Row:
    """Return the row of an item.

    Args:
        entry: of the item.
        note: why it is in the list.
        line: of its file, counted from 1.
    """
    item = entry.item
    return Row(path=item.source.path, line=line, kind=item.kind, lang=entry.lang, title=item.title, note=note)


Question = Callable[[Library], Iterator[Row]]
"""Library → rows, in any order."""


def drafts(library: Library) -> Iterator[Row]:
    """Yield the items with ``draft: true``."""
    return (_at_key(entry, "draft", "draft") for entry in _in_state(library, "draft"))


def scheduled(library: Library) -> Iterator[Row]:
    """Yield the items that will be published later, because of their embargo or their date."""
    for entry in _in_state(library, "scheduled"):
        item = entry.item
        dated = item.date if isinstance(item, News | Event | Issue) else None
        key, moment = ("publish", item.publish) if item.publish else ("date", dated)
        yield _at_key(
            entry, key, f"will be published on {_when(moment)}" if moment else "will be published later"
        )


def expired(library: Library) -> Iterator[Row]:
    """Yield the items that are no longer published."""
    for entry in _in_state(library, "expired"):
        if entry.item.expires:
            yield _at_key(entry, "expires", f"expired on {_when(entry.item.expires)}")


def untranslated(library: Library) -> Iterator[Row]:
    """Yield each item that lacks a translation, once, in the first language that it has.

    A translation that is still a draft counts; expired items do not need one.
    """
    languages = library.settings.languages
    for entry in library.entries:
        available = [lang for lang, _ in entry.translations] or [entry.lang]
        missing = [lang for lang in languages if lang not in available]
        if missing and entry.lang == available[0] and entry.card.state != "expired":
            yield row_of(entry, f"missing in {', '.join(missing)}")


def without_alt(library: Library) -> Iterator[Row]:
    """Yield each picture without alt text.

    Decorative pictures need none: those with ``alt: ""`` in front matter or ``{role=presentation}`` in a
    text.
    """
    for entry in library.entries:
        item = entry.item
        picture: Image | None = item.image
        if picture and not picture.alt and "image.alt" not in item.source.lines:
            yield _at_key(entry, "image", picture.src)
        for ref in entry.outline.pictures:
            if not ref.alt.strip() and ("role", "presentation") not in ref.attributes:
                yield row_of(entry, ref.src, item.source.body_line + ref.line - 1)


LISTS: Mapping[str, Question] = {
    "drafts": drafts,
    "scheduled": scheduled,
    "expired": expired,
    "untranslated": untranslated,
    "without-alt": without_alt,
}
"""Name → list that needs nothing but the library."""


def _in_state(library: Library, state: State) -> Iterator[Entry]:
    return (entry for entry in library.entries if entry.card.state == state)


def _at_key(entry: Entry, key: str, note: str) -> Row:
    return row_of(entry, note, entry.item.source.lines.get(key, (1, 1))[0])


def _when(moment: Moment) -> str:
    return f"{format_day(moment.day)}, {moment.at:%H:%M}" if moment.at else format_day(moment.day)
