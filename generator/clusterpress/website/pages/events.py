"""Events: the list of those to come, the list of those past, and the events themselves."""

from collections.abc import Iterator

from clusterpress.content.items import Event
from clusterpress.library import Card, Entry, Label, ListPage, split_in_pages
from clusterpress.markup import Body, repeats
from clusterpress.outputs import Output
from clusterpress.theme import Theme
from clusterpress.website.bodies import set_body
from clusterpress.website.desk import Desk
from clusterpress.website.engine import render_page
from clusterpress.website.pages.items import item_frame, read_on
from clusterpress.website.structured import breadcrumbs, event
from clusterpress.website.views import Frame, ProgrammeBox, Site, mark_foreign, places_of


def outputs(desk: Desk, lang: str) -> Iterator[Output]:
    """Yield the pages about events in a language."""
    entries = desk.library.of_kind("event", lang)
    if not entries:
        return
    upcoming = tuple(entry.card for entry in desk.library.upcoming(lang))
    calendar = f"{desk.start(lang)}events.ics" if any(_is_dated(entry) for entry in entries) else ""
    frame = desk.section_frame(lang, "events", calendar=calendar)
    past = split_in_pages(desk.library.past(lang), frame.url, desk.settings.page_size)
    for page in past:
        yield _list(desk, lang, frame, page, upcoming)
    for entry in entries:
        yield _event(desk, entry)


def _list(desk: Desk, lang: str, frame: Frame, page: ListPage, upcoming: tuple[Card, ...]) -> Output:
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
        "past": tuple(entry.card for entry in page.entries),
        "older": page.older,
        "newer": page.newer,
    }
    return desk.page(lang, frame if first else numbered, make_list, views)


def make_list(
    site: Site,
    theme: Theme,
    frame: Frame,
    upcoming: tuple[Card, ...] | None,
    past: tuple[Card, ...],
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


def _event(desk: Desk, entry: Entry) -> Output:
    item, lang = entry.item, entry.lang
    organisers = tuple(
        desk.library.label_of(name) for name in (item.organiser if isinstance(item, Event) else ())
    )
    views = {
        "item": entry,
        "foreign": desk.foreign_names(entry),
        "programmes": tuple(desk.programmes[label.slug, lang] for label in entry.terms["programmes"]),
        "organisers": organisers,
        "reports": desk.reports.get(item.source.path, ()),
        "over": desk.library.is_over(entry),
    }
    frame = item_frame(desk, entry, "events")
    return desk.page(lang, frame, make_event, views, stored=(entry.body,), sources=(item.source.path,))


def make_event(
    site: Site,
    theme: Theme,
    frame: Frame,
    item: Entry,
    foreign: tuple[tuple[str, str, str], ...],
    programmes: tuple[ProgrammeBox, ...],
    organisers: tuple[Label, ...],
    reports: tuple[Card, ...],
    over: bool,
    body: Body,
) -> bytes:
    """Return the page of an event."""
    settings = site.settings
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
        calendar=f"{item.url}{item.slug}.ics" if _is_dated(item) else "",
        programmes=programmes,
        organisers=organisers,
        reports=reports,
        over=over,
        more=read_on(item),
    )


def _is_dated(entry: Entry) -> bool:
    return isinstance(entry.item, Event) and entry.item.start is not None
