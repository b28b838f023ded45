"""The companion does what it is asked in a process of its own; what it cannot do is done here."""

import subprocess
import sys
from pathlib import Path

import pytest

from clusterpress.pipeline.speed.preforked import preforked_worker

ROOT = Path(__file__).parents[2]
CHECKS = [
    "another_process_answers_in_any_order",
    "long_questions_and_answers_arrive_whole",
    "what_it_cannot_do_is_done_here",
    "what_it_dies_of_is_done_here",
    "what_it_never_answers_is_done_here",
    "what_cannot_be_asked_is_done_here",
    "after_its_end_all_is_done_here",
    "what_is_little_is_shared_with_it",
    "what_is_much_ends_it",
    "it_ends_with_its_build",
    "beside_another_thread_there_is_none",
]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are not forked here")
@pytest.mark.parametrize("check", CHECKS)
def test_it_does_in_a_process_of_its_own(check):
    command = [sys.executable, "-m", "tests.pipeline.preforked_checks", check]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_there_is_none_for_one_core_or_the_first_build(tmp_path):
    for cores in (1, 2):
        with preforked_worker(tmp_path, cores) as worker:
            assert worker is None
