import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.parsing.yaml_text import read_yaml, yaml_block


def told(text, **options):
    return [
        (problem.line, problem.column, problem.message, problem.hint)
        for problem in read_yaml(text, "x.yml", **options).problems
    ]


def test_scalars_stay_text():
    reading = read_yaml(
        "a: no\nb: 007\nc: 12:30\nd: 2019-06-15\ne: 'null'\nf: !!int 3\ng: |\n  x\n  y\n", "x.yml"
    )
    assert reading.values == {
        "a": "no", "b": "007", "c": "12:30", "d": "2019-06-15", "e": "null", "f": "3", "g": "x\ny\n",
    }  # fmt: skip


def test_keys_without_a_value_are_left_out_but_have_a_place():
    reading = read_yaml("a:\nb: ~\nc: null\nd: []\ne: {}\nf: ''\ng: 0\n", "x.yml")
    assert reading.values == {"g": "0"}
    assert list(reading.lines) == ["a", "b", "c", "d", "e", "f", "g"]


def test_an_empty_text_within_a_block_is_kept_and_nothing_is_not():
    reading = read_yaml("image: {alt: '', caption: , credit: ~}\nlist: [a, ~, b]\n", "x.yml")
    assert reading.values == {"image": {"alt": ""}, "list": ["a", "b"]}
    assert reading.lines["list.1"] == (2, 14)


def test_places_count_from_the_first_line_of_the_file():
    reading = read_yaml("title: T\nmore:\n  - label: L\n    url: /x/\n", "x.yml", first_line=2)
    assert reading.lines == {
        "title": (2, 1),
        "more": (3, 1),
        "more.0": (4, 5),
        "more.0.label": (4, 5),
        "more.0.url": (5, 5),
    }


def test_anchors_and_merges_are_followed():
    text = "a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\nc: {<<: [{m: 4}, *x], k: 5}\nd: [*x]\n"
    assert read_yaml(text, "x.yml").values == {
        "a": {"k": "1", "l": "2"},
        "b": {"k": "1", "l": "3"},
        "c": {"m": "4", "k": "5", "l": "2"},
        "d": [{"k": "1", "l": "2"}],
    }


def test_nothing_at_all_is_no_fault():
    assert read_yaml("\n# only a comment\n", "x.yml").values == {}
    assert told("\n# only a comment\n") == []


def test_a_key_given_twice_is_told_with_both_lines_and_the_first_is_kept():
    text = "a: 1\nb: {c: 1, c: 2}\na: 2\n"
    assert told(text, first_line=2) == [
        (3, 11, '"c" is given twice, on lines 3 and 3', "keep one of them"),
        (4, 1, '"a" is given twice, on lines 2 and 4', "keep one of them"),
    ]
    assert read_yaml(text, "x.yml").values == {"a": "1", "b": {"c": "1"}}


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("title: A: b", 1, 9, "a second colon on this line"),
        ("a: 1\n  b: 2", 2, 4, "this line does not fit under the one above"),
        ("title: foo\nbar baz\nx: 1", 2, 1, 'this line is not of the form "key: value"'),
        ("x:\n\t- a", 2, 1, "a tab stands where spaces are wanted"),
        ("x: @a", 1, 4, 'a value cannot begin with "@"'),
        ("x: `a`", 1, 4, 'a value cannot begin with "`"'),
        ('x: "a" b', 1, 8, "text goes on after the closing quotation mark"),
        ("x: 'it's'", 1, 8, "text goes on after the closing quotation mark"),
        ('x: "a\ny: 1', 1, 4, "a quotation mark opens here and never closes"),
        ('x: "\\q"', 1, 4, "a backslash stands in double quotes"),
        ("x: [a, b\ny: 1", 1, 4, "a list in [ ] is not well formed"),
        ("x: {a: 1\ny: 2", 1, 4, "a block in { } is not well formed"),
        ("x: [#a]", 1, 4, "a list in [ ] or a block in { } is not well formed"),
        ("x: *foo", 1, 4, 'a value cannot begin with "*foo"'),
        ("x: * foo", 1, 4, "a value cannot begin with * or &"),
        ("x: !a!b c", 1, 4, "a value cannot begin with !"),
        ("x: ]", 1, 4, "a value cannot begin with ] } or ,"),
        ("x: - a", 1, 4, "a list cannot begin here"),
        ("x:\n - a\n b: 1", 3, 2, "this line does not belong to the list above it"),
        ("x: >a\n b", 1, 4, "nothing may follow | or > on its line"),
        ("a: 1\n---\nb: 2", 2, 1, "a second document begins here"),
        ("? [a]\n: b", 1, 3, "a key must be a word"),
        ("{a: 1}\nb: 2", 2, 1, "this cannot be read"),
        ("foo", 1, 1, "this is plain text, not keys and values"),
        ("- a", 1, 1, "this is a list, not keys and values"),
    ],
)
def test_a_fault_of_form_is_told_once_in_plain_words(text, line, column, message):
    [(found_line, found_column, found_message, hint)] = told(text)
    assert (found_line, found_column, found_message) == (line, column, message)
    assert hint


