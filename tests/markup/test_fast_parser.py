"""The fast parser gives the same HTML as Python-Markdown: both are compared on many texts."""

import sys
from functools import lru_cache
from pathlib import Path

import pytest
from bench.corpus import Corpus
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from clusterpress.markup.dialect import Dialect
from clusterpress.markup.extensions import DEFAULT_EXTENSIONS
from clusterpress.markup.fast_parser import render_simple_blocks
from clusterpress.markup.render import render
from clusterpress.markup.sanitise import normalise
from tests.markup.make import TRUSTED, html_of, with_extensions
from tests.markup.texts import NOISE, TEXTS

ROOT = Path(__file__).parents[2]

COMMON = (
    "word", "two words", "it's", "*a*", "**b c**", "*a b*,", "(*x*)", '"*y*"', "[l](u)", "[l *m* n](../u.md#v)", "![p q](r.png)",
    "**a [b](c) d**", "[**x**](y)", ".", ", ", "! ", "(", ")", '"', "'", "—", "é", "日", "مرحبا", "12", "http://a.b/c", "x@y.z", "R > D",
)  # fmt: skip
RARER = (
    "`c`", "_e_", "a_b", "\\*", "\\", "&", "&amp;", "AT&T;", ">", "*", "**", "***", "*[a](b)*", "a*b*c", "**a*", "*a**", "*a!*", "**b:**", "[",
    "]", "](", "[x]", "[x][y]", "[ ] ", "[x] ", '[t](u "v")', "[t](a b)", "[t](a(b)c)", "[![p](q)](r)", "![", "!!", "!!!", "???", "{.c}", "{", "}", "#",
    "#tag", "1. ", "2)", "٣. ", "+", "-", "=", "===", "---", "~~", ":", ": ", "|", "<", "<br>", "<b>x</b>", "%", "^", "$", "☐", "\u00a0", "\u2028", "\u3000", "  \n",
)  # fmt: skip
LINE = st.lists(st.sampled_from(COMMON + COMMON + COMMON + RARER), min_size=1, max_size=6).map(
    lambda words: " ".join(words).strip(" ")
)
BLOCK = st.tuples(
    st.sampled_from(["", "", "- ", "* ", "1. ", "7. ", "> ", ">", "## ", "### ", "#"]),
    st.lists(LINE, min_size=1, max_size=3),
    st.sampled_from(
        [
            "",
            "",
            "",
            " ",
            "  ",
            " \nmore",
            "  \nmore",
            "\n{.pull}",
            "\n> {.pull}",
            "\n> — Ann",
            "\nmore",
            "\n## H",
            "\n- z",
        ]
    ),
).map(lambda block: "\n".join(block[0] + line for line in block[1]) + block[2])
BLOCKS = st.lists(BLOCK | st.sampled_from(["<!-- more -->", "<!--MORE-->"]), min_size=1, max_size=7).flatmap(
    lambda blocks: st.sampled_from(["\n\n", "\n\n\n", "\n \n", "\n\n  \n"]).map(lambda gap: gap.join(blocks))
)


@lru_cache
def converter():
    return Markdown(
        extensions=[*DEFAULT_EXTENSIONS, Dialect()],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "↑ {}"}},
        output_format="html",
    )


def render_simple_html(text, convert):
    blocks = render_simple_blocks(text, convert)
    return (blocks and blocks.to_html()) or None


def convert(text):
    return converter().reset().convert(text)


def assert_same(text):
    """Hold both ways against each other, and return whether the text was taken."""
    text = normalise(text)
    quick = render_simple_html(text, convert)
    assert quick is None or quick == convert(text)
    return quick is not None


@given(BLOCKS)
@settings(max_examples=500, deadline=None)
def test_blocks_give_what_python_markdown_makes_of_them(text):
    assert_same(text)


@given(TEXTS | NOISE)
@settings(max_examples=300, deadline=None)
def test_no_text_gives_anything_else(text):
    assert_same(text)


def test_news_is_taken():
    assert all(assert_same(post.body) for post in Corpus(60).posts())


def test_texts_that_people_wrote_give_the_same_html():
    installed = (Path(name) for name in sys.path if name.endswith("site-packages"))
    folders = (ROOT / "content", ROOT / "generator", ROOT / "tests", *installed)
    files = {*ROOT.glob("*.md"), *(file for folder in folders for file in folder.glob("**/*.md"))}
    taken = 0
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace")[:20_000]
        taken += sum(
            assert_same(piece) for piece in {text, text.rpartition("\n---\n")[2], *text.split("\n## ")}
        )
    assert taken > 100


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two*\nthree.\n\n\nFour", "<p>One <em>two</em>\nthree.</p>\n<p>Four</p>"),
        (
            "## A\nb\n\n- c\n- **d**",
            "<h2>A</h2>\n<p>b</p>\n<ul>\n<li>c</li>\n<li><strong>d</strong></li>\n</ul>",
        ),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>"),
        ("[a *b*](c_d) ![e](f.png)", '<p><a href="c_d">a <em>b</em></a> <img alt="e" src="f.png"></p>'),
        ("a \nb \n  \nc", "<p>a \nb </p>\n<p>c</p>"),
        ("#TechDays > fairs", "<p>#TechDays &gt; fairs</p>"),
        ("a\n\n<!-- more -->\n\nb", "<p>a</p>\n<!-- more -->\n\n<p>b</p>"),
    ],
)
def test_simple_texts_need_no_fallback(text, html):
    assert render_simple_html(text, pytest.fail) == html
    assert convert(text) == html


def test_only_the_block_with_rarer_marks_is_asked_about():
    asked = []

    def ask(block):
        asked.append(block)
        return convert(block)

    text = "One\n\n## Two\n\nThe `code` here\n\n- three"
    assert render_simple_html(text, ask) == convert(text)
    assert asked == ["The `code` here"]


@pytest.mark.parametrize(
    "text",
    [
        "", "    code", "a\n\n    b", "- a\n  - b", "- a\n\n- b", "> a\n\n> b", "a  \nb", "| a |\n|---|\n| b |", "[a]: b\n\n[a]", "[^1]\n\n[^1]: x",
        "*[A]: b\n\nA", "a\n===", "a\n---", "---", "```\na\n```", "<div>\n\na\n\n</div>", "a <b>c</b>", "a\n: b", "!!! note\n    a", "??? a", "a\n- b", "a\n> b",
        "&#65;", "# a {#b}", "# `a`", "`a`\n\n`b`\n\n`c`\n\n`d`\n\n`e`",
    ],
)  # fmt: skip
def test_other_texts_are_left_to_python_markdown(text):
    assert render_simple_html(text, convert) is None


def test_extensions_of_the_settings_may_give_a_meaning_to_any_mark():
    text = "A ==mark== here"
    assert html_of(text) == "<p>A ==mark== here</p>"
    assert html_of(text, with_extensions("  - pymdownx.mark")) == "<p>A <mark>mark</mark> here</p>"


def test_places_of_faults_do_not_depend_on_the_way():
    text = "One\n\n[two](file:///C:/x)\n\n[three](#nowhere)"
    assert render(text, TRUSTED).outline.problems == render(text + "\n\n<!-- -->", TRUSTED).outline.problems
