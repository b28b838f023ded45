"""Plain fields are those that pydantic would make of the same values."""

from pathlib import Path

import pytest
from bench.corpus import Corpus
from bench.sites import _text
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields
from tests.parsing.test_fields import Link, Point, Sheet, read_point

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Contact
from clusterpress.content.items import MODELS, News
from clusterpress.content.keys import RESERVED
from clusterpress.content.normalise import PartialItem, readers_for
from clusterpress.content.paths import FileName, kind_of
from clusterpress.parsing.fast_fields import read_fast_fields
from clusterpress.parsing.schemas import adapter_of
from clusterpress.parsing.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
SETTINGS = Settings(name="Sample", url="https://example.org/")
DRAFT = PartialItem(
    values={"lang": "en"},
    lines={},
    body="",
    body_line=1,
    name=FileName("x", "", ""),
    path="",
    settings=SETTINGS,
)
READERS = {**readers_for(DRAFT), Point: read_point}
ALL = (Sheet, Contact, *MODELS.values())

WORDS = (
    "a", "two words", "true", "false", "True", "yes", "no", "1", "0", "07", "+7", "1_0", "12", "9" * 12, "²", "2019-06-15", "15 June 2019, 9:00", "June 2012",
    "35 June 2019", "plain", "ruled", "dateline", "legal", "feature", "page", "pen", "img.png", "3/4", "", " a", "a ", "a\n", "a\nb", "\ta", "a\u00a0", "\x1fa",
    "a\x1f", "\ud800", "a\udfffb", "é 日 🎉", "a\u200b", "\ufeffa", "None", "PP8",
)  # fmt: skip
KEYS = ("label", "url", "src", "alt", "x", "y", "type", "ink", "title", "layout", "items", "limit", "other")
FORMS = (
    lambda word: word,
    lambda word: [word],
    lambda word: ["x", word],
    lambda word: [[word]],
    lambda word: {"src": word},
    lambda word: {"label": "x", "url": word},
    lambda word: [{"label": word, "url": "x"}, {"url": "x"}],
    lambda word: [{"label": "x", "url": word}],
    lambda word: [{"title": "x", "layout": word, "items": word}],
    lambda word: {"title": "x", "limit": word, "other": word},
    lambda word: {"title": [word]},
    lambda word: {"x": word, "y": "1"},
    lambda word: {"email": word, "city": "x"},
)
VALUES = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
)


def names_of(model):
    return [field.name for field in fields(model) if field.name not in RESERVED]


def assert_same(model, values, readers=READERS):
    """Return whether the values were plain; if so, pydantic made the same of them."""
    plain = read_fast_fields(model, values, readers, RESERVED)
    if plain is not None:
        checked = adapter_of(model, RESERVED).validate_python(values, context=readers)
        assert repr(plain) == repr(checked)  # tells True from 1, and in which order they come
    return plain is not None


@pytest.mark.parametrize("model", ALL)
def test_each_value_of_each_field_is_read_as_pydantic_reads_it(model):
    plain = [
        assert_same(model, {name: form(word)}) for name in names_of(model) for form in FORMS for word in WORDS
    ]
    assert any(plain)
    assert not all(plain)


@given(st.data())
@settings(max_examples=1000, deadline=None)
def test_any_values_are_read_as_pydantic_reads_them(data):
    model = data.draw(st.sampled_from(ALL))
    names = st.sampled_from([*names_of(model), "other"])
    assert_same(model, data.draw(st.dictionaries(names, VALUES, max_size=5)))


def test_the_front_matter_of_news_is_plain():
    texts = [_text(post, {"tags": list(post.tags), "author": post.author}) for post in Corpus(40).posts()]
    fronts = [read_yaml(text.split("---\n")[1], "", first_line=2).values for text in texts]
    assert all(assert_same(News, front) for front in fronts)


def test_front_matter_that_people_wrote_is_read_the_same():
    plain = 0
    for file in ROOT.glob("content/**/*.md"):
        model = MODELS.get(kind_of(file.relative_to(ROOT).as_posix(), SETTINGS))
        _, *parts = file.read_text(encoding="utf-8").split("---\n")
        if model and parts:
            front = read_yaml(parts[0], "", first_line=2).values
            plain += assert_same(model, {name: front[name] for name in front if name in names_of(model)})
    assert plain > 50


def test_texts_lists_and_blocks():
    plain = read_fast_fields(
        Sheet,
        {"title": "A", "draft": "true", "size": "3", "names": "x", "links": {"label": "B"}, "origin": "3/4"},
        READERS,
        frozenset(),
    )
    assert plain == {
        "title": "A",
        "draft": True,
        "size": 3,
        "names": ("x",),
        "links": (Link(label="B"),),
        "origin": Point(3, 4),
    }


@pytest.mark.parametrize(
    "values",
    [
        {"other": "x"},
        {"secret": "x"},
        {"title": " x"},
        {"title": ["x"]},
        {"size": "many"},
        {"draft": "perhaps"},
        {"kind": "dotted"},
        {"origin": "here"},
        {"links": [{"url": "x"}]},
        {"colours": {"a": "b"}},
    ],
)
def test_what_pydantic_is_asked(values):
    assert read_fast_fields(Sheet, values, READERS, frozenset({"secret"})) is None
