"""Plain keys are read as the parser reads them: both ways are held against each other."""

from pathlib import Path

import pytest
from bench.corpus import Corpus
from bench.sites import _text
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clusterpress.parsing.fast_keys import read_fast_keys
from clusterpress.parsing.yaml_text import parse_yaml

ROOT = Path(__file__).parents[2]

KEYS = (
    "title", "date", "image", "lang", "Translation-Of", "a_b", "x1", "null", "y", "<<", "a.b", "two words", '"q"', "é", "?", "- a", "", "1", "a:b",
)  # fmt: skip
VALUES = (
    "word", "two words", "12:30", "2019-06-15", "15 June 2019, 9:00", "http://a.b/c?d=1", "007", "no", "null", "~", "", "Null", "NULL ", '""', '"quoted"',
    '"a: b # c"', '"with \\"marks\\""', '"é 日 🎉"', "é 日 🎉 x", "it's", "'single'", "'it''s'", "a: b", "a:", "a #b", "a#b", "#c", "[]", "[a, b]", '["a", "b c"]',
    '["a, b", "c]"]', "[a,, b]", "[a, ]", "[, a]", "[null, a]", "[[a], b]", "[a: b]", "[{a: b}]", "[a b , c]", '["a" b]', "[é, 🎉, x]", "[R & D, it's (a) x/y.z]",
    "{a: b}", "{}", "|", ">-", "&a b", "*a", "!t b", "@a", "`a`", "%a", "- a", "? a", "a - b", "a, b", "a]", "a}", "a|b", "a\tb", "a\u00a0b", "a\u200bb", "\ufeffa",
    "a\x85b", "a\u2028b", "word ", "[a] ", "[a] # c", "...", "---", "x\n  more", "x\n- y", "\n  z: 1", "\n  - a", "١٢", "²", "_a", "a_", "+1", "-1", ".5", "=", "<<", "yes:no", "a::b",
)  # fmt: skip
LINE = st.tuples(
    st.sampled_from(KEYS[:9] * 4 + KEYS),
    st.sampled_from([": ", ": ", ": ", ":  ", ":", " : "]),
    st.sampled_from(VALUES),
)
FRONT = st.lists(
    LINE.map("".join) | st.sampled_from(["", "# c", "...", "---"]) | LINE.map("".join), min_size=1, max_size=6
)
NOISE = st.text(alphabet="ab1 :\"'#,[]{}-\n\\.&*!|>%@é", max_size=30)


def assert_same(text):
    """Hold both ways against each other, and return whether the text was taken."""
    quick = read_fast_keys(text, 2)
    assert quick is None or quick == parse_yaml(text, "a.md", 2)
    assert quick is None or list(quick.lines) == list(parse_yaml(text, "a.md", 2).lines)
    return quick is not None


@given(FRONT.map("\n".join), st.sampled_from(["", "\n", "\n\n"]))
@settings(max_examples=1000, deadline=None)
@example("a: b\na: c", "\n")
def test_lines_are_read_as_the_parser_reads_them(text, end):
    assert_same(text + end)


@given(NOISE | NOISE.map(lambda value: f"a: {value}") | NOISE.map(lambda value: f"a: [{value}]"))
@settings(max_examples=1000, deadline=None)
def test_any_text_is_read_as_the_parser_reads_it(text):
    assert_same(text)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("form", ["a: {}\n", "a: [{}]\n", "a: [x, {}, y]\n", "a: x\nb: {}\nc: y\n"])
def test_each_value_is_read_as_the_parser_reads_it(value, form):
    assert_same(form.format(value) if "{}" in form else form)


def test_the_front_matter_of_news_is_taken():
    texts = [_text(post, {"tags": list(post.tags), "author": post.author}) for post in Corpus(40).posts()]
    assert all(assert_same(text.split("---\n")[1]) for text in texts)


def test_front_matter_that_people_wrote_is_read_the_same():
    fronts = [file.read_text(encoding="utf-8").split("---\n") for file in ROOT.glob("content/**/*.md")]
    assert sum(assert_same(parts[1]) for parts in fronts if len(parts) > 2) > 10


def test_values_and_places():
    reading = read_fast_keys('title: "A: b"\ntags: [one, "two, three"]\nempty: ""\n', 2)
    assert reading.values == {"title": "A: b", "tags": ["one", "two, three"]}
    assert reading.lines == {
        "title": (2, 1),
        "tags": (3, 1),
        "tags.0": (3, 8),
        "tags.1": (3, 13),
        "empty": (4, 1),
    }
