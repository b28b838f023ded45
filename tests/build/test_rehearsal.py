"""After a rehearsal, the first edit starts nothing and compiles nothing that later ones do not."""

import pytest

from clusterpress.build import open_project, rehearse
from clusterpress.build.lock import BusyError, only_one
from clusterpress.website import engine
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow
TWO = "content/news/two.md"


@pytest.fixture
def project(tmp_path):
    site = Site(tmp_path)
    site.build()
    engine.open_engine.cache_clear()  # as in a process that has rendered nothing
    return open_project(site.root)[0]


def test_what_an_edit_needs_is_there(project):
    for _ in rehearse(project):
        pass
    before = engine.open_engine.cache_info()
    assert before.misses
    site = Site.at(project.root)
    site.write(TWO, FILES[TWO] + "More.\n")
    result = site.build()
    assert "news/2019/two/index.html" in result.difference.stale
    assert engine.open_engine.cache_info().misses == before.misses


def test_it_stops_after_each_step(project):
    steps = rehearse(project)
    next(steps)
    assert not engine.open_engine.cache_info().misses
    next(steps)
    assert engine.open_engine.cache_info().misses == 1


def test_it_does_not_read_what_another_build_writes(project):
    with only_one(project.workshop), pytest.raises(BusyError):
        list(rehearse(project))