def test_a_second_colon_is_mended_in_the_hint():
    assert told("title: A: b")[0][3] == 'put the value between quotes: title: "A: b"'
    assert told('title: A: "it\'s"')[0][3] == "put the value between quotes: title: 'A: \"it''s\"'"
    assert told("title: " + "a: b " * 50)[0][3] == "put the value between quotes"


@pytest.mark.parametrize(
    ("text", "column"), [("title: QOOT at #TechDays", 16), ("colour: #003399", 9), ("a: '#x' #y", 9)]
)
def test_text_that_yaml_takes_for_a_comment_is_warned_of(text, column):
    [problem] = read_yaml(text, "x.yml").problems
    assert (problem.column, str(problem.severity)) == (column, "warning")


@pytest.mark.parametrize("text", ["a: b # comment", "#a: b", "a: x#y", "a: 'x #y'", "a: |\n  x #y", "a: b #"])
def test_comments_and_quoted_hashes_are_left_alone(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000, "".join(" " * n + "a:\n" for n in range(500))]
)
def test_deep_nesting_is_a_fault_and_not_a_crash(text):
    assert [message for _, _, message, _ in told(text)] == ["values are nested too deeply here"]


def test_aliases_that_multiply_are_a_fault():
    text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert [message for _, _, message, _ in told(text)] == ["aliases repeat too many values here"]


def test_a_block_is_given_as_yaml_that_means_the_same():
    text = """\
name: X
base: &base {a: yes}
mkdocs:
  # a comment
  plugins: [search]
  site_dir: !ENV [SITE, 'site']
  extra: *base
  markdown_extensions:
    - pymdownx.emoji:
        emoji_index: !!python/name:material.extensions.emoji.twemoji
"""
    block = yaml_block(text, "mkdocs")
    assert "!!python/name:material.extensions.emoji.twemoji" in block
    assert "!ENV [SITE, 'site']" in block
    assert "a: yes" in block
    assert "comment" not in block
    assert yaml_block(text, "theme") == ""


def test_comments_and_layout_do_not_change_a_block():
    block = yaml_block("a:\n  b: [1,   2]   # c\n\n  d: 'x'\n", "a")
    assert block == yaml_block("z: 1\na:\n    b: [1, 2]\n    d: 'x'", "a")


def test_the_pure_parser_reads_the_same(monkeypatch):
    text = "a: &x no\nb: [*x, {c: '#'}]\nd: |\n  e\n"
    fast = read_yaml(text, "x.yml")
    monkeypatch.setattr("clusterpress.parsing.yaml_text._Loader", yaml.BaseLoader)
    assert read_yaml(text, "x.yml") == fast


WORDS = st.text("abcdefghijklmnopqrstuvwxyzäé", min_size=1, max_size=8)
VALUES = st.recursive(
    st.text("abc äé:#'\"-{}[],&*!|>%@`\\\n 019~", min_size=1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(WORDS, VALUES, max_size=5), st.booleans())
def test_values_come_back_and_every_key_stands_at_its_place(values, flow):
    text = yaml.safe_dump(values, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    reading = read_yaml(text, "x.yml")
    assert reading.problems == ()
    assert reading.values == {key: value for key, value in values.items() if value}
    lines = text.split("\n")
    for name, (line, column) in reading.lines.items():
        key = name.rpartition(".")[2]
        if not key.isdigit():
            written = lines[line - 1][column - 1 :]
            assert written.lstrip("?'\" ").startswith(key)


@given(st.text())
def test_no_text_makes_the_reader_raise(text):
    reading = read_yaml(text, "x.yml")
    assert all(problem.line >= 1 and problem.column >= 1 for problem in reading.problems)
