"""An installed wheel begins and builds sites that lie anywhere, with the theme and handbook it carries."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]


def test_a_site_outside_the_repository_builds_from_the_wheel(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, PROJECT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("clusterpress-*.whl")
    home = tmp_path / "venv"
    # The other packages are borrowed from the environment of the tests: only ours must come from the wheel.
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", wheel], check=True, capture_output=True
    )
    (site_packages,) = home.rglob("site-packages")
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (site_packages / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    site = Site(tmp_path / "site")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}

    def run(*words, folder=site.root):
        done = subprocess.run(
            [python, "-I", "-m", "clusterpress", *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("build")
    assert "clusters-cord" in str(next((home).rglob("clusterpress/themes/*/theme.yml")))
    assert "One" in site.read("index.html")
    for page in ("staff", "themes", "settings"):
        assert run("handbook", page).startswith("# ")
    said = ("--name=P", "--url=https://p.eu", "--publisher=P", "--contact=p@p.eu", "--address=Linz")
    run("new", "site", "press", *said, folder=tmp_path)
    run("build", folder=tmp_path / "press")
    assert (tmp_path / "press/content/README.md").read_text(encoding="utf-8").strip() == run(
        "handbook", "staff"
    ).strip()
