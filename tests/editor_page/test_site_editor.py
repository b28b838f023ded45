"""The files of the editor on a site: only where it is asked for, listed nowhere, and without anything hidden."""

import json
import re

import pytest

from clusterpress.config.trust import restrict
from clusterpress.pipeline.project import open_project
from tests.sites.small_site import FILES, Site

EDITOR = "editor: {backend: github, repo: owner/site}\n"
HIDDEN = {
    "content/news/hidden.md": "---\ntitle: Zzdraft\ndate: 2021-01-01\ndraft: true\nauthor: Zzperson\ntags: [zztag]\n---\nx\n",
    "content/news/later.md": "---\ntitle: Zzembargo\ndate: 2030-01-01\nimage: {src: picture.png, alt: Zzalt}\n---\nx\n",
    "content/partners/zzpartner.md": "---\ntitle: Zzpartner\ndraft: true\n---\n",
    "content/news/two.fr.md": "---\ntitle: Zzdeux\ndate: 2019-06-15\ndraft: true\n---\nx\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("editor"), FILES | HIDDEN)
    site.write("site_config.yml", (site.root / "site_config.yml").read_text() + EDITOR)
    assert [str(problem) for problem in site.build().problems] == []
    return site


def test_without_the_setting_nothing_of_the_editor_is_in_the_site(tmp_path, site):
    plain = Site(tmp_path, FILES | HIDDEN)
    plain.build()
    assert not [path for path in plain.output() if path.startswith("admin/")]
    # With it, all other files are the same, so that nothing links to the editor or lists it.
    others = {path: content for path, content in site.output().items() if not path.startswith("admin/")}
    assert others == plain.output()


def test_the_page_is_not_indexed_and_may_talk_to_the_host_only(site):
    page = site.read("admin/index.html")
    assert '<meta name="robots" content="noindex, nofollow">' in page
    policy = dict(
        rule.split(" ", 1)
        for rule in re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].split("; ")
    )
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' blob: data:",
        "connect-src": "'self' https://api.github.com",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    for address in re.findall(r'(?:href|src)="([^":]+)"', page):
        assert (site.root / "site/admin" / address).is_file()


def test_what_is_not_published_is_in_no_file_of_the_editor(site):
    found = {path: content for path, content in site.output().items() if path.startswith("admin/")}
    for path, content in found.items():
        assert b"Zz" not in content, path
        assert b"zztag" not in content, path
    rows = json.loads(site.read("admin/items.json"))
    assert {"content/news/one.md", "content/partners/milano.md"} <= {row["path"] for row in rows}
    two = next(row for row in rows if row["path"] == "content/news/two.md")
    assert (two["languages"], two["missing"]) == (["en"], ["fr", "ar"])


def test_the_licences_are_beside_the_works_of_others(site):
    (licences,) = (site.root / "site/admin").rglob("vendor/LICENSES.txt")
    text = licences.read_text("utf-8")
    assert "yaml 2." in text
    assert "prosemirror-view" in text
    assert {one.name for one in licences.parent.iterdir()} == {"LICENSES.txt", "prosemirror.js", "yaml.js"}


def test_forms_offer_the_published_records_and_names(site):
    found = json.loads(site.read("admin/site.json"))
    fields = {one["key"]: one for one in found["forms"]["news"]["first"]}
    assert fields["cluster"]["options"] == [["mdc", "MDC"], ["qoot", "QOOT"]]
    assert found["host"]["repo"] == "owner/site"
    assert "save_ready" in found["words"]["ui"]


def test_a_second_build_changes_nothing_and_an_edit_changes_the_list_only(site):
    before = site.output()
    site.build()
    assert site.output() == before
    old = site.root / "content/news/four.md"
    text = old.read_text()
    site.write("content/news/four.md", text.replace("title: Four", "title: Fourth"))
    site.build()
    changed = {path for path, content in site.output().items() if before.get(path) != content}
    assert {path for path in changed if path.startswith("admin/")} == {"admin/items.json"}
    site.write("content/news/four.md", text)
    site.build()
    assert site.output() == before


def test_a_project_whose_content_alone_is_trusted_has_no_editor(site):
    project, _ = open_project(site.root)
    restricted, notes = restrict(project.settings, site.root / "content")
    assert restricted.editor is None
    assert "editor is left out" in " ".join(map(str, notes))
