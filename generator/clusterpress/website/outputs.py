"""Every file of the website, as outputs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, Label
from clusterpress.library.library import Library
from clusterpress.library.topics import FeedTopic
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Bundle, Output, PageRow, Planned
from clusterpress.website.assets import asset_outputs
from clusterpress.website.markdown import markdown_outputs
from clusterpress.website.page_planner import PagePlanner, last_change
from clusterpress.website.pages import entrances, events, frames, issues, news, static_pages, terms
from clusterpress.website.pages.static_pages import redirect_outputs
from clusterpress.website.sitemap import (
    Pages,
    Part,
    make_key_file,
    make_llms,
    make_robots,
    news_sitemap_outputs,
    part_of,
    sitemap_outputs,
)
from clusterpress.website.social_images import site_image_outputs, social_image_outputs
from clusterpress.website.views import Frame

PAGE_KINDS = (
    entrances.home,
    news.outputs,
    events.outputs,
    terms.outputs,
    issues.outputs,
    frames.outputs,
    static_pages.outputs,
    entrances.subscribe,
    entrances.search,
)
"""Kinds of pages; each function yields the outputs of one language."""


def outputs(
    library: Library,
    settings: Settings,
    theme: Theme,
    topics: Iterable[FeedTopic],
    others: Iterable[PageRow] = (),
    shards: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    part_of_bundle: Callable[[Bundle], Part] = lambda bundle: part_of(bundle.pages()),
) -> Iterator[Planned]:
    """Yield every output of the website, many of them in bundles, without rendering anything.

    Args:
        library: all items.
        settings: the site's settings.
        theme: the theme.
        topics: everything with a feed; pages link to their feeds.
        others: pages of the site that another package makes, for the sitemap.
        shards: language → the folders of its search index.
        part_of_bundle: returns the pages of a bundle, for the sitemap.
    """
    labels = {topic.url: Label(name=topic.title, url=topic.url) for topic in topics}
    planner = PagePlanner(library=library, settings=settings, theme=theme, topics=labels, shards=shards)
    rows: list[PageRow] = [*others]
    parts: list[Part] = []
    for lang in settings.languages:
        for outputs_of in PAGE_KINDS:
            for planned in outputs_of(planner, lang):
                if isinstance(planned, Bundle):
                    parts.append(part_of_bundle(planned))
                else:
                    rows += _rows(planned, library.today)
                yield planned
    yield from sitemap_outputs(Pages([part_of(rows), *parts]), settings)
    news = tuple(news_sitemap_outputs(library, settings))
    yield from news
    sitemaps = ("sitemap.xml", *(output.path for output in news))
    robots = partial(make_robots, url=settings.url, sitemaps=sitemaps, ai_crawlers=settings.ai_crawlers)
    yield Output(path="robots.txt", make=robots)
    if settings.index_now:
        key = settings.index_now.key
        yield Output(path=f"{key}.txt", make=partial(make_key_file, key=key), sources=("site_config.yml",))
    if settings.ai_crawlers == "allow":
        about = settings.description or settings.tagline
        found = tuple(
            (label.name, label.url)
            for label in planner.sites[settings.language].menu
            if "://" not in label.url
        )
        more = (*found, ("JSON Feed", "feed.json"))
        make = partial(make_llms, name=settings.name, about=about, url=settings.url, pages=more)
        yield Output(path="llms.txt", make=make)
    yield from social_image_outputs(library, settings, theme)
    yield from site_image_outputs(settings, theme)
    yield from markdown_outputs(library, settings)
    yield from redirect_outputs(library, settings, theme)
    colours = {one.index_record.colour for one in library.records.values()}
    own_colours = [colour for colour in colours if colour.startswith("#")]
    yield from asset_outputs(planner.sites[settings.language], theme, own_colours)


def _rows(output: Output, today: date) -> Iterator[PageRow]:
    """Yield the sitemap's entry for a page that search engines may index; ``today`` is the build's day."""
    inputs = output.inputs
    frame, entry = inputs.get("page"), inputs.get("item")
    if isinstance(frame, Frame):
        yield from frame.rows()
    elif isinstance(entry, Entry) and not entry.index_record.draft:
        yield entry.url, last_change(entry, today), entry.translations
