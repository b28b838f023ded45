"""Events: the lists of upcoming and past events, and a page for each event."""

from collections.abc import Iterator
from functools import partial

from clusterpress.content.items import Event
from clusterpress.library.entries import Entry, Label, TeaserCards
from clusterpress.library.lists import ListPage, split_in_pages
from clusterpress.markup.body import Body
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner, calendar_of
from clusterpress.website.pages.items import show_item
from clusterpress.website.structured_data import breadcrumbs, event
from clusterpress.website.views import Frame, ProgrammeBox, Site, mark_foreign


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the pages about events in a language."""
    entries = planner.library.of_kind("event", lang)
    if not entries:
        return
    upcoming = TeaserCards(planner.library.upcoming(lang))
    calendar = calendar_of(planner.url_prefix(lang), entries)
    frame = planner.section_frame(lang, "events", calendar=calendar)
    past = split_in_pages(planner.library.past(lang), frame.url, planner.settings.page_size)
    for page in past:
        yield _list(planner, lang, frame, page, upcoming)
    shared = planner.shared_frame(lang, "events")
    for entry in entries:
        yield _event(planner, shared, entry)


def _list(planner: PagePlanner, lang: str, frame: Frame, page: ListPage, upcoming: TeaserCards) -> Output:
    if page.number:
        above = (*frame.crumbs, Label(name=frame.title, url=frame.url))
        frame = frame.shared().at(page.url, title=planner.label(lang, "past_events"), crumbs=above)
    return planner.view(
        lang,
        frame,
        "event-list.html",
        upcoming=None if page.number else upcoming,
        past=TeaserCards(page.entries),
        older=page.older,
        newer=page.newer,
    )


def _event(planner: PagePlanner, shared: Frame, entry: Entry) -> Output:
    names = entry.item.organiser if isinstance(entry.item, Event) else ()
    make = partial(
        _make_event,
        item=entry,
        foreign=planner.foreign_names(entry),
        programmes=planner.programmes_of(entry),
        organisers=tuple(planner.library.label_of(name) for name in names),
        reports=planner.reports.get(entry.path, TeaserCards()),
        over=planner.library.is_over(entry),
    )
    return planner.page(entry.lang, shared, make, url=entry.url, stored=(entry.body,), sources=(entry.path,))


def _make_event(
    site: Site,
    theme: Theme,
    section: Frame,
    item: Entry,
    foreign: tuple[tuple[str, str, str], ...],
    programmes: tuple[ProgrammeBox, ...],
    organisers: tuple[Label, ...],
    reports: TeaserCards,
    over: bool,
    stored: tuple[Body],
) -> bytes:
    """Return the page of an event."""
    frame = section.of_item(item)
    described = event(item, organisers, site.settings)
    return render_page(
        site,
        theme,
        frame,
        "event.html",
        **show_item(item, stored[0], site, theme),
        graph=(*([described] if described else []), breadcrumbs(frame, site.settings)),
        terms=mark_foreign(item.terms, foreign),
        calendar=f"{item.url}{item.slug}.ics" if item.is_dated else "",
        programmes=programmes,
        organisers=organisers,
        reports=reports,
        over=over,
    )
