"""News: the list with its pager, the archive by year, and the items."""

from collections.abc import Iterator

from clusterpress.content.items import News
from clusterpress.library import Card, Entry, Label, neighbours, related, split_in_pages
from clusterpress.markup import Body, repeats
from clusterpress.outputs import Output
from clusterpress.theme import Theme
from clusterpress.website.bodies import set_body
from clusterpress.website.desk import Desk, find_event
from clusterpress.website.engine import render_page
from clusterpress.website.sharing import mail_link, share_links
from clusterpress.website.structured import breadcrumbs, news_article
from clusterpress.website.views import AuthorBox, Frame, ProgrammeBox, Site, places_of


def outputs(desk: Desk, lang: str) -> Iterator[Output]:
    """Yield the pages about news in a language."""
    entries = desk.library.news(lang)
    if not entries:
        return
    yield from _list(desk, lang)
    yield from _years(desk, lang)
    around, like = neighbours(entries), related(entries)
    for entry in entries:
        path = entry.item.source.path
        yield _item(desk, entry, around[path], like[path])


def _list(desk: Desk, lang: str) -> Iterator[Output]:
    years = tuple(
        Label(name=str(year), url=f"{desk.start(lang)}news/{year}/") for year in desk.library.years(lang)
    )
    frame = desk.section_frame(lang, "news", description=desk.settings.description)
    for page in split_in_pages(desk.library.news(lang), frame.url, desk.settings.page_size):
        own = frame if page.number == 0 else _numbered(frame, page.url)
        views = {
            "items": tuple(entry.card for entry in page.entries),
            "older": page.older,
            "newer": page.newer,
            "years": years if page.number == 0 else (),
        }
        yield desk.page(lang, own, make_list, views)


def _numbered(frame: Frame, url: str) -> Frame:
    """Return the frame of a further page of a list."""
    return Frame(url=url, title=frame.title, section=frame.section, crumbs=frame.crumbs, feed=frame.feed)


def make_list(
    site: Site,
    theme: Theme,
    frame: Frame,
    items: tuple[Card, ...],
    older: str,
    newer: str,
    years: tuple[Label, ...],
) -> bytes:
    """Return a page of the list of news."""
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
    )


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
        yield desk.page(lang, frame, make_year, {"items": tuple(entry.card for entry in entries)})
    frame = Frame(
        url=archive.url, title=archive.name, section=start, crumbs=crumbs, feed=desk.topics.get(start)
    )
    counts = tuple(
        (Label(name=str(year), url=f"{start}{year}/"), len(found)) for year, found in years.items()
    )
    yield desk.page(lang, frame, make_archive, {"years": counts})


def make_year(site: Site, theme: Theme, frame: Frame, items: tuple[Card, ...]) -> bytes:
    """Return the page with all news of a year."""
    return render_page(
        site, theme, frame, "news-year.html", graph=(breadcrumbs(frame, site.settings),), items=items
    )


def make_archive(site: Site, theme: Theme, frame: Frame, years: tuple[tuple[Label, int], ...]) -> bytes:
    """Return the page with all years."""
    return render_page(
        site, theme, frame, "news-archive.html", graph=(breadcrumbs(frame, site.settings),), years=years
    )


def _item(
    desk: Desk, entry: Entry, around: tuple[Entry | None, Entry | None], like: tuple[Entry, ...]
) -> Output:
    lang, item = entry.lang, entry.item
    older, newer = around
    signed = [
        desk.authors[key] for label in entry.terms["authors"] if (key := (label.slug, lang)) in desk.authors
    ]
    first = desk.settings.language
    events = [
        event.card
        for name in (item.event if isinstance(item, News) else ())
        if (event := find_event(desk.events, name, lang, first))
    ]
    views = {
        "item": entry,
        "programmes": tuple(desk.programmes[label.slug, lang] for label in entry.terms["programmes"]),
        "authors": tuple((box, bool(body)) for box, body in signed),
        "events": tuple(events),
        "older": older.card if older else None,
        "newer": newer.card if newer else None,
        "related": tuple(other.card for other in like),
    }
    bodies = (entry.body, *(body for _, body in signed if body))
    return desk.page(
        lang, item_frame(desk, entry, "news"), make_item, views, stored=bodies, sources=(item.source.path,)
    )


def item_frame(desk: Desk, entry: Entry, section: str, *above: Label) -> Frame:
    """Return the frame of an item's page."""
    url = f"{desk.start(entry.lang)}{section}/"
    return Frame(
        url=entry.url,
        title=entry.item.title,
        description=entry.card.summary,
        section=url,
        crumbs=(*desk.crumbs(entry.lang, section), *above),
        feed=desk.topics.get(url),
        translations=entry.translations,
        picture=entry.picture,
        modified=entry.item.updated.iso if entry.item.updated else "",
        article=True,
        indexed=not entry.item.draft,
    )


def make_item(
    site: Site,
    theme: Theme,
    frame: Frame,
    item: Entry,
    programmes: tuple[ProgrammeBox, ...],
    authors: tuple[tuple[AuthorBox, bool], ...],
    events: tuple[Card, ...],
    older: Card | None,
    newer: Card | None,
    related: tuple[Card, ...],
    body: Body,
    *texts: Body,
) -> bytes:
    """Return the page of a news item.

    Args:
        site: what all pages share.
        theme: the theme.
        frame: the page's head.
        item: the item.
        programmes: what it shows of its programmes.
        authors: what it shows of its authors, and whether each has a text.
        events: events it reports on.
        older: the item before it.
        newer: the item after it.
        related: items to read on.
        body: its own body.
        texts: the texts of those authors that have one.
    """
    settings, root = site.settings, site.settings.root
    news = item.item
    if not isinstance(news, News):
        raise TypeError("a page of news shows news")
    url = settings.url + item.url
    repeated = repeats(news.summary, item.outline)
    written = iter(texts)
    boxes = [
        (box, set_body(next(written), box.places, root, apart=f"author-{number}-") if has_text else "")
        for number, (box, has_text) in enumerate(authors, start=1)
    ]
    organisations = {box.label.slug for box, _ in authors if box.organisation}
    signed = tuple((label, label.slug in organisations) for label in item.terms["authors"])
    byline = news.byline or next((box.byline for box in programmes if box.byline), settings.byline)
    return render_page(
        site,
        theme,
        frame,
        "news-item.html",
        html=set_body(body, places_of(item), root, without_lead=repeated),
        headings=item.outline.headings,
        graph=(news_article(item, signed, settings), breadcrumbs(frame, settings)),
        entry=item,
        item=news,
        byline=byline,
        programmes=programmes,
        authors=boxes,
        events=events,
        older=older,
        newer=newer,
        related=related,
        more=read_on(item),
        shares=share_links(news.title, url, news.hashtags),
        mail=mail_link(news.title, url),
    )


def read_on(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return (words, address) of the links to read on; addresses are full or below the root."""
    targets = dict(entry.targets)
    return tuple((link.label, targets.get(link.url, link.url)) for link in entry.item.more)
