"""The search index of a real small site: part of the site like any page."""

import json
import os
import sys

import pytest

from clusterpress.pipeline import build as building
from clusterpress.pipeline import search_index as indexing
from clusterpress.search import shards
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


@pytest.fixture
def blocks_of_two(monkeypatch):
    """Let a handful of items fill an archive."""
    monkeypatch.setattr(shards, "BLOCK_SIZE", 2)
    monkeypatch.setattr(shards, "MIN_ARCHIVE", 2)
    monkeypatch.setattr(shards, "MIN_PIECE", 2)


def changed(result, lang="en"):
    assert result.difference is not None, [str(problem) for problem in result.problems]
    parts = (path.split("/") for path in result.difference.stale if path.startswith(f"assets/search/{lang}/"))
    return {folder for _, _, _, folder, *_ in parts}


def post(site, name, day, text="Text."):
    site.write(f"content/news/{name}.md", f"---\ntitle: {name.title()}\ndate: {day}\n---\n{text}\n")


@pytest.mark.usefixtures("blocks_of_two")
def test_an_edit_makes_the_recent_shard_again_and_a_second_build_nothing(site):
    for number in range(8):
        post(site, f"n{number}", f"2020-01-{number + 1:02}")
    assert changed(site.build()) == {"recent", "archive-1", "archive-2"}
    assert changed(site.build()) == set()
    post(site, "newest", "2021-12-01")
    assert changed(site.build()) <= {"recent", "archive-2"}
    post(site, "newest", "2021-12-01", "Other words.")
    assert changed(site.build()) == {"recent"}
    post(site, "n0", "2020-01-01", "Other words.")
    assert changed(site.build()) == {"archive-1"}


@pytest.mark.usefixtures("blocks_of_two")
@pytest.mark.parametrize("threshold", [building._GARBAGE_THRESHOLD, -1_000_000], ids=["kept", "swept"])
def test_an_edit_of_an_old_item_indexes_its_block_alone(site, monkeypatch, threshold):
    monkeypatch.setattr(building, "_GARBAGE_THRESHOLD", threshold)
    asked = []
    index = indexing._index
    monkeypatch.setattr(indexing, "_index", lambda *a: asked.append(len(a[0])) or index(*a))
    for number in range(8):
        post(site, f"n{number}", f"2020-01-{number + 1:02}")
    site.build()
    assert len(asked) > 8
    for text in ("Other words.", "Text.", "Words again."):
        asked.clear()
        post(site, "n0", "2020-01-01", text)
        assert changed(site.build()) == {"archive-1"}
        assert asked == ([] if text == "Text." and threshold > 0 else [2])
    before = site.output()
    site.build(clean=True)
    assert site.output() == before


@pytest.mark.usefixtures("blocks_of_two")
def test_after_edits_the_index_is_that_of_a_clean_build(site, tmp_path):
    site.build()
    for number in range(5):
        post(site, f"n{number}", f"2020-02-{number + 1:02}", f"Edit {number}.")
        site.build()
    site.remove("content/news/n1.md")
    site.remove("content/news/three.md")
    site.build()
    other = Site(tmp_path / "clean", FILES)
    for path in sorted((site.root / "content/news").glob("n?.md")):
        other.write(f"content/news/{path.name}", path.read_bytes())
    other.remove("content/news/three.md")
    other.build()
    assert site.output() == other.output()


def test_a_page_made_anew_for_its_frame_leaves_the_index_alone(site):
    site.build()
    site.write("site_config.yml", site.read("site_config.yml", ".").replace("Small site", "Other name"))
    result = site.build()
    assert "index.html" in result.difference.stale
    assert changed(result) == set()


def test_the_search_page_names_the_shards_and_what_can_be_chosen(site):
    site.build()
    page = site.read("search/index.html")
    assert 'data-shards="assets/search/en/recent/"' in page
    assert 'name="programme" value="next"' not in page, "one programme leaves no choice"
    for choice in ('name="kind" value="news"', 'name="cluster" value="qoot"', 'name="year" value="2014"'):
        assert choice in page
    assert "'wasm-unsafe-eval'" in page
    assert "'wasm-unsafe-eval'" not in site.read("index.html")
    assert '<meta name="robots" content="noindex">' in page
    assert "search/" not in site.read("sitemap.xml")
    assert 'action="/search/"' in site.read("news/2019/one/index.html")
    assert 'action="/ar/search/"' in site.read("ar/news/2019/one/index.html")


def test_drafts_cannot_be_found(site):
    site.write("content/news/d.md", "---\ntitle: Sesame\ndate: 2019-01-01\ndraft: true\n---\nSesame.\n")
    site.build()
    counted = json.loads(site.read("assets/search/en/recent/pagefind-entry.json"))
    before = counted["languages"]["en"]["page_count"]
    site.build(previews=True)
    counted = json.loads(site.read("assets/search/en/recent/pagefind-entry.json"))
    assert counted["languages"]["en"]["page_count"] == before + 1


def test_a_site_may_do_without_search(site):
    site.build()
    site.write("site_config.yml", site.read("site_config.yml", ".") + "search: false\n")
    site.build()
    assert not (site.root / "site/search").exists()
    assert not (site.root / "site/assets/search").exists()
    assert 'role="search"' not in site.read("index.html")


def test_the_preview_keeps_the_index_it_began_with(site):
    site.build(previews=True)
    post(site, "newest", "2021-12-01")
    result = site.build(previews=True, index="lagging")
    assert "news/2021/newest/index.html" in result.difference.stale
    assert changed(result) == set()
    assert changed(site.build(previews=True)) == {"recent"}


def test_an_index_file_that_was_lost_or_changed_comes_back(site):
    site.build()
    before = site.output()
    entry = site.root / "site/assets/search/en/recent/pagefind-entry.json"
    entry.write_text("{}", encoding="utf-8")
    next((site.root / "site/assets/search/ar/recent/fragment").iterdir()).unlink()
    site.build()
    assert site.output() == before


def test_a_machine_without_the_indexing_program_is_told_what_to_do(site, monkeypatch):
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "/nowhere/pagefind")
    result = site.build()
    assert result.difference is None
    (problem,) = [str(problem) for problem in result.problems]
    assert problem.startswith("site_config.yml")
    assert "search: false" in problem


OTHER_VERSION = """#!{python}
import base64, json, sys
sys.stdin.buffer.read1()
content = base64.b64encode(b"{{}}").decode()
payload = {{"type": "GetFiles", "files": [{{"path": "pagefind-entry.json", "content": content}}]}}
sys.stdout.write(base64.b64encode(json.dumps({{"payload": payload}}).encode()).decode() + ",")
"""


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for the program is a script of POSIX")
def test_an_indexing_program_of_another_version_is_told_of(site, tmp_path, monkeypatch):
    program = tmp_path / "pagefind"
    program.write_text(OTHER_VERSION.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: program)
    (problem,) = [str(problem) for problem in site.build().problems]
    assert "Pagefind: its files are not those of version 1.5" in problem
    assert "pagefind_bin" in problem
