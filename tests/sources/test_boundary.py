"""A scan opens regular files alone, follows links that stay in the project, and names everything else."""

import contextlib
import os
import socket

import pytest

from clusterpress.sources.files import list_files, scan_sources, walk_output

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")


@pytest.fixture
def root(tmp_path):
    project = tmp_path / "project"
    for folder in ("content/news", "content/static", "shared/logos"):
        (project / folder).mkdir(parents=True)
    (project / "content/news/a.md").write_bytes(b"text")
    (project / "shared/logos/one.svg").write_bytes(b"<svg/>")
    (project / ".env").write_bytes(b"PASSWORD=1")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.txt").write_bytes(b"secret")
    return project


def told(scan):
    return [(one.path, str(one.severity), one.message) for one in scan.faults]


OUT = "the link leads out of the project, to"
LEADS = "the link leads to"


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        ("static/env.txt", "/proc/self/environ", f'{OUT} "/proc/self/environ"'),
        ("static/disk", "/", f'{OUT} "/"'),
        ("news/key.md", "../../../outside/secret.txt", f'{OUT} "../../../outside/secret.txt"'),
        ("static/folder", "../../../outside", f'{OUT} "../../../outside"'),
        ("static/zero", "/dev/zero", f'{OUT} "/dev/zero"'),
        ("static/env", "../../.env", f'{LEADS} "../../.env", which is never published'),
        ("news/gone.md", "nowhere.md", f'{LEADS} "nowhere.md", which does not exist'),
        ("news/under.md", "a.md/b", f'{LEADS} "a.md/b", which does not exist'),
        ("news/self.md", "self.md", f'{LEADS} "self.md", and from there back to itself'),
        ("news/loop", "..", f'{LEADS} "..", a folder that contains the link'),
        ("news/loop", ".", f'{LEADS} ".", a folder that contains the link'),
        ("static/all", "../..", f'{LEADS} "../..", a folder that contains the link'),
    ],
)
def test_a_link_that_may_not_be_followed_is_an_error_with_place_and_remedy(root, name, target, message):
    (root / "content" / name).symlink_to(target)
    scan = scan_sources(root)
    assert told(scan) == [(f"content/{name}", "error", message)]
    assert scan.faults[0].hint
    assert list_files(root) == ["content/news/a.md"]


def test_a_link_by_way_of_a_link_inside_still_leaves_the_project(root):
    (root / "shared/out").symlink_to("../../outside/secret.txt")
    (root / "content/static/x.txt").symlink_to("../../shared/out")
    (root / "content/static/all").symlink_to("../../shared")
    assert [path for path, *_ in told(scan_sources(root))] == [
        "content/static/all/out",
        "content/static/x.txt",
    ]


def test_links_inside_the_project_are_followed(root):
    (root / "content/news/b.md").symlink_to("a.md")
    (root / "content/static/logos").symlink_to("../../shared/logos")
    (root / "content/news/logos").symlink_to(root / "shared/logos")
    scan = scan_sources(root)
    assert told(scan) == []
    assert [*scan.stamps] == [
        "content/news/logos/one.svg",
        "content/news/a.md",
        "content/news/b.md",
        "content/static/logos/one.svg",
    ]


def test_links_to_folders_that_lead_to_each_other_end(root):
    for number in range(40):
        folder = root / f"shared/{number}"
        folder.mkdir()
        for name in "ab":
            (folder / name).symlink_to(f"../{number + 1}")
    (root / "content/static/all").symlink_to("../../shared/0")
    (root / "content/news/x").symlink_to("../static")
    (root / "content/static/y").symlink_to("../news")
    scan = scan_sources(root)
    assert len(scan.faults) < 10
    assert {str(one.severity) for one in scan.faults} == {"error"}


def test_a_link_to_an_output_folder_would_publish_the_site_in_itself(root):
    (root / "site").mkdir()
    (root / "site/.clusterpress").write_bytes(b"ours")
    (root / "content/static/all").symlink_to("../../site")
    assert "which" not in told(scan_sources(root))[0][2]
    assert told(scan_sources(root))[0][2].endswith("a folder that builds write")


