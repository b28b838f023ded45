"""Menus: the links of navigation and footer in each language."""

from msgspec.structs import replace

from clusterpress.config.settings import MenuEntry
from clusterpress.library.menus import footer, navigation
from tests.library.make import SETTINGS, item, library
from tests.newsletters.make import THEME

ENTRIES = (
    MenuEntry(label="Latest", url="/news/"),
    MenuEntry(label="Dates", url="/events/"),
    MenuEntry(label="Follow", url="/feeds/"),
    MenuEntry(label="Elsewhere", url="https://y.eu/"),
    MenuEntry(label="Old page", url="/old/"),
)


def links(made):
    return [(one.name, one.url, one.lang or one.target) for one in made]


def test_entries_lead_to_the_sections_of_the_language_under_their_own_titles():
    entries = replace(SETTINGS, menu=ENTRIES, footer=ENTRIES)
    made, _ = library(item("news/a.md"), item("news/a.fr.md", lang="fr", slug="a"), settings=entries)
    assert links(navigation(made, THEME, "en"))[:2] == [("Latest", "news/", ""), ("Dates", "events/", "")]
    expected = [
        ("Actualités", "fr/news/", ""),
        ("Flux et calendriers", "fr/feeds/", ""),
        ("Elsewhere", "https://y.eu/", ""),
        ("Old page", "old/", "en"),
    ]
    assert links(navigation(made, THEME, "fr")) == links(footer(made, THEME, "fr")) == expected


def test_without_settings_the_navigation_lists_the_sections_with_content():
    made, _ = library(item("news/a.md"), item("clusters/b.md"))
    assert [one.url for one in navigation(made, THEME, "en")] == ["news/", "clusters/"]


def test_a_section_that_a_language_lacks_leads_to_that_of_the_first_language():
    made, _ = library(item("news/a.md"), item("clusters/b.fr.md", lang="fr", slug="b"))
    assert links(navigation(made, THEME, "fr")) == [
        ("Actualités", "news/", "en"),
        ("Clusters", "fr/clusters/", ""),
    ]
    menu, _ = library(item("news/a.md"), settings=replace(SETTINGS, menu=ENTRIES))
    assert links(navigation(menu, THEME, "fr"))[0] == ("Actualités", "news/", "en")
    assert "Événements" not in [one.name for one in navigation(menu, THEME, "fr")]
