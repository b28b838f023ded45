"""Menus: the links of navigation and footer in one language, for pages and newsletters."""

from collections.abc import Iterable, Iterator

from clusterpress.config.settings import MenuEntry
from clusterpress.library.entries import Label
from clusterpress.library.library import Library
from clusterpress.library.links import link_rule
from clusterpress.library.obligations import CONFIG, statements_in
from clusterpress.library.publication import prefix
from clusterpress.theme.theme import Theme, read_labels
from clusterpress.values.kinds import FOLDERS
from clusterpress.values.problems import Problem
from clusterpress.values.rules import default_severity, is_timed

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


def check_menus(library: Library) -> Iterator[Problem]:
    """Yield a problem for each entry of a menu whose item or section is not published now."""
    settings = library.settings
    for name, entries in (("menu", settings.menu), ("footer", settings.footer)):
        for place, entry in enumerate(entries):
            if why := _why_left_out(library, entry):
                rule = link_rule(why)
                message = f'the entry "{entry.label}" leads to {entry.url}, which is not published ({why})'
                yield Problem(
                    path=CONFIG,
                    field=f"{name}.{place}.url",
                    severity=default_severity(rule),
                    message=message,
                    hint="it is left out until it is",
                    rule=rule,
                    timed=is_timed(rule),
                )


def _why_left_out(library: Library, entry: MenuEntry) -> str:
    """Return the state of what an entry of a menu leads to if that is hidden now; else nothing."""
    targets, name = library.resolver.link_targets, entry.url.strip("/")
    if not targets.hidden or "://" in entry.url:
        return ""
    if one := targets.hidden_at(entry.url):
        return one.state
    if name not in (*SECTIONS, "authors") or library.has_section(name, library.settings.language):
        return ""
    states = [one.state for one in targets.hidden.values() if one.record.kind == FOLDERS[name]]
    return next((state for state in ("expired", "scheduled", "draft") if state in states), "")


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
        if _why_left_out(library, entry):
            continue
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
