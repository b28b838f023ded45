"""Terms: programmes, clusters, partners, authors and tags, each with its index and its pages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from clusterpress.content.item_values import Contact
from clusterpress.library.entries import Entry, Label, TeaserCard, TeaserCards
from clusterpress.library.lists import ListPage, newest_page
from clusterpress.library.programmes import Print, prints_of
from clusterpress.library.terms import Term
from clusterpress.library.topics import WITH_CALENDAR
from clusterpress.markup.body import Body
from clusterpress.theme.countries import find_code
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.kinds import KIND_OF, Taxonomy
from clusterpress.values.outputs import Bundle, Output
from clusterpress.website.consortium import Consortium, issues_of, make_consortium, make_timeline, named_by
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner, calendar_of, newest_change, newest_day
from clusterpress.website.pages.items import show_item
from clusterpress.website.pages.news import numbered_pages
from clusterpress.website.shared_views import make_term_label
from clusterpress.website.structured_data import breadcrumbs, write_vcard
from clusterpress.website.structured_data import programme as describe_programme
from clusterpress.website.structured_data import record as describe_record
from clusterpress.website.views import Frame, ProgrammeBox, Site

UNCOUNTED = ("clusters", "partners")
"""Taxonomies whose index does not show the number of items."""
MIN_GROUPED = 12
"""Fewer records stand in one list, more in a group for each country."""
LAST_EVENTS = 8
"""How many past events a term's page shows."""

Facet = tuple[str, tuple[str, ...]]
"""Name of a filter, and its values."""


class TermRow(Struct, frozen=True, kw_only=True):
    """A term as the index of its taxonomy shows it."""

    label: Label
    card: TeaserCard | None = None
    """The card of its record."""
    count: int = 0
    """Number of its items, where the index shows it."""
    contact: Contact | None = None
    latest: TeaserCard | None = None
    """Its latest news, where the index shows it."""

    @property
    def monogram(self) -> str:
        """The letters that stand for its logo: of two words, or one where letters join or have no case."""
        initials = [word[0] for word in re.findall(r"\w+", self.label.name)][:2]
        has_case = all(one.lower() != one.upper() or one.isdigit() for one in initials)
        return "".join(initials if has_case else initials[:1]).upper()

    @property
    def facets(self) -> tuple[Facet, ...]:
        """Its values for the filters of the index; only non-empty ones."""
        if not self.card:
            return ()
        card = self.card
        found = (
            ("country", (card.country,)),
            ("sector", card.sectors),
            ("role", (card.role,)),
            ("programme", tuple(label.name for label in card.programmes)),
        )
        return tuple((name, values) for name, values in found if any(values))


def outputs(planner: PagePlanner, lang: str) -> Iterator[Bundle]:
    """Yield the pages about terms in a language: in a bundle for each index, each term, and further pages."""
    for taxonomy in planner.taxonomies:
        terms = planner.library.terms(taxonomy, lang)
        if terms:
            yield _index(planner, lang, taxonomy, terms)
        for term in terms:
            yield from _bundles(planner, term)


def _index(planner: PagePlanner, lang: str, taxonomy: Taxonomy, terms: Sequence[Term]) -> Bundle:
    frame = planner.section_frame(lang, taxonomy, modified=_newest_in(planner, taxonomy, terms))

    def plan() -> Iterator[Output]:
        rows = tuple(map(_make_term_row, terms))
        facets = collect_facets(rows)
        named = not KIND_OF.get(taxonomy)
        yield planner.view(
            lang,
            frame,
            "term-index.html",
            named=named,
            taxonomy=taxonomy,
            terms=rows,
            groups=() if named else group_by_country(rows),
            facets=facets,
            codes={one: find_code(one, (lang, *planner.settings.languages)) for one in _countries(rows)},
        )

    latest = [one.card_dependency_digest if (one := _latest(term)) else None for term in terms]
    counts = [(term.slug, term.name, term.url, _count(term)) for term in terms]
    cache_key = join_digests([planner.base_digests[lang], digest(frame, counts, latest)])
    return Bundle(name=f"{lang}/{taxonomy}", cache_key=cache_key, plan=plan, pages=frame.rows)


def _countries(rows: Iterable[TermRow]) -> list[str]:
    return sorted({row.card.country for row in rows if row.card and row.card.country})


