"""The commands as people type them: words, exit codes, and never a traceback."""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parents[1] / "examples"
LINE = re.compile(r"^\S.*?:\d+:\d+: (error|warning): .+")


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def run(site, *words):
    result = CliRunner().invoke(main, ["--project", str(site.root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_sound_project_passes_the_check_without_a_word(site):
    result = run(site, "check", "--now", "2022-01-01")
    assert result.exit_code == 0
    assert "error" not in result.output
    assert not (site.root / "site").exists()


def test_build_says_what_it_did(site):
    first = run(site, "build", "--now", "2022-01-01")
    assert first.exit_code == 0
    assert re.search(r"site: \d+ new \(\d+\.\d s\)$", first.stdout.strip())
    second = run(site, "build", "--now", "2022-01-01")
    assert re.search(r"site: \d+ unchanged", second.stdout)


def test_nothing_to_do_is_said_with_every_warning(site):
    os.utime(site.root / "site_config.yml", (0, 0))
    site.write("content/news/dup.md", "---\ntitle: Two\ndate: 2019-06-15\n---\nREPLACE THIS: more.\n")
    first = run(site, "build", "--now", "2022-01-01")
    second = run(site, "build", "--now", "2022-01-01", "-v", "--why", "*")
    warnings = [line for line in first.stderr.splitlines() if "warning" in line]
    assert warnings
    assert second.stderr.splitlines() == warnings
    assert re.search(r"^check +\d+\.\d{3} s$", second.stdout, re.MULTILINE)
    assert "no output was rebuilt" in second.stdout
    assert re.search(r"site: \d+ unchanged", second.stdout)


def test_a_build_keeps_notes_for_those_who_ask(site):
    site.write("content/static/robots.txt", "User-agent: *\n")
    assert "note: this file is published as /robots.txt" in run(site, "check", "--now", "2022-01-01").stderr
    for words, expected in (([], False), (["-v"], True), ([], False)):
        assert ("note:" in run(site, "build", "--now", "2022-01-01", *words).stderr) == expected


def test_why_names_the_cause(site):
    run(site, "build", "--now", "2022-01-01")
    site.write("content/news/two.md", FILES["content/news/two.md"] + "More.\n")
    result = run(site, "build", "--now", "2022-01-01", "--why", "/news/2019/two/")
    assert re.search(r"^news/2019/two/index.html: changed: .*its text", result.stdout, re.MULTILINE)


def test_each_stage_has_a_line_that_says_how_long_it_took(site):
    result = run(site, "build", "--now", "2022-01-01", "-v")
    stages = re.findall(r"^(\w+) +\d+\.\d{3} s$", result.stdout, re.MULTILINE)
    assert stages == ["read", "plan", "compare", "render", "commit"]


def test_a_profile_says_where_the_time_went(site):
    file = site.root / "profile.txt"
    result = run(site, "build", "--now", "2022-01-01", "--profile", str(file))
    assert "profile.txt: profile written" in result.stdout
    head, stages, kinds, slowest, functions, ours = re.split(r"\n\n(?=[A-Z])", file.read_text())
    assert head.endswith("in one process; profiling slows it down.")
    assert re.search(r"^ +\d+\.\d{3} s +\d+%  render$", stages, re.MULTILINE)
    number = sum(int(row.replace(",", "")) for row in re.findall(r"s +([\d,]+) +[\d.]+ ms", kinds))
    made = int(re.search(r"site: (\d+) new", result.stdout)[1])
    assert number == made
    assert "website.pages.items.make_item" in kinds
    assert f"of {made:,}" in slowest
    assert re.search(r"^ +\d+\.\d{3} s  \S+\.html$", slowest, re.MULTILINE)
    assert re.search(r"^ +\d+\.\d{3} s +\d+\.\d{3} s +[\d,]+  \S", functions, re.MULTILINE)
    assert re.search(r"render_page  clusterpress/website/engine.py:\d+$", ours, re.MULTILINE)


def test_a_folder_without_settings_is_wrong_usage(tmp_path):
    result = run(Site.at(tmp_path), "build")
    assert result.exit_code == 2
    assert "there is no site_config.yml" in result.output


def test_an_unknown_setting_gets_its_line_and_the_nearest_name(site):
    site.write("site_config.yml", "name: x\nurl: https://x.eu/\npagesize: 3\n")
    result = run(site, "build")
    assert result.exit_code == 1
    assert "site_config.yml:3:1: error:" in result.output
    assert '"page_size"' in result.output


def test_an_unknown_theme_is_named_with_those_there_are(site):
    site.write("site_config.yml", "name: x\nurl: https://x.eu/\ntheme: cluster-cord\n")
    result = run(site, "check")
    assert result.exit_code == 1
    assert 'did you mean "clusters-cord"?' in result.output


def test_a_foreign_output_folder_is_wrong_usage_and_left_alone(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    (folder / "wedding.jpg").touch()
    result = run(site, "build", "--output", str(folder))
    assert result.exit_code == 2
    assert "did not write" in result.output
    assert [path.name for path in folder.iterdir()] == ["wedding.jpg"]


def test_strict_takes_warnings_for_errors(site):
    site.write("content/news/two.md", "---\ntitle: Two\ndate: 2019-06-15\nsumary: S.\n---\nText.\n")
    assert run(site, "build", "--now", "2022-01-01").exit_code == 0
    strict = run(site, "build", "--now", "2022-01-01", "--strict")
    assert strict.exit_code == 1
    assert "1 warning" in strict.output


def test_every_fault_of_every_file_is_one_line_and_the_site_stays(site):
    run(site, "build", "--now", "2022-01-01")
    before = site.output()
    broken = sorted(path for path in (EXAMPLES / "invalid" / "news").rglob("*") if path.suffix == ".md")
    assert len(broken) >= 30
    for path in broken:
        site.write(f"content/news/broken/{path.name}", path.read_bytes())
    result = run(site, "build", "--now", "2022-01-01", "-v")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    lines = [line for line in result.output.splitlines() if "content/news/broken" in line]
    assert all(LINE.match(line) for line in lines)
    assert {Path(line.split(":", 1)[0]).name for line in lines} == {path.name for path in broken}
    assert all("; " in line for line in lines if " error: " in line), "each error says what to do"
    assert site.output() == before


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["check", "--help"], ["--version"]])
def test_help_explains_itself(words):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert "clusterpress" in result.output.lower()


def test_a_mistyped_option_is_wrong_usage():
    assert CliRunner().invoke(main, ["build", "--clan"]).exit_code == 2
