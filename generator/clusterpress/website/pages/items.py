"""A news item's own page, and what the pages of all items have in common."""

from clusterpress.content.items import News
from clusterpress.library import Cards, Entry
from clusterpress.markup import Body, repeats
from clusterpress.outputs import Output
from clusterpress.theme import Theme
from clusterpress.website.bodies import set_body
from clusterpress.website.desk import Desk, find_event
from clusterpress.website.engine import render_page
from clusterpress.website.sharing import mail_link, share_links
from clusterpress.website.structured import breadcrumbs, news_article
from clusterpress.website.views import AuthorBox, ProgrammeBox, Shelf, Site, mark_foreign, places_of


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
    lang = entry.lang
    older, newer = around
    signed = [
        desk.authors[key] for label in entry.terms["authors"] if (key := (label.slug, lang)) in desk.authors
    ]
    first = desk.settings.language
    events = [
        event for name in entry.abstract.events if (event := find_event(desk.events, name, lang, first))
    ]
    views = {
        "item": entry,
        "foreign": desk.foreign_names(entry),
        "programmes": tuple(desk.programmes[label.slug, lang] for label in entry.terms["programmes"]),
        "authors": tuple((box, bool(body)) for box, body in signed),
        "events": Cards(events),
        "older": Cards((older,) if older else ()),
        "newer": Cards((newer,) if newer else ()),
        "related": Cards(like),
    }
    bodies = (entry.body, *(body for _, body in signed if body))
    return desk.light_page(lang, entry.url, make_item, shelf, views, stored=bodies, sources=(entry.path,))


def make_item(
    site: Site,
    theme: Theme,
    shelf: Shelf,
    item: Entry,
    foreign: tuple[tuple[str, str, str], ...],
    programmes: tuple[ProgrammeBox, ...],
    authors: tuple[tuple[AuthorBox, bool], ...],
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
        programmes: what it shows of its programmes.
        authors: what it shows of its authors, and whether each has a text.
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
    repeated = repeats(news.summary, item.outline)
    written = iter(texts)
    boxes = [
        (box, set_body(next(written), box.places, settings, apart=f"author-{number}-") if has_text else "")
        for number, (box, has_text) in enumerate(authors, start=1)
    ]
    organisations = {box.label.slug for box, _ in authors if box.organisation}
    signed = tuple((label, label.slug in organisations) for label in terms["authors"])
    byline = news.byline or next((box.byline for box in programmes if box.byline), settings.byline)
    return render_page(
        site,
        theme,
        frame,
        "news-item.html",
        html=set_body(body, places_of(item), settings, without_lead=repeated),
        headings=item.outline.headings,
        graph=(news_article(item, signed, settings), breadcrumbs(frame, settings)),
        entry=item,
        item=news,
        terms=terms,
        byline=byline,
        programmes=programmes,
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
