"""Texts that nobody writes: too deep, too many marks. Each is a fault, or takes time in proportion."""

import pytest

from clusterpress.markup.render import render
from clusterpress.markup.source_lines import LineFinder
from tests.markup.make import TRUSTED, faults_of, html_of
from tests.timing import grows_in_proportion

DEEP = {
    "quotations": "> " * 1000 + "a",
    "lists on one line": "- " * 1000 + "a",
    "lists": "".join(f"{'    ' * depth}- a\n" for depth in range(60)),
    "definitions": "a\n: b\n" * 200,
    "elements": "<div>\n" * 1000 + "a\n" + "</div>\n" * 1000,
    "Markdown in elements": "<div markdown>\n" * 1000 + "a\n" + "</div>\n" * 1000,
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_a_fault_and_no_word_is_lost(name):
    ((line, message),) = faults_of(DEEP[name])
    assert line == 1
    assert "nested more than 50 deep" in message
    assert "a" in html_of(DEEP[name])


def test_usual_nesting_is_none():
    text = "".join(f"{'    ' * depth}- level {depth}\n" for depth in range(8))
    assert not faults_of(text + "\n" + "> " * 20 + "a\n\n" + "<div>\n" * 20 + "</div>\n" * 20)


# Each took the square of its length; now four times the text takes about four times as long.
SHORT = {
    "underlined headings": "a\n===\n",
    "abbreviations": "*[a]: b\n",
    "equal links": "[a](b) ",
    "open elements": "<details>\n",
    "unclosed brackets": "[\n",
    "closed headings": "# a   #\n",
    "unknown tags": "<Abc> ",
}


def test_emphasis_ends_at_a_depth_and_the_other_marks_stay():
    html = html_of("*a " * 500 + "b" + " c*" * 500)
    assert 25 <= html.count("<em>") <= 35
    assert html.count("*") == 2 * (500 - html.count("<em>"))


@pytest.mark.parametrize("name", SHORT)
def test_time_is_in_proportion(name):
    short, long = (SHORT[name] * (size // len(SHORT[name])) for size in (5_000, 20_000))
    assert grows_in_proportion(lambda text: render(text, TRUSTED), short, long)


def test_lines_of_many_addresses_are_right_and_quickly_found():
    text = "".join(f"[a](b{number}.md)\n" for number in range(3000))
    finder = LineFinder(text)
    assert [finder.line_of(f"b{number}.md") for number in range(3000)] == [*range(1, 3001)]


def test_abbreviations_below_a_line_of_text_hold_for_it():
    html = html_of("The HTML and CSS.\n*[HTML]: Hypertext\n*[CSS]: Styles\nMore HTML.")
    assert html.count('<abbr title="Hypertext">HTML</abbr>') == 2
    assert '<abbr title="Styles">CSS</abbr>' in html
