"""Typed marks become those of each language. In the tables, ~ is a no-break space and ^ a narrow one."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.theme.typography import may_change, typeset

QUOTATION = "Ada: \"a 'b' c\"."
BY_LANGUAGE = {
    "bg": "„a „b“ c“",
    "cs": "„a ‚b‘ c“",
    "da": "»a ›b‹ c«",
    "de": "„a ‚b‘ c“",
    "el": "«a “b” c»",
    "en": "“a ‘b’ c”",
    "es": "«a “b” c»",
    "et": "„a „b“ c“",
    "fi": "”a ’b’ c”",
    "fr": "«~a “b” c~»",
    "ga": "“a ‘b’ c”",
    "hr": "„a ‚b’ c”",
    "hu": "„a »b« c”",
    "it": "«a “b” c»",
    "lt": "„a „b“ c“",
    "lv": "“a “b” c”",
    "mt": "“a ‘b’ c”",
    "nl": "“a ‘b’ c”",
    "pl": "„a »b« c”",
    "pt": "«a “b” c»",
    "ro": "„a «b» c”",
    "sk": "„a ‚b‘ c“",
    "sl": "„a ‚b‘ c“",
    "sv": "”a ’b’ c”",
    "sr": "„a ’b’ c”",
    "tr": "“a ‘b’ c”",
    "uk": "«a „b“ c»",
    "de-AT": "„a ‚b‘ c“",
    "de-CH": "«a ‹b› c»",
    "en-GB": "“a ‘b’ c”",
    "en-US": "“a ‘b’ c”",
    "fr-BE": "«~a “b” c~»",
    "fr-CA": "«~a “b” c~»",
    "fr-CH": "«^a ‹^b^› c^»",
    "it-CH": "«a ‹b› c»",
    "pt-BR": "“a ‘b’ c”",
}
UNTOUCHED = ["ar", "he", "ar-EG", "fa", "xx", ""]


def visible(text):
    return text.replace("\u00a0", "~").replace("\u202f", "^")


@pytest.mark.parametrize(("lang", "expected"), BY_LANGUAGE.items())
def test_each_language_has_its_quotation_marks(lang, expected):
    colon = {"fr": "~:", "fr-BE": "~:", "fr-CA": "~:", "fr-CH": "^:"}.get(lang, ":")
    assert visible(typeset(QUOTATION, lang)) == f"Ada{colon} {expected}."


@pytest.mark.parametrize("lang", UNTOUCHED)
@pytest.mark.parametrize("text", [QUOTATION, 'צה"ל - "x" ...', 'قال "نعم" - "لا"', "it's -- x"])
def test_other_languages_stay_as_they_are(lang, text):
    assert typeset(text, lang) == text
    assert not may_change(text, lang)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"Yes," she said.', "“Yes,” she said."),
        ("It's O'Brien's idea, isn't it?", "It’s O’Brien’s idea, isn’t it?"),
        ("the dogs' bowl and 'the cats'", "the dogs’ bowl and ‘the cats’"),
        ("'Tis the '90s, '68 and rock 'n' roll", "’Tis the ’90s, ’68 and rock ’n’ roll"),
        ("a 12\" disc, 5'10\", 6' 2\" and 5' wide", "a 12″ disc, 5′10″, 6′ 2″ and 5′ wide"),
        ('"a 12" screen" is "from 1990"', "“a 12″ screen” is “from 1990”"),
        ("50°51'N", "50°51′N"),
        ('("in brackets"), ["x"], "a"/"b", "a","b"', "(“in brackets”), [“x”], “a”/“b”, “a”,“b”"),
        ('word -- "after a dash" - and', "word – “after a dash” – and"),
        ('—"closed"—', "—“closed”—"),
        ("\"'Both' open\" and '\"both\" too'", "“‘Both’ open” and ‘“both” too’"),
        ('"Three \'levels "deep" here\' end"', "“Three ‘levels “deep” here’ end”"),
        ('"A quotation that goes on', "“A quotation that goes on"),
        ('and ends here."', "and ends here.”"),
        ('"...and then..."', "“…and then…”"),
        ("word--word and 1990--1995", "word – word and 1990–1995"),
        ('Typed “so” stays, and “mixed"', "Typed “so” stays, and “mixed”"),
        ('"¿Qué?" "$5" "5 %"', "“¿Qué?” “$5” “5 %”"),
        # These stay:
        ("10 - 12 May, 5-6, a-b, --option, ....", None),
        ('alone " here, foo"bar', None),
        ("class=\"x\" and b='y'", None),
        ("https://x.example/it's--a \u2026 www.x.example/it's", None),
        ("it's.pdf a--b.docx 'n--m.png'".replace("'n--m.png'", "n--m.png"), None),
        ("`print(\"it's\")` and $f'(x) - g''(x)$ and \\(f'\\)", None),
        ("../a and a...b, 1...5", None),
        ("“Curly” ‘stays’ – as it… is’", None),
    ],
)
def test_what_stands_around_a_mark_says_what_it_is(typed, expected):
    assert typeset(typed, "en") == (typed if expected is None else expected)


@pytest.mark.parametrize(
    ("lang", "typed", "expected"),
    [
        ("en-US", "word - word, word--word", "word—word, word—word"),
        ("en-GB", "word - word", "word – word"),
        ("uk", "слово - слово", "слово — слово"),
        ("uk", "об'єкт", "об’єкт"),
        ("fr", "Quoi? Non! Si; car: oui", "Quoi^? Non^! Si^; car~: oui"),
        ("fr", "Quoi ? Non ! Si ; car : oui", "Quoi^? Non^! Si^; car~: oui"),
        ("fr", 'L\'eau, l\'"Europe", «mot», « mot »', "L’eau, l’«~Europe~», «~mot~», «~mot~»"),
        ("fr", "10:30, https://a.example, 20 % et 5 €, Quoi?!", "10:30, https://a.example, 20~% et 5~€, Quoi^?!"),
        ("fr", '"Quoi ?" dit-il', "«~Quoi^?~» dit-il"),
        ("fr-CA", "Quoi? car: oui", "Quoi? car~: oui"),
        ("fr-CH", "Quoi? car: oui", "Quoi^? car^: oui"),
        ("it", "un po' di \"vino\" dell'\"Europa\"", "un po’ di «vino» dell’«Europa»"),
        ("nl", "'s-Hertogenbosch en 't huis, auto's", "’s-Hertogenbosch en ’t huis, auto’s"),
        ("de", "Wie geht's? Fr. 1'000, \"Spiegel\"-Titel", "Wie geht’s? Fr. 1’000, „Spiegel“-Titel"),
        ("de", '„gemischt" und "gemischt“', "„gemischt“ und „gemischt“"),
        ("fi", '"Nokia"n ja "EU"-maa', "”Nokia”n ja ”EU”-maa"),
        ("tr", "\"AB\"nin, Türkiye'nin", "“AB”nin, Türkiye’nin"),
        ("hu", '"EU"-ban', "„EU”-ban"),
        ("da", 'En "ny" dag', "En »ny« dag"),
        ("sv", 'Hon sa "hej".', "Hon sa ”hej”."),
    ],
)  # fmt: skip
def test_languages_differ_in_more_than_quotation_marks(lang, typed, expected):
    assert visible(typeset(typed, lang)) == expected


def plain(text):
    """Return a text with typed marks and plain spaces, so that only its words and their order are left."""
    for marks, typed in (("“”„«»‘’‚‹›′″'\"", "'"), ("–—-", "-")):
        text = "".join(typed if letter in marks else letter for letter in text)
    return "".join(text.replace("…", "...").replace("''", "'").split()).replace("---", "-").replace("--", "-")


MARKS = st.text("\"'-.:;!?«»„“” \n\x01\x02\f\vab1é$`([])/=\\", max_size=40)


@given(MARKS, st.sampled_from([*BY_LANGUAGE]))
def test_nothing_but_marks_and_spaces_changes(text, lang):
    changed = typeset(text, lang)
    assert plain(changed) == plain(text)
    for sign in "\x01\x02\f\v":
        assert changed.count(sign) == text.count(sign)


@given(MARKS, st.sampled_from(["en", "de", "uk", "it", "hu"]))
def test_a_text_that_is_set_stays_so(text, lang):
    once = typeset(text, lang)
    assert plain(typeset(once, lang)) == plain(once)


def steps(function, *arguments):
    """Return how many lines of our code and calls of built-in functions a call takes."""
    count = 0

    def trace(frame, _event, _argument):
        nonlocal count
        count += 1
        return trace if "clusterpress" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(*arguments)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "piece", ['"', "'", '"a', 'a" ', "'a ", "\"'a' b\" ", '("', '\x01"', 'a="b" ', '«" ', '5"', 'a\f"']
)
@pytest.mark.parametrize("lang", ["en", "fr", "sv"])
def test_twice_the_text_takes_twice_the_steps(piece, lang):
    short, long = (steps(typeset, piece * number, lang) for number in (100, 200))
    assert long < 2.2 * short


def test_a_text_without_such_marks_takes_a_few_steps():
    assert steps(typeset, "word, word. " * 1000, "en") < 20
