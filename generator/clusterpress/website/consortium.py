"""The consortium of a programme: its partners, clusters, countries and people, and what happened in it."""

from collections.abc import Iterable, Iterator
from heapq import nsmallest

from msgspec import Struct

from clusterpress.content.items import Author, Issue
from clusterpress.library.entries import Entry, Label, TeaserCards
from clusterpress.library.library import Library
from clusterpress.library.programmes import partners_of
from clusterpress.library.terms import Term
from clusterpress.values.slugs import term_slug
from clusterpress.website.views import with_digest

MAX_PEOPLE = 12
"""People that the page of a programme names; those who sign most come first."""
TIMELINE = 12
"""Entries of its timeline."""


class Member(Struct, frozen=True, kw_only=True):
    """A partner, a cluster or a person."""

    label: Label
    number: str = ""
    role: str = ""
    country: str = ""
    lang: str = ""
    """Language of its role and its country."""


class Consortium(Struct, frozen=True, kw_only=True):
    """Who takes part in a programme."""

    partners: tuple[Member, ...] = ()
    """By number."""
    clusters: tuple[Member, ...] = ()
    """Those that its news and events concern, by name."""
    people: tuple[Member, ...] = ()
    """Those who sign its news."""
    countries: tuple[Label, ...] = ()
    """Of partners and clusters, by name; with the address of its page if it has one."""
    digest: bytes = b""


def named_by(library: Library, term: Term) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the slugs of the clusters and authors that the news and events of a programme name.

    Clusters are sorted by slug, authors by the number of their news. It takes a look at the names of each
    entry and resolves none of them.
    """

    def find() -> tuple[tuple[str, ...], tuple[str, ...]]:
        places = {one.name: place for place, one in enumerate(library.settings.all_taxonomies)}
        found = library.resolver.terms.group((*term.news, *term.events), term.lang)
        authors = found[places["authors"]]
        most = nsmallest(MAX_PEOPLE, authors, key=lambda slug: (-len(authors[slug]), slug))
        return tuple(sorted(found[places["clusters"]])), tuple(most)

    return library.memo(("named by", term.slug, term.lang), find)


def make_consortium(library: Library, term: Term) -> Consortium:
    """Return who takes part in a programme, in the language of its page."""
    clusters, authors = named_by(library, term)
    partners = tuple(map(_member, partners_of(library, term.slug, term.lang)))
    in_clusters = tuple(_records(library, "cluster", clusters, term.lang))
    members = tuple(map(_member, sorted(in_clusters, key=lambda one: one.title.casefold())))
    people = (one for one in _records(library, "author", authors, term.lang) if _is_person(one))
    return with_digest(
        Consortium(
            partners=partners,
            clusters=members,
            people=tuple(map(_member, people)),
            countries=tuple(_countries(library, (*partners, *members), term.lang)),
        )
    )


def _records(library: Library, kind: str, slugs: Iterable[str], lang: str) -> Iterator[Entry]:
    yield from filter(None, (library.record(kind, slug, lang) for slug in slugs))


def _is_person(entry: Entry) -> bool:
    return isinstance(entry.item, Author) and entry.item.type == "person"


def _member(entry: Entry) -> Member:
    item = entry.item
    role = (item.role, item.organisation) if isinstance(item, Author) else (getattr(item, "role", ""),)
    contact = getattr(item, "contact", None)
    return Member(
        label=Label(name=entry.title, slug=entry.slug, url=entry.url, lang=entry.lang),
        number=getattr(item, "number", ""),
        role=", ".join(filter(None, role)),
        country=getattr(item, "country", "") or (contact.country if contact else ""),
        lang=entry.lang,
    )


def _countries(library: Library, members: Iterable[Member], lang: str) -> Iterator[Label]:
    pages = {one.slug: one.url for one in library.terms("countries", lang)}
    known = {term_slug(one.country): one for one in members if one.country}
    for slug, one in sorted(known.items(), key=lambda pair: pair[1].country.casefold()):
        yield Label(name=one.country, slug=slug, url=pages.get(slug, ""), lang=one.lang)


def issues_of(library: Library, term: Term) -> tuple[Entry, ...]:
    """Return the issues of the newsletters that a programme funds, the latest first."""
    letters = library.settings.newsletters
    own = {name for name, one in letters.items() if one.programme and term_slug(one.programme) == term.slug}
    issues = library.of_kind("issue", term.lang) if own else ()
    return tuple(one for one in issues if isinstance(one.item, Issue) and one.item.newsletter in own)


def make_timeline(term: Term, news: Iterable[Entry], issues: Iterable[Entry]) -> TeaserCards:
    """Return what happened last: some news, events and issues by their days, the latest first."""
    dated = (one for one in (*news, *term.events[:TIMELINE], *issues) if one.index_record.first_day)
    newest = sorted(dated, key=lambda one: (-one.index_record.first_day, one.url))
    return TeaserCards(newest[:TIMELINE])
