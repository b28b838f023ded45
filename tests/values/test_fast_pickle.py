"""Frozen values come back from storage as they were."""

import copy
import pickle
from dataclasses import dataclass, replace

import pytest
from tests.markup.make import TRUSTED

from clusterpress.content.reader import read_item
from clusterpress.markup.render import render
from clusterpress.values.fast_pickle import FastPickle


@dataclass(frozen=True, slots=True)
class Point(FastPickle):
    x: int
    y: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Point):
    name: str = ""
    other: Point | None = None


VALUES = [Point(1), Named(x=1, y=2, name="a", other=Point(3, 4))]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_comes_back_as_it_was(value, protocol):
    back = pickle.loads(pickle.dumps(value, protocol))
    assert back == value
    assert type(back) is type(value)
    assert hash(back) == hash(value)


def test_what_comes_back_is_frozen():
    back = pickle.loads(pickle.dumps(VALUES[1]))
    with pytest.raises(AttributeError):
        back.x = 2
    assert replace(back, name="b") == replace(VALUES[1], name="b")
    assert copy.deepcopy(back) == back


def test_items_and_bodies_come_back_as_they_were():
    raw = b"---\ntitle: A\ndate: 2019-06-15T09:00:00+02:00\nimage: {src: a.png, alt: b}\nodd: 1\n---\n[a](b.md) ![c](d.png)\n\n## e\n"
    item, _ = read_item(raw, "content/news/a.md", TRUSTED)
    body = render(item.source.body, TRUSTED)
    assert pickle.loads(pickle.dumps((item, body))) == (item, body)


def test_equal_values_are_the_same_bytes():
    assert pickle.dumps(Named(x=1, other=Point(2)), 5) == pickle.dumps(Named(x=1, other=Point(2)), 5)
