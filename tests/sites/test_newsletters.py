"""Newsletters of a small site, built whole: feeds with their files, warnings, edits."""

import json
import re

import pytest

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


def test_a_pdf_that_cannot_be_made_stops_the_build_with_its_line(site):
    site.build()
    site.write("content/news/two.md", FILES["content/news/two.md"] + "A sign: \U0001f980\n")
    result = site.build()
    assert result.difference is None
    assert [problem.path for problem in result.problems if problem.severity == "error"] == [
        "content/news/two.md"
    ]


def test_a_mail_that_is_large_is_told_by_every_build_until_it_is_mended(site):
    large = issue("  - {title: News, items: [one, two]}", body="A long letter, word by word. " * 2800)
    site.write(PATH, large)

    def told():
        return [problem.path for problem in site.build().problems if "the e-mail has" in problem.message]

    assert told() == [PATH]
    assert told() == [PATH]
    site.write("content/news/four.md", FILES["content/news/four.md"] + "More.\n")
    assert told() == [PATH]
    assert site.build(strict=True).difference is None
    site.write(PATH, issue("  - {title: News, items: [one, two]}"))
    assert told() == []
