"""News: the list with its pager, and the archive by year."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from clusterpress.library.entries import Cards, Entry, Label
from clusterpress.library.library import TAXONOMIES, Library
from clusterpress.library.pagination import newest_page
from clusterpress.library.related import Related, neighbours
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest, joined
from clusterpress.values.outputs import Bundle, Output, PageRow, Planned
from clusterpress.website.chunks import blocks
from clusterpress.website.json_ld import breadcrumbs
from clusterpress.website.page_planner import Desk
from clusterpress.website.pages.items import item_output
from clusterpress.website.pages.pagination import further_pages, make_list, shelf_of
from clusterpress.website.rendering import render_page
from clusterpress.website.views import Frame, Shelf, Site


def outputs(desk: Desk, lang: str) -> Iterator[Planned]:
    """Yield the pages about news in a language."""
    entries = desk.library.news(lang)
    if not entries:
        return
    yield from _list(desk, lang)
    yield from _years(desk, lang)
    yield from _items(desk, lang)


def _items(desk: Desk, lang: str) -> Iterator[Bundle]:
    """Yield the items' own pages in bundles, which also depend on the items before them and the next one."""
    entries = desk.library.news(lang)
    shelf = desk.shelf(lang, "news")
    library = desk.library
    related = library.once(("related", lang), partial(_relate, library, lang))
    events = [entry.origin for one in library.languages() for entry in library.of_kind("event", one)]
    before = b""
    for number, places in blocks(len(entries)):
        block = entries[places.start : places.stop]
        newer = entries[places.start - 1] if places.start else None
        ties = library.once(("ties", lang, number), partial(_tie, block))
        before = joined([before, library.origin_of_cards(("items", lang, number), block), ties])
        parts = [desk.common[lang], shelf.digest, before, newer.card_origin if newer else b""]
        parts += [entry.origin for entry in block]
        if any(entry.abstract.events for entry in block):
            parts += events
        yield Bundle(
            name=f"{lang}/news/items/{number}",
            origin=joined(parts),
            plan=partial(_plan_items, desk, shelf, entries, places, related),
            pages=partial(_rows_of_items, desk, block),
            checked=block,
        )


def _relate(library: Library, lang: str) -> Related:
    terms = (term for taxonomy in TAXONOMIES for term in library.terms(taxonomy, lang))
    return Related(library.news(lang), terms)


def _tie(entries: Iterable[Entry]) -> bytes:
    return joined([entry.abstract.ties for entry in entries])


def _plan_items(
    desk: Desk, shelf: Shelf, entries: Sequence[Entry], places: range, related: Related
) -> Iterator[Output]:
    for place in places:
        yield item_output(desk, shelf, entries[place], neighbours(entries, place), related.of(place))


def _rows_of_items(desk: Desk, block: Sequence[Entry]) -> list[PageRow]:
    versions = desk.library.resolver.versions
    return [
        (entry.url, entry.abstract.modified, versions(entry.abstract))
        for entry in block
        if not entry.abstract.draft
    ]


def _list(desk: Desk, lang: str) -> Iterator[Planned]:
    news, size = desk.library.news(lang), desk.settings.page_size
    years = tuple(Label(name=str(year), url=f"{desk.start(lang)}news/{year}/") for year in desk.years[lang])
    frame = desk.section_frame(lang, "news", description=desk.settings.description)
    first = newest_page(news, frame.url, size)
    views = {
        "items": Cards(first.entries),
        "older": first.older,
        "newer": first.newer,
        "years": years,
        "untranslated": desk.untranslated_news(lang),
    }
    yield desk.page(lang, frame, make_list, views)
    shelf = shelf_of(frame)
    base = joined([desk.common[lang], shelf.digest])
    yield from further_pages(desk, lang, f"{lang}/news", frame.url, news, lambda: shelf, base)


def _years(desk: Desk, lang: str) -> Iterator[Planned]:
    start = f"{desk.start(lang)}news/"
    crumbs = desk.crumbs(lang, "news")
    archive = Label(name=desk.word(lang, "archive"), url=f"{start}archive/")
    for year, entries in desk.years[lang].items():
        frame = Frame(
            url=f"{start}{year}/",
            title=desk.word(lang, "year_title").format(year=year),
            section=start,
            crumbs=(*crumbs, archive),
            feed=desk.topics.get(start),
            translations=desk.versions(
                f"news/{year}/", {one for one in desk.years if year in desk.years[one]}
            ),
        )
        cards = desk.library.origin_of_cards(("year", lang, year), entries)
        yield Bundle(
            name=f"{lang}/news/years/{year}",
            origin=joined([desk.common[lang], digest(frame), cards]),
            plan=partial(_plan_year, desk, lang, frame, entries),
            pages=frame.rows,
        )
    frame = Frame(
        url=archive.url,
        title=archive.name,
        section=start,
        crumbs=crumbs,
        feed=desk.topics.get(start),
        translations=desk.versions("news/archive/", {one for one in desk.years if desk.years[one]}),
    )
    counts = tuple(
        (Label(name=str(year), url=f"{start}{year}/"), len(found)) for year, found in desk.years[lang].items()
    )
    yield desk.page(lang, frame, make_archive, {"years": counts})


def _plan_year(desk: Desk, lang: str, frame: Frame, entries: Sequence[Entry]) -> Iterator[Output]:
    yield desk.page(lang, frame, make_year, {"items": Cards(entries)})


def make_year(site: Site, theme: Theme, frame: Frame, items: Cards) -> bytes:
    """Return the page with all news of a year."""
    return render_page(
        site, theme, frame, "news-year.html", graph=(breadcrumbs(frame, site.settings),), items=items
    )


def make_archive(site: Site, theme: Theme, frame: Frame, years: tuple[tuple[Label, int], ...]) -> bytes:
    """Return the page with all years."""
    return render_page(
        site, theme, frame, "news-archive.html", graph=(breadcrumbs(frame, site.settings),), years=years
    )
