"""Licences: everything that is installed or part of the package is listed with one."""

import json
import re
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from clusterpress.cli.licences import licences
from clusterpress.reports.licences import bill_of_materials, installed_components, vendored_components

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator" / "clusterpress"
OURS = {"social.png"}
"""Pictures that were drawn for clusterpress."""
BINARY = (".woff2", ".ttf", ".otf", ".woff", ".ico", ".wasm", ".png", ".jpg")


def test_every_package_that_we_need_is_listed_with_its_licence():
    listed = {one.name.lower(): one for one in installed_components()}
    for name in ("clusterpress", "mkdocs", "pillow", "jinja2", "ghp-import", "botocore"):
        assert listed[name].version == version(name)
    assert "pytest" not in listed
    assert [one.name for one in listed.values() if one.licence == "unknown"] == []


@pytest.mark.parametrize(
    ("package", "licence"),
    [
        ("mkdocs-material", "MIT"),
        ("markdown", "BSD-3-Clause"),
        ("mammoth", "BSD-2-Clause"),
        ("certifi", "MPL-2.0"),
        ("jinja2", "BSD"),
    ],
)
def test_licences_are_named_as_spdx_does(package, licence):
    assert {one.licence for one in installed_components() if one.name.lower() == package} == {licence}


def test_every_font_and_minified_file_belongs_to_a_work_in_the_list():
    patterns = [pattern for one in vendored_components() for pattern in one.files]
    paths = [
        path.relative_to(base).as_posix()
        for base in (PACKAGE, ROOT)
        for folder in ((PACKAGE,) if base == PACKAGE else (ROOT / "themes",))
        for path in folder.rglob("*")
        if path.is_file() and (path.suffix in BINARY or ".min." in path.name) and path.name not in OURS
    ]
    assert len(paths) > 30
    assert [path for path in paths if not any(fnmatch(path, one) for one in patterns)] == []


def test_each_pattern_and_text_of_a_work_is_there():
    for one in vendored_components():
        for pattern in one.files:
            base = ROOT if pattern.startswith("themes/") else PACKAGE
            assert [*base.glob(pattern)], (one.name, pattern)
        if one.text:
            base = ROOT if one.text.startswith("themes/") else PACKAGE
            assert (base / one.text).stat().st_size > 1000


def test_the_packages_of_the_text_view_are_those_of_their_licences():
    folder = PACKAGE / "editor_page" / "web" / "vendor"
    listed = re.findall(
        r"^(\S+) (\d+\.\d+\.\d+) \((\S+)\)$", (folder / "LICENSES.txt").read_text("utf-8"), re.MULTILINE
    )
    known = {(one.name, one.version, one.licence) for one in vendored_components() if "vendor" in one.text}
    assert known == set(listed)
    named = re.findall(r'"([\w-]+)";$', (folder / "entry.js").read_text("utf-8"), re.MULTILINE)
    assert set(named) <= {name for name, _, _ in known}


def test_the_notices_name_every_work():
    notices = (ROOT / "NOTICES.md").read_text(encoding="utf-8")
    for one in vendored_components():
        for word in (one.name, one.version, one.holder, one.licence, one.text):
            assert word in notices


def test_the_bill_of_materials_has_every_component_once():
    bill = bill_of_materials()
    assert bill["metadata"]["component"]["name"] == "clusterpress"
    names = [one["name"] for one in bill["components"]]
    assert len(names) == len(set(names)) == len(installed_components()) - 1 + len(vendored_components())
    (babel,) = (one for one in bill["components"] if one["name"] == "babel")
    assert babel["purl"] == f"pkg:pypi/babel@{version('babel')}"
    assert all(one["licenses"][0]["license"]["name"] for one in bill["components"])


def test_each_format_can_be_read():
    def run(*words):
        done = CliRunner().invoke(licences, words)
        assert done.exit_code == 0
        return done.output

    assert f"mkdocs {version('mkdocs')}: BSD-2-Clause\n" in run()
    assert "Source Sans 3 5.3.1, Adobe: OFL-1.1" in run()
    assert {"name", "version", "licence"} <= json.loads(run("-o", "json"))[0].keys()
    assert json.loads(run("-o", "cyclonedx")) == bill_of_materials()
