"""Texts that a language of the site lacks."""

import pytest

from clusterpress.config.legal import AccessibilitySettings, LegalSettings
from clusterpress.config.settings import MenuEntry, NewsletterSettings
from clusterpress.library.language_checks import check_languages
from clusterpress.theme.theme import Theme
from tests.website.conftest import ROOT, assemble_site

ABOUT = {"pages/about.md": "---\ntitle: About\n---\nX.\n", "pages/team.md": "---\ntitle: Team\n---\nX.\n"}


@pytest.fixture(scope="module")
def found():
    theme = Theme(name="clusters-cord", folder=str(ROOT / "themes/clusters-cord"), digest=b"theme")

    def find(files=ABOUT, **settings):
        site = assemble_site(theme, files, **{"languages": ("en", "fr"), **settings})
        return {one.field: one.message for one in check_languages(site.library, theme)}

    return find


def test_a_site_in_one_language_lacks_nothing(found):
    assert found(languages=("en",), tagline="News", menu=(MenuEntry(label="Us", url="/team/"),)) == {}


def test_plain_sentences_and_labels_are_named(found):
    problems = found(
        tagline="News",
        description="All news.",
        newsletters={"letter": NewsletterSettings(name="Letter", tagline="Words")},
        menu=(MenuEntry(label="Us", url="/team/"), MenuEntry(label="News", url="/news/")),
        footer=(MenuEntry(label="Y", url="https://y.eu/"), MenuEntry(label="About", url="/about/")),
    )
    assert problems.keys() == {"tagline", "description", "newsletters.letter.tagline", "menu.0.label"}
    assert problems["tagline"] == '"tagline" is in "en" alone, and pages in fr show it'


def test_a_translated_page_gives_its_label(found):
    files = ABOUT | {"pages/team.fr.md": "---\ntitle: Équipe\n---\nX.\n"}
    assert found(files, menu=(MenuEntry(label="Us", url="/team/"),)) == {}


def test_versions_are_enough(found):
    versions = {"tagline": {"en": "News", "fr": "Actus"}}
    assert found(tagline="News", versions=versions) == {}


def test_a_language_without_words_of_the_theme_is_named(found):
    problems = found(languages=("en", "ja"), legal=LegalSettings(address="X"), contact="a@x.eu")
    assert problems.keys() == {"languages.1"}
    legal = LegalSettings(
        address="X", accessibility=AccessibilitySettings(prepared="2026-01-01", enforcement="X")
    )
    assert found(languages=("en", "en-US", "fr-BE", "sr-Latn", "pt-BR"), legal=legal, contact="a@x.eu") == {}
