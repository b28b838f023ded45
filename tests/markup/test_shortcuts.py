"""The shortcuts change nothing but the time: both ways are compared on many texts."""

import sys
from functools import lru_cache
from pathlib import Path

import pytest
from bench.corpus import Corpus
from hypothesis import example, given, settings
from markdown import Markdown

from clusterpress.markup.dialect import Dialect
from clusterpress.markup.extensions import DEFAULT_EXTENSIONS
from clusterpress.markup.shortcuts import BLOCKS, SPANS, Shortcuts
from tests.markup.texts import NOISE, TEXTS

ROOT = Path(__file__).parents[2]
MORE = (
    "nl2br", "smarty", "toc", "wikilinks", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
)  # fmt: skip
"""Extensions that a site's owner may add."""


@lru_cache
def converters(*more):
    names = (*DEFAULT_EXTENSIONS, *more)
    return tuple(
        Markdown(extensions=[*names, Dialect(), *shortcuts], output_format="html")
        for shortcuts in ((), (Shortcuts(),))
    )


def assert_same(text, *more):
    plain, short = converters(*more)
    found = []
    for converter in (plain, short):
        converter.reset()
        try:
            found.append(converter.convert(text))
        except Exception as fault:  # noqa: BLE001 -- extensions raise what they like; both ways must raise the same
            found.append(type(fault))
            converters.cache_clear()
    assert found[0] == found[1]


@given(TEXTS | NOISE)
@settings(max_examples=400, deadline=None)
@example("|a|\n|-|\n")
@example("a  \nb")
@example("    code\n\n    more")
@example("!!! note\n    a\n\n    b\n\nc")
def test_any_text_gives_the_same_html(text):
    assert_same(text)


@given(TEXTS | NOISE)
@settings(max_examples=200, deadline=None)
def test_any_text_gives_the_same_html_with_the_extensions_of_others(text):
    assert_same(text, *MORE)


def test_news_gives_the_same_html():
    for post in Corpus(40).posts():
        assert_same(post.body)


def test_texts_that_people_wrote_give_the_same_html():
    installed = (Path(name) for name in sys.path if name.endswith("site-packages"))
    folders = (ROOT / "content", ROOT / "generator", ROOT / "tests", *installed)
    files = {*ROOT.glob("*.md"), *(file for folder in folders for file in folder.glob("**/*.md"))}
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(files)]
    assert len(texts) > 50
    for text in texts:
        assert_same(text[:20_000])


def test_the_rules_that_are_always_there_are_known():
    plain, _ = converters()
    blocks = {type(rule) for rule in plain.parser.blockprocessors}
    asked_always = {kind.__name__ for kind in blocks - set(BLOCKS)}
    assert asked_always == {
        "DetailsProcessor",
        "EmptyBlockProcessor",
        "ParagraphProcessor",
        "SuperFencesCodeBlockProcessor",
    }
    spans = {rule.getCompiledRegExp().pattern for rule in plain.inlinePatterns}
    assert spans <= set(SPANS)


@pytest.mark.parametrize("marks", [*BLOCKS.values(), *SPANS.values()])
def test_no_mark_is_empty(marks):
    assert marks
    assert all(marks)
