"""The demo builds with ProperDocs, the fork that goes on with MkDocs, in MkDocs' place: the same bytes."""

import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from clusterpress.config.settings import Settings
from clusterpress.website.mkdocs_block import missing_engine
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
GENERATOR = re.compile(rb'<meta name="generator" content="clusterpress, mkdocs-(?:ProperDocs )?(\S+),')


def test_the_demo_builds_with_properdocs_too(tmp_path):
    for name in ("content", "themes"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    site = Site.at(tmp_path)
    config = (PROJECT / "site_config.yml").read_text(encoding="utf-8")
    for engine in ("mkdocs", "properdocs"):
        site.write("site_config.yml", f"{config}engine: {engine}\n")
        words = [sys.executable, "-m", "clusterpress", "build", "--now", "2022-01-01", "--output", engine]
        run = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        used = {
            found[1].decode() for page in site.output(engine).values() if (found := GENERATOR.search(page))
        }
        assert used == {version(engine)}
    one, other = site.output("mkdocs"), site.output("properdocs")
    assert one.keys() == other.keys()
    differing = [path for path in one if without_versions(one[path]) != without_versions(other[path])]
    assert differing == []


def without_versions(content):
    """Leave out the line that names the engine and its version."""
    return [line for line in content.split(b"\n") if b'name="generator"' not in line]


def test_an_engine_that_is_not_installed_is_a_problem_of_the_settings(monkeypatch):
    settings = Settings(name="X", url="https://x.eu/", engine="properdocs")
    assert missing_engine(settings) == []
    monkeypatch.setattr("clusterpress.website.mkdocs_block.find_spec", lambda name: find_spec(f"no_{name}"))
    (problem,) = missing_engine(settings)
    assert "ProperDocs is not installed" in str(problem)
    assert missing_engine(Settings(name="X", url="https://x.eu/")) == []
