"""A person is forgotten: every place is named, and nothing is left after the edit."""

import re
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from tests.sites.small_site import FILES, Site

NAME = "Serena Mingolla"
ISSUE = """\
---
title: Letter 1
newsletter: cord
number: 1
date: 2021-12-01
sections:
  - {title: News, where: {until: 2022-01-01}}
---
Dear readers, Serena Mingolla wrote this.
"""
EVENT = "---\ntitle: Talk\nstart: 2030-05-02 10:00\nplace: Linz\n---\nMingolla, Serena speaks.\n"
CONFIG = """\
name: Small site
url: https://example.eu/
vocabulary: open
newsletters:
  cord: {name: Cord letter, address: Linz}
publish:
  folder: {type: folder, path: ../published}
"""


def run(root, *words):
    result = CliRunner().invoke(main, ["--project", str(root), *words])
    assert "Traceback" not in result.output, result.output
    return result


def git(root, *words):
    identity = ["-c", "user.name=Press", "-c", "user.email=press@example.eu"]
    return subprocess.run(
        ["git", *identity, *words], cwd=root, check=True, capture_output=True, text=True
    ).stdout


def headings(result):
    return re.findall(r"^(\w[^:\n]*): [\d,]+ places?$", result.output, re.MULTILINE)


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("CLUSTERPRESS_CACHE", str(tmp_path / "cache"))
    files = {path: FILES[path] for path in ("content/authors/ann.md", "content/news/two.md")}
    files |= {"content/newsletters/cord/01.md": ISSUE, "content/events/talk.md": EVENT}
    site = Site(tmp_path / "project", files)
    site.write("site_config.yml", CONFIG)
    site.write("content/news/one.md", "---\ntitle: One\ndate: 2019-04-12\nauthor: ann\n---\nFirst.\n")
    return site


NAMED = ("content/newsletters/cord/01.md", "content/events/talk.md", "content/news/one.md")


def edit(site, paths=NAMED):
    """Take the name out of the sources, as a person does who reads the list."""
    site.remove("content/authors/ann.md")
    for path in paths:
        text = (site.root / path).read_text(encoding="utf-8")
        text = text.replace(NAME, "A colleague").replace("Mingolla, Serena", "A colleague")
        site.write(path, text.replace("author: ann\n", ""))


@pytest.mark.slow
def test_every_place_is_named_until_none_is_left(site, tmp_path):
    assert run(site.root, "publish", "--to", "folder").exit_code == 0
    site.write(".clusterpress/deleted/content/news/old.md", f"---\ntitle: Old\n---\n{NAME}\n")
    site.write("content/static/serena-mingolla.txt", "x")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}

    result = run(site.root, "forget", "mingolla serena")
    assert result.exit_code == 1
    assert headings(result) == [
        "Sources",
        "Names of files",
        "Record of addresses (published.json)",
        "Kept copies",
        "Website",
        "Search index",
        "Feeds",
        "Calendars and contact cards",
        "PDFs",
        "Newsletters for e-mail",
        "Cache of earlier builds",
        "Published (folder)",
    ]
    for place in (
        "content/authors/ann.md:2 title: serena mingolla",
        "content/events/talk.md:6 mingolla, serena speaks.",
        "content/newsletters/cord/01.md:9 ",
        ".clusterpress/deleted/content/news/old.md:4",
        "content/static/serena-mingolla.txt (its name)",
    ):
        assert f"  {place}" in result.output
    after = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert after == before

    edit(site)
    assert "Sources" not in headings(run(site.root, "forget", NAME))
    for path in (
        "content/static/serena-mingolla.txt",
        ".clusterpress/deleted/content/news/old.md",
        "published.json",
    ):
        site.remove(path)
    assert run(site.root, "build", "--clean").exit_code == 0
    assert headings(run(site.root, "forget", NAME)) == ["Published (folder)"]
    assert run(site.root, "publish", "--to", "folder").exit_code == 0
    result = run(site.root, "forget", NAME)
    assert (result.exit_code, headings(result)) == (0, [])
    assert "None is left: " in result.output
    assert "e-mails that were sent" in result.output


