"""News: the list with its pager, and the archive by year."""

from collections.abc import Iterator

from clusterpress.library import Card, Cards, Label, ListPage, neighbours, related, split_in_pages
from clusterpress.outputs import Output
from clusterpress.theme import Theme
from clusterpress.website.desk import Desk
from clusterpress.website.engine import render_page
from clusterpress.website.pages.items import item_output
from clusterpress.website.structured import breadcrumbs
from clusterpress.website.views import Frame, Shelf, Site, seal


def outputs(desk: Desk, lang: str) -> Iterator[Output]:
    """Yield the pages about news in a language."""
    entries = desk.library.news(lang)
    if not entries:
        return
    yield from _list(desk, lang)
    yield from _years(desk, lang)
    shelf = desk.shelf(lang, "news")
    for entry, around, like in zip(entries, neighbours(entries), related(entries), strict=True):
        yield item_output(desk, shelf, entry, around, like)


def _list(desk: Desk, lang: str) -> Iterator[Output]:
    years = tuple(
        Label(name=str(year), url=f"{desk.start(lang)}news/{year}/") for year in desk.library.years(lang)
    )
    frame = desk.section_frame(lang, "news", description=desk.settings.description)
    shelf = further(frame)
    for page in split_in_pages(desk.library.news(lang), frame.url, desk.settings.page_size):
        if page.number:
            yield further_page(desk, lang, shelf, page)
            continue
        views = {
            "items": Cards(page.entries),
            "older": page.older,
            "newer": page.newer,
            "years": years,
            "untranslated": desk.untranslated_news(lang),
        }
        yield desk.page(lang, frame, make_list, views)


def further(frame: Frame) -> Shelf:
    """Return what the further pages of a list share with its first one."""
    return seal(
        Shelf(title=frame.title, lang=frame.lang, section=frame.section, crumbs=frame.crumbs, feed=frame.feed)
    )


def further_page(desk: Desk, lang: str, shelf: Shelf, page: ListPage) -> Output:
    """Return a further page of a list of news."""
    views = {"url": page.url, "items": Cards(page.entries), "around": f"{page.older} {page.newer}"}
    return desk.light_page(lang, page.url, make_further, shelf, views)


def make_list(
    site: Site,
    theme: Theme,
    frame: Frame,
    items: Cards,
    older: str,
    newer: str,
    years: tuple[Label, ...],
    untranslated: tuple[Card, ...] = (),
) -> bytes:
    """Return a page of a list of news."""
    return render_page(
        site,
        theme,
        frame,
        "news-list.html",
        graph=(breadcrumbs(frame, site.settings),),
        items=items,
        older=older,
        newer=newer,
        years=years,
        untranslated=untranslated,
    )


def make_further(site: Site, theme: Theme, shelf: Shelf, url: str, items: Cards, around: str) -> bytes:
    """Return a further page of a list of news; ``around`` names the pages before and after it."""
    older, _, newer = around.partition(" ")
    return make_list(site, theme, shelf.frame(url), items, older, newer, ())


def _years(desk: Desk, lang: str) -> Iterator[Output]:
    years = desk.library.years(lang)
    start = f"{desk.start(lang)}news/"
    crumbs = desk.crumbs(lang, "news")
    archive = Label(name=desk.word(lang, "archive"), url=f"{start}archive/")
    known = {one: set(desk.library.years(one)) for one in desk.settings.languages}
    for year, entries in years.items():
        frame = Frame(
            url=f"{start}{year}/",
            title=desk.word(lang, "year_title").format(year=year),
            section=start,
            crumbs=(*crumbs, archive),
            feed=desk.topics.get(start),
            translations=desk.versions(f"news/{year}/", {one for one in known if year in known[one]}),
        )
        yield desk.page(lang, frame, make_year, {"items": Cards(entries)})
    frame = Frame(
        url=archive.url,
        title=archive.name,
        section=start,
        crumbs=crumbs,
        feed=desk.topics.get(start),
        translations=desk.versions("news/archive/", {one for one in known if known[one]}),
    )
    counts = tuple(
        (Label(name=str(year), url=f"{start}{year}/"), len(found)) for year, found in years.items()
    )
    yield desk.page(lang, frame, make_archive, {"years": counts})


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
