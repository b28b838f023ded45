"""Git's index says whether the work folder is tracked, also in linked work trees and damaged repositories."""

import subprocess

import pytest

from clusterpress.pipeline.tracked import find_tracked


@pytest.fixture
def repository(tmp_path):
    """Return a repository of two sites; Git tracks the work folder of the first."""
    root = tmp_path / "repository"
    for name in ("one/.clusterpress/lock", "two/content/a.md"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("x")
    run_git(root, "init", "--quiet")
    run_git(root, "add", "--all", "--force")
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    run_git(root, *identity, "commit", "--quiet", "--message", "Begin")
    return root


def run_git(root, *words):
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def test_a_site_below_the_top_of_a_repository_is_known(repository):
    (found,) = find_tracked(repository / "one")
    assert "git rm -r --cached .clusterpress" in found.hint
    assert find_tracked(repository / "two") == []


def test_a_linked_work_tree_has_an_index_of_its_own(repository):
    linked = repository.parent / "linked"
    run_git(repository, "worktree", "add", "--quiet", str(linked))
    assert len(find_tracked(linked / "one")) == 1
    assert find_tracked(linked / "two") == []


@pytest.mark.parametrize("written", [b"", b"gitdir: gone\n", b"\xff\xfe", b"gitdir: \xc3\xa9\n"])
def test_what_points_at_no_index_is_no_fault(tmp_path, written):
    (tmp_path / ".git").write_bytes(written)
    assert find_tracked(tmp_path) == []


def test_what_is_no_index_is_no_fault(tmp_path):
    (tmp_path / ".git").mkdir()
    assert find_tracked(tmp_path) == []
    (tmp_path / ".git/index").write_bytes(b"DIRC\x00\x00.clusterpress/")
    assert find_tracked(tmp_path) == []