def group_by_country(rows: Sequence[TermRow]) -> tuple[tuple[str, tuple[TermRow, ...]], ...]:
    """Return (country, rows) of a long directory whose records mostly have one, else nothing.

    Records without a country come last, below an empty name.
    """
    countries = _countries(rows)
    found: dict[str, list[TermRow]] = {one: [] for one in (*sorted(countries, key=str.casefold), "")}
    for row in rows:
        found[row.card.country if row.card else ""].append(row)
    if len(rows) < MIN_GROUPED or len(countries) <= 1 or len(found[""]) > len(rows) / 2:
        return ()
    return tuple((country, tuple(group)) for country, group in found.items() if group)


def _latest(term: Term) -> Entry | None:
    """Return the latest news of a term whose index shows it."""
    return term.news[0] if term.taxonomy == "programmes" and term.news else None


def _newest_in(planner: PagePlanner, taxonomy: Taxonomy, terms: Iterable[Term]) -> str:
    """Return when the index of a taxonomy changed last: with a record or, where it counts, with an item."""
    if taxonomy in UNCOUNTED:
        return max((one.record.index_record.modified[:10] for one in terms if one.record), default="")
    return max((_modified(planner, term, term.record) for term in terms), default="")


def _modified(planner: PagePlanner, term: Term, own: Entry | None) -> str:
    """Return when the page of a term changed last: with its record, or an item or member that it lists."""
    today = planner.library.today
    members = max((one.index_record.modified[:10] for one in term.members), default="")
    record = own.index_record.modified[:10] if own else ""
    return max(record, newest_day(term.news), newest_change(term.events, today), members)


def _bundles(planner: PagePlanner, term: Term) -> Iterator[Bundle]:
    own = term.record if term.record and term.record.kind == KIND_OF.get(term.taxonomy) else None
    name = f"{term.lang}/{term.taxonomy}/{term.slug}"
    base = join_digests(
        [
            planner.base_digests[term.lang],
            digest(term.slug, term.name, term.url, planner.term_urls[term.taxonomy, term.slug]),
            digest(planner.topics.get(term.url), planner.aliases.get(term.url)),
        ]
    )
    newest = newest_page(term.news, term.url, planner.settings.page_size)
    over = [planner.library.is_over(entry) for entry in term.events]
    others: tuple[object, ...] = ()
    if term.taxonomy == "programmes":
        issues = issues_of(planner.library, term)
        others = (named_by(planner.library, term), [entry.card_dependency_digest for entry in issues])
    yield Bundle(
        name=name,
        cache_key=digest(
            base,
            newest.older,
            [entry.card_dependency_digest for entry in newest.entries],
            over,
            [entry.dependency_digest for entry in term.events],
            [entry.url for entry in term.members],
            others,
            [cards.digest for cards in planner.collections_of(own)],
        ),
        plan=partial(_term, planner, term, own, newest),
        pages=lambda: _frame(planner, term, own).rows(),
    )
    yield from numbered_pages(
        planner, term.lang, name, term.url, term.news, lambda: _frame(planner, term, own).shared(), base
    )


def _count(term: Term) -> int:
    return len(term.news) + len(term.events) + len(term.members) if term.taxonomy not in UNCOUNTED else 0


def _make_term_row(term: Term) -> TermRow:
    return TermRow(
        label=make_term_label(term),
        card=term.record.card if term.record else None,
        count=_count(term),
        contact=getattr(term.record.item, "contact", None) if term.record else None,
        latest=latest.card if (latest := _latest(term)) else None,
    )


