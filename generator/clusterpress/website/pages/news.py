"""News: the list with its numbered pages, the archive by year, and the bundles of the items' pages."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from clusterpress.library.entries import Entry, Label, TeaserCards
from clusterpress.library.library import Library
from clusterpress.library.lists import Related, neighbours, newest_page
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.kinds import TAXONOMY_NAMES
from clusterpress.values.outputs import Bundle, Output, PageRow, Planned
from clusterpress.website.page_planner import PagePlanner, split_in_chunks
from clusterpress.website.pages.items import item_output
from clusterpress.website.pages.pagination import numbered_pages
from clusterpress.website.views import Frame


def outputs(planner: PagePlanner, lang: str) -> Iterator[Planned]:
    """Yield the pages about news in a language."""
    entries = planner.library.of_kind("news", lang)
    if not entries:
        return
    yield from _list(planner, lang)
    yield from _years(planner, lang)
    yield from _items(planner, lang)


def _items(planner: PagePlanner, lang: str) -> Iterator[Bundle]:
    """Yield the pages of items in bundles, which also depend on all older items and on the next one."""
    entries = planner.library.of_kind("news", lang)
    shared = planner.shared_frame(lang, "news")
    library = planner.library
    related = library.memo(("related", lang), partial(_find_related, library, lang))
    events = join_digests(
        [
            entry.dependency_digest
            for one in library.settings.languages
            for entry in library.of_kind("event", one)
        ]
    )
    before = join_digests([])
    for number, positions in split_in_chunks(len(entries)):
        chunk = entries[positions.start : positions.stop]
        newer = entries[positions.start - 1] if positions.start else None
        term_digest = library.memo(("ties", lang, number), partial(_join_term_digests, chunk))
        before = join_digests([before, library.digest_cards(("items", lang, number), chunk), term_digest])
        yield Bundle(
            name=f"{lang}/news/items/{number}",
            cache_key=digest(
                planner.base_digests[lang],
                shared,
                before,
                newer and newer.card_dependency_digest,
                join_digests([entry.dependency_digest for entry in chunk]),
                events if any(entry.index_record.events for entry in chunk) else None,
            ),
            plan=partial(_plan_items, planner, shared, entries, positions, related),
            pages=partial(_rows_of_items, planner, chunk),
            checked=chunk,
        )


def _find_related(library: Library, lang: str) -> Related:
    terms = (term for taxonomy in TAXONOMY_NAMES for term in library.terms(taxonomy, lang))
    return Related(library.of_kind("news", lang), terms)


def _join_term_digests(entries: Iterable[Entry]) -> bytes:
    return join_digests([entry.index_record.term_digest for entry in entries])


def _plan_items(
    planner: PagePlanner,
    shared: Frame,
    entries: Sequence[Entry],
    positions: range,
    related: Related,
) -> Iterator[Output]:
    for position in positions:
        yield item_output(
            planner,
            shared,
            entries[position],
            neighbours(entries, position),
            tuple([entries[other] for other in related.of(position)]),
        )


def _rows_of_items(planner: PagePlanner, chunk: Sequence[Entry]) -> list[PageRow]:
    versions = planner.library.resolver.versions
    return [
        (entry.url, entry.index_record.modified, versions(entry.index_record))
        for entry in chunk
        if not entry.index_record.draft
    ]


def _list(planner: PagePlanner, lang: str) -> Iterator[Planned]:
    news, size = planner.library.of_kind("news", lang), planner.settings.page_size
    years = tuple(
        Label(name=str(year), url=f"{planner.url_prefix(lang)}news/{year}/") for year in planner.years[lang]
    )
    frame = planner.section_frame(lang, "news", description=planner.settings.description)
    first = newest_page(news, frame.url, size)
    yield planner.view(
        lang,
        frame,
        "news-list.html",
        items=TeaserCards(first.entries),
        older=first.older,
        newer=first.newer,
        years=years,
        untranslated=planner.untranslated_news(lang),
    )
    shared = frame.shared()
    base = join_digests([planner.base_digests[lang], shared.digest])
    yield from numbered_pages(planner, lang, f"{lang}/news", frame.url, news, lambda: shared, base)


def _years(planner: PagePlanner, lang: str) -> Iterator[Planned]:
    start = f"{planner.url_prefix(lang)}news/"
    crumbs = planner.crumbs(lang, "news")
    archive = Label(name=planner.label(lang, "archive"), url=f"{start}archive/")
    for year, entries in planner.years[lang].items():
        frame = Frame(
            url=f"{start}{year}/",
            title=planner.label(lang, "year_title").format(year=year),
            section=start,
            crumbs=(*crumbs, archive),
            feed=planner.topics.get(start),
            translations=planner.versions(
                f"news/{year}/", {one for one in planner.years if year in planner.years[one]}
            ),
        )
        cards = planner.library.digest_cards(("year", lang, year), entries)
        yield Bundle(
            name=f"{lang}/news/years/{year}",
            cache_key=join_digests([planner.base_digests[lang], digest(frame), cards]),
            plan=partial(_plan_year, planner, lang, frame, entries),
            pages=frame.rows,
        )
    frame = Frame(
        url=archive.url,
        title=archive.name,
        section=start,
        crumbs=crumbs,
        feed=planner.topics.get(start),
        translations=planner.versions("news/archive/", {one for one in planner.years if planner.years[one]}),
    )
    counts = tuple(
        (Label(name=str(year), url=f"{start}{year}/"), len(found))
        for year, found in planner.years[lang].items()
    )
    yield planner.view(lang, frame, "news-archive.html", years=counts)


def _plan_year(planner: PagePlanner, lang: str, frame: Frame, entries: Sequence[Entry]) -> Iterator[Output]:
    yield planner.view(lang, frame, "news-year.html", items=TeaserCards(entries))
