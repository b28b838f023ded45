"""The page of a news item, and what the pages of all items have in common."""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote

from clusterpress.config.settings import Settings
from clusterpress.content.items import News
from clusterpress.library.entries import Entry, TeaserCards
from clusterpress.markup.body import Body
from clusterpress.markup.plain_text import repeats
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.bodies import render_body, render_page_body
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner
from clusterpress.website.structured_data import breadcrumbs, news_article
from clusterpress.website.views import Attribution, AuthorBox, Frame, Site, mark_foreign, resolved_references

PLATFORMS = ("LinkedIn", "Facebook", "X", "Bluesky", "Mastodon", "WhatsApp")
"""Platforms on which readers can share an article: by plain links, without scripts of the platforms."""


def item_output(
    planner: PagePlanner,
    shared: Frame,
    entry: Entry,
    adjacent: tuple[Entry | None, Entry | None],
    related: tuple[Entry, ...],
) -> Output:
    """Return the page of a news item.

    Args:
        planner: what pages are planned with.
        shared: what the frames of news share.
        entry: the item.
        adjacent: the items before and after it.
        related: items to read on.
    """
    older, newer = adjacent
    attribution = planner.attribution(entry)
    make = partial(
        make_item,
        item=entry,
        foreign=planner.foreign_names(entry),
        attribution=attribution,
        events=TeaserCards(planner.events_of(entry, entry.lang)),
        older=TeaserCards((older,) if older else ()),
        newer=TeaserCards((newer,) if newer else ()),
        related=TeaserCards(related),
    )
    bodies = (entry.body, *[text for text in attribution.texts if text])
    return planner.page(entry.lang, shared, make, url=entry.url, stored=bodies, sources=(entry.path,))


def make_item(
    site: Site,
    theme: Theme,
    section: Frame,
    item: Entry,
    foreign: tuple[tuple[str, str, str], ...],
    attribution: Attribution,
    events: TeaserCards,
    older: TeaserCards,
    newer: TeaserCards,
    related: TeaserCards,
    stored: tuple[Body, ...],
) -> bytes:
    """Return the page of a news item.

    Args:
        site: what all pages share.
        theme: the theme.
        section: what the frames of news share.
        item: the item.
        foreign: terms whose name is in another language.
        attribution: its programmes and authors.
        events: events it reports on.
        older: the item before it, if there is one.
        newer: the item after it, if there is one.
        related: items to read on.
        stored: its own body, and the texts of those authors that have one.
    """
    body, *texts = stored
    frame = section.of_item(item)
    terms = mark_foreign(item.terms, foreign)
    organisations = {box.label.slug for box in attribution.authors if box.organisation}
    signed = tuple((label, label.slug in organisations) for label in terms["authors"])
    article = news_article(item, body.outline.words, signed, site.settings)
    return render_page(
        site,
        theme,
        frame,
        "news-item.html",
        **show_item(item, body, site, theme),
        **_signature(item, attribution, texts, site.settings),
        graph=(article, breadcrumbs(frame, site.settings)),
        terms=terms,
        events=events,
        older=older.first,
        newer=newer.first,
        related=related,
    )


def _signature(
    item: Entry, attribution: Attribution, texts: Iterable[Body], settings: Settings
) -> dict[str, Any]:
    """Return who signs the item, for which programmes, and the links that pass it on."""
    news, url = item.item, settings.url + item.url
    if not isinstance(news, News):
        raise TypeError("a page of news shows news")
    bylines = (box.byline for box in attribution.programmes if box.byline)
    return {
        "byline": news.byline or next(bylines, settings.byline),
        "attribution": attribution,
        "programmes": attribution.programmes,
        "authors": list(_author_texts(attribution, iter(texts), settings)),
        "shares": share_links(news.title, url, news.hashtags),
        "mail": mail_link(news.title, url),
    }


def _author_texts(
    attribution: Attribution, texts: Iterator[Body], settings: Settings
) -> Iterator[tuple[AuthorBox, str]]:
    """Yield the box of each author with the HTML of its text, which may be empty."""
    for number, (box, key) in enumerate(zip(attribution.authors, attribution.texts, strict=True), start=1):
        prefix = f"author-{number}-"
        yield box, render_body(next(texts), box.references, settings, prefix) if key else ""


def show_item(entry: Entry, body: Body, site: Site, theme: Theme) -> dict[str, Any]:
    """Return the variables of an item's template that are the same for all kinds.

    Args:
        entry: the item.
        body: its body.
        site: what all pages of the language share.
        theme: the theme.
    """
    references, targets = resolved_references(entry), dict(entry.targets)
    repeated = repeats(entry.item.summary, body.outline)
    return {
        "body": render_page_body(body, references, site, theme, without_lead=repeated),
        "entry": entry,
        "item": entry.item,
        "more": tuple((link.label, targets.get(link.url, link.url)) for link in entry.item.more),
    }


def share_links(title: str, url: str, hashtags: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return (place, address) for each platform.

    Args:
        title: what is shared.
        url: its full address.
        hashtags: with or without their sign.
    """
    words = tuple(tag.lstrip("#") for tag in hashtags)
    text = " ".join((title, *(f"#{word}" for word in words)))
    quoted_text, quoted_url = _quoted(text), _quoted(url)
    both = f"{quoted_text}%20{quoted_url}"
    addresses = (
        f"https://www.linkedin.com/sharing/share-offsite/?url={quoted_url}",
        f"https://www.facebook.com/sharer/sharer.php?u={quoted_url}",
        f"https://x.com/intent/post?text={quoted_text}&url={quoted_url}",
        f"https://bsky.app/intent/compose?text={both}",
        f"https://share.joinmastodon.org/#text={both}",
        f"https://wa.me/?text={both}",
    )
    return tuple(zip(PLATFORMS, addresses, strict=True))


def mail_link(title: str, url: str) -> str:
    """Return a ``mailto:`` address without recipient, its subject and text filled in (RFC 6068)."""
    return f"mailto:?subject={_quoted(title)}&body={_quoted(title)}%0D%0A%0D%0A{_quoted(url)}"


@lru_cache(maxsize=8)
def _quoted(words: str) -> str:
    return quote(words, safe="")
