"""Entrances: the home page of each language, the search page, and the page about feeds and calendars."""

from collections.abc import Iterator, Sequence
from datetime import date

from clusterpress.library.entries import Entry, Label, TeaserCard
from clusterpress.library.menus import SECTIONS, section_link
from clusterpress.library.pictures import Picture
from clusterpress.library.topics import WITH_CALENDAR
from clusterpress.values.kinds import FOLDERS
from clusterpress.values.outputs import Output
from clusterpress.website.page_planner import PagePlanner, calendar_of, newest_day
from clusterpress.website.pages.issues import art_of, contents_of, issues_by_newsletter
from clusterpress.website.structured_data import publisher, website
from clusterpress.website.views import Frame

LATEST = 6
"""How many news the home page shows below the lead story."""
RIVALS = 4
"""How many news after the newest may be the lead story in its place."""
STALE = 60
"""Days: an older one is never the lead story in place of a newer one."""
WEIGHTY = 60
"""Characters of a summary that say what an item is about."""
EVENTS = 3
"""How many upcoming events it shows; as many wait until these are over on the day of the reader."""


def home(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the home page of a language."""
    library, settings = planner.library, planner.settings.in_language(lang)
    news = library.of_kind("news", lang)
    pinned = next((e for e in news if e.index_record.pinned), None) if library.with_field("pinned") else None
    lead = pinned or choose_lead(news)
    latest = [entry.card for entry in news[: LATEST + 1] if entry is not lead][:LATEST]
    newsletters = (
        (settings.newsletters.get(name), name, issues[0])
        for name, issues in issues_by_newsletter(library, lang).items()
    )
    url_prefix = planner.url_prefix(lang)
    frame = Frame(
        url=url_prefix,
        title=settings.name,
        description=settings.description or settings.tagline,
        section=url_prefix,
        feed=planner.topics.get(url_prefix),
        calendar=calendar_of(url_prefix, library.of_kind("event", lang)),
        translations=planner.versions("", settings.languages),
        picture=lead.picture if lead else None,
        modified=newest_day(news),
    )
    yield planner.view(
        lang,
        frame,
        "home.html",
        graph=(website(settings, lang, frame.url), publisher(settings, planner.sites[lang].logo)),
        lead=lead.card if lead else None,
        lead_form=lead_form(lead.card) if lead else "",
        latest=tuple(latest),
        upcoming=tuple(entry.card for entry in library.upcoming(lang)[: 2 * EVENTS]),
        shown=EVENTS,
        past=tuple(entry.card for entry in library.past(lang)[:EVENTS]),
        programmes=tuple(term.record.card for term in library.terms("programmes", lang) if term.record),
        newsletters=tuple(
            (
                name,
                (known.wordmark or known.name) if known else name,
                issue.card,
                art_of(issue),
                contents_of(issue),
            )
            for known, name, issue in newsletters
        ),
        untranslated=planner.untranslated_news(lang),
    )


def choose_lead(news: Sequence[Entry]) -> Entry | None:
    """Return the newest of some news that has enough to fill the largest place, or else the newest.

    A thin one gives way only to one of the next `RIVALS`, and to none that is `STALE` days older.

    Args:
        news: newest first.
    """
    if not news:
        return None
    newest = news[0].index_record.teaser.day
    rivals = (one for one in news[: RIVALS + 1] if newest - one.index_record.teaser.day < STALE)
    return next((one for one in rivals if not is_thin(one.card)), news[0])


def is_thin(card: TeaserCard) -> bool:
    """Return whether an item has neither a wide picture of its own nor words that say what it is about."""
    return len(card.summary) < WEIGHTY and (card.picture is None or _is_narrow(card.picture.picture))


def lead_form(card: TeaserCard) -> str:
    """Return how the home page shows its lead story.

    Returns:
        "quiet" for a thin one, "beside" for a picture that is upright or small, "" for a wide picture.
    """
    if is_thin(card):
        return "quiet"
    return "beside" if card.picture and _is_narrow(card.picture.picture) else ""


def _is_narrow(picture: Picture) -> bool:
    """Return whether a picture does not fill the place over the title of a lead story."""
    return picture.is_upright or picture.is_small


def subscribe(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the page about feeds in a language."""
    library, url_prefix = planner.library, planner.url_prefix(lang)
    versions = planner.versions("feeds/", planner.settings.languages)
    frame = planner.section_frame(lang, "feeds", feed=planner.topics.get(url_prefix), translations=versions)
    sections = tuple(
        Label(name=planner.label(lang, name), url=url)
        for name in ("news", "events", "newsletters")
        if (url := f"{url_prefix}{name}/") in planner.topics
    )
    above = f"{url_prefix}newsletters/"
    terms = {taxonomy: library.terms(taxonomy, lang) for taxonomy in planner.taxonomies}
    groups: dict[str, tuple[Label, ...]] = {
        "whole_site": (Label(name=planner.settings.in_language(lang).name, url=url_prefix),),
        "sections_label": sections,
        "newsletters": tuple(
            label for url, label in planner.topics.items() if url.startswith(above) and url != above
        ),
        **{
            taxonomy: tuple(Label(name=term.name, url=term.url) for term in found)
            for taxonomy, found in terms.items()
        },
    }
    calendars = (
        (planner.label(lang, "all_events"), calendar_of(url_prefix, library.of_kind("event", lang))),
        *((term.name, calendar_of(term.url, term.events)) for one in WITH_CALENDAR for term in terms[one]),
    )
    yield planner.view(
        lang,
        frame,
        "feeds.html",
        groups=tuple(group for group in groups.items() if group[1]),
        calendars=tuple(Label(name=name, url=url) for name, url in calendars if url),
    )


def search(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the search page of a language, if there is anything to find in it."""
    shards = planner.shards.get(lang, ())
    if not shards:
        return
    versions = planner.versions("search/", planner.shards)
    frame = planner.section_frame(lang, "search", translations=versions, indexed=False, wasm=True)
    yield planner.view(
        lang,
        frame,
        "search.html",
        graph=(),
        shards=shards,
        choices=_choices(planner, lang),
        browse_links=_browse_links(planner, lang),
    )


def _choices(planner: PagePlanner, lang: str) -> tuple[tuple[str, tuple[Label, ...]], ...]:
    """Return (name of a filter, its values); one with a single value is left out.

    The slug of a value stands in addresses and in the index, its name is shown.
    """
    library = planner.library
    kinds = (
        Label(slug=kind, name=planner.label(lang, label))
        for label, kind in FOLDERS.items()  # labels have the names of folders
        if library.of_kind(kind, lang)
    )
    dated = [entry for kind in ("news", "event", "issue") for entry in library.of_kind(kind, lang)]
    years = {date.fromordinal(day).year for day in {entry.index_record.teaser.day for entry in dated} if day}
    found = {
        "kind": tuple(kinds),
        "programme": tuple(
            Label(slug=term.slug, name=term.name) for term in library.terms("programmes", lang)
        ),
        "cluster": tuple(Label(slug=term.slug, name=term.name) for term in library.terms("clusters", lang)),
        "year": tuple(Label(slug=str(year), name=str(year)) for year in sorted(years, reverse=True)),
    }
    return tuple((name, labels) for name, labels in found.items() if len(labels) > 1)


def _browse_links(planner: PagePlanner, lang: str) -> tuple[Label, ...]:
    """Return links for readers who do not search: the sections, and the archive of news."""
    library = planner.library
    names = (*SECTIONS, *(name for name in planner.taxonomies if name not in SECTIONS))
    sections = (name for name in names if library.has_section(name, lang))
    links = [section_link(library, planner.theme, lang, name) for name in sections]
    if library.of_kind("news", lang):
        url = f"{planner.url_prefix(lang)}news/archive/"
        links.append(Label(name=planner.label(lang, "archive_label"), url=url))
    return tuple(links)
