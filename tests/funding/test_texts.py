"""The official texts: all languages of the Union, Arabic, Hebrew, Turkish and Ukrainian, whole and in order."""

from string import Formatter

import pytest

from clusterpress.funding.acknowledgement import FUNDS, LANGUAGES, name_fund, official, read_texts

UNION = [
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "ga",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "sv",
]
"""The official languages: Council Regulation No 1, Article 1."""
NAMES = ("union", "emblem", "funded", "cofunded", *FUNDS)
PLACES = {
    "views": {"authority"},
    "h2020": {"grant"},
    "fp7": {"grant"},
    "site": {"responsible"},
    "publication": {"responsible"},
}


def test_every_language_of_the_union_and_its_neighbours_have_texts() -> None:
    assert sorted([*UNION, "ar", "he", "sr", "sr-Latn", "tr", "uk"]) == list(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_names_the_union_its_emblem_its_support_and_its_funds(lang) -> None:
    texts = read_texts(lang)
    assert all(texts.get(key) for key in NAMES)
    assert texts["funded"] != texts["cofunded"]
    assert texts.keys() <= read_texts("en").keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_has_the_places_that_its_kind_has(lang) -> None:
    for key, text in read_texts(lang).items():
        assert {name for _, name, _, _ in Formatter().parse(text) if name} == PLACES.get(key, set())


def test_english_has_the_words_of_the_law() -> None:
    assert official("funded", "en").text == "Funded by the European Union"
    assert official("cofunded", "en-GB").text == "Co-funded by the European Union"
    assert official("views", "en", authority="EISMEA").text == (
        "Views and opinions expressed are however those of the author(s) only and do not necessarily reflect "
        "those of the European Union or EISMEA. Neither the European Union nor the granting authority can be "
        "held responsible for them."
    )


def test_a_text_that_a_language_lacks_is_english_and_says_so() -> None:
    shown = official("h2020", "mt", grant="1")
    assert shown.lang == "en"
    assert shown.text.startswith("This project")
    assert official("funded", "ja").lang == "en"


@pytest.mark.parametrize("name", ["", "ERDF", "erdf", "Fonds européen de développement régional"])
def test_a_known_fund_is_named_in_the_language_of_the_page(name) -> None:
    assert name_fund(name, "sk", "fr").text == "Európsky fond regionálneho rozvoja"


def test_another_fund_stays_as_it_is_written() -> None:
    shown = name_fund("Just Transition Fund", "sk", "en")
    assert (shown.text, shown.lang) == ("Just Transition Fund", "en")
