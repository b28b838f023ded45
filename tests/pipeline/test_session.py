"""A process that remembers its last build makes the same site as one that does not, and does less for it."""

import os
import shutil
from datetime import timedelta

import pytest

from clusterpress.pipeline import snapshot as snapshot_module
from clusterpress.pipeline.build import BuildRequest, build
from clusterpress.pipeline.paths import store_file
from clusterpress.pipeline.project import open_project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.speed.session import Session
from tests.sites.small_site import FILES, NOW, PICTURE_BYTES, Site

pytestmark = pytest.mark.slow
TWO, ONE, FORUM = "content/news/two.md", "content/news/one.md", "content/events/forum.md"

SAID = [
    (TWO, FILES[TWO] + "More.\n"),
    (TWO, FILES[TWO].replace("title: Two", "title: Two again")),
    (TWO, FILES[TWO].replace("summary: S.", "summary: In short.")),
    (TWO, FILES[TWO] + "See [One](one.md) and [the forum](/events/forum/).\n"),
    (TWO, FILES[TWO] + "![Dot](picture.png)\n"),
    ("content/pages/about.md", "---\ntitle: About us\n---\n# Who\n\nOthers.\n"),
    (FORUM, FILES[FORUM] + "It was a three-day event.\n"),
    (TWO, FILES[TWO].replace("summary: S.", "summary: S.\npinned: true")),
    (TWO, FILES[TWO].replace("summary: S.", "summary: S.\nid: urn:two")),
]
"""Edits that change what one item says: a library is patched."""
OWN = "https://example.eu/news/2019/one/"
DOUBTED = [
    (TWO, FILES[TWO].replace("summary: S.", f"summary: S.\nid: {OWN}")),
    (TWO, FILES[TWO].replace("summary: S.", f"summary: S.\nhashtags: ['#a']\nid: {OWN}")),
    (TWO, FILES[TWO] + "Sound again.\n"),
    ("content/news/forum.md", "---\ntitle: Forum\ndate: 2012-02-23\n---\nIt is over.\n"),
    ("content/news/forum.md", "---\ntitle: Forum\ndate: 2012-02-23\n---\nThe three-day event is over.\n"),
    ("content/news/forum.md", "---\ntitle: Forum\ndate: 2012-02-23\n---\n\n\nThe three-day event is over.\n"),
    ("content/news/forum.md", None),
]
"""Edits for which there are other faults between items, or the same on other lines."""
ORDERED = [
    (TWO, FILES[TWO].replace("cluster: qoot", "cluster: mdc")),
    (TWO, FILES[TWO].replace("date: June 15, 2019", "date: June 16, 2020")),
    (TWO, FILES[TWO].replace("cluster: qoot", "cluster: qoot\ntags: [food, new]")),
    (TWO, FILES[TWO] + "![Dot](/img/dot.png)\n![New](new.png)\n"),
    (TWO, None),
    ("content/news/five.md", "---\ntitle: Five\ndate: 2020-01-01\n---\nFifth.\n"),
    (
        "content/clusters/qoot.md",
        FILES["content/clusters/qoot.md"].replace("## Contact", "## Contact\n\nNow."),
    ),
    (FORUM, FILES[FORUM].replace("title: Forum", "title: Great forum")),
    ("content/news/picture.png", PICTURE_BYTES + b"\0"),
    ("content/static/robots-note.txt", "other\n"),
]
"""Edits on which the place, address or name of others may depend: all is put in order again."""


class Remembering:
    """A site that is built again and again by one process."""

    def __init__(self, root):
        self.site = Site(root / "kept")
        self.site.write("content/news/new.png", PICTURE_BYTES)
        for file in self.site.root.rglob("content/**/*.*"):
            os.utime(file, (0, 0))  # what changed a moment ago would be read again in any case
        self.project, _ = open_project(self.site.root)
        self.session = Session()
        self.build(())

    def build(self, changed):
        root, run = self.site.root, RunContext(lambda *_: None)
        scan = self.session.rescan(root, changed)
        request = BuildRequest(
            project=self.project, folder=root / "site", now=NOW, scan=scan, session=self.session
        )
        return build(request, run)

    def edit(self, path, content):
        if content is None:
            self.site.remove(path)
        else:
            self.site.write(path, content)
        return self.build([path])

    def clean(self):
        other = self.site.root.parent / "clean"
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(self.site.root, other, ignore=shutil.ignore_patterns("site", ".clusterpress"))
        site = Site.at(other)
        return site, site.build()


@pytest.fixture
def kept(tmp_path):
    return Remembering(tmp_path)


@pytest.fixture
def assembled(monkeypatch):
    """Count how often all is put in order."""
    calls = []
    assemble = snapshot_module.assemble_library
    monkeypatch.setattr(
        snapshot_module, "assemble_library", lambda *a, **k: calls.append(1) or assemble(*a, **k)
    )
    return calls


