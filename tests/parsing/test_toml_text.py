import tomllib

from hypothesis import example, given
from hypothesis import strategies as st

from clusterpress.parsing.toml_text import read_toml

TEXT = """\
title = "QOOT"
date = 2019-06-15T09:00:00Z
draft = true
number = 7
tags = ["a", "b"]
image.src = "a.jpg"

[taxonomies]
authors = []
  "key" = 'x'
[[more]]
label = "L"
[[more]]
label = "M"
"""


def test_values_are_what_yaml_would_give():
    assert read_toml(TEXT, "x.md").values == {
        "title": "QOOT",
        "date": "2019-06-15 09:00:00+00:00",
        "draft": "true",
        "number": "7",
        "tags": ["a", "b"],
        "image": {"src": "a.jpg"},
        "taxonomies": {"authors": [], "key": "x"},
        "more": [{"label": "L"}, {"label": "M"}],
    }


def test_keys_have_their_places():
    lines = read_toml(TEXT, "x.md", first_line=2).lines
    assert lines["title"] == (2, 1)
    assert lines["image.src"] == (7, 1)
    assert lines["taxonomies"] == (9, 1)
    assert lines["taxonomies.key"] == (11, 3)
    assert lines["more"] == (12, 1)
    assert lines["more.1.label"] == (15, 1)


def test_a_fault_has_its_place_in_the_file():
    [problem] = read_toml('a = "x"\nb = y\n', "x.md", first_line=2).problems
    assert (problem.line, problem.column, problem.message) == (3, 5, "this is not TOML")


def test_a_key_given_twice_is_a_fault():
    assert len(read_toml("a = 1\na = 2\n", "x.md").problems) == 1


def test_deep_nesting_is_a_fault_and_not_a_crash():
    assert len(read_toml("a = " + "[" * 50_000, "x.md").problems) == 1


PIECES = ("a", "b", " = ", "1", "'x'", '"', "\n", "[", "]", "{", "}", ".", ",", "# c", "2019-06-15", "true")


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
@example("a = 1\nb = 'x'\n")
def test_every_text_is_read_or_has_a_fault(text):
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert read_toml(text, "x.md").problems
    else:
        assert not read_toml(text, "x.md").problems
        assert {*read_toml(text, "x.md").values} <= {*expected}  # empty values are left out
