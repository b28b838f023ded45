"""What would keep an issue from being printed is found in its sources."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.newsletters.pdf.checks import check_glyphs, read_remark, translate_error, write_remark
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.theme.print_characters import (
    normalise_text,
    printable_code_points,
    read_code_points,
    substitute,
)
from clusterpress.values.problems import Problem, Severity
from tests.newsletters.make import THEME, issue, news, newsroom, resolve

FILES = {
    "news/a.md": news("A 🎉", body="Fine.\n\nAn arrow → here, and 中."),
    "newsletters/other/01.md": issue("  - {title: A, items: [a]}", newsletter="other"),
}


def test_one_warning_tells_what_an_issue_prints_in_another_form():
    issues, _ = resolve(FILES)
    (problem,) = check_glyphs(issues, THEME)
    assert (problem.path, problem.line, problem.severity) == ("content/news/a.md", 2, Severity.WARNING)
    assert problem.message == (
        'the PDF of the newsletter prints "🎉" (party popper) in black, "□" for "中" (cjk unified ideograph-4e2d)'
    )


def test_symbols_of_the_main_font_need_no_warning():
    files = {**FILES, "news/a.md": news("CO₂ → ✓ Ạ", body="- [ ] task\n- [x] done\n\nx⁻¹ ≤ √2 ½ №")}
    assert list(check_glyphs(resolve(files)[0], THEME)) == []


def test_a_character_of_an_editorial_is_found_where_it_stands():
    files = {
        **FILES,
        "news/a.md": news("A"),
        "newsletters/other/01.md": FILES["newsletters/other/01.md"] + "\nThe ſ中.",
    }
    (problem,) = check_glyphs(resolve(files)[0], THEME)
    assert (problem.path, problem.line, problem.column) == ("content/newsletters/other/01.md", 11, 6)


@pytest.mark.parametrize(
    ("character", "printed"),
    [
        ("a", "a"), ("𝗕", "B"), ("①", "1"), ("Ⅳ", "IV"), ("ǆ", "dž"), ("㎡", "m2"), ("中", "□"), ("\ue000", "□"),
        ("\u0489", ""), ("\ufe0f", "\ufe0f"), ("\u200d", "\u200d"), ("🎉", "🎉"),
    ],
)  # fmt: skip
def test_a_character_that_no_font_has_is_replaced_by_the_nearest_form(character, printed):
    assert substitute(character, printable_code_points(THEME)) == printed


def test_without_a_square_a_question_mark_is_printed():
    assert substitute("中", frozenset(map(ord, "abc?"))) == "?"
    assert substitute("中", frozenset(map(ord, "abc"))) == ""


def test_only_what_is_printed_is_replaced():
    known = frozenset(map(ord, "abc□"))
    document = {"href": "https://x/中", "id": "中", "t": "a", "c": ["a中", {"to": "中", "c": ["ﬁ"]}]}
    assert normalise_text(document, known) == {
        "href": "https://x/中", "id": "中", "t": "a", "c": ["a□", {"to": "中", "c": ["□"]}],
    }  # fmt: skip


def test_a_pdf_without_its_marks_says_so_for_ever():
    problem = Problem(path="content/news/a.md", line=8, message='"x" is (not) allowed')
    found = read_remark(b"%PDF-1.7 x\n%%EOF" + write_remark(problem), ())
    assert (found.path, found.line, found.severity) == ("content/news/a.md", 8, Severity.WARNING)
    assert '"x" is (not) allowed' in found.message
    assert read_remark(b"%PDF-1.7 x\n%%EOF", ()) is None


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
    "text", ["Piešťany", "Żółć", "Œuvre nº 1", "Ελλάδα", "България", "قُطّ؟ ٣", "“…” – € ½ ® 2ⁿ"]
)
def test_the_fonts_print_the_languages_of_europe_and_arabic(text):
    needed = {c for c in text if unicodedata.category(c) not in {"Mn", "Zs"}}
    lacking = {c for c in needed if ord(c) not in printable_code_points(THEME)}
    assert not lacking


def test_code_points_are_read_from_a_font():
    font = (Path(THEME.folder) / "newsletter" / "fonts" / "SourceSans3-Regular.ttf").read_bytes()
    points = read_code_points(font)
    assert {ord("a"), ord("š"), ord("Ω")} <= points
    assert not {0xFFFF, ord("🎉"), ord("中")} & points


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


def test_letters_and_marks_are_composed_and_those_of_arabic_stay():
    values = {"a": ["cafe\u0301", "تجمّع", 3, None], "b": {"c": "تدريبًا"}}
    assert normalise_text(values) == {"a": ["café", "تجمّع", 3, None], "b": {"c": "تدريبًا"}}


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
    assert len(set(check_glyphs(issues, THEME))) == 1
