"""Up to date: a build that has nothing to do is found out by times and sizes alone, and only then."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from clusterpress.pipeline.paths import cache_folder
from clusterpress.pipeline.speed.stamps import Request, check_up_to_date
from tests.sites.small_site import FILES, NOW, Site

pytestmark = pytest.mark.slow
EMBARGOED = "---\ntitle: Later\ndate: 2021-12-01\npublish: 2022-01-01T18:00:00+00:00\n---\nLater.\n"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    past = time.time() - 60
    os.utime(site.root / "site_config.yml", (past, past))
    assert site.build().difference
    return site


def ask(site, *, now=NOW, previews=False, strict=False, output="site"):
    folder = site.root / output
    return check_up_to_date(
        Request(site.root, folder, previews=previews, strict=strict, now=now.timestamp())
    )[0]


def test_after_a_build_there_is_nothing_to_do(site):
    stamp = ask(site)
    assert stamp.size == len(site.build().difference.paths)
    assert ask(site, now=NOW + timedelta(hours=5))


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.write("content/news/two.md", FILES["content/news/two.md"] + "More.\n"),
        lambda site: site.write("content/news/new.md", "---\ntitle: N\ndate: 2021-01-01\n---\nN.\n"),
        lambda site: site.remove("content/news/two.md"),
        lambda site: (site.root / "content/news/two.md").rename(site.root / "content/news/deux.md"),
        lambda site: os.utime(site.root / "site_config.yml"),
        lambda site: site.write("themes/own/style.css", ""),
        lambda site: site.write("site/index.html", "by hand"),
        lambda site: site.remove("site/feed.xml"),
        lambda site: [file.write_bytes(b"broken") for file in cache_folder(site.root).glob("build-*")],
    ],
)
def test_whatever_changes_there_may_be_something_to_do(site, change):
    change(site)
    assert ask(site) is None


def test_a_source_that_changed_within_the_clocks_tick_is_read(site):
    file = site.root / "content/news/two.md"
    before = file.stat()
    site.write("content/news/two.md", FILES["content/news/two.md"].replace("Second", "Number"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert ask(site) is None


def test_other_options_and_folders_have_answers_of_their_own(site):
    assert ask(site, previews=True) is None
    assert ask(site, strict=True) is None
    assert ask(site, output="elsewhere") is None


def test_the_answer_holds_until_the_day_ends_or_an_embargo_does(site):
    tomorrow = datetime(2022, 1, 2, tzinfo=UTC) - timedelta(hours=1)  # midnight in Brussels
    assert ask(site, now=tomorrow - timedelta(seconds=1))
    assert ask(site, now=tomorrow) is None
    assert ask(site, now=NOW - timedelta(seconds=1)) is None
    site.write("content/news/later.md", EMBARGOED)
    site.build()
    assert ask(site, now=datetime(2022, 1, 1, 17, 59, tzinfo=UTC))
    assert ask(site, now=datetime(2022, 1, 1, 18, 0, tzinfo=UTC)) is None


def test_a_build_that_finds_faults_leaves_no_answer(site):
    sound = FILES["content/news/two.md"]
    site.write("content/news/two.md", "---\ntitle: [\n---\n")
    assert site.build().difference is None
    site.write("content/news/two.md", sound)
    assert ask(site) is None


def test_settings_that_changed_a_moment_ago_may_change_again(tmp_path):
    site = Site(tmp_path)
    site.build()
    assert ask(site) is None
