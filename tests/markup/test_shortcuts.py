"""The shortcuts change nothing but the time: both ways are held against each other on many texts."""

import sys
from functools import lru_cache
from pathlib import Path

import pytest
from bench.corpus import Corpus
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from clusterpress.markup.dialect import Dialect
from clusterpress.markup.extensions import DEFAULT_EXTENSIONS
from clusterpress.markup.shortcuts import BLOCKS, SPANS, Shortcuts

ROOT = Path(__file__).parents[2]
MORE = (
    "nl2br", "smarty", "toc", "wikilinks", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
)  # fmt: skip
"""Extensions that a site's owner may add."""

STARTS = (
    "", "    ", "\t", "  ", "# ", "#", "## ", "> ", ">", "- ", "* ", "+ ", "1. ", "2) ", "10. ", "!!! note\n", '!!! tip "T"\n    ',
    "??? info\n    ", "???+ a\n", "| a | b |\n|---|---|\n| ", "a|b\n-|-\n", "|a|\n|-|\n|", ": ", "term\n:   ", "[^1]: ", "[^1]:", "*[HTML]: ",
    "[a]: http://b.c 'd'\n", "[a]:\n", "---", "***", "_ _ _", "- - -", "===", "a\n===\n", "a\n---\n", "```\n", "~~~ py\n", "<div markdown>\n", "<div>\n",
    "<p>", "</div>\n", "<!-- c -->", "{.a #b}", "- [ ] ", "- [x] ", "\\", "— Ann", "    - ", "  - ", "   > ", '=== "Tab"\n    ',
)  # fmt: skip
SPANNING = (
    "word", " ", "  \n", "\n", "**a**", "*a*", "_a_", "__a__", "***a***", "*", "_", "`a`", "``", "`", "\\*", "\\", "[a](b)", '[a](b "c")', "[a][b]",
    "[a]", "![a](b.png)", "![a][b]", "![", "[", "](", ")", "<http://a.b>", "<a@b.c>", "<b>a</b>", "<br>", "<", ">", "&amp;", "&#65;", "&", "[^1]",
    "{.c}", "HTML", "a|b", ":", ": ", ". ", "!!!", "\n\n", "\n\n    ", "\n\n\n", "é", "日", "--", '"q"', "http://a.b", "~~a~~", "^a^", "==a==", "++ctrl++", "$a$",
)  # fmt: skip
TEXTS = st.lists(
    st.tuples(st.sampled_from(STARTS), st.lists(st.sampled_from(SPANNING), max_size=6).map("".join)),
    min_size=1,
    max_size=8,
).flatmap(
    lambda lines: st.lists(
        st.sampled_from(["\n", "\n\n", "\n\n    "]), min_size=len(lines), max_size=len(lines)
    ).map(lambda ends: "".join(start + rest + end for (start, rest), end in zip(lines, ends, strict=True)))
)
NOISE = st.text(alphabet="ab1 \n*_`[]()<>!#|-+.:^\\&;=~\"'{}\t/@", max_size=80)


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
