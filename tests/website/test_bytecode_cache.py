"""Templates that were compiled by one build are taken as they are by the next, while they are the same."""

import pytest
from jinja2 import Environment
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.website import engine, lazy_engine
from clusterpress.website.views import EDITED_TEMPLATES, Site, with_digest
from tests.newsletters.make import THEME

SITE = with_digest(Site(settings=Settings(name="News", url="https://example.eu/"), lang="en", feeds="feeds/"))


@pytest.fixture
def compiled_templates(monkeypatch):
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
def warm_starts(compiled_templates):
    warm_starts = [lazy_engine.start_engine(SITE, THEME)]
    assert set(compiled_templates) >= set(EDITED_TEMPLATES)
    compiled_templates.clear()
    engine.open_engine.cache_clear()  # as in a process that has rendered nothing
    return warm_starts


def test_nothing_is_compiled_twice(warm_starts, compiled_templates):
    for template in EDITED_TEMPLATES:
        lazy_engine.warm_up(warm_starts, THEME, template)
    assert not compiled_templates


def test_another_theme_is_compiled_anew(warm_starts, compiled_templates):
    lazy_engine.warm_up(warm_starts, replace(THEME, digest=b"other"))
    assert "news-item.html" in compiled_templates


def test_a_template_that_changed_is_compiled_anew(warm_starts, compiled_templates, monkeypatch):
    opened = engine.open_engine(SITE, THEME)
    find = opened.env.loader.get_source

    def changed(env, name):
        source, *rest = find(env, name)
        return (source + " ", *rest) if name == "news-item.html" else (source, *rest)

    monkeypatch.setattr(opened.env.loader, "get_source", changed)
    lazy_engine.warm_up(warm_starts, THEME)
    assert compiled_templates == ["news-item.html"]
