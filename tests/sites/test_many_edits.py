"""Many random edits of a large site by an editor whose builds are killed at random moments.

``EDITS=200 EDIT_POSTS=300 EDIT_LOOKS=1`` is the long run: it compares with a clean build after every edit.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from clusterpress.pipeline.run_context import RunContext
from tests.sites.random_edits import Editor
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow

EDITS = int(os.environ.get("EDITS", "10"))
POSTS = int(os.environ.get("EDIT_POSTS", "40"))
LOOKS = int(os.environ.get("EDIT_LOOKS", "5"))
"""After so many edits the site is compared with a clean build."""
SEED = int(os.environ.get("EDIT_SEED", "5"))
SOURCES = ("content", "themes", "site_config.yml")


def start_build(editor):
    root = editor.site.root
    arguments = ["--project", root, "build", "--jobs", "2", "--now", f"{editor.now:%Y-%m-%dT%H:%M}"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "UTC"}
    return subprocess.Popen(
        [sys.executable, "-m", "clusterpress", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def build(editor):
    """Return the exit code of a build, what it said, and how long it took."""
    began = time.monotonic()
    process = start_build(editor)
    said, _ = process.communicate()
    return process.returncode, said, time.monotonic() - began


def build_and_kill(editor, usual):
    """Kill a build, or a process that helps it, at a random moment; return whether it was still at work.

    ``usual`` is how many seconds the build before took.
    """
    seconds, is_helper = usual * editor.random.random(), editor.random.random() < 0.3
    process = start_build(editor)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        helpers = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        pids = [int(pid) for pid in helpers.read_text().split()] if is_helper and helpers.exists() else []
        with suppress(ProcessLookupError):
            os.kill((*pids, process.pid)[0], signal.SIGKILL)
        process.communicate()
    return process.returncode != 0


def build_clean(editor, root):
    """Return the files of a site built by one process from copies of the sources."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for name in SOURCES:
        source = editor.site.root / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / name)
    clean = Site.at(root)
    result = clean.build(now=editor.now, run=RunContext(lambda *_: None))
    assert result.difference, [str(problem) for problem in result.problems]
    return clean.output()


def assert_same(editor, clean, story):
    made = editor.site.output()
    editor.foreign_files &= made.keys()
    assert made.keys() - editor.foreign_files == clean.keys(), story
    assert [path for path in clean if made[path] != clean[path]] == [], story


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
def test_a_site_is_complete_after_any_edits_and_kills(tmp_path):
    editor = Editor(tmp_path / "site", POSTS, SEED)
    chance = editor.random.random
    code, said, usual = build(editor)
    assert code == 0, said
    killed, story = 0, []
    for number in range(1, EDITS + 1):
        backup = tmp_path / "backup"
        shutil.rmtree(backup, ignore_errors=True)
        shutil.copytree(editor.site.root / "content", backup)
        story.append(editor.edit())
        if chance() < 0.5:
            killed += build_and_kill(editor, usual)
            story.append("kill")
            if chance() < 0.5:
                continue  # the next edit comes before the next build
        code, said, usual = build(editor)
        if code == 1:
            # An edit that is a fault, such as a link to what is gone, is taken back.
            story.append(f"fault: {said}")
            shutil.rmtree(editor.site.root / "content")
            shutil.copytree(backup, editor.site.root / "content")
            code, said, usual = build(editor)
        assert code == 0, (said, story)
        if number % LOOKS == 0:
            assert_same(editor, build_clean(editor, tmp_path / "clean"), story)
            story.clear()
    assert build(editor)[0] == 0
    assert_same(editor, build_clean(editor, tmp_path / "clean"), story)
    assert killed
