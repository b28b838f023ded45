"""A list's numbered pages are planned in blocks: a new item opens the last one, whatever list it joins."""

import pytest

from clusterpress.pipeline.cache.manifest import Manifest
from clusterpress.pipeline.cache.store import locked_store
from clusterpress.pipeline.project import open_project
from clusterpress.website.pages import news
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow

ITEMS = {
    f"content/news/item-{number:02d}.md": (
        f"---\ntitle: Item {number}\ndate: 2020-01-{number:02d}\ntags: [food]\n---\nText.\n"
    )
    for number in range(1, 15)
}
NEW = "---\ntitle: New\ndate: 2020-02-01\ntags: [food]\n---\nText.\n"
RECORD = "---\ntitle: THE NEXT SOCIETY\nnames: [Next]\n---\nAbout.\n"


def cache_keys(site):
    """Return name → cache key of the bundles of the lists of all news and of a tag."""
    project, _ = open_project(site.root)
    with locked_store(site.root, project.tools) as store:
        bundles = Manifest(store, site.root / "site").bundles()
    lists = ("en/news/pages/", "en/tags/food")
    return {name: record.cache_key for name, record in bundles.items() if name.startswith(lists)}


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(news, "PAGES_PER_BUNDLE", 2)
    site = Site(tmp_path, {"content/programmes/next.md": RECORD, **ITEMS})
    site.build()
    return site


def test_a_new_item_opens_the_newest_page_and_the_last_block(site):
    before = cache_keys(site)
    # Six numbered pages of two items each, of which two make a block.
    assert sorted(before) == [
        *(f"en/news/pages/{number}" for number in (1, 2, 3)),
        "en/tags/food",
        *(f"en/tags/food/pages/{number}" for number in (1, 2, 3)),
    ]
    site.write("content/news/new.md", NEW)
    site.build()
    after = cache_keys(site)
    assert {name for name in after if after[name] != before[name]} == {"en/tags/food"}
    site.write("content/news/newer.md", NEW.replace("New", "Newer").replace("02-01", "02-02"))
    site.build()
    # The newest page has two items more than fit: they make a page, and with it a block.
    changed = {name for name, cache_key in cache_keys(site).items() if cache_key != after.get(name)}
    assert changed == {
        "en/news/pages/3",
        "en/news/pages/4",
        "en/tags/food",
        "en/tags/food/pages/3",
        "en/tags/food/pages/4",
    }
    site.build("clean", clean=True)
    assert site.output("site") == site.output("clean")


def test_pages_lead_to_each_other_across_blocks(site):
    first, fourth = site.read("tags/food/index.html"), site.read("tags/food/page/4/index.html")
    assert 'href="/tags/food/page/6/"' in first
    assert 'href="/tags/food/page/5/"' in fourth
    assert 'href="/tags/food/page/3/"' in fourth
    assert "Item 8" in fourth
    assert 'href="/tags/food/"' in site.read("tags/food/page/6/index.html")
    sitemap = site.read("sitemap.xml")
    assert all(f"https://example.eu/tags/food/page/{number}/" in sitemap for number in range(1, 7))
