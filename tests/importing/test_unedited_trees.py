"""Sites of six generators are used as they are: only folders are copied, and settings written."""

import re

import pytest

from clusterpress.pipeline.project import open_project
from clusterpress.sources.items import read_items
from clusterpress.values.problems import errors
from tests.importing.test_new_sites import NOW
from tests.importing.trees import astro, eleventy, hugo, jekyll, material, pelican
from tests.sites.small_site import Site

COMMON = "name: Small site\nurl: https://example.eu/\nsearch: false\npage_size: 100\nvocabulary: open\n"
SITES = {
    "jekyll": (
        jekyll.make_tree,
        {"": "", "assets/": "static/assets/"},
        """\
kinds: {_posts: news, culture/_posts: news, _drafts: page, _events: event, _people: author, _notes: page, services: page}
front_matter: {redirect_from: aliases, categories: tags, starts: start, ends: end, location: place, name: title, position: role, photo: image, links: more}
defaults: {_drafts: {draft: "true"}, _notes: {draft: "true"}}
""",
        {"news": 200, "event": 25, "author": 12},
    ),
    "hugo": (
        hugo.make_tree,
        {"content/": "", "static/": "static/"},
        """\
languages: [en, fr]
kinds: {en: page, en/posts: news, fr/posts: news, en/events: event, en/authors: author}
defaults: {fr: {lang: fr}}
front_matter: {featureImage: image, start_date: start, end_date: end, venue: place, programmes: programme, publishDate: publish, expiryDate: expires, translationKey: translation_of}
""",
        {"news": 200, "event": 40, "page": 30},
    ),
    "astro": (
        astro.make_tree,
        {"src/": "", "public/": "static/"},
        """\
languages: [en, fr]
kinds: {content/blog: news, content/events: event, pages: page}
defaults: {content/blog/fr: {lang: fr}}
front_matter: {pubDate: date, description: summary, heroImage: image, updatedDate: updated, startDate: start, endDate: end, location: place}
""",
        {"news": 140, "event": 30, "page": 20},
    ),
    "eleventy": (
        eleventy.make_tree,
        {"src/": "", "src/img/": "static/img/"},
        """\
languages: [en, fr]
kinds: {posts: news, notes: news, fr/posts: news, topics: page}
defaults: {fr: {lang: fr}}
""",
        {"news": 240, "page": 30},
    ),
    "pelican": (
        pelican.make_tree,
        {"content/": "", "content/images/": "static/images/"},
        """\
languages: [en, fr]
header_lines: true
kinds: {.: news, pages: page}
front_matter: {authors: author, category: tags, modified: updated}
""",
        {"news": 260, "page": 30},
    ),
    "material": (
        material.make_tree,
        {"docs/": "", "docs/img/": "static/img/"},
        """\
kinds: {.: page, journal/posts: news}
front_matter: {authors: author, categories: tags, links: more, pin: pinned}
""",
        {"news": 230, "page": 60},
    ),
}
SOFTER = """\
strictness: {dead-link: warning, dead-anchor: warning, missing-picture: warning, dead-page: warning, broken-item: warning}
"""


UNCONVERTED = {"Ctrl", "Alt", "Del", "Included", "words"}
"""Words that only the other program can show: names of keys, and the texts of snippets. `check` names them."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_a_tree_is_used_unedited(name, tmp_path):
    make_tree, folders, settings, counts = SITES[name]
    tree, site, placed = make_tree(), Site(tmp_path / "site", {}), {}
    site.write("site_config.yml", COMMON + settings + SOFTER)
    for path, text in tree.files.items():
        for old, new in folders.items():
            if path.startswith(old):
                placed[path] = f"content/{new}{path.removeprefix(old)}"
                site.write(placed[path], text)
    project, problems = open_project(site.root)
    assert not errors(problems)
    result = site.build(now=NOW)
    assert [str(problem) for problem in errors(result.problems)] == []
    assert result.difference
    items = {item.source.path: item for item in read_items(site.root, project.settings)}
    named = {problem.path for problem in result.problems}
    for kind, number in counts.items():
        assert len([item for item in items.values() if item.kind == kind]) >= number, kind
    for path in placed.values():
        is_text = path.lower().endswith((".md", ".markdown", ".mdx", ".txt", ".html", ".yml", ".json"))
        assert path in items or path in named or path.startswith("content/static/") or not is_text, path
    shown = words_by_mark(site.root / "site")
    for expected in tree.items:
        item = items.get(placed.get(expected.place, ""))
        mark = next((word for word in expected.words if MARK.fullmatch(word)), None)
        if item is None or mark is None:
            continue
        if expected.is_public and not item.draft:
            assert expected.words - shown[mark] <= UNCONVERTED, expected.place
        elif not expected.is_public:
            assert mark not in shown, expected.place


MARK = re.compile(r"item\d+word")


def words_by_mark(folder):
    """Return each item's own word → all words of the pages that show it."""
    shown = {}
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        for mark in set(MARK.findall(text)):
            shown.setdefault(mark, set()).update(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text)))
    return shown
