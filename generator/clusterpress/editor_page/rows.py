"""The rows of the editor's lists: an item with picture, date, programmes and state."""

from collections.abc import Iterable
from typing import Any

from clusterpress.library.entries import Entry

Row = dict[str, Any]


def make_row(entry: Entry, languages: Iterable[str]) -> Row:
    """Return the row of an entry.

    Args:
        entry: the entry.
        languages: those of the site; the row names those in which the item is missing.
    """
    card = entry.card
    known = [lang for lang, _ in entry.translations] or [entry.lang]
    picture = card.picture.picture if card.picture else None
    day = card.day.isoformat() if card.day else ""
    return {
        "path": entry.path,
        "kind": entry.kind,
        "title": card.title,
        "slug": entry.slug,
        "date": day,
        # Its day, then the time of its publication; records have none.
        "sort": f"{day} {entry.index_record.publish_at:020.3f}" if day else "",
        "state": entry.state,
        "lang": entry.lang,
        "languages": known,
        "missing": [lang for lang in languages if lang not in known],
        "programmes": [label.name for label in card.programmes],
        "picture": "" if picture is None else picture.url,
        "note": " · ".join(filter(None, (card.number, card.role, card.place, card.country))),
        "url": entry.url,
        "faulty": False,
    }
