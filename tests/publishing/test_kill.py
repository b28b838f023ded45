"""SIGKILL in the middle of publishing to each type of target: no link is broken, and the next run completes."""

import os
import signal
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.publishing.make import broken_links, publish, site, write
from tests.publishing.test_targets import visible
from tests.timing import PATIENCE

pytestmark = pytest.mark.slow
TOP = Path(__file__).parents[2]


def start(place, content, files=""):
    """Start a publishing in a process of its own."""
    folder = place.root.parent / "to-publish"
    write(folder, content)
    words = [str(place.root), str(folder), place.target, str(files)]
    paths = os.pathsep.join([str(TOP), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.publishing.victim", *words],
        env=os.environ | {"PYTHONPATH": paths},
        cwd=TOP,
        stderr=subprocess.PIPE,
    )


def was_killed(victim):
    said = victim.communicate(timeout=PATIENCE)[1].decode()
    return victim.returncode == -signal.SIGKILL or said


def kill_at(place, content, number):
    """Kill a publishing when its n-th file arrives: by the server's hand if there is one, or by its own."""
    if place.trouble is None:
        return was_killed(start(place, content, number))
    victim = Future()
    with place.trouble.at(number, lambda *_: os.kill(victim.result().pid, signal.SIGKILL)):
        victim.set_result(start(place, content))
        return was_killed(victim.result())


@pytest.mark.parametrize("number", [3, 14])
def test_the_next_run_completes_what_a_kill_cut(place, number):
    publish(place.settings, place.root, site(0))
    assert kill_at(place, site(1), number) is True
    assert visible(place) != site(1)
    assert broken_links(visible(place)) == []
    publish(place.settings, place.root, site(1))
    assert visible(place) == site(1)
    if place.base:
        assert not list(place.base.glob(".clusterpress-part*"))
    assert str(publish(place.settings, place.root, site(1))) == "nothing to do"


def test_a_first_publishing_that_was_killed_is_completed(place):
    assert kill_at(place, site(0), 9) is True
    assert broken_links(visible(place)) == []
    publish(place.settings, place.root, site(0))
    assert visible(place) == site(0)


def test_a_kill_in_the_middle_of_a_push_leaves_the_branch_whole(git_place):
    place = git_place
    publish(place.settings, place.root, site(0))
    hook = place.strip_compression / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\nkill -9 $(cat '{place.root}/pid')\nexit 1\n")
    hook.chmod(0o755)
    assert was_killed(start(place, site(1))) is True
    assert visible(place) == site(0)
    hook.unlink()
    publish(place.settings, place.root, site(1))
    assert visible(place) == site(1)