def collect_facets(rows: Iterable[TermRow]) -> tuple[Facet, ...]:
    """Return the filters of a list with their sorted values; one with a single value is left out."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for name, values in row.facets:
            found.setdefault(name, set()).update(values)
    return tuple(
        (name, tuple(sorted(values, key=str.casefold))) for name, values in found.items() if len(values) > 1
    )


def _term(planner: PagePlanner, term: Term, own: Entry | None, page: ListPage) -> Iterator[Output]:
    sources = (own.path,) if own and own.lang == term.lang else ()
    contact = getattr(own.item, "contact", None) if own and sources else None
    contact_card = f"{term.url}{term.slug}.vcf" if contact else ""
    over = [entry for entry in term.events if planner.library.is_over(entry)]
    is_programme = term.taxonomy == "programmes"
    issues = issues_of(planner.library, term) if is_programme else ()
    make = partial(
        _make_term,
        taxonomy=term.taxonomy,
        record=own,
        takes_part=_takes_part(planner, own, term.lang) if own else (),
        borrowed_record=term.record.card if term.record and not own else None,
        programme=planner.programme(term.slug, term.lang) if is_programme else None,
        items=TeaserCards(page.entries),
        older=page.older,
        upcoming=TeaserCards(e for e in reversed(term.events) if not planner.library.is_over(e)),
        past=TeaserCards(over[:LAST_EVENTS]),
        members=TeaserCards(term.members),
        collections=planner.collections_of(own),
        consortium=make_consortium(planner.library, term) if is_programme else None,
        timeline=make_timeline(term, page.entries, issues) if is_programme else TeaserCards(),
        contact_card=contact_card,
        prints=prints_of(planner.library, own) if own and sources and is_programme else (),
    )
    bodies = (own.body,) if own else ()
    yield planner.page(term.lang, _frame(planner, term, own), make, stored=bodies, sources=sources)
    if own and contact:
        web, url = getattr(own.item, "url", ""), planner.settings.url + term.url
        make = partial(write_vcard, name=own.item.title, contact=contact, web=web, url=url)
        yield Output(path=contact_card, make=make, sources=sources)


def _takes_part(planner: PagePlanner, own: Entry, lang: str) -> tuple[Label, ...]:
    """Return the programmes of a record; one without a page in the language is named without a link."""
    programme_boxes = ((label, planner.programme(label.slug, lang)) for label in own.terms["programmes"])
    return tuple(box.label if box else Label(name=label.name) for label, box in programme_boxes)


def _frame(planner: PagePlanner, term: Term, own: Entry | None) -> Frame:
    versions = tuple(planner.term_urls[term.taxonomy, term.slug].items())
    section = f"{planner.url_prefix(term.lang)}{term.taxonomy}/"
    return Frame(
        url=term.url,
        title=term.name,
        lang=own.lang if own and own.lang != term.lang else "",
        description=own.card.summary if own else "",
        section=section,
        crumbs=planner.crumbs(term.lang, term.taxonomy),
        feed=planner.topics.get(term.url),
        calendar=calendar_of(term.url, term.events if term.taxonomy in WITH_CALENDAR else ()),
        translations=versions if len(versions) > 1 else (),
        picture=own.picture if own else None,
        modified=_modified(planner, term, own),
        indexed=not (own and own.index_record.draft),
    )


def _make_term(
    site: Site,
    theme: Theme,
    page: Frame,
    taxonomy: str,
    record: Entry | None,
    takes_part: tuple[Label, ...],
    borrowed_record: TeaserCard | None,
    programme: ProgrammeBox | None,
    items: TeaserCards,
    older: str,
    upcoming: TeaserCards,
    past: TeaserCards,
    members: TeaserCards,
    collections: tuple[TeaserCards, ...],
    consortium: Consortium | None,
    timeline: TeaserCards,
    contact_card: str,
    prints: tuple[Print, ...],
    stored: tuple[Body, ...] = (),
) -> bytes:
    """Return the page of a term.

    A partner or cluster that signs as an author has a ``borrowed_record`` instead of a record of that kind.
    """
    settings = site.settings
    described = None
    if record:
        partners = [member.label for member in consortium.partners] if consortium else []
        described = describe_programme(record, partners, settings) or describe_record(record, settings)
    graph = (*([described] if described else []), breadcrumbs(page, settings))
    own: dict[str, Any] = {"entry": None, "item": None, "more": (), "contact": None}
    if record:
        own = {
            **show_item(record, stored[0], site, theme, collections),
            "contact": getattr(record.item, "contact", None),
        }
    lists = {"items": items, "older": older, "newer": "", "upcoming": upcoming, "past": past}
    lists |= {"members": members, "consortium": consortium, "timeline": timeline}
    lists["code_of"] = partial(find_code, languages=(page.lang or site.lang, site.lang))
    others = {"takes_part": takes_part, "borrowed_record": borrowed_record, "programme": programme}
    views = {**own, **lists, **others, "taxonomy": taxonomy, "contact_card": contact_card, "prints": prints}
    return render_page(site, theme, page, "term.html", graph=graph, **views)
