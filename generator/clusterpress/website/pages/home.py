"""Home: the home page of each language."""

from collections.abc import Iterator

from clusterpress.library.entries import Entry
from clusterpress.values.outputs import Output
from clusterpress.website.json_ld import publisher, website
from clusterpress.website.page_planner import PagePlanner
from clusterpress.website.pages.issues import art_of
from clusterpress.website.views import Frame

LATEST = 6
"""How many news the home page shows below the lead story."""
EVENTS = 3
"""How many upcoming events it shows."""


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the home page of a language."""
    library, settings = planner.library, planner.settings
    news = library.of_kind("news", lang)
    pinned = next((e for e in news if e.index_record.pinned), None) if library.with_field("pinned") else None
    lead = pinned or (news[0] if news else None)
    latest = [entry.card for entry in news[: LATEST + 1] if entry is not lead][:LATEST]
    issues: dict[str, Entry] = {}
    for entry in library.of_kind("issue", lang):
        issues.setdefault(getattr(entry.item, "newsletter", ""), entry)
    url_prefix = planner.url_prefix(lang)
    dated = any(entry.is_dated for entry in library.of_kind("event", lang))
    frame = Frame(
        url=url_prefix,
        title=settings.name,
        description=settings.description or settings.tagline,
        section=url_prefix,
        feed=planner.topics.get(url_prefix),
        calendar=f"{url_prefix}events.ics" if dated else "",
        translations=planner.versions("", settings.languages),
        picture=lead.picture if lead else None,
    )
    yield planner.view(
        lang,
        frame,
        "home.html",
        graph=(website(settings, lang, frame.url), publisher(settings, planner.sites[lang].logo)),
        lead=lead.card if lead else None,
        latest=tuple(latest),
        upcoming=tuple(entry.card for entry in library.upcoming(lang)[:EVENTS]),
        past=tuple(entry.card for entry in library.past(lang)[:EVENTS]),
        programmes=tuple(term.record.card for term in library.terms("programmes", lang) if term.record),
        newsletters=tuple(
            (planner.name_newsletter(name), entry.card, art_of(entry))
            for name, entry in sorted(issues.items())
        ),
        untranslated=planner.untranslated_news(lang),
    )
