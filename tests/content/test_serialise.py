"""Front matter that is written reads back as the same values, and looks as people write it."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.content.items import MODELS
from clusterpress.content.keys import fields_of
from clusterpress.content.serialise import key_order, write_front_matter, write_source
from clusterpress.parsing.yaml_text import read_yaml


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({"title": "QOOT at the first TechDays"}, "title: QOOT at the first TechDays\n"),
        ({"title": "Half-way: the meeting"}, 'title: "Half-way: the meeting"\n'),
        ({"title": "QOOT at #TechDays"}, 'title: "QOOT at #TechDays"\n'),
        ({"title": "2019"}, 'title: "2019"\n'),
        ({"title": "No"}, 'title: "No"\n'),
        ({"title": 'He said "yes"'}, 'title: He said "yes"\n'),
        ({"title": '"Yes", he said'}, 'title: "\\"Yes\\", he said"\n'),
        ({"title": "الدورة الأولى"}, "title: الدورة الأولى\n"),
        ({"title": "Party 🎉"}, "title: Party 🎉\n"),
        ({"title": "T", "lang": "no"}, 'title: T\nlang: "no"\n'),
        ({"date": "2019-06-15"}, "date: 2019-06-15\n"),
        ({"date": "2019-06-15 10:20"}, "date: 2019-06-15 10:20\n"),
        ({"draft": "true"}, "draft: true\n"),
        ({"tags": ["agri-food", "2019", "a, b"]}, 'tags: [agri-food, "2019", "a, b"]\n'),
        ({"aliases": ["/2019/06/hello/"]}, "aliases: [/2019/06/hello/]\n"),
        ({"image": {"src": "a.jpg", "alt": ""}}, 'image:\n  src: a.jpg\n  alt: ""\n'),
        (
            {"more": [{"label": "Web", "url": "https://x.eu/"}]},
            'more:\n  - {label: Web, url: "https://x.eu/"}\n',
        ),
        ({"summary": "", "tags": []}, ""),
        ({"odd": "one\n\ntwo"}, "odd: |-\n  one\n\n  two\n"),
    ],
)
def test_values_are_written_as_people_write_them(values, written):
    assert write_front_matter(values, "news") == written


def test_a_long_list_gets_a_line_for_each_element():
    names = [f"the cluster with the number {number}" for number in range(5)]
    assert write_front_matter({"cluster": names}, "news").count("\n  - ") == 5


def test_keys_stand_in_one_order_and_unknown_ones_last():
    values = {"oddity": "1", "aliases": ["/a/"], "tags": ["x"], "date": "2019-01-01", "title": "T"}
    keys = [line.partition(":")[0] for line in write_front_matter(values, "news").splitlines()]
    assert keys == ["title", "date", "tags", "aliases", "oddity"]


@pytest.mark.parametrize("kind", MODELS)
def test_the_order_names_every_key_once(kind):
    assert sorted(key_order(kind)) == sorted(fields_of(kind))


def test_a_source_file_has_fences_and_one_newline_at_its_end():
    assert write_source({"title": "T"}, "\nText.\n\n", "page") == "---\ntitle: T\n---\nText.\n"


_texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1).map(str.strip).filter(
    bool
) | st.sampled_from(
    [
        "no",
        "~",
        "null",
        "1e3",
        "12:30",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "'",
        '"',
        "a\nb",
        "a\n\n b",
        "key:",
        "=",
        "<<",
        "?x",
        "\u2028",
        "a\tb",
        "@x",
    ]
)
_keys = _texts.filter(lambda key: key != "<<")  # no reader takes a quoted merge key for text
_values = st.recursive(
    _texts,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(_keys, inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(_keys, _values, min_size=1, max_size=5))
def test_what_is_written_reads_back_the_same(values):
    written = write_front_matter(values, "news")
    reading = read_yaml(written, "x.md")
    assert reading.values == values
    assert not reading.problems


@given(_texts)
def test_other_readers_of_yaml_see_the_same_text(text):
    assert yaml.safe_load(write_front_matter({"title": text}, "news")) == {"title": text}
