"""``clusterpress check`` with its options, on real folders."""

import json

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from tests.sites.small_site import Site

THREE = "content/news/three.md"
ODD = b"\xef\xbb\xbf---\r\ndate: 13 MAY 2014\r\n# Milan\r\npartners:   PP8\r\ntitle: Three\r\n---\r\n\r\nThird.  \r\n"
USUAL = b"\xef\xbb\xbf---\r\ntitle: Three\r\ndate: 2014-05-13\r\n# Milan\r\npartners:   milano\r\n---\r\n\r\nThird.  \r\n"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    site.write(THREE, ODD)
    return site


def run(site, *words):
    result = CliRunner().invoke(main, ["--project", str(site.root), "check", "--now", "2022-01-01", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_fix_writes_the_canonical_form_and_keeps_line_ends_mark_and_body(site):
    result = run(site, "--fix")
    assert result.exit_code == 0, result.output
    assert (site.root / THREE).read_bytes() == USUAL
    assert f'{THREE}:2: date: "13 MAY 2014" becomes "2014-05-13"' in result.output
    assert "Canonical form: changed" in result.output
    again = run(site, "--fix")
    assert "Canonical form: all files are in canonical form" in again.output
    assert not list((site.root / "content").rglob(".*"))


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_dry_run_shows_the_same_writes_nothing_and_fails_until_it_was_done(site, option):
    result = run(site, "--fix", option)
    assert result.exit_code == 1
    assert "2014-05-13" in result.output
    assert (site.root / THREE).read_bytes() == ODD
    run(site, "--fix")
    assert run(site, "--fix", option).exit_code == 0


def test_fix_leaves_a_file_with_faults_as_it_is_but_for_what_is_sure_and_reports_the_faults(site):
    site.write(THREE, "---\ntitle: Three\ndate: 31 June 2014\npartners: PP8\n---\n")
    result = run(site, "--fix")
    assert result.exit_code == 1
    assert (site.root / THREE).read_text() == "---\ntitle: Three\ndate: 31 June 2014\npartners: milano\n---\n"
    assert "there is no 31 June 2014" in result.output


def test_permissions_and_links_outlive_a_fix(site):
    real = site.root / "elsewhere.md"
    real.write_bytes(ODD)
    real.chmod(0o640)
    (site.root / THREE).unlink()
    (site.root / THREE).symlink_to(real)
    run(site, "--fix")
    assert (site.root / THREE).is_symlink()
    assert real.read_bytes() == USUAL
    assert real.stat().st_mode & 0o777 == 0o640


def test_json_goes_to_standard_output_alone(site):
    site.write(THREE, "---\ntitle: Three\ndate: 31 June 2014\n---\n")
    result = run(site, "-o", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["errors"] == 1


def test_github_paths_begin_at_the_top_of_the_repository(tmp_path):
    (tmp_path / ".git").mkdir()
    site = Site(tmp_path / "web")
    site.write(THREE, "---\ntitle: Three\ndate: 31 June 2014\n---\n")
    assert f"::error file=web/{THREE},line=3" in run(site, "-o", "github").stdout


def test_without_faults_it_says_so(site):
    assert "No problems found." in run(site).stderr


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_showing_a_fix_without_a_fix_is_wrong_usage(site, option):
    assert run(site, option).exit_code == 2
