"""Rules that take linear time make the same of every text as the originals, which do not."""

from functools import lru_cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from clusterpress.markup import dialect
from clusterpress.markup.dialect import Dialect
from clusterpress.markup.extensions import DEFAULT_EXTENSIONS
from clusterpress.markup.linear_rules import register_linear_rules
from clusterpress.markup.render import render
from tests.markup.make import TRUSTED, faults_of, html_of
from tests.markup.texts import NOISE, TEXTS
from tests.timing import grows_in_proportion

LINES = st.lists(
    st.sampled_from(
        [
            "!!! note", '!!! tip "A title"', "!!!", "???", "??? info", '???+ note "b"', "    indented", "text", "", "- item", "    - inner",
            "> quoted", "[^1]: note", "[^b]: another", "a[^1] b[^b] c[^1]", "*[HTML]: Language", "*[EU]: Union", "HTML, EU and *EU* HTML",
            "```", "```py", "code", "~~~", "|a|b|", "|-|-|", "|c|", "|c|d|e|", "<b>a</b>", "# Title", "    !!! note", "    ??? a",
        ]
    ),
    max_size=14,
).map("\n".join)  # fmt: skip


@lru_cache
def converters():
    found = []
    for register in (lambda _: None, register_linear_rules):
        dialect.register_linear_rules = register
        found.append(Markdown(extensions=[*DEFAULT_EXTENSIONS, Dialect()], output_format="html"))
    return tuple(found)


BACKTICKS = st.text(alphabet="a\\ *`", max_size=60) | st.text(alphabet="a`", max_size=60)


@given(LINES | TEXTS | NOISE | BACKTICKS)
@settings(max_examples=600, deadline=None)
@example("text\n!!! note\n    a\n!!! tip\nb\n??? c\n    d")
@example("a[^1] b[^1] c[^2] d[^1]\n\n[^1]: x\n[^2]: y")
@example("*[HTML]: a\n*[EU]: b\n\nHTML EU\n\n- EU *HTML* EU\n- **a** HTML")
@example("a ```b`c``d ``` `e")
@example("```\na\n```\nb\n```\nc\n```")
def test_any_text_gives_the_same_html(text):
    original, linear = (one.reset().convert(text) for one in converters())
    assert linear == original


REPEATED = {
    "unclosed elements": lambda size: "<b>a" * (size // 4),
    "admonitions": lambda size: "!!! a\n" * (size // 6),
    "details": lambda size: "??? a\n" * (size // 6),
    "marks of one footnote": lambda size: "a[^1] " * (size // 6) + "\n\n[^1]: b\n",
    "marks without footnotes": lambda size: "".join(f"a[^{n}] " for n in range(size // 9)),
    "footnotes": lambda size: "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(size // 20)),
    "runs of backticks": lambda size: "".join("`" * n + " " for n in range(int((2 * size) ** 0.5))),
    "abbreviations": lambda size: "".join(f"*[A{n}]: b\n\nA{n}\n\n" for n in range(size // 20)),
    "addresses that nobody wrote": lambda size: "".join(
        f"<a href='b&#{n};c'>d</a> " for n in range(size // 25)
    ),
}


@pytest.mark.parametrize("name", REPEATED)
def test_time_is_in_proportion(name):
    short, long = map(REPEATED[name], (5_000, 20_000))
    assert grows_in_proportion(lambda text: render(text, TRUSTED), short, long)


def table(columns, rows):
    return f"{'|a' * columns}|\n{'|-' * columns}|\n" + "|b\n" * rows


def test_a_table_that_lacks_more_cells_than_anybody_leaves_out_is_a_fault_and_no_word_is_lost():
    ((line, message),) = faults_of(table(300, 2000))
    assert line == 1
    assert "the rows of a table lack more than 100,000 cells" in message
    assert html_of(table(300, 2000)).count("b") >= 2000


def test_a_table_with_some_short_rows_is_none():
    assert not faults_of(table(20, 500))
    assert html_of(table(20, 500)).count("<td") == 20 * 500


def test_the_limit_holds_for_each_table_alone():
    assert not faults_of("\n\n".join([table(100, 400)] * 3))
