"""An installed wheel begins and builds sites that lie anywhere, with the theme and handbook it carries."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from clusterpress import __version__
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """Return the folder with the files of a release: the source archive, and the wheel built from it."""
    return build(tmp_path_factory.mktemp("release"))


def build(folder):
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, PROJECT]
    subprocess.run(words, check=True, capture_output=True)
    return folder


def test_two_builds_have_the_same_bytes(release, tmp_path):
    build(tmp_path)
    first, second = ({path.name: path.read_bytes() for path in one.iterdir()} for one in (release, tmp_path))
    assert first == second
    assert len(first) == 2


def test_a_release_contains_what_users_need_and_no_tests(release):
    (wheel,), (archive,) = release.glob("*.whl"), release.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as file:
        names = file.namelist()
        metadata = file.read(f"clusterpress-{__version__}.dist-info/METADATA").decode()
    with tarfile.open(archive) as file:
        sources = [name.partition("/")[2] for name in file.getnames()]
    for name in (*names, *sources):
        assert "test" not in name.split("/")[0], name
        assert name == ".gitignore" or not name.startswith((".", "bench", "site/", "content/news")), name
        assert not name.endswith((".pyc", ".map", ".orig")), name
    licences = {name.rpartition("/licenses/")[2] for name in names if "/licenses/" in name}
    assert {"LICENSE", "NOTICES.md", "generator/clusterpress/website/material/LICENSE"} < licences
    assert any(name.endswith("OFL-source-sans-3.txt") for name in licences)
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "content/README.md"} <= {*sources}
    assert f"\nVersion: {__version__}\n" in metadata
    assert "\nAuthor: clusterpress contributors\n" in metadata
    assert wheel.stat().st_size < 4_600_000


def test_a_site_outside_the_repository_builds_from_the_wheel(release, tmp_path):
    (wheel,) = release.glob("clusterpress-*.whl")
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
