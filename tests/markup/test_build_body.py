"""Both producers of HTML give the same clean HTML, and so the same body: they are compared on many texts."""

from pathlib import Path

import pytest
from bench.corpus import Corpus
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.clean_html import CleanHtml
from clusterpress.markup.extensions import markdown_for
from clusterpress.markup.fast_parser import render_simple_blocks
from clusterpress.markup.render import build_body, render
from clusterpress.markup.sanitise import clean_blocks, clean_html, normalise
from tests.markup.make import TRUSTED
from tests.markup.test_fast_parser import BLOCKS, convert
from tests.markup.test_plain_text import PIECES
from tests.markup.texts import NOISE, TEXTS

ROOT = Path(__file__).parents[2]
EXAMPLES = Path(__file__).with_name("examples.md")


def assert_same(text):
    """Compare both producers, and return whether the fast one took the text."""
    text = normalise(text)
    blocks = render_simple_blocks(text, convert)
    if not blocks or not blocks.without_fallback or not blocks.to_html():
        return False
    fast = clean_blocks(blocks.html)
    assert fast == clean_html(convert(text), safe=False)
    assert build_body(fast, text) == build_body(clean_html(convert(text), safe=False), text)
    return True


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
    for file in (EXAMPLES, *ROOT.glob("content/**/*.md"), *ROOT.glob("*/**/README.md"), *ROOT.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        taken += sum(assert_same(piece) for piece in {text.rpartition("\n---\n")[2], *text.split("\n## ")})
    assert taken > 50


def test_a_plain_build_renders_the_same_bodies(monkeypatch):
    texts = [post.body for post in Corpus(20).posts()]
    texts += [file.read_text(encoding="utf-8") for file in (*ROOT.glob("content/**/*.md"), EXAMPLES)]
    usual = [render(text, TRUSTED) for text in texts]
    monkeypatch.setenv("CLUSTERPRESS_PLAIN", "1")
    markdown_for.cache_clear()
    plain = [render(text, TRUSTED) for text in texts]
    markdown_for.cache_clear()
    assert plain == usual


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
        "[a](www.b.eu)", "[a](https:/b.eu)", "[a](file:///C:/b)", "سلام يا صديقي العزيز",
    ],
)  # fmt: skip
def test_texts_with_faults_need_no_tree_either(text):
    assert assert_same(text)


@pytest.mark.parametrize("text", ["The `code` here\n\na\n\nb\n\nc", "# A ![b](c.png)"])
def test_texts_with_rarer_marks_are_cleaned_by_the_tree(text):
    assert not assert_same(text)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(deadline=None)
def test_text_search_finds_the_elements_of_the_tree(html):
    body = LexborHTMLParser("<!doctype html><body>" + html).css("body")[0]
    in_tree = [
        node
        for node in body.css("*")
        if node != body and (node.attributes or node.tag in {"img", "table", "kbd"})
    ]
    found = [*CleanHtml(body.inner_html).concerned()]
    assert [element.tag for element in found] == [node.tag for node in in_tree]
    for element, node in zip(found, in_tree, strict=True):
        assert {name: element.get(name) for name in element.written} == {
            name: value or "" for name, value in node.attributes.items()
        }
        assert element.content == (node.inner_html or "")
