"""Questions about items: which are drafts, embargoed, expired, untranslated, or show pictures without alt.

Each takes the library with all items in it, those that readers do not see yet or any more too.
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
    """An item or a file, and what is to be said of it."""

    path: str
    """Its file, relative to the project's root."""
    line: int = 1
    """The line to look at."""
    kind: str = ""
    """Kind of item; "" for a file that is none."""
    lang: str = ""
    title: str = ""
    note: str = ""
    """Why it is in the list."""


def row_of(entry: Entry, note: str, line: int = 1) -> Row:
    """Return the row of an item."""
    item = entry.item
    return Row(path=item.source.path, line=line, kind=item.kind, lang=entry.lang, title=item.title, note=note)


Question = Callable[[Library], Iterator[Row]]
"""Library → rows, in any order."""


def drafts(library: Library) -> Iterator[Row]:
    """Yield the items with ``draft: true``."""
    return (_at_key(entry, "draft", "draft") for entry in _in_state(library, "draft"))


def scheduled(library: Library) -> Iterator[Row]:
    """Yield the items that come out later: by their embargo, or by their own date."""
    for entry in _in_state(library, "scheduled"):
        item = entry.item
        dated = item.date if isinstance(item, News | Event | Issue) else None
        key, moment = ("publish", item.publish) if item.publish else ("date", dated)
        yield _at_key(entry, key, f"comes out on {_when(moment)}" if moment else "comes out later")


def expired(library: Library) -> Iterator[Row]:
    """Yield the items that readers no longer see."""
    for entry in _in_state(library, "expired"):
        if entry.item.expires:
            yield _at_key(entry, "expires", f"expired on {_when(entry.item.expires)}")


def untranslated(library: Library) -> Iterator[Row]:
    """Yield each item that is missing in a language of the site, once, in the first language it has.

    A translation that is still a draft counts as there; expired items are left aside.
    """
    languages = library.settings.languages
    for entry in library.entries:
        available = [lang for lang, _ in entry.translations] or [entry.lang]
        missing = [lang for lang in languages if lang not in available]
        if missing and entry.lang == available[0] and entry.card.state != "expired":
            yield row_of(entry, f"missing in {', '.join(missing)}")


def without_alt(library: Library) -> Iterator[Row]:
    """Yield each picture that says nothing to those who do not see it.

    An ``alt: ""`` in front matter says that the picture only decorates, and so does
    ``{role=presentation}`` in a text.
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
"""Questions that the library alone answers, by name."""


def _in_state(library: Library, state: State) -> Iterator[Entry]:
    return (entry for entry in library.entries if entry.card.state == state)


def _at_key(entry: Entry, key: str, note: str) -> Row:
    return row_of(entry, note, entry.item.source.lines.get(key, (1, 1))[0])


def _when(moment: Moment) -> str:
    return f"{format_day(moment.day)}, {moment.at:%H:%M}" if moment.at else format_day(moment.day)
