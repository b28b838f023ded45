from collections.abc import Mapping
from typing import Literal

import pytest
from msgspec import Struct, field

from clusterpress.parsing.fields import read_fields
from clusterpress.parsing.values import ValueFault
from clusterpress.parsing.yaml_text import read_yaml


class Point(Struct, frozen=True):
    x: int
    y: int


class Link(Struct, frozen=True, kw_only=True):
    label: str
    url: str = ""


class Pen(Struct, frozen=True, kw_only=True):
    type: Literal["pen"] = "pen"
    ink: str
    nib: int = 1


class Pencil(Struct, frozen=True, kw_only=True):
    type: Literal["pencil"] = "pencil"
    lead: str = "HB"


class Sheet(Struct, frozen=True, kw_only=True):
    title: str
    draft: bool = False
    size: int = 1
    kind: Literal["plain", "ruled"] = "plain"
    names: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    link: Link | None = None
    origin: Point | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    tools: tuple[Pen | Pencil, ...] = ()
    secret: str = ""


def read_point(value):
    if not isinstance(value, str):
        return value
    try:
        x, y = value.split("/")
        return Point(int(x), int(y))
    except ValueError:
        raise ValueFault(f'"{value}" is no point', 'write it like "3/4"') from None


def read(text):
    reading = read_yaml(text, "x")
    return read_fields(
        Sheet,
        reading.values,
        reading.lines,
        "x",
        readers={Point: read_point},
        reserved=frozenset({"secret"}),
        hints={"title": "name it"},
    )


def test_texts_become_what_their_fields_want():
    fields, problems = read(
        "title: 007\ndraft: yes\nsize: '3'\nkind: ruled\nnames: one\nlinks: {label: a}\nlink: {label: b, url: c}\n"
        "origin: 3/4\ncolours: {a: b}\nfolders: {f: {k: v, l: [m, n]}}\n"
    )
    assert problems == []
    assert Sheet(**fields) == Sheet(
        title="007",
        draft=True,
        size=3,
        kind="ruled",
        names=("one",),
        links=(Link(label="a"),),
        link=Link(label="b", url="c"),
        origin=Point(3, 4),
        colours={"a": "b"},
        folders={"f": {"k": "v", "l": ("m", "n")}},
    )


def test_a_block_says_by_its_type_what_it_is():
    fields, problems = read("title: a\ntools: [{type: pen, ink: blue}, {lead: 2B, type: pencil}]\n")
    assert problems == []
    assert fields["tools"] == (Pen(ink="blue"), Pencil(lead="2B"))


def test_blanks_around_a_text_are_dropped():
    assert read('title: "  a  "')[0]["title"] == "a"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("size: 1", '1:1: error: "title" is missing; name it'),
        ("size: 1\ntitle:", '2:1: error: "title" is empty; name it'),
        ("title: [a]", '1:1: error: "title" takes one text, not a list; keep one of them'),
        (
            "title: {a: b}",
            '1:1: error: "title" takes a text, not a block of keys; put it on one line, in quotes if it has a colon',
        ),
        ("title: a\ndraft: maybe", '2:1: error: "draft" takes yes or no, not "maybe"; write true or false'),
        ("title: a\nsize: ten", '2:1: error: "size" takes a whole number, not "ten"; write digits alone'),
        ("title: a\nsize: 1.5", '2:1: error: "size" takes a whole number, not "1.5"; write digits alone'),
        ("title: a\nkind: rule", '2:1: error: "kind" cannot be "rule"; did you mean "ruled"?'),
        ("title: a\nkind: x", '2:1: error: "kind" cannot be "x"; write one of plain, ruled'),
        ("title: a\nnames: [b, [c]]", '2:12: error: "names" takes one text, not a list; keep one of them'),
        (
            "title: a\nlink: b",
            '2:1: error: "link" takes a block of keys, not a text; write its keys below it, indented',
        ),
        ("title: a\nlink: {url: b}", '2:1: error: "link" has no "label"; add "label: …" to it'),
        ("title: a\nlink: {label: b, ulr: c}", '2:18: error: unknown key "ulr"; did you mean "url"?'),
        ("title: a\nlinks:\n- {label: b, x: c}", '3:14: error: unknown key "x"; known here: label, url'),
        ("title: a\ntools: {ink: b}", '2:1: error: "tools" has no "type"; add "type: …" to it'),
        ("title: a\ntools: {type: pem}", '2:1: error: "tools" cannot be "pem"; did you mean "pen"?'),
        ("title: a\ntools: {type: pencil, ink: b}", '2:1: error: unknown key "ink"; known here: type, lead'),
        (
            "title: a\ntools: [{type: pen, ink: b, nib: c}]",
            '2:29: error: "nib" takes a whole number, not "c"',
        ),
        ("title: a\norigin: b", '2:1: error: "b" is no point; write it like "3/4"'),
        (
            "title: a\norigin: {x: 1, y: z}",
            '2:16: error: "y" takes a whole number, not "z"; write digits alone',
        ),
        (
            "title: a\nfolders: {f: {k: {l: m}}}",
            '2:15: error: "k" takes a text, not a block of keys; put it on one line, in quotes if it has a colon',
        ),
    ],
)
def test_a_fault_is_told_in_plain_words_at_its_place(text, told):
    _, [problem] = read(text)
    assert str(problem).removeprefix("x:").startswith(told)


def test_good_fields_are_given_beside_the_faults_of_others():
    fields, problems = read("title: a\nsize: ten\nlink: {label: b, ulr: c}\nlinks: [{url: d}]\n")
    assert fields == {"title": "a", "link": Link(label="b")}
    assert [problem.field for problem in problems] == ["size", "links.0", "link.ulr"]


def test_a_reserved_field_is_unknown_to_a_source():
    fields, [problem] = read("title: a\nsecret: b\n")
    assert fields == {"title": "a"}
    assert problem.message == 'unknown key "secret"'


def test_all_missing_keys_of_one_block_are_told():
    _, problems = read("title: a\norigin: {}\n")
    assert problems == []
    _, problems = read("title: a\nlinks: [{}, {}]\n")
    assert [problem.field for problem in problems] == ["links.0", "links.1"]
    _, problems = read("title: a\norigin: {z: 1}\n")
    assert sorted(problem.message for problem in problems) == [
        '"origin" has no "x"',
        '"origin" has no "y"',
        'unknown key "z"',
    ]
