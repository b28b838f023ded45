"""Menus: the links of navigation and footer in one language, for pages and newsletters."""

from collections.abc import Iterable, Iterator

from clusterpress.config.settings import MenuEntry
from clusterpress.library.entries import Label
from clusterpress.library.library import Library
from clusterpress.library.obligations import statements_in
from clusterpress.library.publication import prefix
from clusterpress.theme.theme import Theme, read_labels

SECTIONS = ("news", "events", "programmes", "clusters", "partners", "newsletters")
"""Sections of the navigation, as far as they have content, unless the settings list others."""


def navigation(library: Library, theme: Theme, lang: str) -> tuple[Label, ...]:
    """Return the links of the navigation: those of the settings, or all sections with content.

    Args:
        library: all items.
        theme: its labels name sections.
        lang: language of the links.
    """
    sections = (name for name in SECTIONS if library.has_section(name, lang))
    return tuple(_menu_links(library, theme, lang, library.settings.menu)) or tuple(
        section_link(library, theme, lang, name) for name in sections
    )


def footer(library: Library, theme: Theme, lang: str) -> tuple[Label, ...]:
    """Return the links of the footer: those of the settings, or all pages; always with the statements.

    For the arguments, see `navigation`.
    """
    links = tuple(_menu_links(library, theme, lang, library.settings.footer)) or tuple(
        Label(name=page.item.title, url=page.url) for page in library.of_kind("page", lang)
    )
    linked = {link.url for link in links}
    statements = statements_in(library, lang).items()
    missing = (_labelled(theme, lang, f"{name}_title", url) for name, url in statements if url not in linked)
    return (*links, *missing)


def section_link(library: Library, theme: Theme, lang: str, name: str) -> Label:
    """Return the link to the index page of a section, by name; for the other arguments, see `navigation`."""
    return _labelled(theme, lang, name, f"{prefix(lang, library.settings)}{name}/")


def _labelled(theme: Theme, lang: str, key: str, url: str) -> Label:
    return Label(name=str(read_labels(theme, lang)[key]), url=url)


def _menu_links(library: Library, theme: Theme, lang: str, entries: Iterable[MenuEntry]) -> Iterator[Label]:
    """Yield the entries of a menu, which the settings list for the site's first language, in another one.

    Sections and pages have their titles there, if they have any.
    """
    settings = library.settings
    own = {entry.url: entry for entry in library.of_kind("page", settings.language)}
    for entry in entries:
        path = entry.url if "://" in entry.url else entry.url.lstrip("/")
        name = path.strip("/")
        if lang == settings.language or "://" in path:
            yield Label(name=entry.label, url=path)
        elif name in (*SECTIONS, "authors", "tags"):
            if library.has_section(name, lang):
                yield section_link(library, theme, lang, name)
        elif name == "":
            yield _labelled(theme, lang, "home", prefix(lang, settings))
        elif name == "feeds":
            yield section_link(library, theme, lang, name)
        elif translated := dict(own[path].translations).get(lang) if path in own else None:
            page = next(page for page in library.of_kind("page", lang) if page.url == translated)
            yield Label(name=page.item.title, url=page.url)
        elif url := statements_in(library, lang).get(name):
            yield _labelled(theme, lang, f"{name}_title", url)
        else:
            yield Label(name=entry.label, url=path, lang=settings.language)
