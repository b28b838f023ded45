"""Search: the page with the form; a script of the theme asks the index when a reader searches."""

from collections.abc import Iterator, Mapping
from datetime import date

from clusterpress.library.entries import Label
from clusterpress.theme.theme import Theme
from clusterpress.values.kinds import Kind
from clusterpress.values.outputs import Output
from clusterpress.website.page_planner import Desk
from clusterpress.website.rendering import render_page
from clusterpress.website.sites import SECTIONS, has
from clusterpress.website.views import Frame, Site

Choices = tuple[tuple[str, tuple[Label, ...]], ...]
"""Name of a filter, and its values: the slug stands in addresses and in the index, the name is shown."""

_KINDS: Mapping[Kind, str] = {
    "news": "news",
    "event": "events",
    "programme": "programmes",
    "cluster": "clusters",
    "partner": "partners",
    "author": "authors",
    "issue": "newsletters",
    "page": "pages",
}
"""Kind → the label that names many of it."""


def outputs(desk: Desk, lang: str) -> Iterator[Output]:
    """Yield the search page of a language, if there is anything to find in it."""
    shards = desk.shards.get(lang, ())
    if not shards:
        return
    url = f"{desk.start(lang)}search/"
    frame = Frame(
        url=url,
        title=desk.word(lang, "search"),
        section=url,
        crumbs=desk.crumbs(lang),
        translations=desk.versions("search/", desk.shards),
        indexed=False,
        wasm=True,
    )
    views = {"shards": shards, "choices": _choices(desk, lang), "places": _places(desk, lang)}
    yield desk.page(lang, frame, make_page, views)


def make_page(
    site: Site,
    theme: Theme,
    frame: Frame,
    shards: tuple[str, ...],
    choices: Choices,
    places: tuple[Label, ...],
) -> bytes:
    """Return the search page."""
    return render_page(site, theme, frame, "search.html", shards=shards, choices=choices, places=places)


def _choices(desk: Desk, lang: str) -> Choices:
    """Return what readers can narrow a search by; a filter that leaves no choice is left out."""
    library = desk.library
    kinds = [
        Label(slug=kind, name=desk.word(lang, word))
        for kind, word in _KINDS.items()
        if library.of_kind(kind, lang)
    ]
    dated = [entry for kind in ("news", "event", "issue") for entry in library.of_kind(kind, lang)]
    years = {date.fromordinal(day).year for day in {entry.abstract.facts.day for entry in dated} if day}
    found = {
        "kind": tuple(kinds),
        "programme": tuple(
            Label(slug=term.slug, name=term.name) for term in library.terms("programmes", lang)
        ),
        "cluster": tuple(Label(slug=term.slug, name=term.name) for term in library.terms("clusters", lang)),
        "year": tuple(Label(slug=str(year), name=str(year)) for year in sorted(years, reverse=True)),
    }
    return tuple((name, labels) for name, labels in found.items() if len(labels) > 1)


def _places(desk: Desk, lang: str) -> tuple[Label, ...]:
    """Return where to look without searching: the sections, and the archive of news."""
    start = desk.start(lang)
    sections = (*SECTIONS, "authors", "tags")
    places = [
        Label(name=desk.word(lang, name), url=f"{start}{name}/")
        for name in sections
        if has(desk.library, name, lang)
    ]
    archive = (
        [Label(name=desk.word(lang, "archive_label"), url=f"{start}news/archive/")]
        if desk.library.news(lang)
        else []
    )
    return (*places, *archive)
