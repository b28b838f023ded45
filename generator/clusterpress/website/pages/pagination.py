"""Pagination: the numbered pages of a list of news, planned in bundles."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from clusterpress.library.entries import Entry, TeaserCards
from clusterpress.library.lists import count_full, numbered_page
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest
from clusterpress.values.outputs import Bundle, Output, PageRow
from clusterpress.website.lazy_engine import make_page
from clusterpress.website.page_planner import PagePlanner, split_in_chunks
from clusterpress.website.views import Frame, Site

PAGES_PER_BUNDLE = 32
"""Pages that are planned together."""


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
            plan=partial(_plan, planner, lang, url, news, shared_frame, numbers),
            pages=partial(_rows, url, numbers),
        )


def _plan(
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
            make_numbered_page,
            url=page.url,
            items=TeaserCards(page.entries),
            adjacent=f"{page.older} {page.newer}",
        )
        yield planner.page(lang, shared, make, url=page.url)


def _rows(url: str, numbers: range) -> list[PageRow]:
    return [(f"{url}page/{number}/", "", ()) for number in numbers]


def make_numbered_page(
    site: Site, theme: Theme, section: Frame, url: str, items: TeaserCards, adjacent: str
) -> bytes:
    """Return a further page of a list of news.

    Args:
        site: what all pages of the language share.
        theme: the theme.
        section: the frame that it shares with the other pages of the list.
        url: its path.
        items: what it lists.
        adjacent: paths of the pages before and after it, with a space between them.
    """
    older, _, newer = adjacent.partition(" ")
    frame = section.at(url)
    return make_page(site, theme, frame, "news-list.html", items=items, older=older, newer=newer, years=())
