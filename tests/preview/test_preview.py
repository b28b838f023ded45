"""From a saved file to an open page that hears of it: the whole way, with real files and a real server."""

import shutil
from pathlib import Path

import pytest

from clusterpress.pipeline.cache.store import project_lock
from clusterpress.pipeline.project import find_theme
from clusterpress.preview.rebuild import describe_failure
from tests.preview.running import running
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow
TWO = "content/news/two.md"


@pytest.fixture
def preview(tmp_path):
    with running(Site(tmp_path)) as run:
        yield run


def test_an_edit_reaches_the_open_page(preview):
    with preview.listening() as page:
        before = page.next()["version"]
        preview.site.write(TWO, FILES[TWO] + "More of it.\n")
        assert page.next()["version"] != before
        assert b"More of it." in preview.request("/news/2019/two/")[1]
    result = preview.until_changed(TWO)
    assert result.is_made
    assert result.is_new
    assert 0 < result.made < 20


def test_an_edit_that_comes_early_is_made_before_the_preview_has_got_ready(tmp_path, monkeypatch):
    """The warm-up ends with the first change, whatever is left of it."""
    site, steps = Site(tmp_path), []

    def warm_up(*_):
        site.write(TWO, FILES[TWO] + "More of it.\n")
        while True:
            steps.append(1)
            yield

    monkeypatch.setattr("clusterpress.preview.rebuild.warm_up", warm_up)
    with running(site) as run:
        assert run.until_changed(TWO).is_made
    assert steps


def test_the_page_is_sent_with_the_version_that_its_listener_hears(preview):
    with preview.listening() as page:
        version = page.next()["version"]
    assert f'data-version="{version}"'.encode() in preview.request("/")[1]


def test_a_save_that_changes_nothing_does_not_reload(preview):
    with preview.listening() as page:
        before = page.next()
        preview.site.write(TWO, FILES[TWO])
        assert not preview.until_changed(TWO).is_new
        preview.site.write("content/news/bad.md", "---\ntitle: Bad\n---\n")
        assert page.next()["version"] == before["version"]


def test_faults_are_told_with_file_and_line_the_last_good_page_stays_and_mending_clears_them(preview):
    with preview.listening() as page:
        version = page.next()["version"]
        preview.site.write(TWO, "---\ntitle: Two\ndate: 2019-13-45\n---\nBroken.\n")
        status = page.next()
        assert status["version"] == version
        (fault,) = status["problems"]
        assert fault["severity"] == "error"
        assert fault["text"].startswith(f"{TWO}:3:1: error: ")
        result = preview.until_changed(TWO)
        assert [str(problem) for problem in result.problems] == [fault["text"]]
        assert not result.is_made
        assert b"Second item." in preview.request("/news/2019/two/")[1]
        preview.site.write(TWO, FILES[TWO])
        assert page.problems() == []


def test_broken_settings_show_their_faults_and_everything_is_still_served(preview):
    good = (preview.site.root / "site_config.yml").read_text()
    with preview.listening() as page:
        page.next()
        preview.site.write("site_config.yml", good + "pagesize: 3\n")
        (fault,) = page.problems()
        assert "site_config.yml:6:1: error:" in fault
        assert preview.request("/news/")[0].status == 200
        preview.site.write("site_config.yml", good.replace("Small site", "Other name"))
        assert page.problems() == []
        assert b"Other name" in preview.request("/")[1]


def test_content_that_is_gone_for_a_while_is_a_fault_until_it_is_back(preview):
    content, away = preview.site.root / "content", preview.site.root / "away"
    with preview.listening() as page:
        page.next()
        content.rename(away)
        assert page.problems()[0].startswith("content:1:1: error: there is no such folder")
        assert preview.request("/news/")[0].status == 200
        away.rename(content)
        while page.problems():
            pass
    preview.site.write(TWO, FILES[TWO] + "More of it.\n")
    assert preview.until_changed(TWO).is_made


def test_a_new_path_in_the_sites_address_is_followed(preview):
    preview.site.write(
        "site_config.yml", (preview.site.root / "site_config.yml").read_text().replace(".eu/", ".eu/new/")
    )
    preview.until_changed("site_config.yml")
    assert preview.preview.address.endswith("/new/")
    assert preview.request("/")[0].headers["Location"] == "/new/"
    assert preview.request("/new/news/")[0].status == 200


