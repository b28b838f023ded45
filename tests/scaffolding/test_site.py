"""A new site: complete, without a fault, and it can be built and published at once."""

import json
import re

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.scaffolding.site_answers import check_answer, complete_answer
from tests.sites.small_site import Site

SAID = {
    "--name": "Clusters: one & all",
    "--url": "https://news.example.eu/sub",
    "--publisher": "Agency <One>",
    "--contact": "press@example.eu",
    "--address": "Street 1, 1000 Brussels",
}


def run(*words):
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def found(folder, *words, **said):
    words = [word for pair in {**SAID, **said}.items() for word in pair if pair[1]] + list(words)
    return run("new", "site", str(folder), *words)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--programme", "Interreg: X", "--funding-rules", "cpr-2021", "--boilerplate", "Aims."),
        ("--languages", "en, fr"),
    ],
)
def test_a_new_site_has_no_faults_and_builds_with_a_newsletter(tmp_path, words):
    assert found(tmp_path / "press", *words).exit_code == 0
    site = Site.at(tmp_path / "press")
    assert run("--project", str(site.root), "check", "--strict").output.count("warning") == 0
    assert run("--project", str(site.root), "check", "--fix", "--dry-run").exit_code == 0
    result = run("--project", str(site.root), "build")
    assert result.exit_code == 0, result.output
    (issue,) = site.root.glob("site/newsletters/*/1/index.html")
    assert "Clusters: one &amp; all is online" in (issue.parent / "all/index.html").read_text(
        encoding="utf-8"
    )
    assert list(issue.parent.glob("*.pdf"))
    assert "REPLACE THIS" not in "".join(
        path.read_text(encoding="utf-8") for path in site.root.glob("site/**/*.html")
    )


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (["--funding-rules", "h2020"], "--funding-grant"),
        (["--funding-rules", "mga-2021"], "--funding-authority"),
        (["--funding-rules", "erdf-2007"], "requires the logo of the programme"),
        (["--funding-rules", "cpr-2022"], 'did you mean "cpr-2021"?'),
    ],
)
def test_funding_rules_ask_for_what_they_want_shown(tmp_path, words, missing):
    result = found(tmp_path / "press", "--programme", "Interreg X", *words)
    assert result.exit_code == 2
    assert missing in result.output
    assert not (tmp_path / "press").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["h2020", "--funding-grant", "123456"], ["fp7", "--funding-grant", "123456"], ["external"], ["cpr-2014"],
        ["mga-2021", "--funding-authority", "the agency: REA"], ["cpr-2021", "--boilerplate", "Aims, results, support."],
    ],
)  # fmt: skip
def test_a_site_with_funding_can_be_published_at_once(tmp_path, words):
    found(tmp_path / "press", "--programme", "Interreg X", "--funding-rules", *words)
    result = run("--project", str(tmp_path / "press"), "publish")
    assert result.exit_code == 0, result.output


def test_it_is_published_to_a_folder_at_once(tmp_path):
    found(tmp_path / "press")
    result = run("--project", str(tmp_path / "press"), "publish")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "press-published/index.html").is_file()


def test_publish_refuses_placeholder_text_and_names_the_file(tmp_path):
    found(tmp_path / "press")
    root = str(tmp_path / "press")
    run("--project", root, "new", "news", "Half done")
    result = run("--project", root, "publish")
    assert result.exit_code == 1
    assert "Nothing was published: content/news/" in result.output
    assert not (tmp_path / "press-published").exists()


def test_all_that_is_missing_is_named_at_once(tmp_path):
    result = run("new", "site", str(tmp_path / "press"), "--name", "X")
    assert result.exit_code == 2
    assert all(flag in result.output for flag in ("--url", "--publisher", "--contact", "--address"))
    assert not (tmp_path / "press").exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"--url": "news.example.eu"}, "url: "),
        ({"--contact": "nobody"}, "contact: "),
        ({"--time-zone": "Europe/Brusels"}, "time_zone: "),
        ({"--languages": "en, eo"}, 'the theme has no words in "eo"'),
        ({"--colour": "tael"}, '--colour: "tael" is not a colour; did you mean "teal"?'),
        ({"--logo": "no-such.png"}, "--logo: no-such.png cannot be read: No such file or directory"),
        ({"--logo": __file__}, "test_site.py cannot be read; save it as PNG or JPEG, and try again"),
    ],
)
def test_wrong_answers_are_refused_before_anything_is_written(tmp_path, said, told):
    result = found(tmp_path / "press", **said)
    assert result.exit_code == 2, result.output
    assert told in result.output
    assert not (tmp_path / "press").exists()


