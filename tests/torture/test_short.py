"""A short form of the torture suite: a few trials of each part, as many as fit into seconds."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.__main__ import find_parts
from tests.torture.row import COLUMNS, Row, as_row, table

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="the torture suite forks")]
SHORT = ("imports", "items", "kills", "machine", "settings", "vanishing")
"""Damaged caches and edits have tests of their own in ``tests/sites/``."""


@pytest.mark.parametrize("part", SHORT)
def test_a_few_trials_of_each_part_hold(part, tmp_path):
    # In a process of its own: the suite forks, which a test process with threads must not.
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture", part, "--seed", "1", "--size", "tiny"],
        cwd=Path(__file__).parents[2], env={**os.environ, "TORTURE_FOLDER": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(rf"^\| {part} \| [1-9]", done.stdout, re.MULTILINE), done.stdout


def test_every_module_with_a_main_function_is_a_part():
    assert {*SHORT, "edits", "flips", "hostile", "publishing"} <= {*find_parts()}
    assert "warm" not in find_parts()


def test_parts_may_return_other_values_than_rows():
    held = as_row("year", ("daily builds", 365, 364, "day 7"))
    assert (held.trials, held.wrong_sites) == (365, 1)
    assert as_row("x", {"trials": 3, "hangs": 1}).faults == 1
    assert as_row("x", Row("x", 4)).trials == 4
    assert len(table([held]).splitlines()) == 3
    assert table([held]).count("|") == 3 * (len(COLUMNS) + 1)
