"""Standing pages: About, Legal, and the page for addresses that lead nowhere."""

from collections.abc import Iterator

from clusterpress.library import Entry
from clusterpress.markup import Body, repeats
from clusterpress.outputs import Output
from clusterpress.theme import Theme
from clusterpress.website.bodies import set_body
from clusterpress.website.desk import Desk
from clusterpress.website.engine import render_page
from clusterpress.website.pages.items import read_on
from clusterpress.website.structured import breadcrumbs
from clusterpress.website.views import Frame, Site, places_of


def outputs(desk: Desk, lang: str) -> Iterator[Output]:
    """Yield the standing pages of a language; the first language also has the page for errors."""
    for entry in desk.library.of_kind("page", lang):
        frame = Frame(
            url=entry.url,
            title=entry.item.title,
            description=entry.card.summary,
            section=entry.url,
            crumbs=desk.crumbs(lang),
            feed=desk.topics.get(desk.start(lang)),
            translations=entry.translations,
            picture=entry.picture,
            modified=entry.item.updated.iso if entry.item.updated else "",
            indexed=not entry.item.draft,
        )
        source = (entry.item.source.path,)
        yield desk.page(lang, frame, make_page, {"item": entry}, stored=(entry.body,), sources=source)
    if lang == desk.settings.language:
        frame = Frame(url="404.html", title=desk.word(lang, "not_found"), indexed=False)
        yield desk.page(lang, frame, make_missing, {})


def make_page(site: Site, theme: Theme, frame: Frame, item: Entry, body: Body) -> bytes:
    """Return a standing page."""
    repeated = repeats(item.item.summary, item.outline)
    return render_page(
        site,
        theme,
        frame,
        "page.html",
        html=set_body(body, places_of(item), site.settings, without_lead=repeated),
        headings=item.outline.headings,
        graph=(breadcrumbs(frame, site.settings),),
        entry=item,
        item=item.item,
        more=read_on(item),
    )


def make_missing(site: Site, theme: Theme, frame: Frame) -> bytes:
    """Return the page that servers send when there is nothing at an address."""
    return render_page(site, theme, frame, "missing.html")
