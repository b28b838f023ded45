"""Newsletters of a small site, built whole: feeds with their files, warnings, edits."""

import json
import re
import shutil

import pytest

from clusterpress.pipeline.project import find_theme
from tests.newsletters.make import issue
from tests.sites.small_site import FILES, Site

pytestmark = pytest.mark.slow
PATH = "content/newsletters/cord/03.md"
FOLDER = "newsletters/cord"
CONFIG = "newsletters:\n  cord: {name: Cord letter, address: 'Street 1, Brussels'}\ncontact: us@example.eu\n"


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path, {**FILES, PATH: issue("  - {title: News, items: [one, two]}")})
    made.write("site_config.yml", (made.root / "site_config.yml").read_text("utf-8") + CONFIG)
    return made


def length(site):
    (item,) = json.loads(site.read(f"{FOLDER}/feed.json"))["items"]
    (file,) = item["attachments"]
    return file["size_in_bytes"]


def issue_files(site):
    start = f"{FOLDER}/3/"
    return [path.removeprefix(start) for path in site.output() if path.startswith(start)]


def size(site):
    return (site.root / "site" / FOLDER / "3" / "cord-3.pdf").stat().st_size


def test_feeds_of_a_newsletter_know_how_large_its_pdf_is_after_every_edit(site):
    site.build()
    assert length(site) == size(site)
    assert f'length="{size(site)}"' in site.read(f"{FOLDER}/feed.xml")
    before = size(site)
    site.write("content/news/two.md", FILES["content/news/two.md"] + "And a sentence more, to be printed.\n")
    stale = site.build().difference.stale
    assert size(site) != before
    assert length(site) == size(site)
    assert {f"{FOLDER}/feed.xml", f"{FOLDER}/3/cord-3.pdf"} <= set(stale)
    assert not site.build().difference.stale


def test_an_incremental_build_equals_a_clean_one(site):
    site.build()
    site.write("content/news/one.md", FILES["content/news/one.md"] + "More.\n")
    site.build()
    site.build("clean")
    assert site.output() == site.output("clean")


def test_a_newsletter_is_found_where_feeds_are_listed(site):
    site.build()
    assert f'href="/{FOLDER}/feed.xml"' in site.read("feeds/index.html")
    assert f"https://example.eu/{FOLDER}/feed.xml" in site.read("feeds/feeds.opml")
    assert re.search(rf'rel="alternate"[^>]+/{FOLDER}/feed\.xml', site.read(f"{FOLDER}/index.html"))
    assert f"/{FOLDER}/feed.xml" in site.read(f"{FOLDER}/3/index.html")


def test_a_character_that_no_font_has_stops_nothing(site):
    site.build()
    site.write("content/news/two.md", FILES["content/news/two.md"] + "A sign: \u4e2d\n")
    result = site.build()
    (problem,) = result.problems
    assert (problem.path, problem.severity) == ("content/news/two.md", "warning")
    assert "prints" in problem.message
    assert f"{FOLDER}/3/cord-3.pdf" in result.difference.stale
    assert site.build(strict=True).difference is None


@pytest.mark.parametrize(
    ("template", "fault", "gone"),
    [
        ("layouts.typ", ("// Sections", '#panic("broken")\n// Sections'), "cord-3.pdf"),
        ("mail/email.html", ("</html>", "{{ 1 / 0 }}"), "email.html"),
        ("web/sheet.html", ("{% block main %}", "{% block main %}{{ 1 / 0 }}"), "2/index.html"),
    ],
)
def test_an_edition_that_cannot_be_made_is_left_out_alone(site, template, fault, gone):
    theme = site.root / "themes" / "clusters-cord"
    shutil.copytree(find_theme(site.root, "clusters-cord"), theme)
    site.build()
    assert gone in issue_files(site)
    file = theme / "newsletter" / template
    whole = file.read_text("utf-8")
    file.write_text(whole.replace(*fault), "utf-8")
    result = site.build()
    told = [problem for problem in result.problems if gone in problem.message]
    assert told, result.problems
    assert {problem.severity for problem in result.problems} == {"warning"}
    assert "is left out" in told[0].message
    assert gone not in issue_files(site)
    assert "index.html" in issue_files(site)
    assert site.build(strict=True).difference is None
    file.write_text(whole, "utf-8")
    assert site.build().problems == ()
    assert gone in issue_files(site)


def test_a_mail_that_is_large_is_told_by_every_build_until_it_is_mended(site):
    large = issue("  - {title: News, items: [one, two]}", body="A long letter, word by word. " * 2800)
    site.write(PATH, large)

    def told():
        return [problem.path for problem in site.build().problems if "the e-mail has" in problem.message]

    assert told() == [PATH]
    assert told() == [PATH]
    site.write("content/news/four.md", FILES["content/news/four.md"] + "More.\n")
    assert told() == [PATH]
    assert site.build(strict=True).difference  # it grows with the titles of other items, too
    site.write(PATH, issue("  - {title: News, items: [one, two]}"))
    assert told() == []
