"""Strictness: what stops a build, what only warns, and what a page shows instead."""

import re
from datetime import timedelta

import pytest

from tests.sites.small_site import NOW, PICTURE_BYTES, Site

pytestmark = pytest.mark.slow

CONFIG = "name: S\nurl: https://example.eu/\nsearch: false\n"
TARGET = "---\ntitle: Target\ndate: 2021-02-01\n{keys}---\nText of the target.\n"
LINKS = (
    "---\ntitle: With links\ndate: 2021-03-01\nmore: [{{label: Read on, url: {file}}}]\n---\n"
    'See [the *target* page]({file} "Title") and [home](/news/).\n'
)


def site(root, file="target.md", keys="", settings=""):
    project = Site(
        root,
        {
            "content/news/target.md": TARGET.format(keys=keys),
            "content/news/links.md": LINKS.format(file=file),
            "content/news/other.md": "---\ntitle: Other\ndate: 2021-01-01\n---\nOther.\n",
        },
    )
    project.write("site_config.yml", CONFIG + settings)
    return project


def told(result):
    return [(problem.severity, problem.rule) for problem in result.problems]


def page(project):
    return project.read("news/2021/links/index.html")


def test_a_link_to_a_draft_warns_and_its_words_stay(tmp_path):
    project = site(tmp_path, keys="draft: true\n")
    result = project.build()
    assert result.difference
    assert told(result) == [("warning", "draft-link")] * 2  # in the text, and under more:
    assert "See the <em>target</em> page and" in page(project)
    assert "Read on" not in page(project)
    for feed in ("feed.xml", "feed.json"):
        assert "target.md" not in project.read(feed)


def test_the_clock_alone_never_stops_a_site(tmp_path):
    project = site(tmp_path, keys="expires: 2022-01-03\n")
    result = project.build(now=NOW)
    assert not result.problems
    assert 'href="/news/2021/target/"' in page(project)
    later = project.build(now=NOW + timedelta(days=5))
    assert later.difference
    assert told(later) == [("warning", "unpublished-link")] * 2
    assert 'href="/news/2021/target/"' not in page(project)
    project.build(folder="clean", now=NOW + timedelta(days=5))
    assert project.output() == project.output("clean")


def test_a_warning_comes_back_with_every_build_until_it_is_mended(tmp_path):
    project = site(tmp_path, keys="draft: true\n")
    first = project.build()
    project.write("content/news/other.md", "---\ntitle: Other\ndate: 2021-01-01\n---\nAnother text.\n")
    assert told(project.build()) == told(first)
    project.write("content/news/target.md", TARGET.format(keys=""))
    assert not project.build().problems
    assert 'href="/news/2021/target/"' in page(project)
    assert "Read on" in page(project)


@pytest.mark.parametrize(("level", "severity"), [("error", "error"), ("warning", "warning"), ("off", None)])
def test_the_settings_choose_how_strict_a_rule_is(tmp_path, level, severity):
    project = site(tmp_path, keys="draft: true\n", settings=f"strictness: {{draft-link: {level}}}\n")
    result = project.build()
    assert told(result) == ([(severity, "draft-link")] * 2 if severity else [])
    assert (result.difference is None) == (level == "error")
    if level != "off":
        assert project.build(folder="strict", strict=True).difference is None


def test_a_dead_link_stops_a_build_unless_the_settings_say_otherwise(tmp_path):
    assert told(site(tmp_path, file="gone.md").build())[0] == ("error", "dead-link")
    project = site(tmp_path, file="gone.md", settings="strictness: {dead-link: warning}\n")
    assert told(project.build()) == [("warning", "dead-link")] * 2
    assert "See the <em>target</em> page and" in page(project)


def test_a_link_to_a_missing_heading_leads_to_the_page(tmp_path):
    project = site(tmp_path, file="target.md#nothing", settings="strictness: {dead-anchor: warning}\n")
    assert told(project.build()) == [("warning", "dead-anchor")] * 2
    assert 'href="/news/2021/target/" title="Title"' in page(project)


def test_an_address_of_the_old_site_warns_and_stays(tmp_path):
    project = site(tmp_path, file="/2012/old-page/")
    result = project.build()
    assert told(result) == [("warning", "dead-page")]
    assert 'href="/2012/old-page/"' in page(project)
    project.write("content/news/other.md", "---\ntitle: Other\ndate: 2021-01-01\n---\nAnother text.\n")
    assert told(project.build()) == [("warning", "dead-page")], "also when the page was not planned again"


