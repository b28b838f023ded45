"""The ``editor:`` block: what it accepts, and what it refuses with a remedy."""

import pytest

from clusterpress.config.reader import read_settings

BASE = "name: x\nurl: https://example.eu/\neditor:\n"


def read(*lines):
    settings, problems = read_settings(BASE + "".join(f"  {line}\n" for line in lines))
    return settings, [f"{one.line} {one.message}; {one.hint}" for one in problems]


@pytest.mark.parametrize(
    ("lines", "api"),
    [
        (("backend: github", "repo: owner/site.eu"), "https://api.github.com"),
        (("backend: github", "repo: a/b", "host: https://git.example.eu/"), "https://git.example.eu/api/v3"),
        (("backend: gitlab", "repo: a/b/c", "app_id: 1a2b"), "https://gitlab.com/api/v4"),
        (("backend: gitlab", "repo: a/b", "host: http://127.0.0.1:8080"), "http://127.0.0.1:8080/api/v4"),
        (
            ("backend: gitlab", "repo: a/b", "branch: release/1.0", "folder: websites/news"),
            "https://gitlab.com/api/v4",
        ),
    ],
)
def test_blocks_that_are_accepted(lines, api):
    settings, problems = read(*lines)
    assert problems == []
    assert settings.editor.api == api


def test_there_is_no_editor_by_default():
    settings, _ = read_settings(BASE.replace("editor:\n", ""))
    assert settings.editor is None


GITHUB = ("backend: github", "repo: owner/site")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("backend: bitbucket", "repo: a/b"), "bitbucket"),
        (("backend: github",), "repo"),
        (("repo: a/b",), "backend"),
        (("backend: github", "repo: https://github.com/a/b"), 'write "owner/name"'),
        (("backend: github", "repo: a/b/c"), 'write "owner/name"'),
        (("backend: gitlab", "repo: site"), 'write "group/name"'),
        (("backend: github", "repo: a/.."), "is not the name of a repository"),
        ((*GITHUB, "branch: '-x'"), "is not the name of a branch"),
        ((*GITHUB, "branch: a..b"), "is not the name of a branch"),
        ((*GITHUB, "folder: ../x"), "is not a folder of the repository"),
        ((*GITHUB, "folder: /x"), "is not a folder of the repository"),
        ((*GITHUB, "host: git.example.eu"), 'write "https://git.example.eu"'),
        ((*GITHUB, "host: http://git.example.eu"), "without encryption; begin with https://"),
        ((*GITHUB, "host: 'https://me:x@git.example.eu'"), "a key must not stand in this file"),
        ((*GITHUB, "auth: 'https://auth.example.eu/auth?token=x'"), "has a query"),
        ((*GITHUB, "app_id: x"), "only GitLab"),
        (("backend: gitlab", "repo: a/b", "app_id: x", "auth: https://a.example.eu"), "in one way only"),
        ((*GITHUB, "token: github_pat_0123456789abcdef"), "a key must not stand in this file"),
        ((*GITHUB, "access-token: x"), "a key must not stand in this file"),
        ((*GITHUB, "client_secret: x"), "a key must not stand in this file"),
        (("backend: github", "repo: ghp_0123456789abcdef/site"), "a key must not stand in this file"),
        (
            ("backend: gitlab", "repo: a/b", "app_id: glpat-0123456789abcdef"),
            "a key must not stand in this file",
        ),
        ((*GITHUB, "brunch: main"), "brunch"),
    ],
)
def test_blocks_that_are_refused_or_doubtful(lines, words):
    settings, problems = read(*lines)
    assert any(words in one for one in problems), problems
    assert settings is None or "brunch" in words
    assert all(one.startswith(tuple("34567")) for one in problems)


def test_a_key_is_told_as_a_key_and_not_as_unknown():
    _, problems = read(*GITHUB, "token: x")
    assert len(problems) == 1
