"""The handbook in the browser: every page, link and picture is there, and the search finds what a reader asks."""

import json
import re
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from clusterpress.cli.commands import main
from clusterpress.handbook.pages import GROUPS, PAGES
from clusterpress.handbook.website import make_website


@pytest.fixture(scope="module")
def website():
    return make_website()


@pytest.fixture(scope="module")
def pages(website):
    return {path: LexborHTMLParser(raw.decode()) for path, raw in website.items() if path.endswith(".html")}


def test_every_page_is_there_in_its_group(pages):
    assert pages.keys() == {"index.html", *(f"{page.name}.html" for page in PAGES)}
    assert {page.group for page in PAGES} == {key for key, _ in GROUPS}
    for path, page in pages.items():
        assert len(page.css("h1")) == 1, path
        assert len(page.css("nav a")) == len(PAGES), path


def test_every_link_and_picture_leads_somewhere(website, pages):
    for path, page in pages.items():
        for node in page.css("[href], [src]"):
            target = node.attributes.get("href") or node.attributes.get("src")
            if "://" in target or target.startswith("mailto:"):
                continue
            file, _, anchor = target.partition("#")
            assert (file or path) in website, f"{path}: {target}"
            if anchor:
                assert pages[file or path].css_first(f'[id="{unquote(anchor)}"]'), f"{path}: {target}"


def test_pictures_have_a_description_and_none_is_left_over(website, pages):
    shown = [node for page in pages.values() for node in page.css("article img")]
    assert all(len(node.attributes["alt"]) > 30 for node in shown)
    assert {node.attributes["src"] for node in shown} == {
        path for path in website if path.startswith("pictures/")
    }
    assert all(len(raw) < 100_000 for path, raw in website.items() if path.startswith("pictures/"))


def test_no_mark_of_markdown_is_left(pages):
    for path, page in pages.items():
        for node in page.css("article pre, article code, article script"):
            node.decompose()
        words = page.css_first("article").text()
        assert not re.search(r"(?m)```|^\|.*\|$|^#+ |\]\(", words), path


def test_the_search_knows_every_heading(website, pages):
    index = json.loads(website["index.js"].decode().removeprefix("const INDEX = ").removesuffix(";\n"))
    known = {(one["page"], one["id"]) for one in index}
    for path, page in pages.items():
        name = path.removesuffix(".html")
        if name != "index":
            assert {
                (name, node.attributes["id"]) for node in page.css("article h2[id], article h3[id]")
            } <= known
    (embargo,) = [one for one in index if one["heading"] == "Drafts, embargoes and expiry"]
    assert (embargo["page"], "publish it later (embargo)" in embargo["text"]) == ("staff", True)
    assert "</" not in website["index.js"].decode().replace("<\\/", "")


def test_nothing_comes_from_another_server(website):
    for path, raw in website.items():
        if path.endswith((".html", ".css", ".js")):
            assert not re.search(
                rb'(?:<(?:script|link|img|iframe)[^>]*(?:src|href)="|@import|url\()\s*(?:https?:)?//', raw
            ), path


def run(*words):
    result = CliRunner().invoke(main, ["handbook", *words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def test_pages_are_written_into_a_folder_and_again_only_if_they_differ(tmp_path):
    assert run("--to", str(tmp_path / "book")).exit_code == 0
    page = tmp_path / "book/staff.html"
    before = page.stat().st_mtime_ns
    (tmp_path / "book/report.html").write_text("old")
    run("--to", str(tmp_path / "book"))
    assert page.stat().st_mtime_ns == before
    assert (tmp_path / "book/report.html").read_bytes() == make_website()["report.html"]


class _Terminal:
    """A browser that notes what it is asked to open, and a terminal to call it from."""

    def __init__(self, monkeypatch, *, opens):
        self.opened = []
        monkeypatch.setattr("webbrowser.open", lambda address: self.opened.append(address) or opens)
        monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
        monkeypatch.setenv("TERM", "dumb")  # no pager
        monkeypatch.delenv("PAGER", raising=False)


def test_it_opens_in_the_browser_at_a_page(tmp_path, monkeypatch):
    monkeypatch.setenv("CLUSTERPRESS_CACHE", str(tmp_path))
    terminal = _Terminal(monkeypatch, opens=True)
    assert run().stdout.endswith("/handbook/index.html\n")
    assert "hand-over.html" in run("hand-over").stdout
    assert [address.rpartition("/")[2] for address in terminal.opened] == ["index.html", "hand-over.html"]
    assert (tmp_path / "handbook/hand-over.html").is_file()
    assert run("--text", "report").stdout.startswith("# Report to the funder\n")
    assert len(terminal.opened) == 2


def test_without_a_browser_it_is_text(tmp_path, monkeypatch):
    monkeypatch.setenv("CLUSTERPRESS_CACHE", str(tmp_path))
    _Terminal(monkeypatch, opens=False)
    assert "publish-news" in run().stdout
    assert run("report").stdout.startswith("# Report to the funder\n")


def test_output_for_another_program_is_text():
    assert "publish-news" in run().stdout
    assert run("report").stdout.startswith("# Report to the funder\n")
    result = run("reprot")
    assert (result.exit_code, 'did you mean "report"?' in result.stderr) == (2, True)
