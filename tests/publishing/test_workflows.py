"""Ready workflow files: what they say once they are read as the hosts read them."""

from pathlib import PurePosixPath

import pytest
import yaml

from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.workflow_files import make_workflow
from tests.publishing.make import settings_of

TARGETS = {
    "git": ("{type: git}", "clusterpress", []),
    "sftp": (
        "{type: sftp, host: h, path: /p, compress: brotli}",
        '"clusterpress[sftp,brotli]"',
        ["CLUSTERPRESS_LIVE_PASSWORD"],
    ),
    "s3": ("{type: s3, bucket: b}", '"clusterpress[s3]"', ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]),
}


def read(host, kind, folder="."):
    path, text = make_workflow(host, "live", settings_of(TARGETS[kind][0]), PurePosixPath(folder))
    assert "@" not in text.replace("@v", "").replace("@${", "")
    return path, yaml.safe_load(text), text


@pytest.mark.parametrize("kind", TARGETS)
def test_github_publishes_after_a_push_and_once_a_day(kind):
    _, package, secrets = TARGETS[kind]
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
    assert steps[-2]["run"] == f"python -m pip install {package}"
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
    assert job["before_script"][0] == f"python -m pip install {TARGETS[kind][1]}"
    assert ("CI_JOB_TOKEN" in text) == (kind == "git")
    assert all(name in text for name in TARGETS[kind][2])


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
        make_workflow("github", "live", settings_of("{type: folder, path: x}"), PurePosixPath())
