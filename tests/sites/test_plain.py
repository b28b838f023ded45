"""CLUSTERPRESS_PLAIN=1 builds without every device that only saves time; the bytes are the same.

``PLAIN_EDITS=500`` is the long run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clusterpress.pipeline.paths import cache_folder
from tests.sites.demo import copy_demo
from tests.sites.random_edits import Editor
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
EDITS = int(os.environ.get("PLAIN_EDITS", "24"))
LOOKS = 8
"""Compare after so many edits."""


def build(site, folder, now, *, plain=False):
    """Build as a user does; a plain build has a cache of its own. Return the exit code and what was printed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "UTC"}
    if plain:
        environment |= {
            "CLUSTERPRESS_PLAIN": "1",
            "CLUSTERPRESS_CACHE": f"{os.environ['CLUSTERPRESS_CACHE']}-plain",
        }
    arguments = ["--project", site.root, "build", "--jobs", "2", "--now", now, "--output", site.root / folder]
    done = subprocess.run(
        [sys.executable, "-m", "clusterpress", *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def differences(site, strays=()):
    normal, plain = site.output("site"), site.output("plain")
    missing = normal.keys() ^ plain.keys()
    return sorted(missing - set(strays)), [
        path for path in plain if path in normal and plain[path] != normal[path]
    ]


def test_the_demo_is_the_same(tmp_path):
    copy_demo(tmp_path, light=True)
    site = Site.at(tmp_path)
    item = next(tmp_path.glob("content/news/2*/**/*.md"), None) or next(
        tmp_path.rglob("content/news/**/*.md")
    )
    text = item.read_text("utf-8")
    item.write_text(f"{text}\nWritten before.\n", encoding="utf-8")
    assert build(site, "site", "2026-11-25")[0] == 0
    item.write_text(text, encoding="utf-8")
    for plain in (False, True):
        code, said = build(site, "plain" if plain else "site", "2026-11-25", plain=plain)
        assert code == 0, said
    assert differences(site) == ([], [])
    assert not list(Path(f"{cache_folder(tmp_path).parent}-plain").rglob("*.pickle"))


def test_a_site_is_the_same_after_random_edits(tmp_path):
    editor = Editor(tmp_path / "site", 20, seed=11)
    site, backup, story = editor.site, tmp_path / "backup", []
    assert build(site, "site", f"{editor.now:%Y-%m-%dT%H:%M}")[0] == 0
    for number in range(1, EDITS + 1):
        shutil.rmtree(backup, ignore_errors=True)
        shutil.copytree(site.root / "content", backup)
        story.append(editor.edit())
        result = site.build(now=editor.now)
        if (
            result.difference is None
        ):  # an edit that is a fault, such as a link to what is gone, is taken back
            shutil.rmtree(site.root / "content")
            shutil.copytree(backup, site.root / "content")
        if number % LOOKS == 0:
            now = f"{editor.now:%Y-%m-%dT%H:%M}"
            for code, said in (build(site, "site", now), build(site, "plain", now, plain=True)):
                assert code == 0, (said, story)
            assert differences(site, editor.foreign_files) == ([], []), story
