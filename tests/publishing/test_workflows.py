"""Ready workflow files: what they say once they are read as the hosts read them."""

import json
import tomllib
from pathlib import Path, PurePosixPath

import pytest
import yaml

from clusterpress import REPOSITORY, __version__
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.program_source import _recorded, find_requirement
from clusterpress.publishing.workflow_files import make_workflow
from tests.publishing.make import settings_of

TARGETS = {
    "git": ("{type: git}", "", []),
    "sftp": (
        "{type: sftp, host: h, path: /p, compress: brotli}",
        "[sftp,brotli]",
        ["CLUSTERPRESS_LIVE_PASSWORD"],
    ),
    "s3": ("{type: s3, bucket: b}", "[s3]", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]),
}
SOURCE = "git+https://git.example.eu/press/clusterpress@v0.1.0"
PUBLIC = "{type: folder, path: public, headers: true, compress: brotli}"


def make(host, target, folder="."):
    return make_workflow(host, "live", settings_of(target), PurePosixPath(folder), SOURCE)


def read(host, kind, folder="."):
    path, text = make(host, TARGETS[kind][0], folder)
    return path, yaml.safe_load(text), text


@pytest.mark.parametrize("kind", TARGETS)
def test_github_publishes_after_a_push_and_once_a_day(kind):
    _, extras, secrets = TARGETS[kind]
    path, told, _ = read("github", kind)
    assert path == ".github/workflows/publish.yml"
    when = told[True]  # YAML 1.1 reads "on" as yes
    assert "push" in when
    [daily] = when["schedule"]
    minute, hour, *rest = daily["cron"].split()
    assert rest == ["*", "*", "*"]
    assert minute.isdigit()
    assert hour.isdigit()
    steps = told["jobs"]["publish"]["steps"]
    assert steps[-2]["run"] == f'python -m pip install "clusterpress{extras} @ {SOURCE}"'
    assert steps[-1]["run"] == "clusterpress publish --to live"
    assert steps[-1].get("env", {}) == {name: f"${{{{ secrets.{name} }}}}" for name in secrets}
    assert told["permissions"]["contents"] == ("write" if kind == "git" else "read")
    assert told["concurrency"]["cancel-in-progress"] is False


@pytest.mark.parametrize("kind", TARGETS)
def test_gitlab_publishes_after_a_push_and_by_schedule(kind):
    path, told, text = read("gitlab", kind)
    assert path == ".gitlab-ci.yml"
    job = told["publish"]
    assert {"if": '$CI_PIPELINE_SOURCE == "schedule"'} in job["rules"]
    assert job["script"][-1] == "clusterpress publish --to live"
    assert job["before_script"][0] == f'python -m pip install "clusterpress{TARGETS[kind][1]} @ {SOURCE}"'
    assert ("CI_JOB_TOKEN" in text) == (kind == "git")
    assert all(name in text for name in TARGETS[kind][2])


def test_netlify_publishes_the_folder_that_the_build_fills():
    path, text = make("netlify", PUBLIC, "sites/press")
    told = tomllib.loads(text)["build"]
    assert path == "netlify.toml"
    assert (told["base"], told["publish"]) == ("sites/press", "public")
    installed, published = told["command"].split(" && ")
    assert installed == f'python -m pip install "clusterpress[brotli] @ {SOURCE}"'
    assert published == "clusterpress publish --to live"


def test_cloudflare_runs_a_script_of_the_project():
    path, text = make("cloudflare", PUBLIC, "sites/press")
    assert path == "sites/press/cloudflare-pages.sh"
    steps = [line for line in text.splitlines() if not line.startswith("#")]
    assert steps == [
        "set -eu",
        f'python -m pip install "clusterpress[brotli] @ {SOURCE}"',
        "clusterpress publish --to live",
    ]


