"""Files of content/ are published or named, and a publisher's own files replace generated ones."""

import os
import re

import pytest

from clusterpress.pipeline.speed.stamps import Request, check_up_to_date
from tests.sites.small_site import NOW, PICTURE_BYTES, Site

pytestmark = pytest.mark.slow
CONFIG = "name: S\nurl: https://example.eu/\nsearch: false\n"
ITEM = "---\ntitle: {title}\ndate: 2021-02-01\n---\nText.\n"


def site(root, files=()):
    project = Site(root, {"content/news/one.md": ITEM.format(title="One")} | dict(files))
    project.write("site_config.yml", CONFIG)
    return project


def told(project):
    return [
        (one.path.removeprefix("content/"), str(one.severity), one.rule) for one in project.build().problems
    ]


@pytest.mark.parametrize("suffix", ["markdown", "MD", "Md", "mdown", "mkd", "mkdn", "MARKDOWN"])
def test_every_usual_end_of_a_markdown_file_makes_an_item(tmp_path, suffix):
    project = site(
        tmp_path,
        {
            f"content/news/2021-03-04-two.{suffix}": "---\ntitle: Two\n---\n"
            "See [one](one.md) and [three](bundle/index.md).\n",
            f"content/news/bundle/index.{suffix}": ITEM.format(title="Three"),
            f"content/pages/about.{suffix}": "---\ntitle: About\n---\n"
            f"See [two](../news/2021-03-04-two.{suffix}).\n",
        },
    )
    assert told(project) == []
    assert 'href="/news/2021/one/"' in project.read("news/2021/two/index.html")
    assert 'href="/news/2021/bundle/"' in project.read("news/2021/two/index.html")
    assert 'href="/news/2021/two/"' in project.read("about/index.html")
    assert (tmp_path / "site/news/2021/bundle/index.html").is_file()


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("news/new.md.txt", "warning"),
        ("news/new.MD.TXT", "warning"),
        ("news/_under.md", "warning"),
        ("news/_drafts/x.md", "warning"),
        ("news/_index.md", "warning"),
        ("news/.drafts/", "warning"),
        ("news/.hidden.md", "warning"),
        ("news/.htaccess", "warning"),
        (".env", "warning"),
        ("static/.env", "warning"),
        ("news/report.docx", "warning"),
        ("news/old.html", "warning"),
        ("news/README.md", "note"),
        ("news/readme.markdown", "note"),
        ("news/one.md~", "note"),
        ("news/~$report.docx", "note"),
        ("news/.one.md.swp", "note"),
        ("news/one.md.bak", "note"),
        ("news/.#one.md", "note"),
        ("README.md", None),
        ("news/Thumbs.db", "note"),
        ("news/.DS_Store", "note"),
        ("news/._one.md", "note"),
        ("news/desktop.ini", "note"),
        ("static/Thumbs.db", "note"),
        ("news/__MACOSX/", "note"),
        ("news/two.md.old", "note"),
        ("news/two.md_", "note"),
        ("news/two.md.1", "note"),
        ("news/two.MD.save", "note"),
        (".obsidian/", None),
        (".git/", None),
        ("static/.gitkeep", None),
    ],
)
def test_what_is_not_published_is_named(tmp_path, path, severity):
    is_folder = path.endswith("/")
    project = site(tmp_path, {f"content/{path}{'x.md' if is_folder else ''}": ITEM.format(title="Two")})
    expected = [] if severity is None else [(path.rstrip("/"), severity, "ignored-file")]
    assert told(project) == expected
    project.write("content/news/one.md", ITEM.format(title="One, again"))
    assert told(project) == expected, "and again when something else changes"
    published = "".join(content.decode("utf-8", "replace") for content in project.output().values())
    assert "Two" not in published
    problems = project.build(folder="strict", strict=True).problems
    assert all(problem.hint for problem in problems)


def test_a_linked_text_is_published_and_not_a_word_is_said(tmp_path):
    text = ITEM.format(title="Two") + "[Report](report.docx)\n"
    project = site(tmp_path, {"content/news/two.md": text, "content/news/report.docx": b"PK"})
    assert told(project) == []


