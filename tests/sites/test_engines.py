"""Which website engine and which release of Material is installed changes nothing that readers see."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from clusterpress.config.settings import Settings
from clusterpress.values.engines import ENGINES
from tests.sites.demo import copy_demo
from tests.sites.packages import Packages
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
GENERATOR = re.compile(rb'<meta name="generator" content="clusterpress, mkdocs-(?:ProperDocs )?(\S+),')
MATERIAL = ("material", "mkdocs_material-")
STYLED = {
    "content/news/two.md": (
        "---\ntitle: Two\ndate: 2019-06-15\n---\n!!! note\n    Styled.\n\n```python\nx = 1\n```\n\n- [ ] Open\n"
    )
}
BLOCK = "mkdocs: {theme: {features: [content.code.copy], palette: {scheme: slate}}}\n"


def build(packages, site, folder):
    run = packages.run(
        "-m", "clusterpress", "build", "--now", "2022-01-01", "--output", folder, cwd=site.root
    )
    assert run.returncode == 0, run.stderr
    pages = site.output(folder)
    return pages, {found[1].decode() for page in pages.values() if (found := GENERATOR.search(page))}


def without_versions(content):
    """Leave out the line that names the engine and its version."""
    return [line for line in content.split(b"\n") if b'name="generator"' not in line]


def differing(one, other):
    assert one.keys() == other.keys()
    return [path for path in one if without_versions(one[path]) != without_versions(other[path])]


def test_the_demo_is_the_same_with_properdocs_and_without_material(tmp_path):
    copy_demo(tmp_path, light=True)
    site = Site.at(tmp_path)
    config = site.read("site_config.yml", ".")
    pages, versions = build(Packages(tmp_path / "all"), site, "one")
    assert versions == {version("mkdocs")}
    site.write("site_config.yml", f"{config}engine: properdocs\n")
    others, versions = build(Packages(tmp_path / "some", without=MATERIAL), site, "other")
    assert versions == {version("properdocs")}
    assert differing(pages, others) == []


def test_another_release_of_material_changes_no_page(tmp_path):
    site = Site(tmp_path, {**FILES, **STYLED})
    site.write("site_config.yml", site.read("site_config.yml", ".") + BLOCK)
    other = tmp_path / "newer" / "material"
    for name in ("base.html", "main.html", "partials/javascripts/base.html", "partials/foot.html"):
        site.write(f"newer/material/templates/{name}", "OTHER RELEASE")
    for name in (
        "stylesheets/main.0.min.css",
        "stylesheets/palette.0.min.css",
        "javascripts/bundle.0.min.js",
    ):
        site.write(f"newer/material/templates/assets/{name}", "/* OTHER RELEASE */")
    site.write("newer/material/__init__.py", "raise ImportError('pages need nothing of this package')\n")
    pages, _ = build(Packages(tmp_path / "all"), site, "one")
    others, _ = build(Packages(tmp_path / "some", without=MATERIAL, more=[other.parent]), site, "other")
    assert differing(pages, others) == []
    styled = pages["news/2019/two/index.html"]
    assert b"assets/css/material.css" in styled
    assert b"__md_scope" in styled
    assert len(pages["assets/material.js"]) > 100_000


def test_an_edit_together_with_another_engine_leaves_no_page_of_the_first(tmp_path):
    site, packages = Site(tmp_path), Packages(tmp_path / "all")
    config = site.read("site_config.yml", ".")
    for number, engine in enumerate(("mkdocs", "properdocs", "mkdocs")):
        site.write("site_config.yml", f"{config}engine: {engine}\n")
        site.write("content/news/four.md", f"---\ntitle: Four\ndate: 2021-11-15\n---\nEdit {number}.\n")
        assert build(packages, site, "site")[1] == {version(engine)}


SWITCHES = """
import sys
from pathlib import Path
from tests.sites.small_site import Site
site = Site.at(Path.cwd())
config = site.read("site_config.yml", ".")
for engine in ("mkdocs", "properdocs", "mkdocs"):
    site.write("site_config.yml", f"{config}engine: {engine}\\n")
    assert site.build().difference is not None
    assert sys.modules["mkdocs"].__name__ == engine
    pages = [page.decode() for path, page in site.output().items() if path.endswith(".html")]
    print({part.partition('"')[0] for page in pages for part in page.split('content="clusterpress, ')[1:]})
"""


def test_a_process_that_goes_on_changes_its_engine_with_the_setting(tmp_path):
    site = Site(tmp_path)
    packages = Packages(tmp_path / "all", more=[PROJECT])
    run = packages.run("-c", SWITCHES, cwd=site.root)
    assert run.returncode == 0, run.stderr
    ours, theirs = version("mkdocs"), f"ProperDocs {version('properdocs')}"
    expected = [f"{{'mkdocs-{one}, mkdocs-material'}}" for one in (ours, theirs, ours)]
    assert run.stdout.splitlines() == expected


def test_an_engine_that_is_not_installed_is_a_problem_of_the_settings(tmp_path):
    site = Site(tmp_path, {})
    site.write("site_config.yml", site.read("site_config.yml", ".") + "engine: properdocs\n")
    run = Packages(tmp_path / "some", without=["properdocs"]).run("-m", "clusterpress", "check", cwd=tmp_path)
    assert run.returncode == 1
    assert "engine: ProperDocs is not installed" in run.stdout + run.stderr
    assert 'pip install "clusterpress[properdocs]"' in run.stdout + run.stderr


def test_every_engine_of_the_table_can_be_chosen():
    assert [*ENGINES] == [*Settings.__annotations__["engine"].__args__]