@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
@pytest.mark.parametrize(
    "target", ["{type: git}", "{type: folder, path: ../live}", "{type: folder, path: /srv}"]
)
def test_hosts_that_publish_a_folder_need_one_of_the_project(host, target):
    with pytest.raises(PublishError, match=r"type: folder, path: public"):
        make(host, target)


def test_what_builds_found_out_is_kept_from_run_to_run():
    _, told, _ = read("github", "git", "sites/press")
    [kept] = [step for step in told["jobs"]["publish"]["steps"] if "cache" in step.get("uses", "")]
    assert kept["with"]["path"] == "~/.cache/clusterpress"
    assert told["defaults"]["run"]["working-directory"] == "sites/press"
    _, told, _ = read("gitlab", "git", "sites/press")
    assert told["publish"]["cache"]["paths"] == [".cache/clusterpress/"]
    assert told["publish"]["variables"]["CLUSTERPRESS_CACHE"] == "$CI_PROJECT_DIR/.cache/clusterpress"
    assert "cd sites/press" in told["publish"]["script"]


def test_a_folder_cannot_be_reached_from_a_workflow():
    with pytest.raises(PublishError, match=r"is a folder.*; name a target of another type"):
        make("github", "{type: folder, path: x}")


# The source of the program


class _Installed:
    def __init__(self, record):
        self.record = record

    def read_text(self, name):
        return json.dumps(self.record) if name == "direct_url.json" and self.record else None


COMMIT, DIGEST = "0123456789abcdef" * 2 + "01234567", "ab" * 32


@pytest.mark.parametrize(
    ("record", "address"),
    [
        (None, f"git+{REPOSITORY}@v{__version__}"),
        ({"url": "file:///home/a/clusterpress", "dir_info": {"editable": True}}, f"git+{REPOSITORY}@v{__version__}"),
        ({"url": "file:///home/a/clusterpress-0.1.0-py3-none-any.whl", "archive_info": {}}, f"git+{REPOSITORY}@v{__version__}"),
        (
            {"url": "https://git.example.eu/a/b.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT, "requested_revision": "v0.1.0"}},
            f"git+https://git.example.eu/a/b.git@{COMMIT}",
        ),
        (
            {"url": "https://me:secret@git.example.eu/a/b.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"git+https://git.example.eu/a/b.git@{COMMIT}",
        ),
        ({"url": "ssh://git@git.example.eu/a/b.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, f"git+ssh://git@git.example.eu/a/b.git@{COMMIT}"),
        (
            {"url": "https://git.example.eu/a/clusterpress-0.1.0-py3-none-any.whl", "archive_info": {"hashes": {"sha256": DIGEST}}},
            f"https://git.example.eu/a/clusterpress-0.1.0-py3-none-any.whl#sha256={DIGEST}",
        ),
        (
            {"url": "https://git.example.eu/a/clusterpress-0.1.0-py3-none-any.whl", "archive_info": {"hash": f"sha256={DIGEST}"}},
            f"https://git.example.eu/a/clusterpress-0.1.0-py3-none-any.whl#sha256={DIGEST}",
        ),
    ],
)  # fmt: skip
def test_the_source_is_the_one_from_which_the_program_was_installed(record, address):
    assert _recorded(_Installed(record)) == address
    assert find_requirement(("s3",), address) == f"clusterpress[s3] @ {address}"


@pytest.mark.parametrize(
    "address",
    [
        "clusterpress", "clusterpress==0.1.0", "git+https://git.example.eu/a/b", "git+http://git.example.eu/a/b@v1",
        "git+file:///a@v1", "https://git.example.eu/a/main.zip", 'git+https://x.eu/a@v1" && curl x', "git+https://x.eu/a@$(id)",
        "git+https://x.eu/a@v1\n- run: x",
    ],
)  # fmt: skip
def test_an_address_of_no_exact_version_is_refused(address):
    with pytest.raises(PublishError, match="--source"):
        find_requirement((), address)


def test_the_repository_has_one_address():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["urls"]["Repository"] == REPOSITORY
    assert project.get("version", __version__) == __version__
