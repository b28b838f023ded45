"""A news item's own page, and what the pages of all items have in common."""

from functools import partial

from clusterpress.content.items import News
from clusterpress.library.entries import Entry, TeaserCards
from clusterpress.markup.body import Body
from clusterpress.markup.plain_text import repeats
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.bodies import render_body, render_page_body
from clusterpress.website.json_ld import breadcrumbs, news_article
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner, find_event
from clusterpress.website.sharing import mail_link, share_links
from clusterpress.website.views import Attribution, SharedFrame, Site, mark_foreign, resolved_references


def item_output(
    planner: PagePlanner,
    shared_frame: SharedFrame,
    entry: Entry,
    adjacent: tuple[Entry | None, Entry | None],
    related: tuple[Entry, ...],
) -> Output:
    """Return the page of a news item.

    Args:
        planner: what pages are planned with.
        shared_frame: what the pages of news share.
        entry: the item.
        adjacent: the items before and after it.
        related: items to read on.
    """
    lang, first = entry.lang, planner.settings.language
    older, newer = adjacent
    attribution = planner.attribution(entry)
    events = [
        event
        for name in entry.index_record.events
        if (event := find_event(planner.events, name, lang, first))
    ]
    make = partial(
        make_item,
        item=entry,
        foreign=planner.foreign_names(entry),
        attribution=attribution,
        events=TeaserCards(events),
        older=TeaserCards((older,) if older else ()),
        newer=TeaserCards((newer,) if newer else ()),
        related=TeaserCards(related),
    )
    bodies = (entry.body, *[text for text in attribution.texts if text])
    return planner.item_page(lang, entry.url, make, shared_frame, stored=bodies, sources=(entry.path,))


def make_item(
    site: Site,
    theme: Theme,
    section: SharedFrame,
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
        section: what the pages of news share.
        item: the item.
        foreign: terms whose name is in another language.
        attribution: its programmes and authors.
        events: events it reports on.
        older: the item before it, if there is one.
        newer: the item after it, if there is one.
        related: items to read on.
        stored: its own body, and the texts of those authors that have one.
    """
    settings = site.settings
    body, *texts = stored
    news = item.item
    if not isinstance(news, News):
        raise TypeError("a page of news shows news")
    url = settings.url + item.url
    frame = section.frame_of(item)
    terms = mark_foreign(item.terms, foreign)
    repeated = repeats(news.summary, body.outline)
    written = iter(texts)
    author_boxes = [
        (
            box,
            render_body(next(written), box.references, settings, f"author-{number}-") if text else "",
        )
        for number, (box, text) in enumerate(
            zip(attribution.authors, attribution.texts, strict=True), start=1
        )
    ]
    organisations = {box.label.slug for box in attribution.authors if box.organisation}
    signed = tuple((label, label.slug in organisations) for label in terms["authors"])
    byline = news.byline or next(
        (box.byline for box in attribution.programmes if box.byline), settings.byline
    )
    return render_page(
        site,
        theme,
        frame,
        "news-item.html",
        body=render_page_body(body, resolved_references(item), site, theme, without_lead=repeated),
        graph=(news_article(item, body.outline.words, signed, settings), breadcrumbs(frame, settings)),
        entry=item,
        item=news,
        terms=terms,
        byline=byline,
        attribution=attribution,
        programmes=attribution.programmes,
        authors=author_boxes,
        events=events,
        older=older.first,
        newer=newer.first,
        related=related,
        more=more_links(item),
        shares=share_links(news.title, url, news.hashtags),
        mail=mail_link(news.title, url),
    )


def more_links(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return (words, address) of the links to read on; addresses are full or below the root."""
    targets = dict(entry.targets)
    return tuple((link.label, targets.get(link.url, link.url)) for link in entry.item.more)
