"""A thousand posts of a foreign tree: read with mapped keys, and one edit touches what shows it."""

import pytest

from clusterpress.pipeline.paths import store_file
from clusterpress.pipeline.run_context import RunContext
from tests.sites.foreign_site import foreign_site
from tests.sites.small_site import NOW

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path):
    return foreign_site(tmp_path, 300)


def test_one_body_edit_among_many_touches_its_page_and_the_feeds_that_hold_it(site):
    site.build()
    path = "content/posts/2019/post-299.md"
    site.write(path, (site.root / path).read_text() + "\nA correction.\n")
    result = site.build()
    stale = {
        path: reason
        for path, reason in result.difference.stale.items()
        if not path.startswith("assets/search/en/recent/")
    }
    assert "news/2019/post-299/index.html" in stale
    assert all("its text" in reason for reason in stale.values())
    feeds = {"feed.xml", "atom.xml", "feed.json"}
    assert {name.rsplit("/", 1)[-1] for name in stale} <= {"index.html"} | feeds
    assert sum(name.endswith(".html") for name in stale) == 1
    assert len(stale) <= 1 + 3 * 5


@pytest.mark.parametrize(("jobs", "start"), [(2, "fork"), (2, "spawn")])
def test_any_number_of_processes_makes_the_same_bytes(site, jobs, start):
    site.build(folder="one")
    store_file(site.root).unlink()
    site.build(folder="many", run=RunContext(lambda *_: None, jobs, start))
    assert site.output("many") == site.output("one")


def test_one_new_post_touches_a_handful(site):
    site.build(now=NOW)
    site.write(
        "content/posts/2019/newest.md",
        "---\ntitle: Newest\ndate: 2021-12-31\nauthor: Author 1\nclusters: [Cluster 1]\nkeywords: [tag-1]\n---\nNew.\n",
    )
    difference = site.build(now=NOW).difference
    older_pages = [path for path in difference.stale if "/page/" in path and path not in difference.new]
    assert len(older_pages) <= 4
    items = [path for path in difference.stale if path.startswith("news/20") and path.count("/") == 3]
    assert len(items) <= 2, "the new item and the one before it"
