"""Menus: the links of navigation and footer in one language, for pages and newsletters."""

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from clusterpress.config.settings import MenuEntry, Settings
from clusterpress.library.entries import Label
from clusterpress.library.library import Library
from clusterpress.library.links import link_rule
from clusterpress.library.obligations import CONFIG, STATEMENTS, statements_in
from clusterpress.library.publication import prefix
from clusterpress.theme.theme import Theme, read_labels
from clusterpress.values.kinds import FOLDERS
from clusterpress.values.problems import Problem
from clusterpress.values.rules import default_severity, is_timed

SECTIONS = ("news", "events", "programmes", "clusters", "partners", "newsletters")
"""Sections of the navigation, as far as they have content, unless the settings list others."""


WORDS = {"contact": "contact", "about": "footer_label", **{name: f"{name}_title" for name in STATEMENTS}}
"""Name of a page that many sites have → its label in the theme."""


def navigation(library: Library, theme: Theme, lang: str) -> tuple[Label, ...]:
    """Return the links of the navigation: those of the settings, or all sections with content.

    A section without content in the language leads to that of the site's first language, so that readers of a
    language with few translations find everything.

    Args:
        library: all items.
        theme: its labels name sections.
        lang: language of the links.
    """
    sections = (_section(library, theme, lang, name) for name in SECTIONS)
    return tuple(_menu_links(library, theme, lang, "menu")) or tuple(one for one in sections if one.url)


def footer(library: Library, theme: Theme, lang: str) -> tuple[Label, ...]:
    """Return the links of the footer: those of the settings, or all pages; always with the statements.

    For the arguments, see `navigation`.
    """
    links = tuple(_menu_links(library, theme, lang, "footer")) or tuple(
        Label(name=page.item.title, url=page.url) for page in library.of_kind("page", lang)
    )
    linked = {link.url for link in links}
    statements = statements_in(library, lang).items()
    missing = (_labelled(theme, lang, f"{name}_title", url) for name, url in statements if url not in linked)
    return (*links, *missing)


def section_link(library: Library, theme: Theme, lang: str, name: str) -> Label:
    """Return the link to the index page of a section, by name; for the other arguments, see `navigation`."""
    name_shown = label_of(library.settings, theme, lang, name)
    return Label(name=name_shown, url=f"{prefix(lang, library.settings)}{name}/")


def _section(library: Library, theme: Theme, lang: str, name: str) -> Label:
    """Return the link to a section, or to that of the first language; without an address if both lack it."""
    first = library.settings.language
    if library.has_section(name, lang):
        return section_link(library, theme, lang, name)
    if lang == first or not library.has_section(name, first):
        return Label(name="")
    elsewhere = section_link(library, theme, first, name)
    return replace(elsewhere, name=label_of(library.settings, theme, lang, name), target=first)


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


def label_of(settings: Settings, theme: Theme, lang: str, key: str) -> str:
    """Return a label of the theme in a language, or the name of a taxonomy of the site's own."""
    if own := settings.taxonomies.get(key):
        return settings.in_language(lang).taxonomies[key].label or own.label
    return str(read_labels(theme, lang)[key])


def _labelled(theme: Theme, lang: str, key: str, url: str) -> Label:
    return Label(name=str(read_labels(theme, lang)[key]), url=url)


def _menu_links(
    library: Library, theme: Theme, lang: str, menu: Literal["menu", "footer"]
) -> Iterator[Label]:
    """Yield the entries of a menu in a language.

    The settings list them for the site's first language. Elsewhere sections and pages have their own
    addresses, if they are there. They have the label that the settings give them in that language, or else
    their titles.
    """
    settings = library.settings
    for place, entry in enumerate(getattr(settings.in_language(lang), menu)):
        if _why_left_out(library, getattr(settings, menu)[place]):
            continue
        path = entry.url if "://" in entry.url else entry.url.lstrip("/")
        given = settings.language_of(f"{menu}.{place}.label", lang) == lang
        if lang == settings.language or "://" in path:
            yield Label(name=entry.label, url=path)
        elif (target := find_target(library, theme, lang, path)) is None:
            yield Label(name=entry.label, url=path, lang="" if given else settings.language)
        elif target.url:
            yield replace(target, name=entry.label) if given else target


def find_target(library: Library, theme: Theme, lang: str, path: str) -> Label | None:
    """Return what a path of the first language leads to in another one.

    Returns:
        The link; to the section of the first language if that language has none, and without an address if
        neither has; None if the path leads to nothing of that language.
    """
    name = path.strip("/")
    if name in (*SECTIONS, *(one.name for one in library.settings.all_taxonomies)):
        return _section(library, theme, lang, name)
    if name == "":
        return _labelled(theme, lang, "home", prefix(lang, library.settings))
    if name == "feeds":
        return section_link(library, theme, lang, name)
    own = library.page_at(path, library.settings.language)
    translated = library.page_at(dict(own.translations).get(lang, ""), lang) if own else None
    if translated:
        return Label(name=translated.item.title, url=translated.url)
    if url := statements_in(library, lang).get(name):
        return _labelled(theme, lang, f"{name}_title", url)
    # A page in the first language alone, for which the theme has a word.
    label = WORDS.get(name)
    return _labelled(theme, lang, label, path) if label and own else None
