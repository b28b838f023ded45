"""Subscribe: the page that explains and lists every feed and calendar."""

from collections.abc import Iterator

from clusterpress.library.entries import Label
from clusterpress.values.kinds import TAXONOMY_NAMES
from clusterpress.values.outputs import Output
from clusterpress.website.page_planner import PagePlanner, has_dates
from clusterpress.website.views import Frame

Group = tuple[str, tuple[Label, ...]]
"""Key of a heading, and the links under it."""


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the page about feeds in a language."""
    library, url_prefix = planner.library, planner.url_prefix(lang)
    frame = Frame(
        url=f"{url_prefix}feeds/",
        title=planner.label(lang, "feeds"),
        section=f"{url_prefix}feeds/",
        crumbs=planner.crumbs(lang),
        feed=planner.topics.get(url_prefix),
        translations=planner.versions("feeds/", planner.settings.languages),
    )
    sections = tuple(
        Label(name=planner.label(lang, name), url=url)
        for name in ("news", "events", "newsletters")
        if (url := f"{url_prefix}{name}/") in planner.topics
    )
    groups: list[Group] = [
        ("whole_site", (Label(name=planner.settings.name, url=url_prefix),)),
        ("sections_label", sections),
    ]
    issues = (planner.topics[url] for url in planner.topics if url.startswith(f"{url_prefix}newsletters/"))
    groups.append(
        ("newsletters", tuple(label for label in issues if label.url != f"{url_prefix}newsletters/"))
    )
    calendars = []
    if any(entry.is_dated for entry in library.of_kind("event", lang)):
        calendars.append(Label(name=planner.label(lang, "all_events"), url=f"{url_prefix}events.ics"))
    for taxonomy in TAXONOMY_NAMES:
        terms = library.terms(taxonomy, lang)
        groups.append((taxonomy, tuple(Label(name=term.name, url=term.url) for term in terms)))
        if taxonomy in ("programmes", "clusters"):
            calendars += [Label(name=t.name, url=f"{t.url}events.ics") for t in terms if has_dates(t)]
    shown = tuple(group for group in groups if group[1])
    yield planner.view(lang, frame, "feeds.html", groups=shown, calendars=tuple(calendars))
