"""The clock: time alone never stops a site, whatever refers to what it hides."""

from datetime import UTC, datetime

import pytest

from clusterpress.pipeline.build import check
from clusterpress.pipeline.project import open_project
from clusterpress.pipeline.run_context import RunContext
from clusterpress.values.problems import stops_build
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow

DAY = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 12, tzinfo=UTC)
MONTH = {"expired": LATER, "scheduled": DAY, "draft": DAY}
"""State → a time at which the items with its key are hidden."""
KEYS = {"expired": "expires: 2026-08-01\n", "scheduled": "publish: 2026-08-01\n", "draft": "draft: true\n"}

CONFIG = """\
name: S
url: https://example.eu/
languages: [en, fr]
search: false
contact: us@example.eu
programme: next
menu: [{label: About, url: /about/}, {label: News, url: /news/}, {label: Events, url: /events/}]
footer: [{label: About, url: /about/}]
newsletters:
  cord: {name: Cord, address: "Street 1, Brussels", programme: next}
"""

TARGETS = {
    "news/target": "title: Target\ndate: 2026-01-10\naliases: [/old/target/]\ntags: [only]\ncluster: QOOT\n",
    "events/forum": "title: Forum\ndate: 2026-01-10\nstart: 2026-05-04\n",
    "clusters/qoot": "title: QOOT\n",
    "programmes/next": "title: NEXT\ncolour: teal\n",
    "partners/milano": "title: Milano\nnumber: PP8\n",
    "authors/ann": "title: Ann Example\n",
    "pages/about": "title: About\n",
    "newsletters/cord/01": "title: First\nnewsletter: cord\nnumber: 1\ndate: 2026-01-05\neditions: [web]\n"
    "sections: [{title: T, text: Words.}]\n",
}
"""Path below content/ → front matter of each item that is hidden."""

BODIES = {
    "link to a file": "See [it](target.md).",
    "link without .md": "See [it](target).",
    "link to a heading": "See [it](target.md#contact).",
    "link to an address": "See [it](/news/2026/target/).",
    "link to an old address": "See [it](/old/target/).",
    "link to a tag that nobody else has": "See [it](/tags/only/).",
    "link to a section": "See [it](/events/).",
    "link to a feed": "See [it](/events/feed.xml).",
    "link by reference": "See [it][1].\n\n[1]: target.md",
    "link in raw HTML": '<p>See <a href="target.md">it</a>.</p>',
    "link to a cluster": "See [it](../clusters/qoot.md).",
    "link to an issue": "See [it](../newsletters/cord/01.md).",
}
NAMES = {
    "more": "more: [{label: It, url: target.md}]\n",
    "more by address": "more: [{label: It, url: /news/2026/target/}]\n",
    "cluster": "cluster: [QOOT]\n",
    "programme": "programme: NEXT\n",
    "partner by number": "partners: PP8\n",
    "event": "event: Forum\n",
    "original": "lang: fr\ntranslation_of: target\n",
}
SECTIONS = {
    "previous issue": "where: {from: previous, tag: only}",
    "issue item": "items: [target, one]",
    "only issue item": "items: [target]",
    "issue item by path": "items: [news/target]",
    "event of an issue": "layout: events\n    items: [events/forum]",
    "record of an issue": "layout: profiles\n    items: [QOOT]",
    "issue partner": "partners: [PP8]",
    "issue condition": "where: {cluster: QOOT}",
    "issue with a tag": "where: {tag: only}",
    "link in a section": "text: 'See [it](../../news/target.md).'",
}
OTHERS = {
    "partner of a programme": ("content/partners/p.md", "---\ntitle: P\nnumber: PP1\nprogramme: NEXT\n---\n")
}
NEWS = "---\ntitle: News {number}\ndate: 2026-02-02\n{keys}---\n{body}\n"
ISSUE = (
    "---\ntitle: Issue\nnewsletter: cord\nnumber: {number}\ndate: 2026-02-{number}\neditions: [web]\n"
    "sections:\n  - title: One\n    {section}\n  - title: Two\n    items: [two]\n{keys}---\nDear readers.\n"
)


