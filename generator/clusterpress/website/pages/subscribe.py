"""Following: the page that explains and lists every feed and calendar."""

from collections.abc import Iterator

from clusterpress.library.entries import Label
from clusterpress.library.library import TAXONOMIES
from clusterpress.theme.theme import Theme
from clusterpress.values.outputs import Output
from clusterpress.website.json_ld import breadcrumbs
from clusterpress.website.page_planner import Desk, has_dates
from clusterpress.website.rendering import render_page
from clusterpress.website.views import Frame, Site

Group = tuple[str, tuple[Label, ...]]
"""Key of a heading, and what stands under it."""


def outputs(desk: Desk, lang: str) -> Iterator[Output]:
    """Yield the page about feeds in a language."""
    library, start = desk.library, desk.start(lang)
    frame = Frame(
        url=f"{start}feeds/",
        title=desk.word(lang, "feeds"),
        section=f"{start}feeds/",
        crumbs=desk.crumbs(lang),
        feed=desk.topics.get(start),
        translations=desk.versions("feeds/", desk.settings.languages),
    )
    sections = tuple(
        Label(name=desk.word(lang, name), url=url)
        for name in ("news", "events", "newsletters")
        if (url := f"{start}{name}/") in desk.topics
    )
    groups: list[Group] = [
        ("whole_site", (Label(name=desk.settings.name, url=start),)),
        ("sections_label", sections),
    ]
    issues = (desk.topics[url] for url in desk.topics if url.startswith(f"{start}newsletters/"))
    groups.append(("newsletters", tuple(label for label in issues if label.url != f"{start}newsletters/")))
    calendars = []
    if any(entry.is_dated for entry in library.of_kind("event", lang)):
        calendars.append(Label(name=desk.word(lang, "all_events"), url=f"{start}events.ics"))
    for taxonomy in TAXONOMIES:
        terms = library.terms(taxonomy, lang)
        groups.append((taxonomy, tuple(Label(name=term.name, url=term.url) for term in terms)))
        if taxonomy in ("programmes", "clusters"):
            calendars += [Label(name=t.name, url=f"{t.url}events.ics") for t in terms if has_dates(t)]
    views = {"groups": tuple(group for group in groups if group[1]), "calendars": tuple(calendars)}
    yield desk.page(lang, frame, make_page, views)


def make_page(
    site: Site, theme: Theme, frame: Frame, groups: tuple[Group, ...], calendars: tuple[Label, ...]
) -> bytes:
    """Return the page about feeds."""
    graph = (breadcrumbs(frame, site.settings),)
    return render_page(site, theme, frame, "feeds.html", graph=graph, groups=groups, calendars=calendars)
