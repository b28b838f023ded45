"""A block begins where CommonMark begins it, also right under a line of text, and in every container."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterpress.markup.blocks import split_blocks
from tests.markup.make import html_of

LIST = "<ul>\n<li>food</li>\n<li>chairs</li>\n</ul>"
NUMBERS = LIST.replace("ul>", "ol>")


@pytest.mark.parametrize("mark", ["-", "*", "+", "•"])
def test_a_list_begins_under_a_line_of_text(mark):
    assert html_of(f"We need:\n{mark} food\n{mark} chairs") == f"<p>We need:</p>\n{LIST}"


@pytest.mark.parametrize("mark", ["1.", "1)"])
def test_a_numbered_list_begins_under_a_line_of_text(mark):
    assert html_of(f"We need:\n{mark} food\n{mark} chairs") == f"<p>We need:</p>\n{NUMBERS}"


@pytest.mark.parametrize(
    "text",
    ["The year was\n2019. It rained.", "It cost\n-5 euro", "We\n#Techdays", "Wait\n1.5 hours", "A\n-\n"],
)
def test_other_lines_stay_in_the_paragraph(text):
    html = html_of(text)
    assert "<ul" not in html
    assert "<ol" not in html


@pytest.mark.parametrize(
    ("block", "element"),
    [
        ("- a\n- b", "<ul>"),
        ("1. a\n2. b", "<ol>"),
        ("> a", "<blockquote>"),
        ("## a", "<h2"),
        ("***", "<hr>"),
        ("| a | b |\n|---|---|\n| c | d |", "<table>"),
        ("a | b\n--- | ---\nc | d", "<table>"),
        ("```\na\n```", "<pre>"),
        ("~~~ python\na\n~~~", "<pre>"),
        ("https://youtu.be/abcdefghijk", 'class="embed"'),
    ],
)
@pytest.mark.parametrize(
    "container",
    [
        "{}",
        "> {}",
        "- {}",
        "1. {}",
        "!!! note\n    {}",
        "[^1]: {}\n\nx[^1]",
        "<div markdown>\n\n{}\n\n</div>",
    ],
    ids=["text", "quotation", "item", "number", "admonition", "footnote", "div"],
)
def test_every_block_begins_under_a_line_in_every_container(block, element, container):
    first, _, rest = container.partition("{}")
    indent = {"> ": "> ", "- ": "  ", "1. ": "   "}.get(
        first, "" if first in {"", "<div markdown>\n\n"} else "    "
    )
    words = "\n".join(["Before", *block.split("\n")]).replace("\n", f"\n{indent}")
    html = html_of(first + words + rest)
    if element == 'class="embed"' and first in {"- ", "1. "}:
        element = '<a href="https://youtu.be'  # a place for a player would break the item
    assert element in html
    assert not re.search(r"[-|`~>]{3}", re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("> quotation\n- item", ["blockquote", "/blockquote", "ul"]),
        ("- item\n> quotation", ["ul", "/ul", "blockquote"]),
        ("- item\n1. number", ["ul", "/ul", "ol"]),
        ("- item\n## heading", ["ul", "/ul", "h2"]),
        ("- item\n***\n- item", ["ul", "/ul", "hr", "ul"]),
        ("- item\n  > quotation\n- item", ["ul", "blockquote", "/blockquote", "/ul"]),
        ("- item\n  1. number\n- item", ["ul", "ol", "/ol", "/ul"]),
        ("> - item\n>   - nested", ["blockquote", "ul", "ul", "/ul", "/ul"]),
        ("- item\n-\n- item", ["ul", "/ul"]),
        ("| a | b |\n|---|---|\n| c | d |\n- item", ["table", "/table", "ul"]),
        ("  ## heading", ["h2"]),
    ],
)
def test_blocks_end_where_another_begins(text, order):
    tags = re.findall(r"<(/?(?:ul|ol|blockquote|h2|hr|table))\b", html_of(text))
    assert tags[: len(order)] == order or [tag for tag in tags if tag in order][: len(order)] == order


LINES = st.lists(
    st.sampled_from(
        [
            "a",
            "- b",
            "* c",
            "• d",
            "1. e",
            "2) f",
            "> g",
            "# h",
            "---",
            "***",
            "===",
            "| i | j |",
            "|---|---|",
            "  - k",
            "    l",
            "{: .m}",
        ]
    ),
    min_size=1,
    max_size=9,
)


@given(LINES)
@settings(deadline=None)
def test_no_line_is_lost_and_blocks_are_split_once(lines):
    text = "\n".join(lines)
    blocks = split_blocks(text)
    assert "\n".join(blocks) == text
    assert [split_blocks(block) for block in blocks] == [[block] for block in blocks]


def test_a_line_is_looked_at_once():
    short, long = "a\n- b\n1. c\n> d\n" * 50, "a\n- b\n1. c\n> d\n" * 500
    assert len(split_blocks(long)) == pytest.approx(10 * len(split_blocks(short)), abs=10)


CODE = "x:   *y*\n\n    z"


@pytest.mark.parametrize("mark", ["- ", "* ", "•   ", "1. ", "10) "])
@pytest.mark.parametrize("before", ["", "> ", "!!! note\n    ", "- a\n    - b\n        "])
@pytest.mark.parametrize("fence", ["```", "~~~~ yaml", "``` {.yaml}"])
def test_code_begins_on_the_line_of_a_list_mark(mark, before, fence):
    opening, _, indent = before.rpartition("\n")
    lines = [
        f"{mark}{fence}",
        *(" " * len(mark) + line for line in [*CODE.split("\n"), fence[:4].strip()]),
        f"{mark}next",
    ]
    html = html_of(f"{opening}\n" * bool(opening) + "\n".join(indent + line for line in lines))
    [(tag, item)] = re.findall(
        r"<([uo]l)(?: start=.10.)?>\n<li>\s*(<div class=.highlight.><pre>.*?</pre></div>)\s*</li>",
        html,
        re.DOTALL,
    )
    assert tag == ("ol" if mark[0].isdigit() else "ul")
    assert re.sub(r"<[^>]*>", "", item) == f"{CODE}\n"
    assert re.search(r"<li>(?:<p>)?\s*next", html)
