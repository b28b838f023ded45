"""Faults that show only when all files are known: small contents, with what is said of them beside."""

import os
import shutil
from pathlib import Path

import pytest

from tests.sites.small_site import Site

PROJECTS = Path(__file__).parents[1] / "examples" / "projects"
NAMES = sorted(path.name for path in PROJECTS.iterdir() if path.is_dir())


@pytest.mark.golden
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_check_says_what_stands_beside_the_example(name, tmp_path):
    beside = PROJECTS / f"{name}.problems.txt"
    shutil.copytree(PROJECTS / name, tmp_path / "content")
    shutil.copy(PROJECTS / "site_config.yml", tmp_path)
    told = Site.at(tmp_path).check()
    if os.environ.get("GOLDEN") == "renew":
        beside.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
    assert told == beside.read_text(encoding="utf-8").splitlines()
    assert told
