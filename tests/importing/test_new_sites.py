"""What is imported into a new site neither loses to its examples nor floods its first issue."""

from datetime import UTC, date, datetime

import pytest

from clusterpress.importing.run import import_export
from clusterpress.importing.sources.layouts.registry import GENERATORS
from clusterpress.importing.sources.markdown_trees import read_tree
from clusterpress.importing.write import Attachments, ProjectStorage
from clusterpress.pipeline.project import open_project
from clusterpress.scaffolding.site import SiteAnswers, is_example, scaffold_site
from clusterpress.values.problems import errors
from tests.sites.small_site import Site

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def site(tmp_path):
    answers = SiteAnswers(
        folder="news", name="Our News", url="https://new.example/", publisher="Our Office",
        contact="office@new.example", address="1 Street, Town", programme="Bridge",
    )  # fmt: skip
    made = Site(tmp_path / "site", {})
    for one in scaffold_site(answers, TODAY):
        made.write(one.path, one.text)
    return made


def bring(site, files, **options):
    files = {path: text.encode() for path, text in files.items()}
    settings = open_project(site.root)[0].settings
    export = read_tree(sorted(files), files.__getitem__, GENERATORS["plain"], "old", settings, today=TODAY)
    storage = ProjectStorage(site.root, is_example=is_example)
    attachments = Attachments(names=sorted(files), read=files.__getitem__, is_tree=True)
    return import_export(export, attachments, storage, settings, into={}, mapped={}, **options)


def test_every_example_of_a_new_site_is_recognised_until_it_is_changed(site):
    samples = ("news/2026/welcome", "events/launch", "pages/about", "pages/contact", "pages/privacy",
               "clusters/example-cluster", "partners/example-partner")  # fmt: skip
    for sample in samples:
        path = f"content/{sample}.md"
        text = site.read(path, ".")
        assert is_example(path, text), path
        assert not is_example(path, text.replace("a", "ä", 1)), path
        assert not is_example(path, f"{text}\nMore.\n"), path


def test_imported_items_take_the_place_of_examples(site):
    old = {
        "content/posts/welcome.md": "---\ntitle: Welcome all\ndate: 2026-05-05\n---\nThe old welcome.\n",
        "content/about.md": "---\ntitle: About\n---\nThe old about page.\n",
        "content/contact.md": "---\ntitle: Contact\n---\nThe old contact page.\n",
    }
    report = bring(site, old)
    assert {outcome.status.value for outcome in report.outcomes} == {"new"}
    assert "The old welcome." in site.read("content/news/2026/welcome.md", ".")
    assert "The old about page." in site.read("content/pages/about.md", ".")
    assert "The old contact page." in site.read("content/pages/contact.md", ".")
    assert not errors(site.build(now=NOW).problems)
    assert "The old about page." in site.read("about/index.html")
    assert bring(site, old).is_idle


def test_what_an_editor_wrote_stays_and_the_imported_item_gets_another_name(site):
    site.write("content/pages/about.md", "---\ntitle: About\n---\nOur own words.\n")
    old = {"content/about.md": "---\ntitle: About\n---\nThe old about page.\n"}
    report = bring(site, old)
    assert [outcome.path for outcome in report.outcomes] == ["content/pages/about-2.md"]
    assert "Our own words." in site.read("content/pages/about.md", ".")
    assert bring(site, old).is_idle


def test_the_first_issue_of_a_new_site_leaves_old_news_out(site):
    old = {
        f"content/posts/old-{n}.md": f"---\ntitle: Old {n}\ndate: 2015-{n % 12 + 1:02}-03\n---\nText {n}.\n"
        for n in range(300)
    }
    bring(site, old)
    result = site.build(now=NOW)
    assert not errors(result.problems)
    issue = site.read("newsletters/our-news-newsletter/1/all/index.html")
    assert "Our News is online" in issue
    assert "Old 1" not in issue


@pytest.mark.parametrize("length", [60, 79, 80, 81, 120, 230])
def test_long_names_are_imported_once(site, length):
    name = ("a-very-long-name-" * 20)[:length]
    old = {
        f"content/posts/{name}{end}.md": f"---\ntitle: Long\ndate: 2015-01-0{end}\n---\nText {end}.\n"
        for end in (1, 2)
    }
    old[f"content/posts/bundle-{name}/index.md"] = "---\ntitle: Bundle\ndate: 2015-01-01\n---\nBundle.\n"
    old[f"content/{name}/page.md"] = "---\ntitle: Page\n---\nA page.\n"
    assert len(bring(site, old).outcomes) == 4
    assert bring(site, old).is_idle
    (site.root / ".clusterpress/imported.json").unlink()
    assert bring(site, old).is_idle
    assert not errors(site.build(now=NOW).problems)
