"""A project folder may come from anybody: nothing that lies in it is unpickled or unmarshalled."""

import os
import pickle
import sqlite3
import subprocess
import sys
import time

import pytest

from clusterpress.pipeline.tracked import find_tracked
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow

COMMANDS = (["build"], ["build", "--clean"], ["check"], ["list", "drafts"], ["publish", "--dry-run"])
OLD_NAMES = ("opening.pickle", "project.pickle", "up_to_date-00000000.pickle", "build-00000000.pickle")
TARGET = "publish:\n  live: {type: folder, path: ../published}\n"


class Hostile:
    """Leaves a trace when it is unpickled."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return os.mkdir, (str(self.trace),)


@pytest.fixture
def trace(tmp_path):
    return tmp_path / "trace"


@pytest.fixture
def site(tmp_path, trace):
    """A site whose working folder holds a hostile pickle under every name that ever was unpickled."""
    site = Site(tmp_path / "site")
    config = site.root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + TARGET, encoding="utf-8")
    work = site.root / ".clusterpress"
    work.mkdir()
    hostile = pickle.dumps(Hostile(trace))
    for name in (*OLD_NAMES, *(f"up_to_date-{number:x}.pickle" for number in range(64))):
        (work / name).write_bytes(hostile)
    connection = sqlite3.connect(work / "store.sqlite")
    with connection:
        connection.executescript(
            "create table version (code blob); create table value (key blob, content blob);"
        )
        connection.execute("insert into version values (?)", (b"code",))
        connection.executemany(
            "insert into value values (?, ?)", [(bytes([n]) * 12, hostile) for n in range(256)]
        )
    connection.close()
    return site


def test_the_pickle_of_this_test_leaves_a_trace(trace):
    pickle.loads(pickle.dumps(Hostile(trace)))
    assert trace.is_dir()


def test_no_command_unpickles_anything_of_the_project_folder(site, trace, tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment["CLUSTERPRESS_CACHE"] = str(tmp_path / "cache")
    for command in COMMANDS:
        arguments = [sys.executable, "-m", "clusterpress", "--project", site.root, *command]
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stderr)
        assert not trace.exists(), command
    opened = {path.suffix for path in (tmp_path / "cache").rglob("*") if path.is_file()}
    assert ".sqlite" in opened


@pytest.mark.skipif(os.name == "nt", reason="SIGINT is another there")
def test_the_preview_unpickles_nothing_of_the_project_folder(site, trace, tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment["CLUSTERPRESS_CACHE"] = str(tmp_path / "cache")
    arguments = [sys.executable, "-u", "-m", "clusterpress", "--project", site.root, "serve", "--port", "0"]
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert "Serving" in process.stdout.readline()
        page = site.root / ".clusterpress/preview/news/2019/two/index.html"
        before = page.read_bytes()
        site.write("content/news/two.md", "---\ntitle: Two\ndate: 2019-06-15\n---\nAnother text.\n")
        while page.read_bytes() == before:
            time.sleep(0.02)
        process.terminate()
    assert not trace.exists()


def test_a_work_folder_that_git_tracks_is_named(site, tmp_path):
    def git(*words, at=site.root):
        subprocess.run(["git", *words], cwd=at, check=True, capture_output=True)

    git("init", "-q")
    (site.root / "my.clusterpress").mkdir()
    (site.root / "my.clusterpress/x").write_bytes(b"x")
    git("add", "my.clusterpress")
    assert find_tracked(site.root) == []
    git("add", "-f", ".clusterpress/opening.pickle")
    (problem,) = find_tracked(site.root)
    assert (problem.path, str(problem.severity)) == (".clusterpress", "warning")
    assert "git rm" in problem.hint
    git("init", "-q", at=tmp_path)
    (site.root / ".git").rename(tmp_path / "other")
    assert find_tracked(site.root) == []
    git("add", "-f", "site/.clusterpress/opening.pickle", at=tmp_path)
    assert len(find_tracked(site.root)) == 1


def test_no_module_of_the_current_folder_is_imported(tmp_path, trace):
    for name in ("click", "yaml", "markdown", "typing_extensions", "pagefind_bin"):
        (tmp_path / f"{name}.py").write_text(f"import os; os.mkdir({str(trace)!r})", "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "clusterpress", "--version"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not trace.exists()
