"""Templates that were compiled by one build are taken as they are by the next, while they are the same."""

import pytest
from jinja2 import Environment
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.website import engine, lazy_engine
from clusterpress.website.views import EDITED_TEMPLATES, Frame, Site, with_digest
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
    forget()
    yield names
    forget()


def forget():
    """Be like a process that has rendered nothing."""
    engine._open_engine.cache_clear()
    engine._BYTECODE.code.clear()


@pytest.fixture
def start(compiled_templates):
    start = lazy_engine.start_engine([SITE], THEME)
    assert set(compiled_templates) >= set(EDITED_TEMPLATES)
    compiled_templates.clear()
    forget()
    return start


def test_nothing_is_compiled_twice(start, compiled_templates):
    for template in EDITED_TEMPLATES:
        lazy_engine.warm_up(SITE, THEME, start, template)
    assert not compiled_templates


def test_another_theme_is_compiled_anew(start, compiled_templates):
    lazy_engine.warm_up(SITE, replace(THEME, digest=b"other"), start)
    assert "news-item.html" in compiled_templates


def test_a_template_that_changed_is_compiled_anew(start, compiled_templates, monkeypatch):
    opened = engine.open_engine(SITE, THEME)
    find = opened.env.loader.get_source

    def changed(env, name):
        source, *rest = find(env, name)
        return (source + " ", *rest) if name == "news-item.html" else (source, *rest)

    monkeypatch.setattr(opened.env.loader, "get_source", changed)
    lazy_engine.warm_up(SITE, THEME, start)
    assert compiled_templates == ["news-item.html"]


@pytest.mark.parametrize(
    "other",
    [
        Site(settings=SITE.settings, lang="ar", feeds="feeds/"),
        Site(settings=Settings(name="Other", url="https://example.eu/below/"), lang="fr", feeds="feeds/"),
    ],
)
def test_languages_and_sites_share_the_code_and_keep_their_own_words(other, compiled_templates):
    site = with_digest(other)
    alone = page_of(site)
    forget()
    page_of(SITE)
    compiled_templates.clear()
    assert page_of(site) == alone
    assert not compiled_templates


@pytest.mark.usefixtures("compiled_templates")
def test_plugins_may_change_the_code_of_their_site():
    settings = replace(SITE.settings, mkdocs="plugins: [material/tags]")
    site = with_digest(replace(SITE, settings=settings))
    assert lazy_engine.start_engine([site], THEME).code == {}
    assert not engine._BYTECODE.code


def page_of(site):
    frame = Frame(url="404.html", title="404", indexed=False)
    return engine.render_page(site, THEME, frame, "missing.html")
