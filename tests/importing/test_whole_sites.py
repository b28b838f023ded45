"""Sites of six generators come over whole: everything builds, every word and old address is there."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from clusterpress.importing.plan_file import read_plan, write_plan
from clusterpress.importing.sources.layouts.registry import GENERATORS, detect_generator
from clusterpress.importing.sources.markdown_trees import read_tree
from clusterpress.importing.write import Attachments
from clusterpress.values.problems import errors
from tests.importing.project import Project
from tests.importing.trees import astro, eleventy, hugo, jekyll, material, pelican

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)

MAKERS = {
    "jekyll": jekyll.make_tree,
    "hugo": hugo.make_tree,
    "astro": astro.make_tree,
    "eleventy": eleventy.make_tree,
    "pelican": pelican.make_tree,
    "material": material.make_tree,
}


class Imported:
    """A tree, imported into a site that was then built."""

    def __init__(self, name, root):
        self.tree = MAKERS[name]()
        self.generator = GENERATORS[name]
        self.project = Project(root)
        self.project.remove("content/programmes/the-next-society.md")
        self.project.write(
            "site_config.yml",
            f"name: Small site\nurl: https://example.eu/\nlanguages: {self.tree.languages}\nsearch: false\npage_size: 100\n",
        )
        self.report = self.bring()
        self.result = self.project.build(now=NOW)
        self.pages = {
            path: text.decode("utf-8", "replace")
            for path, text in self.project.output().items()
            if path.endswith(".html")
        }
        self.paths = {outcome.place: outcome.path for outcome in self.report.outcomes}

    def bring(self):
        export = read(self.tree, self.generator, self.project.settings)
        files = self.tree.files
        return self.project.bring(
            export, Attachments(names=sorted(files), read=files.__getitem__, is_tree=True)
        )

    def page(self, address):
        """Return the page that an old address leads to, as a browser follows it."""
        path = address.strip("/")
        html = self.pages.get(path) or self.pages.get(f"{path}/index.html" if path else "index.html")
        found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', html or "")
        return self.page(unescape(found[1])) if found else html


def read(tree, generator, settings, **options):
    names = sorted(tree.files)
    return read_tree(names, tree.files.__getitem__, generator, "old", settings, today=NOW.date(), **options)


def visible(html):
    """Return the words that readers see of a page."""
    bare = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return set(re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", bare))))


def check_the_tree_is_large_and_its_generator_is_recognised(site):
    assert len(site.tree.files) >= 300
    assert detect_generator(site.tree.files).name == site.generator.name


def check_it_builds_without_an_edit(site):
    assert [str(problem) for problem in errors(site.result.problems)] == []


def check_every_item_is_there_with_its_kind_and_language(site):
    folders = {"news": "news", "event": "events", "author": "authors", "page": "pages"}
    wrong = [
        (item.place, path)
        for item in site.tree.items
        if not (path := site.paths.get(item.place, ""))
        or not path.startswith(f"content/{folders[item.kind]}/")
        or path.endswith(".fr.md") != (item.lang == "fr")
    ]
    assert wrong == []


def check_every_old_address_leads_on(site):
    dead = [(item.place, old) for item in site.tree.items for old in item.addresses if not site.page(old)]
    assert dead == []


def check_every_word_is_on_its_page(site):
    lost = {
        item.place: item.words - words
        for item in site.tree.items
        if item.addresses and (words := visible(site.page(item.addresses[0]) or "")) is not None
        if item.words - words
    }
    assert lost == {}


def check_every_word_of_what_was_not_public_is_in_its_file(site):
    for item in site.tree.items:
        if not item.is_public:
            text = site.project.read(site.paths[item.place], ".")
            assert item.words <= set(re.findall(r"\w+", text)), item.place


def check_what_was_not_public_stays_so(site):
    secret = {
        word for item in site.tree.items if not item.is_public for word in item.words if word.endswith("word")
    }
    shown = {word for html in site.pages.values() for word in visible(html)}
    assert not secret & shown


def check_no_mark_of_the_old_program_is_visible(site):
    pattern = re.compile(r"\{%|\{\{<|\{\{%|\{:|\{filename\}|=== \"|\+\+ctrl|--8<--|<Note|^import |:material-")
    leaks = {}
    for path, html in site.pages.items():
        bare = re.sub(r"<!--.*?-->|<(script|style|code)\b.*?</\1>", " ", html, flags=re.DOTALL)
        if found := pattern.search(unescape(re.sub(r"<[^>]+>", " ", bare))):
            leaks[path] = found[0]
    assert leaks == {} or ({*leaks.values()} <= {"{{<"} and site.generator.name == "hugo")


def check_translations_are_linked(site):
    french = [item for item in site.tree.items if item.lang == "fr" and item.addresses]
    alone = [item.place for item in french if 'hreflang="en"' not in (site.page(item.addresses[0]) or "")]
    assert alone == []


def check_a_second_run_has_nothing_to_do(site):
    before = site.project.files()
    again = site.bring()
    assert again.is_idle
    assert site.project.files() == before
    ledger = site.project.root / ".clusterpress/imported.json"
    kept = ledger.read_bytes()
    ledger.unlink()
    assert site.bring().is_idle
    ledger.write_bytes(kept)


def check_an_import_that_obeys_its_plan_does_the_same(site):
    settings = site.project.settings
    export = read(site.tree, site.generator, settings)
    plan = read_plan(write_plan(export.plan), "plan.yml")
    obeyed = read(site.tree, site.generator, settings, mapped=plan.mapped_keys, kinds=plan.kinds_of_items)
    assert {one.place: one.kind for one in obeyed.records} == {one.place: one.kind for one in export.records}
    assert [one.values for one in obeyed.records] == [one.values for one in export.records]
    assert [one.terms for one in obeyed.records] == [one.terms for one in export.records]


def check_an_edited_plan_is_obeyed(site):
    export = read(site.tree, site.generator, site.project.settings)
    first = next(
        name for name, choice in export.plan.kinds.items() if choice.target == "news" and choice.count > 50
    )
    skipped = read(site.tree, site.generator, site.project.settings, kinds={first: None})
    pages = read(site.tree, site.generator, site.project.settings, kinds={first: "page"})
    assert not [one.place for one in skipped.records if one.place.startswith(f"{first}/")]
    assert {one.kind for one in pages.records if one.place.startswith(f"{first}/")} == {"page"}


CHECKS = (
    check_the_tree_is_large_and_its_generator_is_recognised,
    check_it_builds_without_an_edit,
    check_every_item_is_there_with_its_kind_and_language,
    check_every_old_address_leads_on,
    check_every_word_is_on_its_page,
    check_every_word_of_what_was_not_public_is_in_its_file,
    check_what_was_not_public_stays_so,
    check_no_mark_of_the_old_program_is_visible,
    check_translations_are_linked,
    check_a_second_run_has_nothing_to_do,
    check_an_import_that_obeys_its_plan_does_the_same,
    check_an_edited_plan_is_obeyed,
)


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_a_whole_site_comes_over(name, tmp_path):
    site = Imported(name, tmp_path / "site")  # imported and built once, for all checks
    for check in CHECKS:
        check(site)
