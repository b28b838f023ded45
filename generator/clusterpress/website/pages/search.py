"""Search: the page with the form; a script of the theme asks the index when a reader searches."""

from collections.abc import Iterator
from datetime import date

from clusterpress.library.entries import Label
from clusterpress.library.menus import SECTIONS, has_content, section_link
from clusterpress.values.kinds import FOLDERS
from clusterpress.values.outputs import Output
from clusterpress.website.page_planner import PagePlanner
from clusterpress.website.views import Frame

Choices = tuple[tuple[str, tuple[Label, ...]], ...]
"""Name of a filter, and its values: the slug stands in addresses and in the index, the name is shown."""


def outputs(planner: PagePlanner, lang: str) -> Iterator[Output]:
    """Yield the search page of a language, if there is anything to find in it."""
    shards = planner.shards.get(lang, ())
    if not shards:
        return
    url = f"{planner.url_prefix(lang)}search/"
    frame = Frame(
        url=url,
        title=planner.label(lang, "search"),
        section=url,
        crumbs=planner.crumbs(lang),
        translations=planner.versions("search/", planner.shards),
        indexed=False,
        wasm=True,
    )
    yield planner.view(
        lang,
        frame,
        "search.html",
        graph=(),
        shards=shards,
        choices=_choices(planner, lang),
        browse_links=_browse_links(planner, lang),
    )


def _choices(planner: PagePlanner, lang: str) -> Choices:
    """Return the filters of a search; one with a single value is left out."""
    library = planner.library
    kinds = [
        Label(slug=kind, name=planner.label(lang, label))
        for label, kind in FOLDERS.items()  # labels have the names of folders
        if library.of_kind(kind, lang)
    ]
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
    sections = (name for name in (*SECTIONS, "authors", "tags") if has_content(library, name, lang))
    links = [section_link(library, planner.theme, lang, name) for name in sections]
    if library.of_kind("news", lang):
        url = f"{planner.url_prefix(lang)}news/archive/"
        links.append(Label(name=planner.label(lang, "archive_label"), url=url))
    return tuple(links)
