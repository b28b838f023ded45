"""Queries of collections: "the latest five news of a programme", and what they may say."""

from collections.abc import Iterator, Mapping

from clusterpress.config.settings import Settings
from clusterpress.values.kinds import TAXONOMIES, TaxonomyFields
from clusterpress.values.problems import did_you_mean

Query = tuple[tuple[str, str], ...]
"""(key, value) in the order of the lines."""

KINDS = ("news", "event", "issue", "programme", "cluster", "partner")
"""Kinds that a collection may show."""
ORDERS = ("newest", "oldest", "upcoming", "past")
"""``upcoming`` and ``past`` are for events."""
LIMIT, MOST = 5, 50
"""Items that a collection shows if it does not say how many, and at most."""

_SINGULAR = {"tags": "tag", "sectors": "sector", "countries": "country", "series": "series"}


def term_keys(settings: Settings) -> Mapping[str, TaxonomyFields]:
    """Return key of a query → the taxonomy whose terms it names."""
    own = {one.field: one for one in settings.all_taxonomies[len(TAXONOMIES) :]}
    return {_SINGULAR.get(one.name, one.kind or one.field): one for one in TAXONOMIES} | own


def check_query(query: Query, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield (message, hint) for each key or value that no collection has."""
    terms = term_keys(settings)
    known = ("kind", "order", "limit", *terms)
    for key, value in query:
        if key not in known:
            hint = did_you_mean(key, known, f"known are {', '.join(known)}")
            yield f'a collection has no key "{key}"', hint
        elif not value:
            yield f'"{key}" of a collection is empty', "write a value after it, or delete the line"
        elif key in ("kind", "order") and value not in (choices := KINDS if key == "kind" else ORDERS):
            hint = did_you_mean(value, choices, f"write one of {', '.join(choices)}")
            yield f'the {key} of a collection cannot be "{value}"', hint
        elif key == "limit" and not (value.isascii() and value.isdigit() and 0 < int(value) <= MOST):
            yield f'the limit of a collection cannot be "{value}"', f"write a number from 1 to {MOST}"
    for key in {key for key, _ in query}:
        if sum(one == key for one, _ in query) > 1:
            yield f'a collection has "{key}" twice', "keep one; a comma separates several names"