def test_a_site_has_the_colour_and_the_logo_that_were_named(tmp_path):
    drawing = tmp_path / "Our mark.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="4"/></svg>')
    assert found(tmp_path / "press", "--colour", "Plum", "--logo", str(drawing)).exit_code == 0
    site = Site.at(tmp_path / "press")
    assert run("--project", str(site.root), "check", "--strict").output.count("warning") == 0
    assert run("--project", str(site.root), "build").exit_code == 0
    (tokens,) = site.root.glob("site/**/tokens.*css")
    assert "--band-ground:#7a2a6a" in tokens.read_text("utf-8")
    assert re.search(r'<img class="masthead__logo" src="[^"]+\.svg"', site.read("index.html"))


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    assert "is not empty (thesis.txt)" in found(tmp_path).output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_repository_without_files_is_a_new_folder(tmp_path):
    (tmp_path / ".git").mkdir()
    assert found(tmp_path, "--workflow", "github").exit_code == 0
    assert "clusterpress publish --to pages" in (tmp_path / ".github/workflows/publish.yml").read_text()


def test_editors_are_told_of_the_settings_schema(tmp_path):
    found(tmp_path / "press")
    first = (tmp_path / "press/site_config.yml").read_text(encoding="utf-8").splitlines()[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads((tmp_path / "press" / path).read_text(encoding="utf-8"))["properties"]["newsletters"]


def test_a_new_site_claims_nothing_that_nobody_checked(tmp_path):
    found(tmp_path / "press")
    settings = (tmp_path / "press/site_config.yml").read_text("utf-8")
    assert settings.count("\nlegal:") == settings.count("legal:") == 1
    run("--project", str(tmp_path / "press"), "build")
    assert not (tmp_path / "press/site/accessibility").exists()
    assert "Street 1, 1000 Brussels" in (tmp_path / "press/site/legal/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "typed", "full", "fault"),
    [
        ("url", "www.example.eu", "https://www.example.eu", ""),
        ("url", "press.example.eu:8080/news/", "https://press.example.eu:8080/news/", ""),
        ("url", "http://example.eu", "http://example.eu", ""),
        ("url", "exa mple.eu", "exa mple.eu", "not a full web address"),
        ("contact", "info@example.eu", "info@example.eu", ""),
        ("contact", "info", "info", "e-mail"),
        ("languages", "en,fr  ar", "en, fr, ar", ""),
        ("time_zone", "Brussels", "Europe/Brussels", ""),
        ("time_zone", "new york", "America/New_York", ""),
        ("time_zone", "Europe/Brusels", "Europe/Brusels", 'did you mean "Europe/Brussels"?'),
        ("rules", "h2002", "h2002", 'did you mean "h2020"?'),
        ("rules", "none", "none", ""),
        ("colour", "Teal", "teal", ""),
        ("colour", "006D77", "#006d77", ""),
        ("colour", "#ffcc00", "#8f7200", ""),
        ("colour", "tael", "tael", 'did you mean "teal"?'),
        ("colour", "#fff", "#fff", "six digits"),
    ],
)
def test_each_answer_is_completed_and_checked_alone(name, typed, full, fault):
    assert complete_answer(name, typed) == full
    said = check_answer(name, full)
    assert (fault in said and bool(said)) if fault else said == ""


@pytest.mark.parametrize(
    ("name", "typed", "answer", "fault"),
    [
        ("languages", "English", "en", ""),
        ("languages", "French, german en", "fr, de, en", ""),
        ("rules", "Interreg", "Interreg", '"cpr-2021"'),
        ("rules", "interreg", "interreg", '"cpr-2014"'),
        ("rules", "Horizon 2020", "Horizon 2020", '"h2020"'),
        ("rules", "fp8", "fp8", "fp7"),
        ("time_zone", "CET", "CET", "Europe/Brussels"),
        ("time_zone", "EST", "EST", "zone of a country"),
        ("time_zone", "UTC", "UTC", ""),
        ("time_zone", "lisbon", "Europe/Lisbon", ""),
    ],
)
def test_answers_in_everyday_words_are_understood_or_answered_with_an_offer(name, typed, answer, fault):
    assert complete_answer(name, typed) == answer
    found = check_answer(name, answer)
    assert fault in found
    assert bool(fault) == bool(found)
