"""The package is fetched once, with npm, and what is missing is said."""

import hashlib
import os
import stat
import tarfile
from base64 import b64encode

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.editing import sveltia
from clusterpress.editing.sveltia import VERSION, DownloadError, fetch_sveltia
from tests.sites.small_site import Site

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")


def npm(tmp_path, monkeypatch, script):
    """Put a program called npm first on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "npm").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "npm").chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def integrity_of(file):
    return f"sha512-{b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()}"


def test_another_package_of_the_same_name_and_version_is_not_unpacked(tmp_path, monkeypatch):
    packed = tmp_path / "packed.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        (tmp_path / "file").write_text("evil")
        archive.add(tmp_path / "file", "package/dist/sveltia-cms.js")
    npm(tmp_path, monkeypatch, f'cp {packed} "$5/x.tgz"')
    with pytest.raises(DownloadError, match="not the one"):
        fetch_sveltia(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_is_needed_of_the_package_is_kept_and_not_fetched_again(tmp_path, monkeypatch):
    packed = tmp_path / "packed.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        for name in ("dist/sveltia-cms.js", "dist/sveltia-cms.js.map", "../../out.js", "LICENSE.txt"):
            file = tmp_path / "file"
            file.write_text(name)
            archive.add(file, f"package/{name}")
    monkeypatch.setattr(sveltia, "INTEGRITY", integrity_of(packed))
    npm(tmp_path, monkeypatch, f'[ "$7" = "@sveltia/cms@{VERSION}" ] && cp {packed} "$5/x.tgz"')
    folder = fetch_sveltia(tmp_path / "cache")
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [
        "LICENSE.txt",
        "sveltia-cms.js",
    ]
    assert not (tmp_path / "out.js").exists()
    (tmp_path / "bin" / "npm").write_text("#!/bin/sh\nexit 1\n")
    assert fetch_sveltia(tmp_path / "cache") == folder
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [folder.name]


def test_without_a_network_it_says_what_npm_said(tmp_path, monkeypatch):
    npm(tmp_path, monkeypatch, "echo 'npm error network is unreachable' >&2; exit 1")
    with pytest.raises(DownloadError, match=r"network is unreachable; are you connected"):
        fetch_sveltia(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_without_npm_the_command_says_where_to_get_it(tmp_path, monkeypatch):
    site = Site(tmp_path / "project")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    result = CliRunner().invoke(main, ["--project", str(site.root), "edit"])
    assert result.exit_code == 2
    assert "install Node.js" in result.output
    assert "Traceback" not in result.output


def test_a_folder_without_a_project_is_wrong_usage(tmp_path):
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "edit"])
    assert result.exit_code == 2
    assert "there is no site_config.yml" in result.output
