"""Templates that were compiled by one build are taken as they are by the next, while they are the same."""

from dataclasses import replace

import pytest
from jinja2 import Environment

from clusterpress.config.settings import Settings
from clusterpress.website import engine, rendering
from clusterpress.website.engine import USUAL
from clusterpress.website.views import Site, seal
from tests.newsletters.make import THEME

SITE = seal(Site(settings=Settings(name="News", url="https://example.eu/"), lang="en", feeds="feeds/"))


@pytest.fixture
def compiled(monkeypatch):
    """Give the names of the templates that are compiled from now on."""
    names = []
    compile_anew = Environment.compile

    def note(self, source, name=None, *args, **options):
        names.append(name)
        return compile_anew(self, source, name, *args, **options)

    monkeypatch.setattr(Environment, "compile", note)
    engine.open_engine.cache_clear()
    yield names
    engine.open_engine.cache_clear()


@pytest.fixture
def starts(compiled):
    starts = [rendering.start(SITE, THEME)]
    assert set(compiled) >= set(USUAL)
    compiled.clear()
    engine.open_engine.cache_clear()  # as in a process that has rendered nothing
    return starts


def test_nothing_is_compiled_twice(starts, compiled):
    for template in USUAL:
        rendering.warm_up(starts, THEME, template)
    assert not compiled


def test_another_theme_is_compiled_anew(starts, compiled):
    rendering.warm_up(starts, replace(THEME, digest=b"other"))
    assert "news-item.html" in compiled


def test_a_template_that_changed_is_compiled_anew(starts, compiled, monkeypatch):
    opened = engine.open_engine(SITE, THEME)
    find = opened.env.loader.get_source

    def changed(env, name):
        source, *rest = find(env, name)
        return (source + " ", *rest) if name == "news-item.html" else (source, *rest)

    monkeypatch.setattr(opened.env.loader, "get_source", changed)
    rendering.warm_up(starts, THEME)
    assert compiled == ["news-item.html"]
