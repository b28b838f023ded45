"""Events: the lists of upcoming and past events, and a page for each event."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from clusterpress.content.items import Event
from clusterpress.library.entries import Entry, Label, TeaserCards
from clusterpress.library.lists import ListPage, split_in_pages
from clusterpress.markup.body import Body
from clusterpress.theme.languages import date_formatter
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.lazy_engine import render_page
from clusterpress.website.page_planner import PagePlanner, calendar_of, newest_change
from clusterpress.website.pages.items import show_item
from clusterpress.website.structured_data import breadcrumbs, event
from clusterpress.website.views import Frame, ProgrammeBox, Site, mark_foreign

MAX_DAYS = 400
"""An event that lasts longer stands in the months of this time only."""


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the pages about events in a language."""
    entries = planner.library.of_kind("event", lang)
    if not entries:
        return
    upcoming = TeaserCards(planner.library.upcoming(lang))
    calendar = calendar_of(planner.url_prefix(lang), entries)
    modified = newest_change(entries, planner.library.today)
    frame = planner.section_frame(lang, "events", calendar=calendar, modified=modified)
    past = split_in_pages(planner.library.past(lang), frame.url, planner.settings.page_size)
    months = _months(entries)
    nearest = _nearest(months, planner.library.today)
    for page in past:
        yield _list(planner, lang, frame, page, upcoming, f"{frame.url}{nearest:%Y/%m}/" if nearest else "")
    yield from _month_pages(planner, lang, frame, months)
    shared = planner.shared_frame(lang, "events")
    for entry in entries:
        yield _event(planner, shared, entry)


def _list(
    planner: PagePlanner, lang: str, frame: Frame, page: ListPage, upcoming: TeaserCards, month: str
) -> Output:
    if page.number:
        above = (*frame.crumbs, Label(name=frame.title, url=frame.url))
        modified = newest_change(page.entries, planner.library.today)
        title = planner.label(lang, "past_events")
        frame = frame.shared().at(page.url, title=title, crumbs=above, modified=modified)
    return planner.view(
        lang,
        frame,
        "event-list.html",
        upcoming=None if page.number else upcoming,
        month="" if page.number else month,
        past=TeaserCards(page.entries),
        older=page.older,
        newer=page.newer,
    )


def _months(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    """Return first day of a month → the events that take place in it, the earliest first, by month."""
    found: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        teaser = entry.index_record.teaser
        if not teaser.day:
            continue
        first, last = (date.fromordinal(day) for day in (teaser.day, teaser.last_day or teaser.day))
        month = first.replace(day=1)
        while month <= last and (month - first).days < MAX_DAYS:
            found[month].append(entry)
            month = (month + timedelta(days=31)).replace(day=1)
    return {
        month: sorted(found[month], key=lambda one: (one.index_record.first_day, one.url))
        for month in sorted(found)
    }


def _nearest(months: Mapping[date, object], today: date) -> date | None:
    """Return the first month with events from today on, or else the last one before."""
    this = today.replace(day=1)
    return next((one for one in months if one >= this), max(months, default=None))


def _month_pages(
    planner: PagePlanner, lang: str, frame: Frame, months: Mapping[date, list[Entry]]
) -> Iterator[Output]:
    """Yield a page for each month with events."""
    labels = [Label(name=f"{one:%Y-%m}", url=f"{frame.url}{one:%Y/%m}/") for one in months]
    dates, above = date_formatter(lang), (*frame.crumbs, Label(name=frame.title, url=frame.url))
    for place, (month, entries) in enumerate(months.items()):
        title = f"{dates.month(month)} {month.year}"
        yield planner.view(
            lang,
            frame.shared().at(
                labels[place].url,
                title=title,
                crumbs=above,
                modified=newest_change(entries, planner.library.today),
            ),
            "event-month.html",
            month=month,
            events=TeaserCards(entries),
            older=labels[place - 1].url if place else "",
            newer=labels[place + 1].url if place + 1 < len(labels) else "",
            overview=frame.url,
        )


def _is_closed(entry: Entry, today: date) -> bool:
    """Return whether the time for registration is over."""
    deadline = entry.item.deadline if isinstance(entry.item, Event) else None
    return bool(deadline and deadline.day < today)


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
        collections=planner.collections_of(entry),
        closed=_is_closed(entry, planner.library.today),
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
    closed: bool,
    collections: tuple[TeaserCards, ...],
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
        **show_item(item, stored[0], site, theme, collections),
        graph=(*([described] if described else []), breadcrumbs(frame, site.settings)),
        terms=mark_foreign(item.terms, foreign),
        calendar=f"{item.url}{item.slug}.ics" if item.is_dated else "",
        programmes=programmes,
        organisers=organisers,
        reports=reports,
        over=over,
        closed=closed,
    )
