"""Small real sites, built whole: what is made, what is made again, and what is left alone."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterpress.pipeline.cache.store import project_lock
from clusterpress.pipeline.errors import BusyError
from clusterpress.pipeline.paths import cache_folder, store_file
from clusterpress.pipeline.project import find_theme
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def made(result):
    assert result.difference is not None, [str(p) for p in result.problems]
    return set(result.difference.stale)


def test_a_second_build_has_nothing_to_do(site):
    assert made(site.build())
    assert made(site.build()) == set()


def test_a_body_edit_touches_only_what_shows_the_body(site):
    site.build()
    site.write("content/news/two.md", FILES["content/news/two.md"] + "More of it.\n")
    changed = made(site.build())
    pages = {path for path in changed if path.endswith(".html")}
    assert pages == {"news/2019/two/index.html"}
    changed = {path for path in changed if not path.startswith("assets/search/en/recent/")}
    assert {path.rsplit("/", 1)[-1] for path in changed - pages} == {"feed.xml", "atom.xml", "feed.json"}
    topics = {path.rpartition("/")[0] for path in changed - pages}
    assert topics == {"", "news", "clusters/qoot"}


def test_the_reason_for_each_output_is_told(site):
    site.build()
    site.write("content/news/two.md", FILES["content/news/two.md"] + "More of it.\n")
    reasons = site.build().difference.stale
    assert "its text" in reasons["news/2019/two/index.html"]


def test_a_new_title_touches_the_lists_and_neighbours(site):
    site.build()
    site.write("content/news/two.md", FILES["content/news/two.md"].replace("Two", "Second"))
    changed = made(site.build())
    assert {"news/2019/two/index.html", "news/2019/index.html", "clusters/qoot/index.html"} <= changed
    assert "partners/milano/index.html" not in changed
    assert "ar/news/2019/one/index.html" not in changed


def test_another_programme_is_named_wherever_the_item_is_listed(site):
    site.write("content/programmes/other.md", "---\ntitle: Other programme\n---\n")
    site.build()
    site.write(
        "content/news/one.md", FILES["content/news/one.md"].replace("programme: Next", "programme: other")
    )
    site.build()
    assert "Other programme" in site.read("tags/food/index.html")
    site.build(folder="fresh")
    assert site.output() == site.output("fresh")


def test_removing_an_item_removes_its_outputs(site):
    site.build()
    site.remove("content/news/four.md")
    site.build()
    assert not (site.root / "site/news/2021").exists()
    assert not (site.root / "site/old").exists()


def test_two_builds_of_shuffled_folders_are_identical(tmp_path):
    outputs = []
    for seed in range(2):
        files = list(FILES.items())
        random.Random(seed).shuffle(files)
        site = Site(tmp_path / str(seed), dict(files))
        site.build()
        outputs.append(site.output())
    assert outputs[0] == outputs[1]


def test_a_build_on_another_day_is_the_same(tmp_path, site):
    site.build()
    other = Site(tmp_path / "other")
    other.build(now=datetime(2024, 2, 29, 3, 4, 5, tzinfo=UTC))
    assert site.output() == other.output()


def test_drafts_embargoed_and_expired_items_are_nowhere(site):
    secret = "Sesame"
    site.write(
        "content/news/d.md", f"---\ntitle: {secret} draft\ndate: 2019-01-01\ndraft: yes\n---\n{secret}\n"
    )
    site.write(
        "content/news/e.md", f"---\ntitle: {secret}\ndate: 2019-01-01\npublish: 2022-01-02 09:00\n---\n"
    )
    site.write("content/news/x.md", f"---\ntitle: {secret}\ndate: 2019-01-01\nexpires: 2021-12-31\n---\n")
    site.write("content/news/hidden.png", FILES["content/news/picture.png"] + b"hidden")
    site.write(
        "content/news/p.md",
        "---\ntitle: P\ndate: 2019-01-01\ndraft: true\nimage: {src: hidden.png, alt: x}\n---\n",
    )
    site.build()
    leaks = [p for p, content in site.output().items() if secret.encode() in content or "hidden" in p]
    assert leaks == []
    site.build(previews=True)
    assert secret in site.read("news/2019/d/index.html")


def test_an_embargo_ends_by_itself(site):
    site.write("content/news/e.md", "---\ntitle: Later\ndate: 2019-01-01\npublish: 2022-01-02 09:00\n---\n")
    site.build()
    assert not (site.root / "site/news/2019/e").exists()
    ended = datetime(2022, 1, 2, 8, 0, tzinfo=UTC)
    site.build(now=ended)
    assert (site.root / "site/news/2019/e/index.html").exists()
    assert json.loads(site.read("feed.json"))["items"][0]["title"] == "Later"
    site.build(now=ended, folder="fresh")
    assert site.output() == site.output("fresh")


def test_a_fault_stops_the_build_before_anything_is_written(site):
    site.build()
    before = site.output()
    site.write("content/news/two.md", "---\ntitle: Two\ndate: 05/06/2019\n---\n")
    site.write("content/news/one.md", "---\ntitle: One changed\ndate: 2019-04-12\n---\n[x](nowhere.md)\n")
    result = site.build()
    assert result.difference is None
    assert len({problem.path for problem in result.problems}) == 2
    assert site.output() == before


def test_two_items_with_one_address_are_both_named(site):
    site.write("content/news/a/two.md", "---\ntitle: Two again\ndate: 2019-02-02\n---\nText.\n")
    (problem,) = site.check()
    assert "content/news/a/two.md" in problem
    assert "content/news/two.md" in problem


def test_a_link_to_a_page_that_is_not_there_is_a_fault(site):
    site.write(
        "content/pages/about.md", "---\ntitle: About\n---\nSee [news](/news/) and [the plan](/nothing/).\n"
    )
    (problem,) = site.check()
    assert problem.startswith("content/pages/about.md:4:")
    assert "/nothing/" in problem


def test_only_one_build_at_a_time(site):
    with project_lock(site.root), pytest.raises(BusyError, match="another build"):
        site.build()


def test_clean_makes_everything_anew(site):
    everything = made(site.build())
    assert made(site.build(clean=True)) == everything


@pytest.mark.parametrize("damage", ["store", "all"])
def test_the_working_files_may_be_deleted(site, damage):
    site.build()
    before = site.output()
    if damage == "store":
        store_file(site.root).write_bytes(b"broken")
    else:
        shutil.rmtree(site.root / ".clusterpress")
        shutil.rmtree(cache_folder(site.root))
    site.build()
    assert site.output() == before


EDITS = (
    "body",
    "title",
    "date",
    "add",
    "remove",
    "rename",
    "draft",
    "settings",
    "picture",
    "template",
    "term",
)


def edit(site, kind, number):
    """Make one change that an editor might make; ``number`` chooses where."""
    news = sorted((site.root / "content/news").glob("*.md"))
    path = news[number % len(news)]
    text = path.read_text(encoding="utf-8")
    changed = {
        "body": f"{text}\nEdit {number}.\n",
        "title": text.replace("title: ", f"title: T{number} ", 1),
        "date": re.sub(r"(?m)^date: .*$", f"date: 201{number % 10}-02-03", text),
        "draft": text if "draft" in text else text.replace("---\n", "---\ndraft: true\n", 1),
    }
    if kind in changed:
        path.write_text(changed[kind], encoding="utf-8")
    elif kind == "remove" and len(news) > 1:
        path.unlink()
    elif kind == "rename":
        path.rename(path.with_name(f"moved{number}-{path.name}"))
    elif kind == "template":
        change_theme(site, number)
    else:
        site.write(*new_file(kind, number))


def new_file(kind, number):
    """Return (path, content) of a file that an edit adds or replaces."""
    dot = "content/static/img/dot.png"
    news = f"title: New {number}\ndate: 20{10 + number % 10}-01-01\ncluster: mdc"
    return {
        "add": (f"content/news/new{number}.md", f"---\n{news}\n---\nText {number}.\n"),
        "settings": ("site_config.yml", site_config(number)),
        "picture": (dot, FILES[dot] + bytes([number % 256])),
        "term": ("content/clusters/mdc.md", f"---\ntitle: MDC {number}\nnames: [mdc]\n---\n"),
        "remove": ("content/pages/about.md", "---\ntitle: About\n---\nNothing.\n"),
    }[kind]


def site_config(number):
    return (
        "name: Small site\nurl: https://example.eu/\nlanguages: [en, fr, ar]\n"
        f"page_size: {2 + number % 2}\nprogramme: next\ntagline: Line {number % 3}\n"
    )


def change_theme(site, number):
    css = next((site.root / "themes").rglob("*.css"))
    css.write_text(css.read_text(encoding="utf-8") + f"\n/* {number} */\n", encoding="utf-8")


@settings(
    max_examples=int(os.environ.get("EDIT_SEQUENCES", "3")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 40)), min_size=2, max_size=5))
def test_an_incremental_build_equals_a_clean_one(tmp_path_factory, theme_copy, edits):
    site = Site(tmp_path_factory.mktemp("edits"))
    shutil.copytree(theme_copy, site.root / "themes/clusters-cord")
    site.build()
    for kind, number in edits:
        edit(site, kind, number)
        faulty = site.build().difference is None
        if faulty:
            continue
        site.build(folder="fresh")
        assert site.output() == site.output("fresh"), (kind, number)
        shutil.rmtree(site.root / "fresh")


@pytest.fixture(scope="session")
def theme_copy(tmp_path_factory):
    return find_theme(tmp_path_factory.getbasetemp(), "clusters-cord")


KILLED = """
import sys
from pathlib import Path
from tests.sites.small_site import Site
print("ready", flush=True)
Site.at(Path(sys.argv[1])).build()
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
@pytest.mark.parametrize("delay", [0.05, 0.3, 0.6, 0.9, 1.3])
def test_a_build_that_is_killed_is_mended_by_the_next(site, delay):
    site.build()
    for number in range(30):
        edit(site, "add", number)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(site.root)], env=environment, stdout=subprocess.PIPE
    )
    process.stdout.readline()
    try:
        process.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    process.stdout.close()
    # Whatever was reached, every file is whole: pages end as pages do.
    pages = (path for path in (site.root / "site").rglob("*.html"))
    assert all(page.read_text(encoding="utf-8").rstrip().endswith("</html>") for page in pages)
    site.build()
    site.build(folder="fresh")
    assert site.output() == site.output("fresh")
    assert not (site.root / ".site.staging").exists()