def references():
    """Return name → (path, text) of every file that refers to a target."""
    found = dict(OTHERS)
    for number, (name, body) in enumerate(BODIES.items()):
        found[name] = f"content/news/body-{number}.md", NEWS.format(number=f"B{number}", keys="", body=body)
    for number, (name, keys) in enumerate(NAMES.items()):
        found[name] = (
            f"content/news/keys-{number}.md",
            NEWS.format(number=f"K{number}", keys=keys, body="Text."),
        )
    frozen = {
        f"frozen: {name}": f"{section}#frozen"
        for name, section in SECTIONS.items()
        if "items" in section or "partners" in section
    }
    for number, (name, section) in enumerate({**SECTIONS, **frozen}.items(), 10):
        keys = "frozen: true\n" if "#frozen" in section else ""
        text = ISSUE.format(number=number, section=section.replace("#frozen", ""), keys=keys)
        found[name] = f"content/newsletters/cord/{number}.md", text
    return found


REFERENCES = references()
CONFIGURED = ("menu.0.url", "menu.2.url", "footer.0.url", "programme", "newsletters.cord.programme")
"""Keys of the settings that name a target."""


def make_site(root, keys):
    site = Site(root, dict(REFERENCES.values()))
    for name in ("one", "two"):
        site.write(f"content/news/{name}.md", f"---\ntitle: {name}\ndate: 2026-01-02\n---\n{name}.\n")
    for path, fields in TARGETS.items():
        site.write(f"content/{path}.md", f"---\n{fields}{keys}---\n## Contact\n\nText of the target.\n")
    site.write("site_config.yml", CONFIG)
    return site


def find(site, now, strict=True):
    project, problems = open_project(site.root)
    assert project, problems
    found = check(project, now=now, run=RunContext(lambda *_: None), strict=strict).problems
    return [*problems, *found]


@pytest.fixture(scope="module", params=["expired", "scheduled"])
def hidden(request, tmp_path_factory):
    """A site in which everything refers to hidden items, a time at which they are, and the problems then."""
    site, now = make_site(tmp_path_factory.mktemp(request.param), KEYS[request.param]), MONTH[request.param]
    return site, now, find(site, now)


def test_a_site_whose_items_are_all_shown_has_no_problem(hidden):
    site, now, _ = hidden
    assert not find(site, LATER if now == DAY else DAY)


def test_whatever_refers_to_hidden_items_never_stops_a_strict_build(hidden):
    _, _, problems = hidden
    assert not stops_build(problems, strict=True), problems


@pytest.mark.parametrize("name", REFERENCES)
def test_each_reference_to_a_hidden_item_is_reported_at_its_line(hidden, name):
    _, _, problems = hidden
    path, text = REFERENCES[name]
    lines = {one.line for one in problems if one.path == path}
    assert lines
    assert all(1 < line <= text.count("\n") for line in lines)


@pytest.mark.parametrize("field", CONFIGURED)
def test_each_setting_that_names_a_hidden_item_is_reported_at_its_line(hidden, field):
    _, _, problems = hidden
    assert any(one.field == field and one.line > 1 for one in problems if one.path == "site_config.yml")


def test_the_words_of_links_stay_and_the_entries_of_lists_go(hidden):
    site, now, _ = hidden
    assert site.build(strict=True, now=now).difference
    for name, words in (
        ("link to a file", "See it."),
        ("link to an address", "See it."),
        ("link in raw HTML", "See it."),
        ("more", "Text."),
    ):
        page = site.read(f"news/2026/{REFERENCES[name][0].split('/')[-1].removesuffix('.md')}/index.html")
        main = page.partition("<main")[2].partition("</main>")[0]
        assert words in main
        assert "target" not in main
    menu = site.read("index.html")
    assert "/about/" not in menu
    assert 'href="/events/"' not in menu
    for name in ("issue item", "frozen: issue item by path"):
        issue = site.read(
            f"newsletters/cord/{REFERENCES[name][0].split('/')[-1].removesuffix('.md')}/index.html"
        )
        assert "two" in issue
        assert "Target" not in issue


def test_references_to_drafts_stop_strict_builds_only(tmp_path):
    site = make_site(tmp_path, KEYS["draft"])
    problems = find(site, DAY)
    for name in (
        "link to a file",
        "link to an address",
        "more",
        "issue item",
        "frozen: issue item",
        "cluster",
    ):
        severities = {one.severity for one in problems if one.path == REFERENCES[name][0]}
        assert severities == {"warning"}, name
    assert stops_build(problems, strict=True)


