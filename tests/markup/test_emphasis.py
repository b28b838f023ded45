"""Emphasis is paired as in CommonMark, loses no word and prints no placeholder."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.markup.make import html_of

PIECES = ["_", "__", "*", "**", "~~", "a", " ", "b c", "  \n", "\\\n", "[x](y)", "`q`", "é", "www.a.b "]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join).filter(lambda marks: "~~~" not in marks))
@settings(deadline=None, max_examples=300)
@example("_five six _  \n_**seven eight** nine _  \n**_one two _**  ")
@example("*~~ `q`**[x](y)é*  \né`q`__")
@example("*\\\n**[x](y)b c*  \n*a_`q`a_")
def test_no_word_is_lost_and_no_placeholder_shown(marks):
    html = html_of(f"start {marks} end")
    words = re.sub(r"<[^>]+>", " ", html)
    assert "klzzwxh" not in words
    assert re.findall(r"start|end", words) == ["start", "end"]
    assert words.count("é") == marks.count("é")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("***a***", "<em><strong>a</strong></em>"),
        ("*a **b* c**", "<em>a <em><em>b</em> c</em></em>"),
        ("**a*", "*<em>a</em>"),
        ("a_b_c", "a_b_c"),
        ("2*3*4", "2<em>3</em>4"),
        ("a * b * c", "a * b * c"),
        ("~~a *b* c~~", "<del>a <em>b</em> c</del>"),
        ("*a ~~b~~ c*", "<em>a <del>b</del> c</em>"),
        ("~~~a~~~ b", "~~~a~~~ b"),
        (r"\~~a~~", "~~a~~"),
        ("**Note:**a", "<strong>Note:</strong>a"),
    ],
)
def test_marks_are_paired_as_in_commonmark(text, html):
    assert html_of(f"x {text}") == f"<p>x {html}</p>"