def test_special_files_are_named_and_never_opened(root):
    os.mkfifo(root / "content/news/pipe.md")
    os.mkfifo(root / "shared/pipe")
    (root / "content/static/linked").symlink_to("../../shared/pipe")
    with contextlib.chdir(root / "content/news"), socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")  # the name of a socket is short
    scan = scan_sources(root)
    assert told(scan) == [
        ("content/news/pipe.md", "warning", "a named pipe is not published"),
        ("content/news/socket.md", "warning", "a socket is not published"),
        ("content/static/linked", "warning", "a named pipe is not published"),
    ]
    assert {one.rule for one in scan.faults} == {"ignored-file"}
    assert list_files(root) == ["content/news/a.md"]


@pytest.mark.parametrize("target", ["../elsewhere", "absolute"])
def test_content_may_be_a_link_out_of_the_project_if_the_settings_name_its_target(root, target):
    (root / "content").rename(root.parent / "elsewhere")
    place = str(root.parent / "elsewhere") if target == "absolute" else target
    (root / "content").symlink_to(place)
    refused = scan_sources(root)
    assert told(refused) == [("content", "error", f'{OUT} "{place}"')]
    assert not refused.stamps
    allowed = scan_sources(root, ["../elsewhere"])
    assert told(allowed) == []
    assert [*allowed.stamps] == ["content/news/a.md"]
    (root / "content/news/x.txt").symlink_to(root.parent / "outside/secret.txt")
    assert told(scan_sources(root, ["../elsewhere"]))[0][0] == "content/news/x.txt"


def test_content_may_be_a_link_inside_the_project(root):
    (root / "content").rename(root / "docs")
    (root / "content").symlink_to("docs")
    assert list_files(root) == ["content/news/a.md"]
    (root / "docs/news/up").symlink_to("..")
    assert len(scan_sources(root).faults) == 1


def test_a_folder_that_the_settings_name_may_be_linked_but_not_what_is_hidden_in_it(root):
    (root.parent / "outside/.ssh").mkdir()
    (root.parent / "outside/.ssh/id").write_bytes(b"key")
    (root / "content/static/shared").symlink_to("../../../outside")
    (root / "content/static/id").symlink_to("../../../outside/.ssh/id")
    scan = scan_sources(root, ["../outside"])
    assert set(scan.stamps) == {"content/news/a.md", "content/static/shared/secret.txt"}
    assert [path for path, *_ in told(scan)] == ["content/static/id"]


def test_a_link_that_is_turned_to_another_file_has_another_stamp(root):
    for name in ("b", "c"):
        (root / f"shared/{name}.md").write_bytes(b"same")
        os.utime(root / f"shared/{name}.md", (1, 1))
    link = root / "content/news/link.md"
    link.symlink_to("../../shared/b.md")
    before = scan_sources(root).stamps["content/news/link.md"]
    link.unlink()
    link.symlink_to("../../shared/c.md")
    assert scan_sources(root).stamps["content/news/link.md"] != before


def test_links_in_an_output_folder_are_files_of_their_own(root):
    (root / "site/news").mkdir(parents=True)
    (root / "site/news/x.html").write_bytes(b"x")
    (root / "site/out").symlink_to(root.parent / "outside")
    assert {*walk_output(root / "site")} == {"news/x.html", "out"}


@pytest.mark.parametrize("kind", ["missing", "file", "pipe", "closed"])
def test_content_that_is_no_folder_is_an_error_with_a_remedy(root, kind):
    (root / "content").rename(root / "other")
    if kind == "file":
        (root / "content").write_bytes(b"text")
    elif kind == "pipe":
        os.mkfifo(root / "content")
    elif kind == "closed":
        (root / "content").mkdir(mode=0)
        if os.access(root / "content", os.R_OK):  # the administrator may read everything
            return
    (fault,) = scan_sources(root).faults
    assert (fault.path, str(fault.severity)) == ("content", "error")
    assert fault.hint
    assert list_files(root) == []
