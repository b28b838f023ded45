"""Links that leave a project, pipes and devices: nothing of them is published, nothing waits for them."""

import os
import shutil

import pytest

from clusterpress.pipeline.errors import PipelineError
from clusterpress.pipeline.project import find_theme, open_project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.pipeline.speed.session import Session
from tests.sites.small_site import NOW, Site

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")]
CONFIG = "name: S\nurl: https://example.eu/\nsearch: false\n"
ITEM = "---\ntitle: One\ndate: 2021-02-01\n---\nSee [it](secret.txt).\n"
SECRET = b"the secret of this machine"


@pytest.fixture
def project(tmp_path):
    site = Site(tmp_path / "site", {"content/news/one.md": ITEM, "content/news/secret.txt": b"public"})
    site.write("site_config.yml", CONFIG)
    (tmp_path / "secret.txt").write_bytes(SECRET)
    return site


def test_a_link_out_of_the_project_stops_the_build_with_one_error(project):
    assert project.build().difference
    project.remove("content/news/secret.txt")
    (project.root / "content/news/secret.txt").symlink_to("../../../secret.txt")
    result = project.build()
    assert [(one.path, str(one.severity)) for one in result.problems] == [
        ("content/news/secret.txt", "error")
    ]
    assert result.difference is None
    assert not any(SECRET in content for content in project.output().values())
    assert [line.partition(":")[0] for line in project.check()] == ["content/news/secret.txt"]


def test_a_warning_of_a_pipe_is_there_in_every_build(project):
    project.build()
    os.mkfifo(project.root / "content/news/pipe.txt")
    for _ in range(2):
        result = project.build()
        assert [(one.path, str(one.severity)) for one in result.problems] == [
            ("content/news/pipe.txt", "warning")
        ]


def test_a_link_that_the_settings_allow_is_published_with_every_change(project, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/two.md").write_text("---\ntitle: Two\ndate: 2021-03-01\n---\nShared.\n", "utf-8")
    (project.root / "content/news/shared").symlink_to(tmp_path / "shared")
    assert project.build().difference is None
    project.write("site_config.yml", CONFIG + "linked_folders: [../shared]\n")
    assert "Shared." in project.build().difference.folder.joinpath("news/2021/two/index.html").read_text()
    (tmp_path / "shared/two.md").write_text("---\ntitle: Two\ndate: 2021-03-01\n---\nNew words.\n", "utf-8")
    project.build()
    assert "New words." in project.read("news/2021/two/index.html")


def test_a_preview_takes_over_links_and_pipes_that_come_and_go(project):
    opened, _ = open_project(project.root)
    session = Session(linked=opened.settings.linked_folders)

    def rebuild(*changed):
        scan = session.rescan(project.root, changed)
        return project.build(scan=scan, session=session, run=RunContext(lambda *_: None))

    rebuild()
    assert session.is_current(project.root, project.root / "site", NOW)
    link = project.root / "content/news/new.md"
    link.symlink_to(project.root.parent / "secret.txt")
    assert not session.is_current(project.root, project.root / "site", NOW)
    assert rebuild("content/news/new.md").difference is None
    link.unlink()
    assert rebuild("content/news/new.md").difference
    os.mkfifo(link)
    assert len(rebuild("content/news/new.md").problems) == 1
    link.unlink()
    link.symlink_to("nowhere")
    assert rebuild("content/news/new.md").difference is None


@pytest.mark.parametrize("inside", [True, False])
def test_a_theme_may_link_to_files_of_the_project_alone(project, inside):
    folder = project.root / "themes/own"
    shutil.copytree(find_theme(project.root, "clusters-cord"), folder)
    project.write("site_config.yml", CONFIG + "theme: own\n")
    css = folder / "website/css"
    css.rename(project.root / "css" if inside else project.root.parent / "css")
    css.symlink_to("../../../css" if inside else "../../../../css")
    if not inside:
        opened, problems = open_project(project.root)
        assert opened is None
        assert [(one.path, str(one.severity)) for one in problems] == [("themes/own/website/css", "error")]
        return
    project.build()
    style = next((project.root / "css").glob("*.css"))
    style.write_text(style.read_text("utf-8") + "\n.changed-by-this-test { color: red }\n", "utf-8")
    project.build()
    assert any(b"changed-by-this-test" in content for content in project.output().values())


def test_a_theme_with_a_pipe_or_a_loop_does_not_hang(project):
    folder = project.root / "themes/own"
    shutil.copytree(find_theme(project.root, "clusters-cord"), folder)
    project.write("site_config.yml", CONFIG + "theme: own\n")
    os.mkfifo(folder / "website/css/pipe.css")
    (folder / "loop").symlink_to("..")
    opened, problems = open_project(project.root)
    assert opened is None
    assert [one.path for one in problems] == ["themes/own/loop", "themes/own/website/css/pipe.css"]
    assert {str(one.severity) for one in problems} == {"error"}


def test_a_link_in_the_output_folder_is_removed_and_what_it_leads_to_stays(project, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/mine.jpg").write_bytes(b"mine")
    project.write("site/.clusterpress", "This folder is written by clusterpress.\n")
    (project.root / "site/photos").symlink_to(tmp_path / "photos")
    (project.root / "site/news").symlink_to(tmp_path / "photos")
    assert project.build().difference
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["mine.jpg"]
    assert not (project.root / "site/photos").exists()
    assert not (project.root / "site/news").is_symlink()
    assert (project.root / "site/news/2021/one/index.html").is_file()


@pytest.mark.parametrize("kind", ["link", "pipe", "dangling"])
def test_the_record_is_read_and_written_in_the_project_alone(project, tmp_path, kind):
    record = project.root / "published.json"
    if kind == "pipe":
        os.mkfifo(record)
    else:
        record.symlink_to(tmp_path / ("secret.txt" if kind == "link" else "new.json"))
    result = project.build()
    assert [(one.path, str(one.severity)) for one in result.problems] == [("published.json", "error")]
    assert (tmp_path / "secret.txt").read_bytes() == SECRET


@pytest.mark.parametrize("name", ["lock", "links.json", "imported.json"])
def test_nothing_is_written_through_a_link_in_the_work_folder(project, tmp_path, name):
    (project.root / ".clusterpress").mkdir()
    for target in (tmp_path / "secret.txt", tmp_path / "nowhere", tmp_path):
        (project.root / ".clusterpress" / name).symlink_to(target)
        assert project.build().difference
        assert not (project.root / ".clusterpress" / name).is_symlink()
        assert (tmp_path / "secret.txt").read_bytes() == SECRET
        assert not (tmp_path / "nowhere").exists()
        file = project.root / ".clusterpress" / name
        file.unlink(missing_ok=True)


def test_a_work_folder_that_leads_nowhere_is_said(project):
    (project.root / ".clusterpress").symlink_to("nowhere")
    with pytest.raises(PipelineError, match="is not a folder"):
        project.build()
