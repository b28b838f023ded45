"""The documentation site, written from the handbook and built by clusterpress itself."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docs.__main__ import _with_links, addresses, sources, write_project
from selectolax.lexbor import LexborHTMLParser

from clusterpress.handbook.pages import PAGES
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, "-m", "docs", root], cwd=PROJECT, check=True)
    site = Site.at(root)
    result = site.build(now=datetime(2030, 1, 1, tzinfo=UTC))
    assert result.difference is not None, result.problems
    return site


def test_every_page_of_the_handbook_and_every_decision_is_there(site):
    for source in sources():
        page = LexborHTMLParser(site.read(f"{source.path}/index.html"))
        heading = (PROJECT / source.file).read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        shown = page.css_first("h1").text(strip=True).replace("’", "'")  # the site sets apostrophes
        assert shown.replace("`", "") == heading.replace("`", "")
    assert len(list(sources())) > len(PAGES) + 40


def test_no_link_of_a_file_is_lost(site):
    handbook = LexborHTMLParser(site.read("handbook/index.html"))
    links = {node.attributes["href"] for node in handbook.css("main a")}
    assert {f"/handbook/{page.name}/" for page in PAGES} <= links
    contributing = LexborHTMLParser(site.read("contributing/index.html"))
    assert {"/how-it-works/", "/decisions/", "/security/"} <= {
        node.attributes["href"] for node in contributing.css("main a")
    }


def test_the_help_of_each_command_is_a_section(site):
    headings = [
        node.text(strip=True) for node in LexborHTMLParser(site.read("commands/index.html")).css("h2")
    ]
    assert {"clusterpress build", "clusterpress newsletter send", "clusterpress licences"} <= {*headings}


def test_the_front_page_leads_to_the_newest_release(site):
    version = re.search(r"^## \[(\d.*?)\]", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[1]
    links = LexborHTMLParser(site.read("index.html")).css("main a")
    (lead, *_) = [one for one in links if one.text(strip=True) == f"clusterpress {version}"]
    release = LexborHTMLParser(site.read(f"{lead.attributes['href'].strip('/')}/index.html"))
    assert len(release.css("main h1")) == 1
    assert "Write" in [node.text(strip=True) for node in release.css("main h2")]


def test_every_way_from_the_front_page_leads_somewhere(site):
    ways = [one.attributes["href"] for one in LexborHTMLParser(site.read("index.html")).css(".tiles a")]
    assert len(ways) == 8
    for way in ways:
        assert site.read(f"{way.strip('/')}/index.html")


def test_it_can_be_searched_in_full(site):
    entry = json.loads(site.read("assets/search/en/recent/pagefind-entry.json"))
    (language,) = entry["languages"].values()
    assert language["page_count"] >= len(list(sources()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](trust.md)", "[a](/handbook/trust/)"),
        ("[a](../../../../CONTRIBUTING.md#style)", "[a](/contributing/#style)"),
        ("[a](staff.md)", "[a](/handbook/staff/)"),
        ("[a](../../../decisions/)", "[a](/decisions/)"),
        ("[a](https://x.eu/) [b](mailto:a@x.eu)", "[a](https://x.eu/) [b](mailto:a@x.eu)"),
        ("[a](#what-pages-may-load)", "[a](#what-pages-may-load)"),
        ("[the Makefile](../../../../Makefile)", "the Makefile"),
        ("`[a](trust.md)` and [b](safety.md)", "`[a](trust.md)` and [b](/handbook/safety/)"),
        ("```\n[a](trust.md)\n```", "```\n[a](trust.md)\n```"),
    ],
)
def test_links_between_files_become_links_between_pages(text, expected, tmp_path):
    file = "generator/clusterpress/handbook/pages/engine.md"
    assert _with_links(text, file, addresses(), tmp_path) == expected


def test_pages_that_are_gone_are_deleted(tmp_path):
    write_project(tmp_path)
    old = tmp_path / "content/pages/handbook/gone.md"
    old.write_text("---\ntitle: Gone\n---\n", encoding="utf-8")
    write_project(tmp_path)
    assert not old.exists()
