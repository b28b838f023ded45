"""The shell steps of each workflow file, run as the host runs them: a clean home, a clean environment, the shell of the host.

One thing is replaced: `pip install` brings our wheel without network, and borrows the other packages from the environment of
the tests. What it was asked to install is noted.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from shlex import quote

import pytest
import yaml
from click.testing import CliRunner

from clusterpress.cli.commands import main
from tests.publishing.conftest import git
from tests.sites.small_site import Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="hosts run these steps in bash"),
]
ROOT = Path(__file__).parents[2]
SOURCE = "git+https://git.example.eu/press/clusterpress@v0.1.0"
PIP = """#!/bin/sh
if [ "$1 $2 $3" != "-m pip install" ]; then exec {python} "$@"; fi
shift 3
printf '%s\\n' "$@" > {asked}
exec cp {installed} {command}
"""


@pytest.fixture(scope="session")
def machine(tmp_path_factory):
    """Return the folder of a machine with an environment in which clusterpress is not installed yet."""
    folder = tmp_path_factory.mktemp("machine")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    venv.create(folder / "venv")
    (packages,) = (folder / "venv").rglob("site-packages")
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    (wheel,) = folder.glob("*.whl")
    python, command = folder / "venv/bin/python", folder / "venv/bin/clusterpress"
    options = ["--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run([sys.executable, "-m", "pip", *options], check=True, capture_output=True)
    (folder / "bin").mkdir()
    installed = command.rename(folder / "clusterpress")
    words = {"python": python, "installed": installed, "command": command, "asked": folder / "asked"}
    pip = PIP.format(**{name: quote(str(path)) for name, path in words.items()})
    (folder / "bin/python").write_text(pip, encoding="utf-8")
    (folder / "bin/python").chmod(0o755)
    return folder


class Run:
    """A run of the steps of a workflow file in a repository."""

    def __init__(self, machine, tmp_path):
        self.machine, self.top = machine, tmp_path / "repository"
        (machine / "venv/bin/clusterpress").unlink(missing_ok=True)
        self.site = Site(self.top / "sites/press")
        self.home = tmp_path / "home"
        self.home.mkdir()
        self.environment = {
            "HOME": str(self.home), "PATH": f"{machine / 'bin'}:{machine / 'venv/bin'}:/usr/bin:/bin", "LANG": "C.UTF-8",
        }  # fmt: skip

    def write(self, target, host):
        """Add a target, write the workflow file of a host, and commit both."""
        config = self.site.root / "site_config.yml"
        config.write_text(f"{config.read_text('utf-8')}publish:\n  live: {target}\n", encoding="utf-8")
        git(self.top, "init", "--quiet", "--initial-branch=main")
        words = ["--project", str(self.site.root), "publish", "--workflow", host, "--source", SOURCE]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
        who = ("-c", "user.name=Press", "-c", "user.email=press@example.eu")
        git(self.top, "add", ".")
        git(self.top, *who, "commit", "--quiet", "-m", "All")

    def shell(self, script, folder=None, shell=("bash", "-e"), **variables):
        done = subprocess.run(
            [*shell, "-c", script], cwd=folder or self.top, env={**self.environment, **variables}, check=False,
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def asked(self):
        return (self.machine / "asked").read_text("utf-8").strip()


@pytest.fixture
def run(machine, tmp_path):
    return Run(machine, tmp_path)


@pytest.fixture
def repository(tmp_path):
    """Return the repository at the host, which receives the published branch."""
    folder = tmp_path / "host.git"
    git(tmp_path, "init", "--quiet", "--bare", folder.name)
    return folder


def on_github(run, **secrets):
    """Run the steps of GitHub's workflow, with the secrets of the repository."""
    told = yaml.safe_load((run.top / ".github/workflows/publish.yml").read_text("utf-8"))
    folder = run.top / told["defaults"]["run"]["working-directory"]
    for step in told["jobs"]["publish"]["steps"]:
        variables = {
            name: re.sub(r"\$\{\{ secrets\.(\w+) \}\}", lambda found: secrets[found[1]], value)
            for name, value in step.get("env", {}).items()
        }
        if "run" in step:
            run.shell(step["run"], folder, **variables)


