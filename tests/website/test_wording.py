from datetime import date

import pytest
from markupsafe import Markup, escape
from msgspec.structs import replace

from clusterpress.theme.languages import direction_of, name_of_language, territory_of
from clusterpress.theme.wording import open_wording


@pytest.mark.parametrize(
    ("lang", "first", "last", "expected"),
    [
        ("en", date(2019, 6, 15), date(2019, 6, 15), "15 June 2019"),
        ("en", date(2012, 2, 21), date(2012, 2, 22), "21–22 February 2012"),
        ("en", date(2019, 4, 9), date(2019, 4, 12), "9–12 April 2019"),
        ("fr", date(2012, 2, 21), date(2012, 2, 22), "21–22 février 2012"),
        ("ar", date(2019, 4, 9), date(2019, 4, 12), "9–12 أبريل 2019"),
        ("de", date(2012, 2, 21), date(2012, 2, 22), "21.–22. Februar 2012"),
        ("fi", date(2019, 4, 9), date(2019, 4, 12), "9.–12. huhtikuuta 2019"),
    ],
)
def test_days_are_written_as_the_language_writes_them(theme, lang, first, last, expected) -> None:
    assert open_wording(theme, lang).dates.days(first, last) == expected


def test_a_stretch_over_two_years_names_both(theme) -> None:
    said = open_wording(theme, "en").dates.days(date(2011, 12, 30), date(2012, 1, 2))
    assert said == "30 December 2011 – 2 January 2012"


@pytest.mark.parametrize(
    ("lang", "number", "expected"),
    [
        ("en", 1, "1 item"),
        ("en", 1234, "1,234 items"),
        ("fr", 0, "0 article"),
        ("ar", 2, "مادتان"),
        ("ar", 3, "3 مواد"),
        ("ar", 11, "11 مادة"),
    ],
)
def test_counts_take_the_plural_form_of_the_language(theme, lang, number, expected) -> None:
    assert open_wording(theme, lang).count("items", number) == expected


def test_what_is_filled_in_is_escaped_and_markup_is_kept(theme) -> None:
    say = open_wording(theme, "en").say
    assert say("by", authors="<b>") == "By &lt;b&gt;"
    assert say("by", authors=Markup("<b>A</b>")) == "By <b>A</b>"


def test_names_are_listed_in_a_sentence(theme) -> None:
    names = [Markup("<a>A</a>"), "B & C", "D"]
    assert open_wording(theme, "en").listing(names) == "<a>A</a>, B &amp; C and D"
    assert open_wording(theme, "fr").listing(["A", "B"]) == "A et B"


def test_a_language_without_labels_borrows_english_words_but_writes_its_own_dates(theme) -> None:
    wording = open_wording(theme, "is")
    assert wording.say("news") == "News"
    assert wording.dates.day(date(2012, 2, 21)) == "21. febrúar 2012"


def test_open_graph_names_languages_with_a_country() -> None:
    assert [territory_of(lang) for lang in ("en_GB", "fr", "pt-PT", "he", "xx")] == [
        "en_GB",
        "fr_FR",
        "pt_PT",
        "he_IL",
        "xx",
    ]


def test_directions_and_names_of_languages() -> None:
    assert [direction_of(lang) for lang in ("en", "ar", "he", "xx")] == ["ltr", "rtl", "rtl", "ltr"]
    assert [name_of_language(lang) for lang in ("fr", "ar", "sk")] == ["Français", "العربية", "Slovenčina"]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("{a} & {b}", "&lt;3&gt; &amp; 7"),
        ("{{a}}: {b}", "{a}: 7"),
        ("{b:03d}", "007"),
        ("{a!r}", "&#39;&lt;3&gt;&#39;"),
    ],
)
def test_every_form_of_placeholder_is_filled_and_escaped(theme, label, said) -> None:
    wording = open_wording(theme, "en")
    own = replace(wording, labels={"x": label}, plain={"x": escape(label)})
    assert own.say("x", a="<3>", b=7) == said
