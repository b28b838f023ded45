"""The early worker does its tasks in a second process; what it cannot do is done here."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.timing import PATIENCE

ROOT = Path(__file__).parents[2]
CHECKS = [
    "another_process_does_tasks_in_order",
    "long_values_arrive_whole",
    "a_task_that_fails_there_is_done_here",
    "a_task_that_kills_it_is_done_here",
    "a_process_that_left_it_long_tasks_ends",
    "a_task_without_end_is_done_here",
    "a_task_that_cannot_be_sent_is_done_here",
    "after_its_end_all_is_done_here",
    "little_work_is_shared_with_it",
    "much_work_ends_it",
    "it_ends_with_its_build",
    "it_ends_with_a_killed_parent",
    "beside_another_thread_there_is_none",
]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are not forked here")
@pytest.mark.parametrize("check", CHECKS)
def test_in_a_process_of_its_own(check):
    command = [sys.executable, "-m", "tests.pipeline.early_worker_checks", check]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