BROKEN = {
    "dead link": ({}, "news/new", "title: New\ndate: 2026-02-03\n", "See [it](nowhere.md).", "no content/news/nowhere.md"),
    "unknown name": ({}, "news/new", "title: New\ndate: 2026-02-03\ncluster: Nobody\n", "", "no cluster is called"),
    "missing picture": ({}, "news/new", "title: New\ndate: 2026-02-03\n", "![A](gone.png)", "is not there"),
    "address of another item": ({}, "news/new", "title: New\nslug: one\ndate: 2026-02-03\n", "", "claim the address"),
    "address of a list": ({}, "pages/new", "title: New\npath: /news/archive/\n", "", "claim the address"),
    "alias of another item": (
        {"news/b": "title: B\ndate: 2026-01-05\naliases: [/a/]\n"},
        "news/new",
        "title: New\naliases: [/a/]\ndate: 2026-02-03\n",
        "",
        "claim the address",
    ),
    "id of another item": (
        {"news/b": "title: B\ndate: 2026-01-05\nid: b\n"},
        "news/new",
        "title: New\nid: b\ndate: 2026-02-03\n",
        "",
        "feeds would call",
    ),
    "number of another partner": (
        {"partners/b": "title: B\nnumber: PP1\n"},
        "partners/new",
        "title: New\nnumber: PP1\n",
        "",
        "already is the number",
    ),
    "name in an issue that means two items": (
        {"newsletters/cord/02": "title: I\nnewsletter: cord\nnumber: 2\ndate: 2026-01-05\neditions: [web]\n"
         "sections: [{title: T, items: [one]}]\n"},
        "news/later/one",
        "title: New\ndate: 2026-02-03\nslug: other-address\n",
        "",
        "several items are called",
    ),
    "unknown item of a coming issue": (
        {},
        "newsletters/cord/02",
        "title: I\nnewsletter: cord\nnumber: 2\ndate: 2026-01-05\nsections: [{title: T, items: [nobody]}]\n",
        "",
        "no published item is called",
    ),
    "heading that a coming item lacks": (
        {"news/b": "title: B\ndate: 2026-01-05\nmore: [{label: New, url: new.md#nothing}]\n"},
        "news/new",
        "title: New\ndate: 2026-02-03\n",
        "Text.",
        "has no heading",
    ),
}  # fmt: skip
"""What a coming item will break → other items, the item, its front matter, its text, and the message."""


def make_small_site(root, items):
    config = CONFIG.replace("programme: next\nmenu", "tagline: T\nmenu").replace(", programme: next", "")
    site = Site(root, {"site_config.yml": config.replace("[en, fr]", "[en]")})
    site.write("content/news/one.md", "---\ntitle: one\ndate: 2026-01-02\n---\nText.\n")
    for path, (fields, body) in items.items():
        site.write(f"content/{path}.md", f"---\n{fields}---\n{body}\n")
    return site


@pytest.mark.parametrize("name", BROKEN)
def test_what_a_coming_item_will_break_is_an_error_today(tmp_path, name):
    others, path, fields, body, message = BROKEN[name]
    items = {other: (keys, "Text.") for other, keys in others.items()}
    site = make_small_site(tmp_path, {**items, path: (f"{fields}publish: 2026-08-01\n", body)})
    today, then = find(site, DAY, strict=False), find(site, LATER, strict=False)
    for problems, told in ((today, "(from 2026-08-01 on)"), (then, message)):
        assert [one.severity for one in problems if message in one.message and told in one.message] == [
            "error"
        ]


def test_two_items_may_have_one_address_one_after_the_other(tmp_path):
    page = "title: {title}\npath: /now/\n"
    site = make_small_site(
        tmp_path,
        {
            "pages/spring": (f"{page.format(title='Spring')}expires: 2026-08-01\n", "Now."),
            "pages/autumn": (f"{page.format(title='Autumn')}publish: 2026-08-01\n", "Then."),
        },
    )
    assert not find(site, DAY)
    assert not find(site, LATER)
    site.write(
        "content/pages/spring.md", f"---\n{page.format(title='Spring')}expires: 2026-08-02\n---\nNow.\n"
    )
    assert stops_build(find(site, DAY), strict=False)
