"""Parts of pages that are rendered once for equal values."""

import pytest
from jinja2 import Environment, UndefinedError
from markupsafe import Markup
from msgspec import Struct

from clusterpress.website import template_caches
from clusterpress.website.template_caches import Fragments, make_fragment_filters


class Card(Struct, frozen=True, dict=True):
    title: str
    digest: bytes = b""


def environment() -> tuple[Environment, list[object]]:
    """Return an environment, and the values that its templates have looked at so far."""
    env, seen = Environment(autoescape=True), []  # type: tuple[Environment, list[object]]
    env.filters |= make_fragment_filters()
    env.filters["look"] = lambda value: seen.append(value) or value
    env.add_extension(Fragments)
    return env, seen


def test_a_part_is_rendered_once_for_equal_values() -> None:
    env, seen = environment()
    page = env.from_string(
        "{% for n in numbers %}{% cache n %}<b>{{ n | look }}</b>{% endcache %}{% endfor %}"
    )
    assert page.render(numbers=[1, 2, 1, 1]) == "<b>1</b><b>2</b><b>1</b><b>1</b>"
    assert page.render(numbers=[2]) == "<b>2</b>"
    assert seen == [1, 2]


def test_every_named_value_tells_parts_apart() -> None:
    env, _ = environment()
    page = env.from_string("{% macro part(a, b=0) %}{% cache a, b %}{{ a }}-{{ b }} {% endcache %}{% endmacro %}"
                           "{{ part(1) }}{{ part(1, 2) }}{{ part(2, 1) }}{{ part('1') }}{{ part(true) }}")  # fmt: skip
    assert page.render() == "1-0 1-2 2-1 1-0 True-0 "


def test_two_parts_of_a_template_do_not_meet() -> None:
    env, _ = environment()
    page = env.from_string(
        "{% cache 1 %}a{% endcache %}{% cache 1 %}b{% cache 2 %}c{% endcache %}{% endcache %}"
    )
    assert page.render() == page.render() == "abc"


def test_text_is_escaped_and_html_is_not() -> None:
    env, _ = environment()
    page = env.from_string("{% cache text %}{{ text }}{% endcache %}")
    assert page.render(text="<b>") == "&lt;b&gt;"
    assert page.render(text=Markup("<b>")) == "<b>"


def test_a_value_is_known_by_its_digest_if_it_has_one() -> None:
    env, seen = environment()
    page = env.from_string("{% cache card %}{{ card.title | look }}{% endcache %}")
    assert [page.render(card=Card(title, digest=b"d")) for title in ("A", "A", "B")] == ["A", "A", "A"]
    assert [page.render(card=Card(title)) for title in ("A", "B", "A")] == ["A", "B", "A"]
    assert seen == ["A", "A", "B"]


def test_an_unknown_name_is_an_error_and_not_a_part_of_its_own() -> None:
    env, _ = environment()
    with pytest.raises(UndefinedError, match="crad"):
        env.from_string("{% cache crad %}x{% endcache %}").render(card=1)


def test_memory_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(template_caches, "MAX_FRAGMENTS", 3)
    env, seen = environment()
    page = env.from_string("{% cache n %}{{ n | look }}{% endcache %}")
    assert [page.render(n=n) for n in (1, 2, 3, 3, 4, 1)] == ["1", "2", "3", "3", "4", "1"]
    assert seen == [1, 2, 3, 4, 1]