def test_what_cannot_be_read_is_no_proof(site, tmp_path):
    edit(site)
    (tmp_path / "published").write_text("in the way")
    site.write("content/static/closed.pdf", b"%PDF-1.7 broken")
    result = run(site.root, "forget", NAME)
    assert result.exit_code == 1
    assert "content/static/closed.pdf: this PDF is encrypted or damaged" in result.output
    assert "not everything could be examined" in result.output
    site.remove("content/static/closed.pdf")
    result = run(site.root, "forget", NAME, "--offline")
    assert result.exit_code == 1
    assert 'the target "folder": --offline leaves it out' in result.output


def test_files_that_others_put_on_the_target_are_told_apart(site, tmp_path):
    edit(site)
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "old.html").write_text(f"<p>{NAME}")
    result = run(site.root, "forget", NAME)
    assert headings(result) == ["Published, but not by clusterpress (folder)"]
    assert "Remove these files from the target by hand." in result.output


def test_other_forms_are_given_by_hand(site):
    edit(site)
    site.write("content/pages/team.md", "---\ntitle: Team\n---\nS. Mingolla, sm@example.eu\n")
    assert "content/pages/team.md" not in run(site.root, "forget", NAME, "--offline").output
    result = run(site.root, "forget", NAME, "--also", "sm@example.eu", "--offline")
    assert "  content/pages/team.md:4 " in result.output


def test_a_record_is_known_by_each_of_its_names(site):
    site.write("content/authors/ann.md", "---\ntitle: Serena Mingolla\nnames: [Serena Rossi]\n---\n")
    site.write("content/pages/team.md", "---\ntitle: Team\n---\nRossi, Serena\n")
    assert "content/pages/team.md:4 rossi, serena" in run(site.root, "forget", NAME, "--offline").output


def test_an_item_is_named_by_its_path(site):
    site.write("content/news/2021/odd-case.md", "---\ntitle: An odd case\ndate: 2021-01-01\n---\nText.\n")
    site.write("content/news/two.md", f"{FILES['content/news/two.md']}See [it](2021/odd-case.md).\n")
    output = run(site.root, "forget", "content/news/2021/odd-case.md", "--offline").output
    assert "Searched for: An odd case, news/2021/odd-case" in output
    assert "  content/news/2021/odd-case.md:2 title: an odd case" in output


@pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")
def test_the_history_of_git_is_read_too(site):
    git(site.root, "init", "-q")
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "Begin")
    edit(site)
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "Correct")
    result = run(site.root, "forget", NAME)
    assert headings(result) == ["History of the sources"]
    assert "  content/events/talk.md (1 version)" in result.output
    assert "git filter-repo" in result.output
    shutil.rmtree(site.root / ".git")
    assert run(site.root, "forget", NAME).exit_code == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")
def test_people_who_committed_are_in_the_history(site):
    edit(site)
    git(site.root, "init", "-q")
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "Begin", "--author", f"{NAME} <s@example.eu>")
    assert "authors and messages of commits" in run(site.root, "forget", NAME).output


@pytest.mark.parametrize("name", ["a", "", "!"])
def test_a_name_that_is_too_short_is_wrong_usage(site, name):
    result = run(site.root, "forget", name)
    assert result.exit_code == 2
    assert "too short" in result.output


@pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")
@pytest.mark.slow
def test_the_history_of_a_published_branch_is_told_apart_and_goes_with_force(site, tmp_path):
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(site.root, "init", "-q")
    git(site.root, "config", "user.email", "press@example.eu")
    git(site.root, "config", "user.name", "Press")
    git(site.root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    target = "publish:\n  live: {type: git}\n"
    lean = "name: Small site\nurl: https://example.eu/\nvocabulary: open\nsearch: false\n"
    site.write("site_config.yml", lean + target)
    site.remove("content/newsletters/cord/01.md")
    assert "Git keeps every version" not in run(site.root, "publish").output
    edit(site, NAMED[1:])
    (site.root / "published.json").unlink()
    result = run(site.root, "publish")
    assert "live: Git keeps every version that was published" in result.output
    assert 'write "force: true" under "live"' in result.output
    run(site.root, "build", "--clean")
    result = run(site.root, "forget", NAME)
    assert headings(result) == ["History of the published branch (live)"]
    assert 'Write "force: true" under "live" in site_config.yml' in result.output
    site.write("site_config.yml", lean + target.replace("git}", "git, force: yes}"))
    assert "Git keeps" not in run(site.root, "publish").output
    assert run(site.root, "forget", NAME).exit_code == 0