def test_the_same_site_is_made_whatever_is_edited(kept):
    for path, content in (*SAID, *ORDERED, (TWO, FILES[TWO]), *SAID):
        result = kept.edit(path, content)
        site, clean = kept.clean()
        assert [str(p) for p in result.problems] == [str(p) for p in clean.problems], path
        assert kept.site.output() == site.output(), (path, content)


def test_the_same_faults_are_found_whatever_is_edited(kept):
    found = []
    for path, content in DOUBTED:
        result = kept.edit(path, content)
        found.append([str(problem) for problem in result.problems])
        assert found[-1] == [str(problem) for problem in kept.clean()[1].problems], (path, content)
    assert list(map(len, found)) == [1, 1, 0, 0, 1, 1, 0]


@pytest.mark.parametrize(("path", "content"), SAID)
def test_what_one_item_says_changes_no_order(kept, assembled, path, content):
    assert kept.edit(path, content).difference.stale
    assert not assembled


@pytest.mark.parametrize(("path", "content"), ORDERED)
def test_what_others_depend_on_is_put_in_order(kept, assembled, path, content):
    kept.edit(path, content)
    assert assembled


def test_a_heading_that_others_link_to_is_missed(kept):
    kept.edit(ONE, FILES[ONE].replace("qoot.md#contact", "../pages/about.md#who".removeprefix("../")))
    kept.edit("content/pages/about.md", "---\ntitle: About\n---\n# Who\n\nWe.\n")
    kept.edit(ONE, FILES[ONE].replace("../clusters/qoot.md#contact", "../pages/about.md#who"))
    result = kept.edit("content/pages/about.md", "---\ntitle: About\n---\n# What\n\nWe.\n")
    assert any('no heading or anchor "who"' in str(problem) for problem in result.problems)


def test_a_fault_is_told_and_its_mending_seen(kept):
    broken = kept.edit(TWO, FILES[TWO] + "[Nowhere](nowhere.md)\n")
    assert broken.difference is None
    assert kept.edit(TWO, "---\ntitle: [\n---\n").difference is None
    assert kept.edit(TWO, FILES[TWO] + "Sound.\n").difference.stale
    assert b"Sound." in kept.site.output()["news/2019/two/index.html"]


def test_whoever_looks_at_all_sees_what_nobody_told(kept):
    kept.site.write(ONE, FILES[ONE] + "Not told.\n")
    assert "news/2019/one/index.html" not in kept.edit(TWO, FILES[TWO] + "Told.\n").difference.stale
    assert "news/2019/one/index.html" in kept.build(()).difference.stale


def test_the_work_of_others_in_the_folder_is_seen(kept):
    kept.site.write(TWO, FILES[TWO] + "By another process.\n")
    kept.site.build()
    (kept.site.root / "site/feed.xml").unlink()
    kept.site.write(TWO, FILES[TWO])
    assert {"news/2019/two/index.html", "feed.xml"} <= kept.build([TWO]).difference.stale.keys()


def is_current(kept, now=NOW, should_stop=lambda: False):
    return kept.session.is_current(kept.site.root, kept.site.root / "site", now, should_stop)


def test_nobody_builds_what_is_as_it_was_last_built(kept):
    assert is_current(kept)
    kept.edit(TWO, FILES[TWO] + "More.\n")
    assert is_current(kept)
    kept.edit(TWO, FILES[TWO] + "[Nowhere](nowhere.md)\n")
    assert is_current(kept)  # a build would but find the same faults


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.write(TWO, FILES[TWO] + "More.\n"),
        lambda site: site.write("content/news/five.md", "---\ntitle: F\ndate: 2020-01-01\n---\nF.\n"),
        lambda site: site.remove(TWO),
        lambda site: (site.root / TWO).rename(site.root / "content/news/deux.md"),
        lambda site: shutil.rmtree(site.root / "content"),
        lambda site: store_file(site.root).unlink(),
        lambda site: (site.write(ONE, FILES[ONE] + "More.\n"), site.build()),
    ],
)
def test_whatever_changed_is_seen_by_who_asks_whether_all_is_as_it_was(kept, change):
    change(kept.site)
    assert not is_current(kept)


def test_what_was_changed_within_the_clocks_tick_is_seen(kept):
    kept.edit(TWO, FILES[TWO] + "More.\n")
    file = kept.site.root / TWO
    before = file.stat()
    kept.site.write(TWO, FILES[TWO] + "Most.\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not is_current(kept)


def test_time_changes_what_is_as_it_was(kept):
    assert not is_current(kept, NOW + timedelta(days=1))
    assert not is_current(kept, NOW - timedelta(days=1))
    assert not Session().is_current(kept.site.root, kept.site.root / "site", NOW)


def test_who_is_wanted_looks_no_further(kept):
    asked = []
    kept.site.remove(TWO)
    assert is_current(kept, should_stop=lambda: asked.append(1) or True)
    assert len(asked) == 1
