"""Events: the list of those to come, the list of those past, and the events themselves."""

from collections.abc import Iterator
from functools import partial

from clusterpress.content.items import Event
from clusterpress.library.entries import Entry, Label, TeaserCards
from clusterpress.library.pagination import ListPage, split_in_pages
from clusterpress.markup.body import Body
from clusterpress.markup.plain_text import repeats
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.bodies import render_page_body
from clusterpress.website.json_ld import breadcrumbs, event
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner
from clusterpress.website.pages.items import more_links
from clusterpress.website.views import (
    Frame,
    ProgrammeBox,
    SharedFrame,
    Site,
    mark_foreign,
    resolved_references,
)


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the pages about events in a language."""
    entries = planner.library.of_kind("event", lang)
    if not entries:
        return
    upcoming = TeaserCards(planner.library.upcoming(lang))
    calendar = f"{planner.url_prefix(lang)}events.ics" if any(entry.is_dated for entry in entries) else ""
    frame = planner.section_frame(lang, "events", calendar=calendar)
    past = split_in_pages(planner.library.past(lang), frame.url, planner.settings.page_size)
    for page in past:
        yield _list(planner, lang, frame, page, upcoming)
    shared_frame = planner.shared_frame(lang, "events")
    for entry in entries:
        yield _event(planner, shared_frame, entry)


def _list(planner: PagePlanner, lang: str, frame: Frame, page: ListPage, upcoming: TeaserCards) -> Output:
    first = page.number == 0
    numbered = Frame(
        url=page.url,
        title=planner.label(lang, "past_events"),
        section=frame.section,
        crumbs=(*frame.crumbs, Label(name=frame.title, url=frame.url)),
        feed=frame.feed,
    )
    make = partial(
        make_list,
        upcoming=upcoming if first else None,
        past=TeaserCards(page.entries),
        older=page.older,
        newer=page.newer,
    )
    return planner.page(lang, frame if first else numbered, make)


def make_list(
    site: Site,
    theme: Theme,
    page: Frame,
    upcoming: TeaserCards | None,
    past: TeaserCards,
    older: str,
    newer: str,
) -> bytes:
    """Return a page of the list of events; ``upcoming`` is None on the pages that go further back."""
    return render_page(
        site,
        theme,
        page,
        "event-list.html",
        graph=(breadcrumbs(page, site.settings),),
        upcoming=upcoming,
        past=past,
        older=older,
        newer=newer,
    )


def _event(planner: PagePlanner, shared_frame: SharedFrame, entry: Entry) -> Output:
    item, lang = entry.item, entry.lang
    organisers = tuple(
        planner.library.label_of(name) for name in (item.organiser if isinstance(item, Event) else ())
    )
    make = partial(
        make_event,
        item=entry,
        foreign=planner.foreign_names(entry),
        programmes=planner.programmes_of(entry),
        organisers=organisers,
        reports=planner.reports.get(entry.path, TeaserCards()),
        over=planner.library.is_over(entry),
    )
    stored, sources = (entry.body,), (entry.path,)
    return planner.item_page(lang, entry.url, make, shared_frame, stored=stored, sources=sources)


def make_event(
    site: Site,
    theme: Theme,
    section: SharedFrame,
    item: Entry,
    foreign: tuple[tuple[str, str, str], ...],
    programmes: tuple[ProgrammeBox, ...],
    organisers: tuple[Label, ...],
    reports: TeaserCards,
    over: bool,
    stored: tuple[Body],
) -> bytes:
    """Return the page of an event."""
    settings = site.settings
    frame = section.frame_of(item)
    repeated = repeats(item.item.summary, item.outline)
    described = event(item, organisers, settings)
    return render_page(
        site,
        theme,
        frame,
        "event.html",
        body=render_page_body(stored[0], resolved_references(item), site, theme, without_lead=repeated),
        graph=(*([described] if described else []), breadcrumbs(frame, settings)),
        entry=item,
        item=item.item,
        terms=mark_foreign(item.terms, foreign),
        calendar=f"{item.url}{item.slug}.ics" if item.is_dated else "",
        programmes=programmes,
        organisers=organisers,
        reports=reports,
        over=over,
        more=more_links(item),
    )
