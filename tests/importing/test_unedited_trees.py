"""Sites of six generators are used as they are: only folders are copied, and settings written."""

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
strictness: {dead-link: warning, dead-anchor: warning, missing-picture: warning, dead-page: warning}
"""
BROKEN = {"content/en/posts/bad.md", "content/en/posts/no-date.md", "_posts/2015-01-02-latin.md", "content/latin.md",
          "_posts/2015-01-01-control.md", "_posts/2015-01-03-open.md", "_posts/2015-01-04-types.md",
          "_posts/2015-01-05-no-head.md", "_posts/2015-01-06-binary.md", "_posts/2015-01-07-empty.md"}  # fmt: skip
"""Files that the other program would not read either, or not as text: somebody must mend them."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_a_tree_is_used_unedited(name, tmp_path):
    make_tree, folders, settings, counts = SITES[name]
    site = Site(tmp_path / "site", {})
    site.write("site_config.yml", COMMON + settings + SOFTER)
    for path, text in make_tree().files.items():
        for old, new in folders.items():
            if path.startswith(old) and path not in BROKEN:
                site.write(f"content/{new}{path.removeprefix(old)}", text)
    project, problems = open_project(site.root)
    assert not errors(problems)
    result = site.build(now=NOW)
    assert [str(problem) for problem in errors(result.problems)] == []
    assert result.difference
    for kind, number in counts.items():
        shown = [item for item in read_items(site.root, project.settings) if item.kind == kind]
        assert len(shown) >= number, kind
    assert len([*(site.root / "site").rglob("index.html")]) >= sum(counts.values())
