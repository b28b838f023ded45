"""A branch is filled commit by commit, and nothing else in the repository is touched."""

import pytest

from clusterpress.publishing.errors import PublishError
from tests.publishing.conftest import git
from tests.publishing.make import as_files, opened, publish, send, settings_of, site
from tests.publishing.test_targets import visible

pytestmark = pytest.mark.slow


def test_each_publishing_is_one_commit_that_says_what_changed(git_place):
    for version in (0, 1, 1):
        publish(git_place.settings, git_place.root, site(version))
    assert git_place.log() == [
        "Press Office <press@example.eu> Publish: 4 new, 9 changed, 4 gone",
        "Press Office <press@example.eu> Publish: 14 new",
    ]


def test_forcing_keeps_a_single_commit_with_foreign_files(git_place):
    settings = settings_of("{type: git, branch: pages, force: yes}")
    publish(settings, git_place.root, site(0))
    git_place.put_foreign("CNAME", b"example.eu")
    publish(settings, git_place.root, site(1))
    assert len(git_place.log()) == 1
    assert visible(git_place) == site(1) | {"CNAME": b"example.eu"}


def test_what_was_withdrawn_is_gone_from_the_branch_once_the_target_forces(git_place):
    published = site(0) | {"authors/ann/index.html": b"<p>Serena Mingolla"}
    publish(git_place.settings, git_place.root, published)
    publish(git_place.settings, git_place.root, site(0))
    assert git(git_place.root, "log", "--all", "--format=%H", "-SSerena Mingolla") != ""
    with opened(git_place.settings, git_place.root) as target:
        assert (target.keeps_history, target.has_history) == (True, False)
    settings = settings_of("{type: git, branch: pages, force: yes}")
    with opened(settings, git_place.root) as target:
        assert (target.keeps_history, target.has_history) == (False, True)
    publish(settings, git_place.root, site(0))  # nothing else has changed
    assert len(git_place.log()) == 1
    assert git(git_place.root, "log", "--all", "--format=%H", "-SSerena Mingolla") == ""
    with opened(settings, git_place.root) as target:
        assert not target.has_history
    before = git(git_place.strip_compression, "rev-parse", "pages")
    publish(settings, git_place.root, site(0))
    assert git(git_place.strip_compression, "rev-parse", "pages") == before


@pytest.mark.parametrize("force", ["no", "yes"])
@pytest.mark.parametrize("begun", [False, True])
def test_a_branch_that_moves_meanwhile_is_not_overwritten(git_place, begun, force):
    settings = settings_of(f"{{type: git, branch: pages, force: {force}}}")
    if begun:
        publish(settings, git_place.root, site(0))
    with opened(settings, git_place.root) as target:
        git_place.put_foreign("else.txt", b"1")
        with pytest.raises(PublishError, match="somebody else has pushed to the branch meanwhile; run"):
            send(target, as_files(site(1)))
    publish(settings, git_place.root, site(1))
    assert visible(git_place) == site(1) | {"else.txt": b"1"}


def test_work_tree_index_and_branches_are_left_alone(git_place):
    root = git_place.root
    (root / "staged.md").write_text("a")
    git(root, "add", "staged.md")
    (root / "loose.md").write_text("b")
    git(root, "branch", "pages")
    before = [
        git(root, *words.split()) for words in ("status --porcelain", "branch -v", "reflog", "config -l")
    ]
    publish(git_place.settings, root, site(0))
    publish(git_place.settings, root, site(1))
    after = [
        git(root, *words.split()) for words in ("status --porcelain", "branch -v", "reflog", "config -l")
    ]
    assert after == before
    assert git(root, "for-each-ref", "--format=%(refname)").splitlines() == [
        "refs/clusterpress/live",
        "refs/heads/main",
        "refs/heads/pages",
        "refs/remotes/origin/pages",
    ]


def test_where_git_does_not_know_who_commits_the_publisher_does(git_place):
    for name in ("user.name", "user.email"):
        git(git_place.root, "config", "--unset", name)
    publish(git_place.settings, git_place.root, site(0))
    assert git_place.log() == ["Small site <press@example.eu> Publish: 14 new"]


def test_a_shallow_clone_as_workflows_have_it_publishes_too(git_place):
    for version in (0, 1):
        publish(git_place.settings, git_place.root, site(version))
    git(git_place.root, "push", "--quiet", "origin", "main")
    clone = git_place.root.parent / "runner"
    git(
        clone.parent,
        "clone",
        "--quiet",
        "--depth=1",
        "--branch=main",
        f"file://{git_place.strip_compression}",
        "runner",
    )
    assert git(clone, "rev-parse", "--is-shallow-repository") == "true"
    publish(git_place.settings, clone, site(2))
    assert visible(git_place) == site(2)
    assert len(git_place.log()) == 3
    assert "site_config" not in git(clone, "status", "--porcelain")


def test_another_repository_may_be_named_by_its_address(git_place):
    git(git_place.root, "remote", "remove", "origin")
    settings = settings_of(f"{{type: git, branch: pages, repository: '{git_place.strip_compression}'}}")
    publish(settings, git_place.root, site(0))
    assert visible(git_place) == site(0)
