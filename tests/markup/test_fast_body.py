"""A body read off its blocks is the one that a tree gives: both ways are held against each other."""

from pathlib import Path

import pytest
from bench.corpus import Corpus
from hypothesis import example, given, settings

from clusterpress.markup.fast_body import build_fast_body
from clusterpress.markup.fast_parser import render_simple_blocks
from clusterpress.markup.html_body import build_html_body
from clusterpress.markup.sanitise import normalise
from tests.markup.make import SAFE, TRUSTED
from tests.markup.test_fast_parser import BLOCKS, convert
from tests.markup.test_shortcuts import NOISE, TEXTS

ROOT = Path(__file__).parents[2]


def assert_same(text):
    """Hold both ways against each other, and return whether the text was taken."""
    text = normalise(text)
    blocks = render_simple_blocks(text, convert)
    if not blocks or not blocks.without_fallback or not blocks.to_html():
        return False
    quick = build_fast_body(blocks.html, text)
    for mode in (TRUSTED, SAFE):
        assert quick is None or quick == build_html_body(blocks.to_html(), (), text, mode)
    return quick is not None


@given(BLOCKS | TEXTS | NOISE)
@example("![a](b.png)\n\n<!-- more -->\n\nOne\u00a0*two*\u00a0")
@example("<!-- more -->\n\nOne")
@example("> ![a](b.png)")
@example("![a](b.png)\u2003")
@settings(max_examples=500, deadline=None)
def test_any_text_gives_the_body_of_its_tree(text):
    assert_same(text)


def test_news_is_taken():
    assert all(assert_same(post.body) for post in Corpus(60).posts())


def test_texts_that_people_wrote_give_the_same_body():
    taken = 0
    for file in (*ROOT.glob("content/**/*.md"), *ROOT.glob("*/**/README.md"), *ROOT.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        taken += sum(assert_same(piece) for piece in {text.rpartition("\n---\n")[2], *text.split("\n## ")})
    assert taken > 50


@pytest.mark.parametrize(
    "text",
    [
        "One *two* three", "# A\n\nb\n\n## C\n\nd", "# A\n\n# A\n\n# —", "[a](../b.md#c) and [d](https://e.eu/?f=g)", "[x](mailto:a@b.eu)",
        "![a b](c.png)", "a ![b](c.png)", "- ![b](c.png)\n- d", "One\n\n<!-- more -->\n\ntwo", "été\u00a0: *«\u00a0ça\u00a0»*", "R > D",
    ],
)  # fmt: skip
def test_simple_texts_need_no_tree(text):
    assert assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "[here](b.md)", "![](c.png)", "## A\n\n#### B", "# WHAT A LOUD HEADING", "[a](javascript:x)", "[a](//b.eu)", "[a](#b)", "[a]()", "![a](https://b.eu/c.png)",
        "[a](www.b.eu)", "[a](https:/b.eu)", "[a](file:///C:/b)", "# A ![b](c.png)", "The `code` here\n\na\n\nb\n\nc", "سلام يا صديقي العزيز",
    ],
)  # fmt: skip
def test_whatever_there_is_something_to_say_about_is_looked_at_closely(text):
    assert not assert_same(text)
