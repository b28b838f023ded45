"""What would keep an issue from being printed is found in its sources."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.newsletters.pdf.checks import (
    check_glyphs,
    printable_code_points,
    read_code_points,
    translate_error,
)
from clusterpress.newsletters.pdf.plan import normalise_text
from clusterpress.newsletters.resolve import resolve_issues
from tests.newsletters.make import THEME, issue, news, newsroom, resolve

FILES = {
    "news/a.md": news("A 🎉", body="Fine.\n\nAn arrow → here, and 中."),
    "newsletters/other/01.md": issue("  - {title: A, items: [a]}", newsletter="other"),
}


def test_characters_without_a_glyph_are_told_with_line_and_column():
    issues, _ = resolve(FILES)
    found = [(problem.line, problem.column, problem.message) for problem in check_glyphs(issues, THEME)]
    assert found == [
        (2, 1, 'the newsletter\'s fonts cannot print "🎉" (party popper)'),
        (4, 1, 'the newsletter\'s fonts cannot print "🎉" (party popper)'),
        (8, 10, 'the newsletter\'s fonts cannot print "→" (rightwards arrow)'),
    ]


def test_issues_without_a_pdf_are_not_checked():
    issues, _ = resolve(
        {
            **FILES,
            "newsletters/other/01.md": FILES["newsletters/other/01.md"].replace(
                "title: Issue", "title: Issue\neditions: [web]"
            ),
        }
    )
    assert list(check_glyphs(issues, THEME)) == []


@pytest.mark.parametrize(
    "text", ["Piešťany", "Żółć", "Œuvre nº 1", "Ελλάδα", "България", "قُطّ؟ ٣", "“…” – € ½ ® 2ⁿᵈ"]
)
def test_the_fonts_print_the_languages_of_europe_and_arabic(text):
    needed = {c for c in text if unicodedata.category(c) not in {"Mn", "Zs"}}
    lacking = {c for c in needed if ord(c) not in printable_code_points(THEME)}
    assert lacking <= set("ⁿᵈ")


def test_code_points_are_read_from_a_font():
    font = (Path(THEME.folder) / "newsletter" / "fonts" / "SourceSans3-Regular.ttf").read_bytes()
    points = read_code_points(font)
    assert {ord("a"), ord("š"), ord("Ω")} <= points
    assert not {ord("→"), 0xFFFF, ord("中")} & points


@pytest.mark.parametrize(
    ("error", "line", "message"),
    [
        ('PDF/UA-1 error: the text `"→"` could not be displayed with font `"X"`', 8, '"→" cannot be printed'),
        (
            'PDF/A-2a error: the text contains the disallowed codepoint `"\\u{2192}"`',
            8,
            '"→" cannot be printed',
        ),
        ('PDF/UA-1 error: the text `"🎉"` could not be displayed', 2, '"🎉" cannot be printed'),
    ],
)
def test_a_refusal_of_the_typesetter_names_the_line(error, line, message):
    issues, _ = resolve(FILES)
    problem = translate_error(error, (issues[0].entry, *issues[0].stories))
    assert (problem.path, problem.line) == ("content/news/a.md", line)
    assert message in problem.message


def test_any_other_refusal_names_the_issue():
    issues, _ = resolve(FILES)
    problem = translate_error("cannot add integer and length", (issues[0].entry,))
    assert problem.path == "content/newsletters/other/01.md"
    assert "cannot add integer and length" in problem.message


def test_letters_and_marks_are_composed_and_arabic_reading_aids_left_out():
    values = {"a": ["cafe\u0301", "تجمّع", 3, None], "b": {"c": "تدريبًا"}}
    assert normalise_text(values) == {"a": ["café", "تجمع", 3, None], "b": {"c": "تدريبا"}}


@given(
    st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x))
)
def test_making_text_legible_twice_changes_nothing_more(values):
    assert normalise_text(normalise_text(values)) == normalise_text(values)
    json.dumps(normalise_text(values))


def test_a_fault_is_told_once_for_two_issues_with_the_same_story():
    library, _, _ = newsroom(
        {
            **FILES,
            "newsletters/other/02.md": issue("  - {title: A, items: [a]}", newsletter="other", number="2"),
        }
    )
    issues, _ = resolve_issues(library)
    assert len(list(check_glyphs(issues, THEME))) == 3