def files_of(repository, branch="gh-pages"):
    return git(repository, "ls-tree", "-r", "--name-only", branch).split()


def test_github_publishes_to_a_branch(run, repository):
    run.write("{type: git}", "github")
    git(run.top, "remote", "add", "origin", str(repository))
    on_github(run)
    assert run.asked() == f"clusterpress @ {SOURCE}"
    assert {"index.html", ".nojekyll", "feed.xml"} <= set(files_of(repository))
    assert "One" in git(repository, "show", "gh-pages:index.html")


def test_github_publishes_to_a_server(run, sftp_server):
    shutil.rmtree(sftp_server.folder)
    sftp_server.folder.mkdir()
    run.site.write("known_hosts", sftp_server.known_hosts())
    place = f"host: 127.0.0.1, port: {sftp_server.port}, user: press, path: /www, known_hosts: known_hosts"
    run.write(f"{{type: sftp, {place}}}", "github")
    on_github(run, CLUSTERPRESS_LIVE_PASSWORD="open sesame")
    assert run.asked() == f"clusterpress[sftp] @ {SOURCE}"
    assert "One" in (sftp_server.folder / "www/index.html").read_text("utf-8")


def test_gitlab_publishes_to_a_branch(run, repository):
    run.write("{type: git, branch: pages}", "gitlab")
    git(run.top, "remote", "add", "origin", "https://gitlab.example.eu/press/site.git")
    address = "https://gitlab-ci-token:t0ken@gitlab.example.eu/press/site.git"
    (run.home / ".gitconfig").write_text(f'[url "{repository}"]\n\tinsteadOf = {address}\n', encoding="utf-8")
    job = yaml.safe_load((run.top / ".gitlab-ci.yml").read_text("utf-8"))["publish"]
    known = {
        "CI_PROJECT_DIR": str(run.top), "CI_JOB_TOKEN": "t0ken", "CI_SERVER_HOST": "gitlab.example.eu",
        "CI_PROJECT_PATH": "press/site",
    }  # fmt: skip
    own = {
        name: re.sub(r"\$(\w+)", lambda found: known[found[1]], text)
        for name, text in job["variables"].items()
    }
    run.shell(
        "\n".join([*job["before_script"], *job["script"]]), shell=("bash", "-eo", "pipefail"), **known, **own
    )
    assert run.asked() == f"clusterpress @ {SOURCE}"
    assert "index.html" in files_of(repository, "pages")
    assert any((run.top / job["cache"]["paths"][0]).iterdir()), (
        "the next run begins with what this one found out"
    )


def test_netlify_finds_the_site_in_the_folder_that_it_publishes(run):
    run.write("{type: folder, path: public, headers: true, redirects: true}", "netlify")
    told = tomllib.loads((run.top / "netlify.toml").read_text("utf-8"))["build"]
    folder = run.top / told["base"]
    run.shell(told["command"], folder, **told["environment"])
    assert run.asked() == f"clusterpress @ {SOURCE}"
    assert {"index.html", "_headers", "_redirects"} <= {
        path.name for path in (folder / told["publish"]).iterdir()
    }


def test_cloudflare_finds_the_site_in_the_folder_that_it_publishes(run):
    run.write("{type: folder, path: public, headers: true, redirects: true}", "cloudflare")
    folder = run.site.root
    text = (folder / "cloudflare-pages.sh").read_text("utf-8")
    build = dict(re.findall(r"^#   (.+?)  +(.+)$", text, re.MULTILINE))
    assert (build["Root directory"], build["Build output directory"]) == ("sites/press", "public")
    run.shell(build["Build command"], folder)
    assert run.asked() == f"clusterpress @ {SOURCE}"
    assert {"index.html", "_headers", "_redirects"} <= {path.name for path in (folder / "public").iterdir()}


def test_a_step_that_fails_ends_the_run_and_publishes_nothing(run, repository):
    run.site.write("content/news/broken.md", "---\ntitle: Broken\ndate: 05/06/2019\n---\nT\n")
    run.write("{type: git}", "github")
    git(run.top, "remote", "add", "origin", str(repository))
    with pytest.raises(AssertionError, match="can be 5 June 2019 or 6 May 2019"):
        on_github(run)
    assert git(repository, "branch", "--list") == ""
