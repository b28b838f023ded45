"""What all pages of one language share: navigation, foot, funding."""

from collections.abc import Iterator

from clusterpress.config.settings import MenuEntry, Settings
from clusterpress.library.entries import Entry, Label
from clusterpress.library.funding import credit_of
from clusterpress.library.library import Library
from clusterpress.library.permalinks import prefix
from clusterpress.library.statements import statements_in
from clusterpress.theme.labels import read_labels
from clusterpress.theme.theme import Theme
from clusterpress.values.taxonomies import TAXONOMY_NAMES
from clusterpress.website.views import Site, with_digest

SECTIONS = ("news", "events", "programmes", "clusters", "partners", "newsletters")
"""What the navigation offers, unless the settings say otherwise, if there is any of it."""


def make_site(
    library: Library, settings: Settings, theme: Theme, lang: str, *, searchable: bool = False
) -> Site:
    """Return what all pages of a language share."""
    start = prefix(lang, settings)
    return with_digest(
        Site(
            settings=settings,
            lang=lang,
            menu=tuple(_entries(library, theme, lang, settings.menu))
            or tuple(
                _section(theme, lang, name, start) for name in SECTIONS if has_content(library, name, lang)
            ),
            footer=_footer_links(library, theme, lang),
            languages=tuple(
                Label(name=one, url=prefix(one, settings), lang=one)
                for one in settings.languages
                if len(settings.languages) > 1
            ),
            logo=file_url(library, settings.logo),
            funding=credit_of(library, settings.programme, lang, responsible=responsible(settings)),
            feeds=f"{start}feeds/",
            search=f"{start}search/" if searchable else "",
        )
    )


def responsible(settings: Settings) -> str:
    """Return who answers for the contents of the site."""
    return settings.publisher or settings.name


def has_content(library: Library, section: str, lang: str) -> bool:
    """Return whether a section has anything to show in a language."""
    kinds = {"news": "news", "events": "event", "newsletters": "issue"}
    if section in kinds:
        return bool(library.of_kind(kinds[section], lang))
    return any(library.terms(taxonomy, lang) for taxonomy in TAXONOMY_NAMES if taxonomy == section)


def file_url(library: Library, path: str) -> str:
    """Return where a file below content/ is published: as told, or under its own name if it is static."""
    if not path:
        return ""
    source = "content/" + path.removeprefix("/").removeprefix("content/")
    return library.files.get(source) or source.removeprefix("content/").removeprefix("static/")


def _footer_links(library: Library, theme: Theme, lang: str) -> tuple[Label, ...]:
    """Return the links at the foot: those of the settings, else all pages; the statements in any case."""
    pages = tuple(_label(page) for page in library.of_kind("page", lang))
    links = tuple(_entries(library, theme, lang, library.settings.footer)) or pages
    linked = {link.url for link in links}
    missing = (
        _statement(theme, lang, name, url)
        for name, url in statements_in(library, lang).items()
        if url not in linked
    )
    return (*links, *missing)


def _statement(theme: Theme, lang: str, name: str, url: str) -> Label:
    return Label(name=str(read_labels(theme, lang)[f"{name}_title"]), url=url)


def _label(entry: Entry) -> Label:
    return Label(name=entry.item.title, url=entry.url)


def _section(theme: Theme, lang: str, name: str, start: str) -> Label:
    return Label(name=str(read_labels(theme, lang)[name]), url=f"{start}{name}/")


def _entries(library: Library, theme: Theme, lang: str, entries: tuple[MenuEntry, ...]) -> Iterator[Label]:
    """Yield the entries of a menu in a language: sections and pages in their own words, if they have any."""
    settings = library.settings
    start = prefix(lang, settings)
    own = {entry.url: entry for entry in library.of_kind("page", settings.language)}
    for entry in entries:
        path = entry.url if "://" in entry.url else entry.url.lstrip("/")
        name = path.strip("/")
        if lang == settings.language or "://" in path:
            yield Label(name=entry.label, url=path)
        elif name in (*SECTIONS, "authors", "tags"):
            if has_content(library, name, lang):
                yield _section(theme, lang, name, start)
        elif name == "":
            yield Label(name=str(read_labels(theme, lang)["home"]), url=start)
        elif name == "feeds":
            yield _section(theme, lang, name, start)
        elif translated := dict(own[path].translations).get(lang) if path in own else None:
            page = next(page for page in library.of_kind("page", lang) if page.url == translated)
            yield _label(page)
        elif url := statements_in(library, lang).get(name):
            yield _statement(theme, lang, name, url)
        else:
            yield Label(name=entry.label, url=path, lang=settings.language)
