"""A news item's own page, and what the pages of all items have in common."""

from clusterpress.content.items import News
from clusterpress.library.entries import Cards, Entry
from clusterpress.markup.body import Body
from clusterpress.markup.standfirst import repeats
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.bodies import set_body
from clusterpress.website.json_ld import breadcrumbs, news_article
from clusterpress.website.page_planner import Desk, find_event
from clusterpress.website.rendering import render_page
from clusterpress.website.sharing import mail_link, share_links
from clusterpress.website.views import Company, Shelf, Site, mark_foreign, places_of


def item_output(
    desk: Desk,
    shelf: Shelf,
    entry: Entry,
    around: tuple[Entry | None, Entry | None],
    like: tuple[Entry, ...],
) -> Output:
    """Return the page of a news item.

    Args:
        desk: what pages are planned with.
        shelf: what the pages of news share.
        entry: the item.
        around: the items before and after it.
        like: items to read on.
    """
    lang, first = entry.lang, desk.settings.language
    older, newer = around
    company = desk.company(entry)
    events = [
        event for name in entry.abstract.events if (event := find_event(desk.events, name, lang, first))
    ]
    views = {
        "item": entry,
        "foreign": desk.foreign_names(entry),
        "company": company,
        "events": Cards(events),
        "older": Cards((older,) if older else ()),
        "newer": Cards((newer,) if newer else ()),
        "related": Cards(like),
    }
    bodies = (entry.body, *[text for text in company.texts if text])
    return desk.light_page(lang, entry.url, make_item, shelf, views, stored=bodies, sources=(entry.path,))


def make_item(
    site: Site,
    theme: Theme,
    shelf: Shelf,
    item: Entry,
    foreign: tuple[tuple[str, str, str], ...],
    company: Company,
    events: Cards,
    older: Cards,
    newer: Cards,
    related: Cards,
    body: Body,
    *texts: Body,
) -> bytes:
    """Return the page of a news item.

    Args:
        site: what all pages share.
        theme: the theme.
        shelf: what the pages of news share.
        item: the item.
        foreign: terms whose name is in another language.
        company: its programmes and authors.
        events: events it reports on.
        older: the item before it, if there is one.
        newer: the item after it, if there is one.
        related: items to read on.
        body: its own body.
        texts: the texts of those authors that have one.
    """
    settings = site.settings
    news = item.item
    if not isinstance(news, News):
        raise TypeError("a page of news shows news")
    url = settings.url + item.url
    frame = shelf.frame_of(item)
    terms = mark_foreign(item.terms, foreign)
    repeated = repeats(news.summary, body.outline)
    written = iter(texts)
    boxes = [
        (box, set_body(next(written), box.places, settings, apart=f"author-{number}-") if text else "")
        for number, (box, text) in enumerate(zip(company.authors, company.texts, strict=True), start=1)
    ]
    organisations = {box.label.slug for box in company.authors if box.organisation}
    signed = tuple((label, label.slug in organisations) for label in terms["authors"])
    byline = news.byline or next((box.byline for box in company.programmes if box.byline), settings.byline)
    return render_page(
        site,
        theme,
        frame,
        "news-item.html",
        html=set_body(body, places_of(item), settings, without_lead=repeated),
        headings=body.outline.headings,
        graph=(news_article(item, body.outline.words, signed, settings), breadcrumbs(frame, settings)),
        entry=item,
        item=news,
        terms=terms,
        byline=byline,
        company=company,
        programmes=company.programmes,
        authors=boxes,
        events=events,
        older=older.first,
        newer=newer.first,
        related=related,
        more=read_on(item),
        shares=share_links(news.title, url, news.hashtags),
        mail=mail_link(news.title, url),
    )


def read_on(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return (words, address) of the links to read on; addresses are full or below the root."""
    targets = dict(entry.targets)
    return tuple((link.label, targets.get(link.url, link.url)) for link in entry.item.more)
