"""Events: the list of those to come, the list of those past, and the events themselves."""

from collections.abc import Iterator

from clusterpress.content.items import Event
from clusterpress.library.entries import Cards, Entry, Label
from clusterpress.library.pagination import ListPage, split_in_pages
from clusterpress.markup.body import Body
from clusterpress.markup.standfirst import repeats
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.bodies import set_body
from clusterpress.website.json_ld import breadcrumbs, event
from clusterpress.website.page_planner import Desk
from clusterpress.website.pages.items import read_on
from clusterpress.website.rendering import render_page
from clusterpress.website.views import Frame, ProgrammeBox, Shelf, Site, mark_foreign, places_of


def outputs(desk: Desk, lang: str) -> Iterator[Output]:
    """Yield the pages about events in a language."""
    entries = desk.library.of_kind("event", lang)
    if not entries:
        return
    upcoming = Cards(desk.library.upcoming(lang))
    calendar = f"{desk.start(lang)}events.ics" if any(entry.is_dated for entry in entries) else ""
    frame = desk.section_frame(lang, "events", calendar=calendar)
    past = split_in_pages(desk.library.past(lang), frame.url, desk.settings.page_size)
    for page in past:
        yield _list(desk, lang, frame, page, upcoming)
    shelf = desk.shelf(lang, "events")
    for entry in entries:
        yield _event(desk, shelf, entry)


def _list(desk: Desk, lang: str, frame: Frame, page: ListPage, upcoming: Cards) -> Output:
    first = page.number == 0
    numbered = Frame(
        url=page.url,
        title=desk.word(lang, "past_events"),
        section=frame.section,
        crumbs=(*frame.crumbs, Label(name=frame.title, url=frame.url)),
        feed=frame.feed,
    )
    views = {
        "upcoming": upcoming if first else None,
        "past": Cards(page.entries),
        "older": page.older,
        "newer": page.newer,
    }
    return desk.page(lang, frame if first else numbered, make_list, views)


def make_list(
    site: Site,
    theme: Theme,
    frame: Frame,
    upcoming: Cards | None,
    past: Cards,
    older: str,
    newer: str,
) -> bytes:
    """Return a page of the list of events; ``upcoming`` is None on the pages that go further back."""
    return render_page(
        site,
        theme,
        frame,
        "event-list.html",
        graph=(breadcrumbs(frame, site.settings),),
        upcoming=upcoming,
        past=past,
        older=older,
        newer=newer,
    )


def _event(desk: Desk, shelf: Shelf, entry: Entry) -> Output:
    item, lang = entry.item, entry.lang
    organisers = tuple(
        desk.library.label_of(name) for name in (item.organiser if isinstance(item, Event) else ())
    )
    views = {
        "item": entry,
        "foreign": desk.foreign_names(entry),
        "programmes": desk.programmes_of(entry),
        "organisers": organisers,
        "reports": desk.reports.get(entry.path, Cards()),
        "over": desk.library.is_over(entry),
    }
    stored, sources = (entry.body,), (entry.path,)
    return desk.light_page(lang, entry.url, make_event, shelf, views, stored=stored, sources=sources)


def make_event(
    site: Site,
    theme: Theme,
    shelf: Shelf,
    item: Entry,
    foreign: tuple[tuple[str, str, str], ...],
    programmes: tuple[ProgrammeBox, ...],
    organisers: tuple[Label, ...],
    reports: Cards,
    over: bool,
    body: Body,
) -> bytes:
    """Return the page of an event."""
    settings = site.settings
    frame = shelf.frame_of(item)
    repeated = repeats(item.item.summary, item.outline)
    described = event(item, organisers, settings)
    return render_page(
        site,
        theme,
        frame,
        "event.html",
        html=set_body(body, places_of(item), settings, without_lead=repeated),
        headings=item.outline.headings,
        graph=(*([described] if described else []), breadcrumbs(frame, settings)),
        entry=item,
        item=item.item,
        terms=mark_foreign(item.terms, foreign),
        calendar=f"{item.url}{item.slug}.ics" if item.is_dated else "",
        programmes=programmes,
        organisers=organisers,
        reports=reports,
        over=over,
        more=read_on(item),
    )
