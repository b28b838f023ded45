import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterpress.markup.source_lines import indent_by_four
from tests.markup.make import html_of

FOUR = [
    "- a\n    - b\n        - c\n- d",
    "1. a\n    1. b\n\n    para",
    "100. a\n    - b",
    "- a\n        - over-indented",
    "text\n\n    code\n        code",
    "!!! note\n    - a\n        - b",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n  - b\n    - c\n- d", "- a\n    - b\n        - c\n- d"),
        ("1. a\n   - b\n     - c\n2. d", "1. a\n    - b\n        - c\n2. d"),
        ("10. a\n    - b\n      - c", "10. a\n    - b\n        - c"),
        ("- a\n\n  second paragraph\n\nend", "- a\n\n    second paragraph\n\nend"),
        ("- a\n\n      code\n- b", "- a\n\n        code\n- b"),
        ("- a\n  - b\n    goes on\n- c", "- a\n    - b\n        goes on\n- c"),
        ("!!! note\n    - a\n      - b", "!!! note\n    - a\n        - b"),
        ("[^1]: note\n[^2]:\n    - a\n      - b", "[^1]: note\n[^2]:\n    - a\n        - b"),
        ("## Title\n- a\n  - b", "## Title\n- a\n    - b"),
        (" - a\n   - b", " - a\n    - b"),
    ],
)
def test_children_of_a_list_are_indented_by_four(text, expected):
    assert "\n".join(indent_by_four(text.split("\n"))) == expected


@pytest.mark.parametrize(
    "text",
    [
        *FOUR,
        "- a\n - b\n  - c is no child of b in CommonMark",
        "1. a\n  - no child of a number in CommonMark",
        "text\n- not a list\n  - nor this",
        "    - code\n      - code",
        "* * *\n  text",
        "- a\n  lazy line of the same paragraph",
        "<pre>\n\n- a\n  - b\n</pre>",
    ],
)
def test_other_text_stays_as_it_is(text):
    assert "\n".join(indent_by_four(text.split("\n"))) == text


LINES = st.tuples(
    st.integers(0, 4), st.sampled_from(["- a", "1. b", "* c", "text", "", "!!! note", "> q", "# h"])
)


@given(st.lists(LINES))
def test_text_written_in_steps_of_four_never_changes(lines):
    text = [" " * 4 * depth + words for depth, words in lines]
    assert indent_by_four(text) == text


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["- a", "1. b", "text", "", "`x`"]))))
def test_only_indents_change_whatever_the_text(lines):
    text = [" " * indent + words for indent, words in lines]
    once = indent_by_four(text)
    assert [line.strip() for line in once] == [line.strip() for line in text]


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.sampled_from(["-", "1."]))
def test_lists_nested_the_commonmark_way_nest_as_deep_as_written(steps, marker):
    depths = [0]
    for step in steps:
        depths.append(min(step, depths[-1] + 1))
    width = len(marker) + 1
    text = "\n".join(" " * width * depth + f"{marker} x{number}" for number, depth in enumerate(depths))
    opened = 0
    found = []
    for piece in re.findall(r"<[uo]l>|</[uo]l>|x\d+", html_of(text)):
        opened += piece in {"<ul>", "<ol>"}
        opened -= piece in {"</ul>", "</ol>"}
        if piece.startswith("x"):
            found.append(opened - 1)
    assert found == depths


def test_fenced_code_in_a_nested_list_keeps_its_own_indents():
    html = html_of("- a\n  - b\n\n    ```yaml\n    - x\n      - y\n    ```\n")
    assert "- x\n  - y\n" in re.sub(r"</?span[^>]*>", "", html).replace("<code>", "\n")


def test_lists_inside_fenced_code_stay_as_written():
    html = re.sub(r"</?span[^>]*>", "", html_of("```text\n- a\n  - b\n```"))
    assert "- a\n  - b\n" in html
