"""Every language of the theme, and what a site in several languages links to what."""

import re
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from clusterpress.theme.languages import direction_of, locale_of

LABELS = Path(__file__).parents[2] / "themes" / "clusters-cord" / "website" / "labels"
LANGUAGES = [
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl",
    "pt", "ro", "sk", "sl", "sv",
    "ar", "he", "sr", "sr-Latn", "tr", "uk",
]  # fmt: skip
"""Those of the European Union, and those of its neighbours."""

NEWS = "---\ntitle: {}\ndate: 2019-04-12\ncluster: qoot\n{}---\nText.\n"
FILES = {
    "clusters/qoot.md": "---\ntitle: QOOT\n---\n",
    "news/one.md": NEWS.format("One", ""),
    "news/two.md": NEWS.format("Two", ""),
    "news/one.fr.md": NEWS.format("Un", ""),
    "news/trois.fr.md": NEWS.format("Trois", ""),
    "events/forum.md": "---\ntitle: Forum\nstart: 21 February 2012\n---\n",
}
ENGLISH = {path: text for path, text in FILES.items() if ".fr." not in path}


def tree(page: str) -> LexborHTMLParser:
    return LexborHTMLParser(page)


def switch(page: str) -> list[tuple[str, str]]:
    links = tree(page).css("nav.languages a")
    return [(link.text(), link.attributes["href"] or "") for link in links]


def alternates(page: str) -> dict[str, str]:
    links = tree(page).css("link[rel=alternate][hreflang]")
    return {link.attributes["hreflang"] or "": link.attributes["href"] or "" for link in links}


def labels(lang: str) -> dict[str, str | dict[str, str]]:
    return yaml.safe_load((LABELS / f"{lang}.yml").read_text("utf-8"))


def places(words: str) -> set[str]:
    return set(re.findall(r"{\w+}", words))


def test_every_label_file_is_tested():
    assert sorted(path.stem for path in LABELS.glob("*.yml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_every_label_with_its_places(lang):
    own, english = labels(lang), labels("en")
    assert own.keys() == english.keys()
    for key, words in english.items():
        assert type(own[key]) is type(words), key
        assert own[key], key
        if isinstance(words, str):
            assert places(own[key]) == places(words), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_label_with_a_number_has_the_plural_forms_of_its_language(lang):
    plural_form = locale_of(lang).plural_form
    english = labels("en")
    for key, forms in labels(lang).items():
        if isinstance(forms, str):
            continue
        assert forms.keys() == {*plural_form.tags, "other"}, key
        for form, words in forms.items():
            several = [n for n in range(200) if plural_form(n) == form]
            optional = {"{n}"} if len(several) == 1 else set()
            assert places(words) | optional == places(english[key]["other"]) | optional, (key, form)


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_no_sentence_is_left_in_english(lang):
    own, english = labels(lang), labels("en")
    assert [
        key for key, words in english.items() if isinstance(words, str) and " " in words and own[key] == words
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_site_in_each_language_reads_in_its_direction(make_site, lang):
    files = {
        "news/one.md": NEWS.format("Title", "").replace("cluster: qoot\n", ""),
        "pages/about.md": "---\ntitle: X\n---\n",
    }
    site = make_site(files, languages=(lang,))
    for path in ("index.html", "news/index.html", "news/2019/one/index.html", "feeds/index.html"):
        html = tree(site.page(path)).css_first("html")
        assert (html.attributes["lang"], html.attributes["dir"]) == (lang, direction_of(lang))


def test_the_switch_leads_to_the_same_item_or_says_that_it_is_not_translated(make_site):
    site = make_site(FILES, languages=("en", "fr"))
    assert switch(site.page("news/2019/one/index.html")) == [
        ("English", "/news/2019/one/"),
        ("Français", "/fr/news/2019/one/"),
    ]
    assert switch(site.page("news/2019/two/index.html")) == [
        ("English", "/news/2019/two/"),
        ("Français (non traduit)", "/fr/"),
    ]
    assert switch(site.page("fr/news/2019/trois/index.html")) == [
        ("English (not translated)", "/"),
        ("Français", "/fr/news/2019/trois/"),
    ]


@pytest.mark.parametrize(
    "path",
    ["", "news/", "news/2019/", "news/archive/", "news/2019/one/", "clusters/", "clusters/qoot/", "feeds/"],
)
def test_lists_archives_terms_and_items_name_their_versions_both_ways(make_site, path):
    site = make_site(FILES, languages=("en", "fr"))
    home = "https://x.eu/"
    expected = {"en": home + path, "fr": f"{home}fr/{path}", "x-default": home + path}
    assert alternates(site.page(f"{path}index.html")) == expected
    assert alternates(site.page(f"fr/{path}index.html")) == expected


def test_what_is_not_there_in_a_language_has_no_version_in_it(make_site):
    site = make_site(FILES, languages=("en", "fr"))
    assert alternates(site.page("events/index.html")) == {}
    assert "fr/events/index.html" not in site.outputs


def test_home_and_news_name_what_is_not_translated_in_its_own_language(make_site):
    site = make_site(FILES, languages=("en", "fr"))
    for path in ("fr/index.html", "fr/news/index.html"):
        section = tree(site.page(path)).css_first("section.untranslated")
        assert [(link.text(), link.attributes["lang"]) for link in section.css("li a")] == [("Two", "en")]
        assert "English" in section.css_first("p").text()
    assert "untranslated" not in site.page("index.html")


def test_a_title_in_another_language_keeps_the_direction_of_the_page_and_shows_its_language(make_site):
    site = make_site(ENGLISH, languages=("en", "ar"))
    line = tree(site.page("ar/index.html")).css_first("section.untranslated li")
    assert line.css_first("a").attributes["dir"] == "ltr"
    tag = line.css_first("a + small.tongue")
    assert (tag.text(), tag.attributes["aria-hidden"]) == ("en", "true")
    assert "tongue" not in site.page("index.html")


def test_a_language_without_content_keeps_the_navigation_and_the_search(make_site):
    site = make_site(ENGLISH, languages=("en", "ar"), shards={"en": ("search/en/",)})
    page = tree(site.page("ar/index.html"))
    entries = [(one.attributes["href"], one.attributes.get("hreflang")) for one in page.css(".menu a")]
    assert ("/news/", "en") in entries
    assert ("/events/", "en") in entries
    assert [one.text() for one in page.css(".menu .tongue")] == ["en"] * len(entries)
    assert page.css_first("form.find").attributes["action"] == "/search/"
    assert page.css_first("section.untranslated") is not None
    assert page.css_first("[aria-labelledby=cp-news] p") is None  # "there are no news" would be wrong


@pytest.mark.parametrize(
    ("langs", "letters"), [(("el",), "greek"), (("bg", "en"), "cyrillic"), (("en", "uk"), "")]
)
def test_greek_and_cyrillic_letters_come_in_the_font_of_the_theme(make_site, langs, letters):
    head = tree(make_site({}, languages=langs).page("index.html"))
    assert head.css_first('link[href*="css/letters.css"]') is not None
    preloaded = [one.attributes["href"] for one in head.css("link[rel=preload]")]
    assert any(f"source-sans-3-{letters}-700" in one for one in preloaded) or not letters
    assert "letters.css" not in make_site({}, languages=("de", "ar")).page("index.html")
