"""Whatever the build and the tests fetch is pinned by its hash."""

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCKS = [*sorted((ROOT / "generator/requirements").glob("*.txt")), ROOT / "bench/requirements.txt"]


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.name)
def test_every_python_package_has_one_version_and_hashes(file):
    entries = re.split(r"\n(?=\S)", file.read_text("utf-8").strip())
    assert entries
    for entry in entries:
        assert re.match(r"[\w.-]+(?:\[[\w,-]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


CALENDAR_VERSIONS = {"tzdata", "distributed", "pdfminer.six"}
"""Packages whose versions are years: their numbers do not say what is compatible."""


def test_every_package_that_users_install_has_an_upper_bound():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for name in extras if name != "test" for line in extras[name])]
    for one in map(Requirement, lines):
        if one.name not in CALENDAR_VERSIONS:
            assert "<" in str(one.specifier), one
            assert version(one.name) in one.specifier, f"{one}, but the tests run {version(one.name)}"


def test_every_package_of_npm_has_a_digest():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {path: one for path, one in lock["packages"].items() if path}
    assert packages
    for path, one in packages.items():
        assert re.match("sha512-", one.get("integrity", "")), path
        assert one.get("resolved", "https://").startswith("https://"), path


def test_the_makefile_installs_nothing_else():
    lines = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ").splitlines()
    newest = "--editable '.[$(EXTRAS)]'"  # of `make test-latest`, whose purpose it is
    for line in lines:
        if "$(PIP)" in line and newest not in line:
            assert "--require-hashes" in line or "--no-deps --no-build-isolation --editable ." in line, line
        assert not re.search(r"npm (?:install|i|update)\b|npx |curl |wget ", line), line
