"""Texts of the settings in several languages."""

import pytest

from clusterpress.config.reader import read_settings

HEAD = "url: https://x.eu/\nlanguages: [en, fr]\n"
NEWSLETTER = "newsletters:\n  letter: {name: Letter, %s}\n"


def read(text):
    settings, problems = read_settings(HEAD + text)
    assert problems == []
    return settings


def at(value, name):
    for step in name.split("."):
        if isinstance(value, tuple):
            value = value[int(step)]
        else:
            value = value[step] if isinstance(value, dict) else getattr(value, step)
    return value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("name: {en: News, fr: Actus}\n", "name"),
        ("name: X\ntagline: {en: News, fr: Actus}\n", "tagline"),
        ("name: X\ndescription: {en: News, fr: Actus}\n", "description"),
        ("name: X\npublisher: {en: News, fr: Actus}\n", "publisher"),
        ("name: X\nmenu:\n  - {label: {en: News, fr: Actus}, url: /news/}\n", "menu.0.label"),
        ("name: X\nfooter: {label: {en: News, fr: Actus}, url: /news/}\n", "footer.0.label"),
        ("name: X\nfollow: {label: {en: News, fr: Actus}, url: 'https://y.eu/'}\n", "follow.0.label"),
        ("name: X\nnewsletters: {letter: {name: {en: News, fr: Actus}}}\n", "newsletters.letter.name"),
        *(
            (f"name: X\n{NEWSLETTER}" % f"{key}: {{en: News, fr: Actus}}", f"newsletters.letter.{key}")
            for key in ("tagline", "wordmark", "publisher", "address")
        ),
    ],
)
def test_a_text_may_have_a_version_in_each_language(text, name):
    settings = read(text)
    assert at(settings, name) == "News"
    assert at(settings.in_language("fr"), name) == "Actus"
    assert at(settings.in_language("en"), name) == "News"
    assert (settings.language_of(name, "fr"), settings.language_of(name, "en")) == ("fr", "en")


def test_a_plain_text_is_that_of_the_first_language():
    settings = read("name: X\ntagline: News\n")
    assert settings.in_language("fr") == settings
    assert settings.language_of("tagline", "fr") == "en"


@pytest.mark.parametrize(
    ("text", "name", "missing"),
    [
        ("name: {en: News}\n", "name", "fr"),
        ("name: {fr: Actus}\n", "name", "en"),
        ("name: X\ntagline: {de: Neues}\n", "tagline", "en, fr"),
        ("name: X\nmenu: {label: {en: News}, url: /news/}\n", "menu.0.label", "fr"),
    ],
)
def test_a_missing_version_is_an_error_that_names_the_key(text, name, missing):
    settings, problems = read_settings(HEAD + text)
    assert settings is None
    assert [(one.field, one.message, one.line) for one in problems] == [
        (name, f'"{name}" has no text in {missing}', 3 if name == "name" else 4)
    ]


def test_versions_are_no_key_of_the_file():
    _, problems = read_settings(HEAD + "name: X\nversions: {a: {en: b}}\n")
    assert [one.message for one in problems] == ['unknown key "versions"']