OWN = {
    "robots.txt": b"User-agent: *\nDisallow: /drafts/\n",
    "404.html": b"<!doctype html><title>Lost</title>",
    "sitemap.xml": b"<urlset/>",
    "feed.xml": b"<rss/>",
    "news/index.html": b"<!doctype html><title>Own list</title>",
}


@pytest.mark.parametrize("name", OWN)
def test_a_file_of_the_publisher_replaces_a_generated_one_with_a_note(tmp_path, name):
    project = site(tmp_path, {f"content/static/{name}": OWN[name]})
    for text in ("One", "One, again"):
        project.write("content/news/one.md", ITEM.format(title=text))
        result = project.build(strict=True)
        assert [(one.path, str(one.severity)) for one in result.problems] == [
            (f"content/static/{name}", "note")
        ]
        assert f"/{name}" in result.problems[0].message
        assert project.output()[name] == OWN[name]
    project.remove(f"content/static/{name}")
    assert not project.build().problems
    assert project.output()[name] != OWN[name]


def test_a_page_of_an_item_is_not_replaced(tmp_path):
    project = site(tmp_path, {"content/static/news/2021/one/index.html": b"<!doctype html>"})
    result = project.build()
    assert result.difference is None
    assert "several sources claim" in result.problems[0].message


def test_files_that_servers_look_for_are_published(tmp_path):
    names = (".well-known/security.txt", ".well-known/.hidden/x", ".htaccess", ".nojekyll", "CNAME")
    project = site(tmp_path, {f"content/static/{name}": f"content of {name}\n" for name in names})
    assert [path for path, *_ in told(project)] == ["static/.well-known/.hidden"]
    output = project.output()
    assert {name for name in names if name in output} == {*names} - {".well-known/.hidden/x"}


def test_pages_link_to_the_icons_of_the_publisher(tmp_path):
    project = site(tmp_path)
    project.build()
    icon = r'rel="icon" type="image/svg\+xml" href="/assets/v/[0-9a-f]{8}/images/mark\.svg"'
    assert re.search(icon, project.read("index.html"))
    project.write("content/static/favicon.ico", b"\0\0\1\0")
    project.write("content/static/apple-touch-icon.png", PICTURE_BYTES)
    assert not project.build().problems
    for page in ("index.html", "news/2021/one/index.html"):
        html = project.read(page)
        assert '<link rel="icon" type="image/x-icon" href="/favicon.ico">' in html
        assert '<link rel="apple-touch-icon" type="image/png" href="/apple-touch-icon.png">' in html
        assert "mark.svg" not in html.split("</head>")[0]


def test_a_folder_that_the_settings_name_may_begin_with_an_underscore(tmp_path):
    project = site(
        tmp_path,
        {
            "content/_posts/2021-01-05-two.markdown": "---\ntitle: Two\n---\nText.\n",
            "content/_posts/deep/2021-01-06-three.md": "---\ntitle: Three\n---\nText.\n",
            "content/_posts/_draft.md": "---\ntitle: Four\n---\nText.\n",
            "content/_drafts/2021-01-07-five.md": "---\ntitle: Five\n---\nText.\n",
        },
    )
    project.write("site_config.yml", CONFIG + "kinds: {_posts: news}\n")
    assert [path for path, *_ in told(project)] == ["_drafts/2021-01-07-five.md", "_posts/_draft.md"]
    assert {"news/2021/two/index.html", "news/2021/three/index.html"} <= project.output().keys()


def test_a_left_out_file_that_is_new_is_named_by_the_next_build_that_has_nothing_else_to_do(tmp_path):
    project = site(tmp_path)
    project.build()
    stamp = Request(tmp_path, tmp_path / "site", previews=False, strict=False, now=NOW.timestamp())
    os.utime(tmp_path / "site_config.yml", (1, 1))
    project.build()
    project.write("content/news/.hidden.md", ITEM.format(title="Two"))
    assert check_up_to_date(stamp)[0] is None
    assert [path for path, *_ in told(project)] == ["news/.hidden.md"]
