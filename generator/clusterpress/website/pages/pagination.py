"""Further pages: the numbered pages of a list of news, planned in blocks."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from clusterpress.library.entries import Card, Cards, Entry, Label
from clusterpress.library.pagination import count_full, numbered_page
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import joined
from clusterpress.values.outputs import Bundle, Output, PageRow
from clusterpress.website.chunks import blocks
from clusterpress.website.json_ld import breadcrumbs
from clusterpress.website.page_planner import Desk
from clusterpress.website.rendering import render_page
from clusterpress.website.views import Frame, Shelf, Site, seal

FURTHER = 32
"""Pages that are planned together."""


def shelf_of(frame: Frame) -> Shelf:
    """Return what the further pages of a list share with its first one."""
    return seal(
        Shelf(title=frame.title, lang=frame.lang, section=frame.section, crumbs=frame.crumbs, feed=frame.feed)
    )


def further_pages(
    desk: Desk, lang: str, name: str, url: str, news: Sequence[Entry], shelf: Callable[[], Shelf], base: bytes
) -> Iterator[Bundle]:
    """Yield the further pages of a list of news in bundles.

    Args:
        desk: what all pages share.
        lang: language of the pages.
        name: names the list among all bundles.
        url: path of its newest page.
        news: newest first.
        shelf: returns what the pages share.
        base: digest of all that they depend on beside the news.
    """
    size = desk.settings.page_size
    full = count_full(len(news), size)
    for block, places in blocks(full, FURTHER):
        numbers = range(full - places.stop + 1, full - places.start + 1)
        shown = news[len(news) - numbers[-1] * size : len(news) - (numbers[0] - 1) * size]
        # The last of all is followed by the newest page, which has no number.
        last = b"last" if numbers[-1] == full else b""
        yield Bundle(
            name=f"{name}/pages/{block}",
            origin=joined([base, last, desk.library.origin_of_cards((name, block), shown)]),
            plan=partial(_plan, desk, lang, url, news, shelf, numbers),
            pages=partial(_rows, url, numbers),
        )


def _plan(
    desk: Desk, lang: str, url: str, news: Sequence[Entry], shelf: Callable[[], Shelf], numbers: range
) -> Iterator[Output]:
    shared = shelf()
    for number in numbers:
        page = numbered_page(news, url, desk.settings.page_size, number)
        views = {"url": page.url, "items": Cards(page.entries), "around": f"{page.older} {page.newer}"}
        yield desk.light_page(lang, page.url, make_further, shared, views)


def _rows(url: str, numbers: range) -> list[PageRow]:
    return [(f"{url}page/{number}/", "", ()) for number in numbers]


def make_further(site: Site, theme: Theme, shelf: Shelf, url: str, items: Cards, around: str) -> bytes:
    """Return a further page of a list of news; ``around`` names the pages before and after it."""
    older, _, newer = around.partition(" ")
    return make_list(site, theme, shelf.frame(url), items, older, newer, ())


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