def test_a_missing_picture_can_be_told_as_a_warning(tmp_path):
    text = "---\ntitle: P\ndate: 2021-01-01\nimage: {src: gone.png, alt: Gone}\n---\nA ![tall mast](mast.png) here.\n"
    project = site(tmp_path, settings="strictness: {missing-picture: warning}\n")
    project.write("content/news/p.md", text)
    assert told(project.build()) == [("warning", "missing-picture")] * 2
    assert "A tall mast here." in project.read("news/2021/p/index.html")
    project.write("content/news/mast.png", PICTURE_BYTES)
    assert told(project.build()) == [("warning", "missing-picture")]
    assert "<img" in project.read("news/2021/p/index.html")


def test_a_misspelt_rule_gets_a_suggestion(tmp_path):
    project = site(tmp_path, settings="strictness: {draft-links: warning}\n")
    assert 'did you mean "draft-link"?' in project.check()[0]


REMOTE = "https://pictures.example.org/2012/hall.jpg?w=900"
WITH_PICTURES = (
    f"---\ntitle: P\ndate: 2021-01-01\nimage: {{src: '{REMOTE}', alt: The hall}}\n---\n"
    "First.\n\n![Mast](//cdn.example.net/mast.png)\n"
)


def test_a_picture_of_another_site_is_shown_from_there_with_a_warning(tmp_path):
    project = site(tmp_path)
    project.write("content/news/p.md", WITH_PICTURES)
    result = project.build()
    assert told(result) == [("warning", "remote-picture")] * 2
    assert [problem.line for problem in result.problems] == [4, 8]
    shown = project.read("news/2021/p/index.html")
    assert f'<img src="{REMOTE}" alt="The hall" referrerpolicy="no-referrer"' in shown
    assert '<img src="https://cdn.example.net/mast.png" alt="Mast"' in shown
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', shown)[1]
    assert "img-src 'self' data: https://cdn.example.net https://pictures.example.org;" in policy
    assert f'<meta property="og:image" content="{REMOTE}">' in shown
    assert "og:image:width" not in shown
    assert f'"image": "{REMOTE}"' in project.read("feed.json")
    assert "<enclosure" not in project.read("feed.xml")
    assert "img-src 'self' data: https://pictures.example.org" in project.read("news/index.html")
    assert "pictures.example.org" not in project.read("404.html")


def test_where_the_privacy_notice_promises_it_pages_load_nothing_from_elsewhere(tmp_path):
    legal = (
        "contact: a@example.eu\nlegal: {address: A street, privacy: {host: H, logs: 1 day, authority: T}}\n"
    )
    project = site(tmp_path, settings=legal)
    project.write("content/news/p.md", WITH_PICTURES)
    assert ("error", "remote-picture") in told(project.build())


def test_the_full_stop_of_a_sentence_is_taken_off_an_address(tmp_path):
    project = site(tmp_path)
    project.write("content/clusters/c.md", "---\ntitle: C\ncontact: {email: info@example.org.}\n---\n")
    project.write("content/authors/a.md", "---\ntitle: A\nemail: ann@example.org.\n---\n")
    assert [str(one).partition(": ")[2] for one in project.build().problems] == [
        'warning: the address "ann@example.org." ends with a full stop; write "ann@example.org" [email-dot]',
        'warning: the address "info@example.org." ends with a full stop; write "info@example.org" [email-dot]',
    ]
    assert '"mailto:info@example.org"' in project.read("clusters/c/index.html")


NAMED = {
    "content/clusters/qoot.md": "---\ntitle: QOOT\n{keys}---\nText.\n",
    "content/events/forum.md": "---\ntitle: Forum\nstart: 2021-05-04\n{keys}---\nCome.\n",
    "content/news/original.md": "---\ntitle: Original\ndate: 2021-02-01\n{keys}---\nText.\n",
}
NAMING = {
    "content/clusters/qoot.md": "cluster: QOOT\n",
    "content/events/forum.md": "event: Forum\n",
    "content/news/original.md": "lang: fr\ntranslation_of: original\n",
}


@pytest.mark.parametrize("path", NAMED)
@pytest.mark.parametrize(
    ("keys", "rule"), [("expires: 2022-01-03\n", "unpublished-link"), ("draft: true\n", "draft-link")]
)
def test_a_record_that_is_withdrawn_stops_no_site_that_names_it(tmp_path, path, keys, rule):
    project = site(tmp_path, settings="languages: [en, fr]\n")
    project.write(path, NAMED[path].format(keys=keys))
    project.write("content/news/names.md", f"---\ntitle: N\ndate: 2021-03-02\n{NAMING[path]}---\nText.\n")
    for _ in range(2):
        result = project.build(now=NOW + timedelta(days=5))
        assert told(result) == [("warning", rule)]
        assert result.difference
    project.write(path, NAMED[path].format(keys=""))
    assert not project.build(now=NOW + timedelta(days=5)).problems
