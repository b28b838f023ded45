"""Records: what the index knows of an entry, from its text and its card alone, never from its whole page."""

from collections.abc import Mapping
from dataclasses import dataclass

from clusterpress.library.entries import Entry
from clusterpress.markup.body import Body
from clusterpress.markup.plain_text import repeats
from clusterpress.values.taxonomies import KIND_OF, Taxonomy

_FILTERED: tuple[Taxonomy, ...] = ("programmes", "clusters")
"""Taxonomies by which readers can filter; a filter is named after the kind of the records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An entry as the index sees it."""

    url: str
    """Path below the site's root, with a leading slash, as Pagefind wants it."""
    content: str
    """Plain text: what is searched and quoted."""
    meta: Mapping[str, str]
    """What a result shows beside the text, and is searched as well. What it lacks is empty: an index numbers
    these fields, and only indexes with the same ones can be merged."""
    filters: Mapping[str, tuple[str, ...]]
    """Filter → values, as slugs: they stand in addresses."""


def make_record(entry: Entry, body: Body) -> Record:
    """Return the record of an entry with its body."""
    card = entry.card
    is_in_body = card.summary == body.outline.excerpt or repeats(card.summary, body.outline)
    lead = "" if is_in_body else f"{card.summary}\n"
    names = [label.name for labels in entry.terms.values() for label in labels]
    meta = {
        "title": card.title,
        "date": card.day.isoformat() if card.day else "",
        "last": card.last_day.isoformat() if card.last_day and card.last_day != card.day else "",
        "when": card.when,
        "place": ", ".join(filter(None, (card.place, card.country))),
        "number": card.number,
        "terms": ", ".join(dict.fromkeys(names)),
    }
    return Record(
        url=f"/{entry.url}",
        # A record without a text would be passed over.
        content=(lead + body.text).strip() or card.title,
        meta=meta,
        filters=_filters(entry),
    )


def _filters(entry: Entry) -> dict[str, tuple[str, ...]]:
    card = entry.card
    filters: dict[str, tuple[str, ...]] = {
        "kind": (card.kind,),
        "year": (str(card.day.year),) if card.day else (),
    }
    for taxonomy in _FILTERED:
        name = str(KIND_OF[taxonomy])
        slugs = [label.slug for label in entry.terms[taxonomy]]
        own = [entry.slug] if card.kind == name else []
        filters[name] = tuple(dict.fromkeys([*own, *slugs]))
    return {name: values for name, values in filters.items() if values}
