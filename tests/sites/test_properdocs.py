"""The demo builds with ProperDocs, the fork that goes on with MkDocs, in MkDocs' place: the same bytes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]

BUILD = """
import sys
if sys.argv[1] == "properdocs":
    import properdocs.replacement
from clusterpress.cli import main
import mkdocs
main(["build", "--jobs", "1", "--now", "2022-01-01", "--output", sys.argv[1]], standalone_mode=False)
print(mkdocs.__file__)
"""


def test_the_demo_builds_with_properdocs_too(tmp_path):
    for name in ("content", "themes"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    shutil.copy(PROJECT / "site_config.yml", tmp_path)
    used = []
    for engine in ("mkdocs", "properdocs"):
        run = subprocess.run(
            [sys.executable, "-c", BUILD, engine], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        used.append(run.stdout.splitlines()[-1])
        (tmp_path / ".clusterpress/store.sqlite").unlink()
    assert "properdocs" in used[1]
    assert "properdocs" not in used[0]
    site = Site.at(tmp_path)
    one, other = site.output("mkdocs"), site.output("properdocs")
    assert one.keys() == other.keys()
    differing = [path for path in one if without_versions(one[path]) != without_versions(other[path])]
    assert differing == []


def without_versions(content):
    """Leave out the line that names the engine and its version."""
    return [line for line in content.split(b"\n") if b'name="generator"' not in line]
