"""Records: an entry in the index, made from its text and its card, not from its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from clusterpress.library.entries import Entry
from clusterpress.markup.body import Body
from clusterpress.markup.plain_text import repeats
from clusterpress.values.kinds import KIND_OF, Taxonomy

_FILTERED: tuple[Taxonomy, ...] = ("programmes", "clusters")
"""Taxonomies by which readers can filter; a filter is named after the kind of the records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An entry in the index."""

    url: str
    """Path below the site's root, with a leading slash as Pagefind expects."""
    content: str
    """Plain text, to be searched and quoted."""
    meta: Mapping[str, str]
    """Texts that a result shows, which are searched as well. Missing values are empty: an index numbers these
    fields, and only indexes with the same fields can be merged."""
    filters: Mapping[str, tuple[str, ...]]
    """Filter → values, as slugs, because addresses contain them."""


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
        # Pagefind skips records without text.
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
