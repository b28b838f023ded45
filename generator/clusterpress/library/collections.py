"""Collections in texts: which items they show, and the names in them that nothing has."""

from collections.abc import Iterator
from operator import attrgetter

from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.queries import LIMIT, Query, term_keys
from clusterpress.values.kinds import TaxonomyFields
from clusterpress.values.problems import Problem
from clusterpress.values.slugs import term_slug


def check_collections(library: Library) -> Iterator[Problem]:
    """Yield an error for each name in a collection that nothing on the site has."""
    terms = term_keys(library.settings)
    for entry in library.with_field("collections"):
        for query, line in entry.index_record.collections:
            for key, value in query:
                for name in _names(value) if key in terms else ():
                    if not _is_known(library, terms[key], name):
                        message, hint = (
                            f'collection: no {key} is called "{name}"',
                            "write a name that items use",
                        )
                        yield Problem(path=entry.path, line=line, message=message, hint=hint)


def _names(value: str) -> list[str]:
    return [name for part in value.strip("[]").split(",") if (name := part.strip().strip("\"'"))]


def _slug(library: Library, taxonomy: TaxonomyFields, name: str) -> str:
    register = library.resolver.records.registers.get(taxonomy.kind or "")
    return (register.find(name) if register else None) or term_slug(name)


def _is_known(library: Library, taxonomy: TaxonomyFields, name: str) -> bool:
    slug = _slug(library, taxonomy, name)
    by_lang = (library.terms(taxonomy.name, lang) for lang in library.settings.languages)
    return any(term.slug == slug for terms in by_lang for term in terms)


def select(library: Library, query: Query, lang: str) -> tuple[Entry, ...]:
    """Return the items that a collection shows on a page of a language.

    It takes one look at each item of its terms, or of its kind if it names none.
    """
    values = dict(query)
    kind, order = values.get("kind", "news"), values.get("order", "")
    found = library.of_kind(kind, lang)
    for key, taxonomy in term_keys(library.settings).items():
        if key in values:
            slugs = {_slug(library, taxonomy, name) for name in _names(values[key])}
            named = _named(library, taxonomy, slugs, lang)
            found = tuple(one for one in found if one.path in named)
    if kind == "event" and order in ("upcoming", "past"):
        found = tuple(one for one in found if library.is_over(one) == (order == "past"))
    if order in ("oldest", "upcoming"):
        found = tuple(sorted(found, key=attrgetter("index_record.first_day")))
    return found[: int(values.get("limit", LIMIT))]


def _named(library: Library, taxonomy: TaxonomyFields, slugs: set[str], lang: str) -> set[str]:
    """Return the source paths of the items that have one of some terms."""
    terms = [term for term in library.terms(taxonomy.name, lang) if term.slug in slugs]
    listed = {one.path for term in terms for one in (*term.news, *term.events, *term.members)}
    if taxonomy.name in ("programmes", "clusters"):
        records = (*library.of_kind("partner", lang), *library.of_kind("cluster", lang))
        listed |= {
            one.path for one in records if any(label.slug in slugs for label in one.terms[taxonomy.name])
        }
    return listed


def collections_of(library: Library, entry: Entry) -> tuple[tuple[Entry, ...], ...]:
    """Return the items of each collection in the text of an entry."""
    lang = entry.lang
    return tuple(select(library, query, lang) for query, _ in entry.index_record.collections)
