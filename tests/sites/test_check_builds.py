"""What a check passes, a build builds."""

import random
import shutil

import pytest

from clusterpress.pipeline.project import find_theme
from tests.sites.small_site import Site
from tests.torture.check_builds import BLOCKS, find_fault, hostile_files

pytestmark = pytest.mark.slow

NEWS = {"content/news/one.md": "---\ntitle: One\ndate: 2021-01-01\n---\nText.\n"}


@pytest.mark.parametrize("number", range(6))
def test_a_random_site_with_hostile_values_is_refused_by_the_check_or_built(tmp_path, number):
    assert find_fault(tmp_path, hostile_files(random.Random(f"test {number}"))) in ("", "refused")


@pytest.mark.parametrize("block", BLOCKS[::5])
def test_the_settings_of_the_engine_are_refused_by_the_check_or_built(tmp_path, block):
    config = f"name: S\nurl: https://example.eu/\nsearch: false\nmkdocs:\n  {block}\n"
    assert find_fault(tmp_path, {**NEWS, "site_config.yml": config}) in ("", "refused")


def test_a_template_that_cannot_be_read_is_an_error_at_its_line_before_anything_is_written(tmp_path):
    site = Site(tmp_path, NEWS)
    site.write("site_config.yml", "name: S\nurl: https://example.eu/\nsearch: false\n")
    folder = tmp_path / "themes/clusters-cord"
    shutil.copytree(find_theme(tmp_path, "clusters-cord"), folder)
    assert not site.check()
    template = folder / "website/term.html"
    good = template.read_text("utf-8")
    for wrong, words in (
        ("{% if %}", "Expected an expression"),
        ("{% block x %}{{ 1 | nope }}{% endblock %}", "nope"),
    ):
        template.write_text(f"{good}\n{wrong}\n", encoding="utf-8")
        (problem,) = site.check()
        assert problem.startswith("themes/clusters-cord/website/term.html:")
        assert words in problem
    assert site.build().difference is None
    template.write_text(good, encoding="utf-8")
    base = folder / "website/base.html"
    base.write_text("{{ nothing.at.all }}" + base.read_text("utf-8"), encoding="utf-8")
    assert "'nothing' is undefined" in site.check()[0]


@pytest.mark.parametrize("name", ["embed.html", "news-item.html", "partials/parts.html"])
def test_a_template_that_a_theme_lacks_is_an_error_before_anything_is_written(tmp_path, name):
    site = Site(tmp_path, NEWS)
    site.write("site_config.yml", "name: S\nurl: https://example.eu/\nsearch: false\n")
    folder = tmp_path / "themes/clusters-cord"
    shutil.copytree(find_theme(tmp_path, "clusters-cord"), folder)
    (folder / "website" / name).unlink()
    expected = f"themes/clusters-cord/website/{name}:1:1: error: the theme has no such template"
    assert any(problem.startswith(expected) for problem in site.check())


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("theme.yml", "x: [", "theme.yml:1:1: error: expected the node content"),
        ("theme.yml", "", "theme.yml:1:1: error: the file holds no keys"),
        ("theme.yml", "x: 2020-02-30", "theme.yml:1:1: error: day is out of range for month"),
        ("theme.yml", "light: {}", "theme.yml:1:1: error: the token 'colours' is missing"),
        ("theme.yml", "colours: 5", "theme.yml:1:1: error: a token has the wrong form"),
        ("website/labels/en.yml", "a: 1\n- b", "website/labels/en.yml:2:1: error:"),
        ("newsletter/labels/en.yml", "- a", "newsletter/labels/en.yml:1:1: error: the file holds no keys"),
    ],
)
def test_tokens_and_labels_that_cannot_be_read_are_errors_at_their_line(tmp_path, file, text, message):
    site = Site(tmp_path, NEWS)
    folder = tmp_path / "themes/clusters-cord"
    shutil.copytree(find_theme(tmp_path, "clusters-cord"), folder)
    (folder / file).write_text(text, encoding="utf-8")
    assert site.check()[0].startswith(f"themes/clusters-cord/{message}")