def test_a_project_that_begins_broken_turns_into_a_site(tmp_path):
    with running(Site(tmp_path, FILES | {TWO: "---\ntitle: Two\n---\n"})) as run:
        response, page = run.request("/news/2019/two/")
        assert response.status == 404
        assert b"There is no site yet" in page
        with run.listening() as listener:
            assert len(listener.problems()) == 1
            run.site.write(TWO, FILES[TWO])
            assert listener.problems() == []
        assert b"Second item." in run.request("/news/2019/two/")[1]


def test_drafts_embargoed_and_expired_items_are_shown_and_marked(preview):
    kinds = {"draft": "draft: yes", "later": "publish: 2031-01-01", "over": "expires: 2021-01-01"}
    for name, line in kinds.items():
        preview.site.write(f"content/news/{name}.md", f"---\ntitle: {name}\ndate: 2019-01-01\n{line}\n---\n")
        preview.until_changed(f"content/news/{name}.md")
    marks = {"draft": b">Draft<", "later": b">Not yet published<", "over": b">Expired<"}
    for name, mark in marks.items():
        assert mark in preview.request(f"/news/2019/{name}/")[1]
        assert mark in preview.request("/news/2019/")[1]
    article, _, onward = preview.request("/news/2019/two/")[1].partition(b'class="onward"')
    assert b"badge--unpublished" not in article
    assert b"badge--unpublished" in onward  # the way on leads to them


def test_a_theme_that_breaks_is_blamed_by_file_and_line_and_can_be_mended(preview):
    shutil.copytree(find_theme(preview.site.root, "clusters-cord"), preview.site.root / "themes/own")
    preview.site.write(
        "site_config.yml", (preview.site.root / "site_config.yml").read_text() + "theme: own\n"
    )
    while not preview.until_changed("site_config.yml").is_made:
        pass
    template = preview.site.root / "themes/own/website/news-item.html"
    sound = template.read_text()
    with preview.listening() as page:
        page.next()
        template.write_text(sound + "{% if %}")
        (fault,) = page.problems()
        line = sound.count("\n") + 1
        assert fault.startswith(
            f"themes/own/website/news-item.html:{line}:1: error: the template cannot be read: "
        )
        template.write_text(sound)
        assert page.problems() == []


def test_a_build_at_the_same_time_is_waited_for(preview):
    with preview.listening() as page:
        before = page.next()["version"]
        with project_lock(preview.site.root):
            preview.site.write(TWO, FILES[TWO] + "More of it.\n")
        assert page.next()["version"] != before


def test_two_previews_of_one_project_both_hear_of_a_change(preview):
    with running(preview.site) as other, preview.listening() as first, other.listening() as second:
        versions = first.next()["version"], second.next()["version"]
        preview.site.write(TWO, FILES[TWO] + "More of it.\n")
        assert first.next()["version"] != versions[0]
        assert second.next()["version"] != versions[1]


def test_the_preview_is_kept_apart_from_the_public_site(preview):
    preview.site.write("content/news/d.md", "---\ntitle: Draft\ndate: 2019-01-01\ndraft: yes\n---\n")
    preview.until_changed("content/news/d.md")
    assert not (preview.site.root / "site").exists()
    preview.site.build()
    assert not (preview.site.root / "site/news/2019/d").exists()
    assert all(b"notice.js" not in content for content in preview.site.output().values())


def test_a_failure_is_blamed_on_the_suspect_unless_it_names_a_file_of_the_project(tmp_path):
    def blame(fault):
        return str(describe_failure(fault, tmp_path, "content/news/x.md"))

    assert blame(KeyError("x")).startswith("content/news/x.md:1:1: error: KeyError: 'x'; ")
    assert blame(ValueError()).startswith("content/news/x.md:1:1: error: ValueError: no more is known; ")
    gone = blame(FileNotFoundError(2, "No such file", str(tmp_path / "content")))
    assert gone.startswith("content:1:1: error: FileNotFoundError: No such file; ")
    assert blame(FileNotFoundError(2, "No such file", str(Path(__file__)))).startswith(
        "content/news/x.md:1:1:"
    )
