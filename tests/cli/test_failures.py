"""What ends a run is a sentence with a remedy and the exit code of its kind, and never a traceback."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.cli.failures import explain
from clusterpress.pipeline.errors import BusyError, ForeignFolderError, WorkerLostError
from tests.sites.small_site import NOW, Site


def os_error(number, name=None):
    return OSError(number, os.strerror(number), name)


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (os_error(errno.ENOSPC, "{root}/site/index.html"), 3, "site/index.html: No space left on device; free space"),
        (os_error(errno.EDQUOT), 3, "quota"),
        (os_error(errno.EROFS, "/elsewhere/x"), 3, "/elsewhere/x: Read-only file system; the disk is read-only"),
        (os_error(errno.EACCES, "{root}/content/news/.one.md.part"), 3, "content/news/one.md: Permission denied; change"),
        (os_error(errno.ENOENT, "{root}/content"), 1, "there is no folder content/"),
        (os_error(errno.ENOENT, "{root}/content/x.md"), 3, "content/x.md: No such file or directory; run the command again"),
        (OSError("no number"), 3, "no number"),
        (MemoryError(), 3, "not enough memory"),
        (BusyError("busy"), 3, "busy"),
        (WorkerLostError("lost"), 3, "lost"),
        (ForeignFolderError("foreign"), 2, "foreign"),
        (KeyboardInterrupt(), 130, "stopped"),
        (click.Abort(), 130, "stopped"),
    ],
    ids=str,
)  # fmt: skip
def test_each_kind_of_failure_has_a_message_and_an_exit_code(tmp_path, fault, code, words):
    if isinstance(fault, OSError) and fault.filename:
        fault = os_error(fault.errno, fault.filename.format(root=tmp_path))
    message, found = explain(fault, tmp_path)
    assert found == code
    assert words in message


def test_a_fault_of_the_program_names_its_place_and_leaves_its_traceback_in_a_file(tmp_path):
    def fail():
        from clusterpress.values.problems import with_hint

        with_hint(1, b"x").encode(0)

    with pytest.raises(TypeError) as caught:
        fail()
    message, code = explain(caught.value, tmp_path)
    assert code == 4
    assert "a fault of clusterpress: TypeError" in message
    assert "\n" not in message
    assert "Traceback" in (tmp_path / ".clusterpress/fault.txt").read_text()


def run(site, *words):
    return CliRunner().invoke(main, ["--project", str(site.root), *words])


def test_a_site_whose_content_is_gone_stays_as_it_was(tmp_path):
    site = Site(tmp_path / "site")
    now = ("--now", NOW.date().isoformat())
    assert run(site, "build", *now).exit_code == 0
    before = site.output()
    (site.root / "content").rename(tmp_path / "elsewhere")
    for words in (["build", *now], ["build", "--clean", *now], ["check"]):
        result = run(site, *words)
        assert result.exit_code == 1, (words, result.output)
        assert "content:1:1: error: there is no such folder" in result.output
    assert site.output() == before


@pytest.mark.parametrize(
    ("redirection", "code"),
    [(">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 0), ("| true; exit ${PIPESTATUS[0]}", 0), (">/dev/full", 3), ("2>/dev/full", 0)],
)  # fmt: skip
@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and bash")
def test_output_that_nobody_can_read_does_not_end_the_work(tmp_path, redirection, code):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m clusterpress handbook settings {redirection}"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("words", ["--help", "--version", "build --help", "schema news"])
@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and bash")
def test_what_cannot_be_printed_ends_the_run_with_a_message(tmp_path, words):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = f"'{sys.executable}' -m clusterpress {words} >/dev/full"
    done = subprocess.run(
        ["bash", "-c", command], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert [line for line in done.stderr.splitlines() if not line.startswith("clusterpress: ")] == []


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "site")


TWO = "content/news/two.md"


def test_a_build_begins_anew_if_a_source_vanishes_while_it_is_read(site, monkeypatch):
    real = Path.read_bytes

    def read(path):
        if path.name == "two.md":
            path.unlink(missing_ok=True)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    result = run(site, "build", "--now", NOW.date().isoformat())
    assert result.exit_code == 0, result.output
    assert result.output.count(f"{TWO} vanished or changed while it was needed; this run begins anew") == 1
    assert not (site.root / "site/news/2019/two").exists()


def test_sources_that_never_hold_still_end_the_build_and_leave_the_site(site, monkeypatch):
    now = ("--now", NOW.date().isoformat())
    assert run(site, "build", *now).exit_code == 0
    before, real = site.output(), Path.read_bytes
    site.write(TWO, "---\ntitle: New\ndate: 2019-01-01\n---\n")

    def read(path):
        if path.name == "two.md":
            raise FileNotFoundError(errno.ENOENT, "No such file", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    result = run(site, "build", *now)
    assert result.exit_code == 3
    assert "again and again" in result.output
    assert site.output() == before


def test_a_source_that_may_not_be_read_is_a_problem_with_its_place(site, monkeypatch):
    real = Path.read_bytes

    def read(path):
        if path.name in ("two.md", "three.md"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    result = run(site, "check")
    assert result.exit_code == 1
    for name in ("two", "three"):
        assert f"content/news/{name}.md:1:1: error: you may not read this file" in result.output


def test_a_user_without_a_home_folder_is_told_what_to_set(site, monkeypatch):
    def home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("CLUSTERPRESS_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", home)
    result = run(site, "build")
    assert result.exit_code == 3
    assert "you have no home folder for the cache; set CLUSTERPRESS_CACHE" in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that is in use")
def test_a_folder_that_was_deleted_is_named(tmp_path):
    away = tmp_path / "away"
    away.mkdir()
    words = f"cd {away} && rmdir {away} && exec {sys.executable} -m clusterpress build"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(["bash", "-c", words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "the current folder was deleted" in done.stderr
    assert "Traceback" not in done.stderr


PRESSED_AGAIN_AND_AGAIN = """
import _thread, sys, threading, time
def press():
    while "clusterpress.checking" not in sys.modules and "clusterpress.pipeline" not in sys.modules:
        time.sleep(0.001)
    while True:
        _thread.interrupt_main()
        time.sleep(0.0005)
threading.Thread(target=press, daemon=True).start()
from clusterpress.cli.entrypoint import run
run()
"""


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "build", "serve --port 0"])
def test_ctrl_c_while_the_first_is_answered_ends_the_program_in_the_same_way(tmp_path, command):
    Site(tmp_path)
    words = [sys.executable, "-c", PRESSED_AGAIN_AND_AGAIN, "--project", str(tmp_path), *command.split()]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert "Aborted" not in done.stderr
