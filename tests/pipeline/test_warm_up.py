"""After a warm-up, the first edit starts nothing and compiles nothing that later ones do not."""

import pytest

from clusterpress.pipeline.build import BuildRequest, build
from clusterpress.pipeline.cache.store import project_lock
from clusterpress.pipeline.errors import BusyError
from clusterpress.pipeline.project import open_project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.speed.session import Session
from clusterpress.pipeline.speed.warm_up import warm_up
from clusterpress.website import engine
from tests.sites.small_site import FILES, NOW, Site

pytestmark = pytest.mark.slow
TWO = "content/news/two.md"


class Process:
    """A preview that begins with a site that is up to date."""

    def __init__(self, root):
        self.site = Site(root)
        self.site.build()
        engine._open_engine.cache_clear()
        self.project, _ = open_project(root)
        self.session = Session()
        self.build([])

    def build(self, changed):
        root, run, session = self.site.root, RunContext(lambda *_: None), self.session
        scan = session.rescan(root, changed)
        request = BuildRequest(
            project=self.project, folder=root / "site", now=NOW, scan=scan, session=session
        )
        return build(request, run)

    def warm_up(self):
        return warm_up(self.project, self.site.root / "site", self.session)


@pytest.fixture
def process(tmp_path):
    return Process(tmp_path)


@pytest.fixture
def pages(monkeypatch):
    """Count the pages that are rendered."""
    calls = []
    render = engine.render_page
    monkeypatch.setattr(engine, "render_page", lambda *a, **k: calls.append(1) or render(*a, **k))
    return calls


def test_what_an_edit_needs_is_there(process):
    list(process.warm_up())
    before = engine._open_engine.cache_info()
    assert before.misses
    process.site.write(TWO, FILES[TWO] + "More.\n")
    assert "news/2019/two/index.html" in process.build([TWO]).difference.stale
    assert engine._open_engine.cache_info().misses == before.misses


def test_nothing_is_changed_by_it(process):
    before = process.site.output()
    list(process.warm_up())
    assert process.site.output() == before
    assert not process.build([]).difference.stale


def test_it_stops_after_each_step(process):
    steps = process.warm_up()
    next(steps)
    assert not engine._open_engine.cache_info().misses
    next(steps)
    assert engine._open_engine.cache_info().misses == 1


def test_it_does_not_read_what_another_build_writes(process):
    with project_lock(process.project.root), pytest.raises(BusyError):
        list(process.warm_up())


def test_one_page_is_made_for_nobody(process, pages):
    list(process.warm_up())
    assert len(pages) == 1


def test_no_page_is_made_of_a_site_that_was_never_sound(process, pages):
    process.session.revision = -1
    list(process.warm_up())
    assert not pages
