"""News: the list with its numbered pages, the archive by year, and the bundles of the items' pages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from heapq import nsmallest

from msgspec import Struct

from clusterpress.library.entries import Entry, Label, TeaserCards
from clusterpress.library.lists import (
    MAX_ONWARD,
    Related,
    count_full,
    find_onward,
    newest_page,
    numbered_page,
)
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.kinds import TAXONOMY_NAMES
from clusterpress.values.outputs import Bundle, Output, PageRow, Planned
from clusterpress.website.lazy_engine import make_page
from clusterpress.website.page_planner import PagePlanner, newest_day, split_in_chunks
from clusterpress.website.pages.items import make_item
from clusterpress.website.shared_views import make_term_label
from clusterpress.website.views import Frame, Site

MAX_CHOICES = 12
"""Terms that a filter of the list offers; a link leads to the others."""
PAGES_PER_BUNDLE = 32
"""Pages that are planned together."""


def outputs(planner: PagePlanner, lang: str) -> Iterator[Planned]:
    """Yield the pages about news in a language."""
    entries = planner.library.of_kind("news", lang)
    if not entries:
        return
    yield from _list(planner, lang)
    yield from _formats(planner, lang)
    yield from _years(planner, lang)
    yield from _items(planner, lang)


def _items(planner: PagePlanner, lang: str) -> Iterator[Bundle]:
    """Yield the pages of items in bundles, which also depend on all older items, and on the next ones."""
    library, shared = planner.library, planner.shared_frame(lang, "news")
    entries = library.of_kind("news", lang)
    terms = (term for taxonomy in TAXONOMY_NAMES for term in library.terms(taxonomy, lang))
    related = library.memo(("related", lang), partial(Related, entries, terms))
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
        # Only the oldest items lead to more newer ones than the next.
        reach = MAX_ONWARD if positions.stop == len(entries) else 1
        newer = entries[max(0, positions.start - reach) : positions.start]
        term_digest = library.memo(("term digest", lang, number), partial(_join_term_digests, chunk))
        before = join_digests([before, library.digest_cards(("items", lang, number), chunk), term_digest])
        yield Bundle(
            name=f"{lang}/news/items/{number}",
            cache_key=digest(
                planner.base_digests[lang],
                shared,
                before,
                [entry.card_dependency_digest for entry in newer],
                join_digests([entry.dependency_digest for entry in chunk]),
                events if any(entry.index_record.events for entry in chunk) else None,
                [cards.digest for entry in chunk for cards in planner.collections_of(entry)],
            ),
            plan=partial(_plan_items, planner, shared, entries, positions, related),
            pages=partial(_rows_of_items, planner, chunk),
            checked=chunk,
        )


def _join_term_digests(entries: Iterable[Entry]) -> bytes:
    return join_digests([entry.index_record.term_digest for entry in entries])


def _plan_items(
    planner: PagePlanner, shared: Frame, entries: Sequence[Entry], positions: range, related: Related
) -> Iterator[Output]:
    for position in positions:
        entry, onward = entries[position], find_onward(len(entries), position, related.of(position))
        attribution = planner.attribution(entry)
        make = partial(
            make_item,
            item=entry,
            foreign=planner.foreign_names(entry),
            attribution=attribution,
            events=TeaserCards(planner.events_of(entry, entry.lang)),
            collections=planner.collections_of(entry),
            onward=TeaserCards(entries[other] for _, other in onward),
            ways=tuple(label for label, _ in onward),
        )
        bodies = (entry.body, *filter(None, attribution.texts))
        yield planner.page(entry.lang, shared, make, url=entry.url, stored=bodies, sources=(entry.path,))


def _rows_of_items(planner: PagePlanner, chunk: Sequence[Entry]) -> list[PageRow]:
    versions = planner.library.resolver.versions
    return [
        (entry.url, _last_change(entry), versions(entry.index_record))
        for entry in chunk
        if not entry.index_record.draft
    ]


def _last_change(entry: Entry) -> str:
    """Return the ISO date of the last change of an item that readers should notice, or of its publication."""
    return entry.index_record.modified or date.fromordinal(entry.index_record.day).isoformat()


def _list(planner: PagePlanner, lang: str) -> Iterator[Planned]:
    news = planner.library.of_kind("news", lang)
    frame = planner.section_frame(lang, "news", modified=newest_day(news))
    years = tuple(Label(name=str(year), url=f"{frame.url}{year}/") for year in planner.years[lang])
    yield from _pages_of_list(
        planner,
        lang,
        f"{lang}/news",
        frame,
        news,
        years=years,
        filters=tuple(_filters(planner, lang)),
        untranslated=planner.untranslated_news(lang),
    )


def _pages_of_list(
    planner: PagePlanner, lang: str, name: str, frame: Frame, news: Sequence[Entry], **shown: object
) -> Iterator[Planned]:
    """Yield the newest page of a list of news, on which more is shown, and its further pages."""
    first = newest_page(news, frame.url, planner.settings.page_size)
    yield planner.view(
        lang,
        frame,
        "news-list.html",
        items=TeaserCards(first.entries),
        older=first.older,
        newer=first.newer,
        **shown,
    )
    shared = frame.shared()
    base = join_digests([planner.base_digests[lang], shared.digest])
    yield from numbered_pages(planner, lang, name, frame.url, news, lambda: shared, base)


class NewsFilter(Struct, frozen=True, kw_only=True):
    """A filter of the list of news: links to the lists of single terms, so that it needs no script."""

    title: str
    choices: tuple[tuple[Label, int], ...]
    """The terms with most news, and the number of these."""
    more: str = ""
    """Path of the page with all terms; empty if all are here."""


def _filters(planner: PagePlanner, lang: str) -> Iterator[NewsFilter]:
    """Yield the filters of the list that offer a choice."""
    own = planner.settings.taxonomies
    url = f"{planner.url_prefix(lang)}news/format/"
    formats = tuple(
        (Label(name=planner.label(lang, f"format_{name}"), url=f"{url}{name}/"), len(news))
        for name, news in planner.formats[lang].items()
    )
    if len(formats) > 1:
        yield NewsFilter(title=planner.label(lang, "search_kind"), choices=formats)
    for name in ("programmes", "clusters", "countries", *own):
        used = [term for term in planner.library.terms(name, lang) if term.news]
        if len(used) > 1:
            most = nsmallest(MAX_CHOICES, used, key=lambda term: (-len(term.news), term.name))
            shown = sorted(most, key=lambda term: term.name.casefold())
            yield NewsFilter(
                title=planner.label(lang, name),
                choices=tuple((make_term_label(term), len(term.news)) for term in shown),
                more=f"{planner.url_prefix(lang)}{name}/" if len(used) > len(most) else "",
            )


def _formats(planner: PagePlanner, lang: str) -> Iterator[Planned]:
    """Yield the list of each format that the news of a language have."""
    for name, news in planner.formats[lang].items():
        path = f"news/format/{name}/"
        langs = [one for one in planner.formats if name in planner.formats[one]]
        frame = planner.shared_frame(lang, "news").at(
            planner.url_prefix(lang) + path,
            title=planner.label(lang, f"format_{name}"),
            translations=planner.versions(path, langs),
            modified=newest_day(news),
        )
        yield from _pages_of_list(planner, lang, f"{lang}/news/format/{name}", frame, news, years=())


def _years(planner: PagePlanner, lang: str) -> Iterator[Planned]:
    start = f"{planner.url_prefix(lang)}news/"
    archive = Label(name=planner.label(lang, "archive"), url=f"{start}archive/")
    shared = planner.shared_frame(lang, "news", archive)
    for year, entries in planner.years[lang].items():
        langs = [one for one in planner.years if year in planner.years[one]]
        frame = shared.at(
            f"{start}{year}/",
            title=planner.label(lang, "year_title").format(year=year),
            translations=planner.versions(f"news/{year}/", langs),
            modified=newest_day(entries),
        )
        cards = planner.library.digest_cards(("year", lang, year), entries)
        yield Bundle(
            name=f"{lang}/news/years/{year}",
            cache_key=join_digests([planner.base_digests[lang], digest(frame), cards]),
            plan=partial(_plan_year, planner, lang, frame, entries),
            pages=frame.rows,
        )
    versions = planner.versions("news/archive/", [one for one in planner.years if planner.years[one]])
    newest = newest_day(planner.library.of_kind("news", lang))
    frame = planner.shared_frame(lang, "news").at(
        archive.url, title=archive.name, translations=versions, modified=newest
    )
    counts = tuple(
        (Label(name=str(year), url=f"{start}{year}/"), len(found))
        for year, found in planner.years[lang].items()
    )
    yield planner.view(lang, frame, "news-archive.html", years=counts)


def _plan_year(planner: PagePlanner, lang: str, frame: Frame, entries: Sequence[Entry]) -> Iterator[Output]:
    yield planner.view(lang, frame, "news-year.html", items=TeaserCards(entries))


def numbered_pages(
    planner: PagePlanner,
    lang: str,
    name: str,
    url: str,
    news: Sequence[Entry],
    shared_frame: Callable[[], Frame],
    base: bytes,
) -> Iterator[Bundle]:
    """Yield the further pages of a list of news in bundles.

    Args:
        planner: what all pages share.
        lang: language of the pages.
        name: names the list among all bundles.
        url: path of its newest page.
        news: newest first.
        shared_frame: returns what the frames of the pages share.
        base: digest of all that they depend on beside the news.
    """
    size = planner.settings.page_size
    full = count_full(len(news), size)
    for chunk, positions in split_in_chunks(full, PAGES_PER_BUNDLE):
        numbers = range(full - positions.stop + 1, full - positions.start + 1)
        shown = news[len(news) - numbers[-1] * size : len(news) - (numbers[0] - 1) * size]
        # The newest page, which has no number, follows the last of all.
        is_last = numbers[-1] == full
        yield Bundle(
            name=f"{name}/pages/{chunk}",
            cache_key=digest(base, is_last, planner.library.digest_cards((name, chunk), shown)),
            plan=partial(_plan_pages, planner, lang, url, news, shared_frame, numbers),
            pages=partial(_rows_of_pages, url, numbers, news, size),
        )


def _plan_pages(
    planner: PagePlanner,
    lang: str,
    url: str,
    news: Sequence[Entry],
    shared_frame: Callable[[], Frame],
    numbers: range,
) -> Iterator[Output]:
    shared = shared_frame()
    for number in numbers:
        page = numbered_page(news, url, planner.settings.page_size, number)
        make = partial(
            _make_numbered_page,
            url=page.url,
            items=TeaserCards(page.entries),
            adjacent=f"{page.older} {page.newer}",
        )
        yield planner.page(lang, shared, make, url=page.url)


def _rows_of_pages(url: str, numbers: range, news: Sequence[Entry], size: int) -> list[PageRow]:
    pages = (numbered_page(news, url, size, number) for number in numbers)
    return [(page.url, newest_day(page.entries), ()) for page in pages]


def _make_numbered_page(
    site: Site, theme: Theme, section: Frame, url: str, items: TeaserCards, adjacent: str
) -> bytes:
    """Return a numbered page of a list; ``adjacent`` holds the paths of the older and the newer page."""
    older, _, newer = adjacent.partition(" ")
    frame = section.at(url)
    return make_page(site, theme, frame, "news-list.html", items=items, older=older, newer=newer, years=())
