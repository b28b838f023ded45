"""Details of foreign trees that sites write in many ways: dates, times, names of files, terms."""

import re
import unicodedata
from datetime import datetime

import pytest

from clusterpress.content.dates import read_moment
from clusterpress.importing.sources.layouts.registry import GENERATORS
from clusterpress.importing.sources.markdown_trees import read_tree
from clusterpress.importing.write import Attachments
from tests.importing.project import Project, picture

EVENTS = {"jekyll": "_events/forum.md", "hugo": "content/events/forum.md", "eleventy": "events/forum.md"}


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def bring(project, generator, files):
    files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    export = read_tree(sorted(files), files.__getitem__, GENERATORS[generator], "old", project.settings)
    return project.bring(export, Attachments(names=sorted(files), read=files.__getitem__, is_tree=True))


def messages(report):
    return [warning.message for warning in report.warnings]


@pytest.mark.parametrize("generator", EVENTS)
@pytest.mark.parametrize("start", ["12.06.2019", '"12.06.2019"', "12. 6. 2019", "12.06.2019 14:00"])
def test_dates_with_full_stops_are_whole(project, generator, start):
    text = f"---\ntitle: Forum\nstart: {start}\nend: 14.06.2019\n---\nText.\n"
    report = bring(project, generator, {EVENTS[generator]: text, "_config.yml": "collections: [events]\n"})
    written = project.read("content/events/forum.md", ".")
    assert f"start: {start.strip(chr(34))}" in written
    assert "end: 14.06.2019" in written
    assert not [one for one in messages(report) if "date" in one]


def test_a_post_with_a_dotted_date_has_it(project):
    text = "---\ntitle: A\ndate: 12.06.2019\nlastmod: 2019-06-15T10:20:00.123+02:00\n---\nText.\n"
    bring(project, "hugo", {"content/posts/a.md": text})
    written = project.read("content/news/2019/a.md", ".")
    assert "date: 12.06.2019\n" in written
    assert "updated: 2019-06-15T10:20:00+02:00\n" in written


DATED = {
    "hugo": ("content/posts/a.md", ("date", "publishDate")),
    "zola": ("content/blog/a.md", ("date",)),
    "jekyll": ("_posts/2017-03-04-a.md", ("date",)),
    "pelican": ("content/a.md", ("date",)),
    "astro": ("src/content/blog/a.md", ("pubDate", "date", "pubDatetime")),
    "eleventy": ("posts/a.md", ("date",)),
    "docusaurus": ("blog/a.md", ("date",)),
    "material": ("docs/blog/posts/a.md", ("date",)),
    "plain": ("posts/a.md", ("date",)),
}
OFFSETS = (
    "T23:30:00-05:00",
    "T03:30:00-08:00",
    "T09:15:00.123-11:00",
    " 23:30:00 -0500",
    " 09:30-11:00",
    " 23:30-0100",
)
YAML, QUOTED, TOML = "---\n{}: {}\n{}---\n", '---\n{}: "{}"\n{}---\n', "+++\n{} = {}\n+++\n{:.0}"
WEST = [
    *((name, key, OFFSETS[0], QUOTED) for name, (_, keys) in DATED.items() for key in keys),
    *(("hugo", "date", written, YAML) for written in OFFSETS),
    *((name, "date", written, TOML) for name in ("hugo", "zola") for written in OFFSETS[:3]),
]


@pytest.mark.parametrize(("generator", "key", "written", "form"), WEST)
def test_a_time_west_of_greenwich_keeps_its_day_and_offset(project, generator, key, written, form):
    head = form.format(key, f"2017-03-04{written}", f"lastmod: 2018-01-02{written}\n")
    report = bring(project, generator, {DATED[generator][0]: head + "\n# A\n\nText.\n"})
    (outcome,) = report.outcomes
    file = project.read(outcome.path, ".")
    at = datetime.fromisoformat(f"2017-03-04{written}".replace(" -", "-"))
    read = [
        read_moment(one[1], "UTC", ("en",)).at
        for one in re.finditer(r"^(?:date|updated): (.+)$", file, re.MULTILINE)
    ]
    assert read[0] == at.replace(second=0, microsecond=0)
    assert len(read) == 1 + ("lastmod" in head)
    assert "draft" not in file
    assert not [one for one in messages(report) if "date" in one]


@pytest.mark.parametrize("generator", EVENTS)
@pytest.mark.parametrize(
    ("head", "start", "end"),
    [
        ('date: 2019-06-12\nstart_time: "14:00"\nend_time: "17:00"', "2019-06-12 14:00", "2019-06-12 17:00"),
        ("start: 2019-06-12\nstart_time: 14:00", "2019-06-12 14:00", ""),
        ("date: 2019-06-12\ntime: 14:00-17:00", "2019-06-12 14:00", "2019-06-12 17:00"),
        ("date: 2019-06-12T00:00:00Z\nhours: 2pm-5pm", "2019-06-12 14:00", "2019-06-12 17:00"),
        ("start: 2019-06-12\nend: 2019-06-14\ntime: 9:30 - 17:00", "2019-06-12 09:30", "2019-06-14 17:00"),
        ("start: 2019-06-12\ntime: 22:00-02:00", "2019-06-12 22:00", "2019-06-13 02:00"),
        ("date: 12.06.2019\nUhrzeit: 14 Uhr", "12.06.2019 14:00", ""),
        ("start: 2019-06-12 10:00\nend_time: 11:30", "2019-06-12 10:00", "2019-06-12 11:30"),
    ],
)
def test_times_under_keys_of_their_own_join_their_day(project, generator, head, start, end):
    text = f"---\ntitle: Forum\n{head}\n---\nText.\n"
    report = bring(project, generator, {EVENTS[generator]: text, "_config.yml": "collections: [events]\n"})
    written = project.read("content/events/forum.md", ".").split("---")[1].splitlines()
    assert f"start: {start}" in written
    assert [line for line in written if line.startswith("end")] == ([f"end: {end}"] if end else [])
    assert not [line for line in written if line.startswith(("time", "hours", "draft", "Uhr"))]
    assert not messages(report)


def test_a_time_beside_another_time_is_named(project):
    report = bring(
        project,
        "hugo",
        {"content/events/forum.md": "---\ntitle: F\nstart: 2019-06-12 9:00\ntime: 14:00\n---\nText.\n"},
    )
    assert [one for one in messages(report) if '"14:00"' in one]


def decomposed(text):
    return unicodedata.normalize("NFD", text)


FORMS = [(str, decomposed), (decomposed, str)]
"""How names of files and how texts write their letters."""


@pytest.mark.parametrize(("of_files", "of_texts"), FORMS)
@pytest.mark.parametrize(
    ("generator", "folder", "post", "link"),
    [
        ("jekyll", "assets", "_posts/2019-01-0{n}-{name}.md", "{{% post_url 2019-01-02-{name} %}}"),
        ("hugo", "static/assets", "content/posts/{name}.md", '{{{{< relref "{name}.md" >}}}}'),
        ("hugo", "static/assets", "content/posts/{name}/index.md", "../{name}/"),
        ("plain", "static/assets", "posts/{name}.md", "{name}.md"),
    ],
)
def test_letters_may_be_composed_or_not(project, generator, folder, post, link, of_files, of_texts):
    head = "---\ntitle: T{n}\ndate: 2019-01-0{n}\nimage: /assets/größe.png\n---\n"
    text = f"![G](/assets/größe.png) [g]({link.format(name='grüße')})\n"
    report = bring(
        project,
        generator,
        {
            of_files(f"{folder}/größe.png"): picture(kind="PNG"),
            post.format(n=1, name="first"): of_texts(head.replace("{n}", "1") + text),
            of_files(post.format(n=2, name="grüße")): head.replace("{n}", "2") + "Two.\n",
        },
    )
    assert not messages(report)
    assert "content/static/assets/größe.png" in report.copied
    (first,) = [path for path in project.files() if "first" in path and "/news/" in path]
    written = project.read(first, ".")
    assert "![G](/assets/größe.png)" in written
    assert "gruesse" in written or "grusse" in written
    project.built_with_everything()


REMOTE = "https://pics.example.org/assets/a.jpg"


@pytest.mark.parametrize(
    "written",
    [f"![Alt]({REMOTE})", f'<img src="{REMOTE}" alt="Alt">', "![Alt](//pics.example.org/assets/a.jpg)"],
)
def test_pictures_of_other_sites_stay_pictures(project, written):
    head = f"---\ntitle: A\ndate: 2019-01-01\nimage: {REMOTE}\n---\n"
    files = {"content/posts/a.md": f"{head}{written} words\n", "static/assets/a.jpg": picture()}
    report = bring(project, "hugo", files)
    text = project.read("content/news/2019/a.md", ".")
    assert f"![Alt]({REMOTE})" in text
    assert f"src: {REMOTE}" in text
    assert [one for one in messages(report) if "lies on another site" in one]
    project.built_with_everything()


@pytest.mark.parametrize("address", ["/blog/assets/hall.png", "https://old.example/blog/assets/hall.png"])
@pytest.mark.parametrize(
    ("generator", "settings", "folder", "post"),
    [
        ("jekyll", ("_config.yml", "url: https://old.example\nbaseurl: /blog\n"), "assets", "_posts/2019-01-01-a.md"),
        ("hugo", ("hugo.toml", 'baseURL = "https://old.example/blog/"\n'), "static/assets", "content/posts/a.md"),
        ("astro", ("astro.config.mjs", "({ site: 'https://old.example', base: '/blog' })"), "public/assets", "src/content/blog/a.md"),
        ("pelican", ("pelicanconf.py", "SITEURL = 'https://old.example/blog'\n"), "content/assets", "content/a.md"),
    ],
)  # fmt: skip
def test_pictures_below_the_base_of_the_old_site_are_found(
    project, generator, settings, folder, post, address
):
    text = f"---\ntitle: A\ndate: 2019-01-01\n---\n![H]({address})\n"
    report = bring(
        project, generator, {post: text, f"{folder}/hall.png": picture(kind="PNG"), settings[0]: settings[1]}
    )
    assert not messages(report)
    assert "![H](/assets/hall.png)" in project.read("content/news/2019/a.md", ".")


@pytest.mark.parametrize(
    ("taxonomies", "head", "wanted"),
    [
        ('author = "authors"', 'authors = ["Jane Doe", "José Núñez"]', "author: [Jane Doe, José Núñez]"),
        ('person = "authors"', 'authors = ["Jane Doe"]', "author: [Jane Doe]"),
        ('author = "writers"', 'writers = ["Jane Doe"]', "author: [Jane Doe]"),
        ('programme = "funds"', 'funds = ["Next"]', "programme: [the-next-society]"),
        ('cluster = "groups"', 'groups = ["QOOT"]', "cluster: [qoot]"),
        ('topic = "topics"', 'topics = ["Jane Doe"]', "tags: [Jane Doe]"),
    ],
)
def test_a_taxonomy_named_after_ours_keeps_its_meaning(project, taxonomies, head, wanted):
    text = f'+++\ntitle = "A"\ndate = 2019-01-01\n{head}\n+++\nText.\n'
    bring(project, "hugo", {"content/posts/a.md": text, "hugo.toml": f"[taxonomies]\n{taxonomies}\n"})
    written = project.read("content/news/2019/a.md", ".")
    assert wanted in written
    assert wanted.startswith("tags") or "tags:" not in written


@pytest.mark.parametrize(
    "link", ["second", "second.md", "posts/second.md", "/posts/second.md", "/posts/second", "second#part"]
)
@pytest.mark.parametrize("call", ["relref", "ref"])
def test_a_reference_leads_to_the_same_language_first(project, link, call):
    files = {
        "hugo.toml": 'defaultContentLanguage = "en"\n[languages.en]\ncontentDir = "content/en"\n'
        '[languages.fr]\ncontentDir = "content/fr"\n[languages.ar]\ncontentDir = "content/ar"\n'
    }
    for lang in ("ar", "en", "fr"):
        files[f"content/{lang}/posts/second.md"] = f"---\ntitle: S {lang}\ndate: 2019-01-01\n---\n## Part\n"
        text = f'---\ntitle: F {lang}\ndate: 2019-01-01\n---\n[S]({{{{< {call} "{link}" >}}}})\n'
        files[f"content/{lang}/posts/first/index.md"] = text
    bring(project, "hugo", files)
    for suffix in ("", ".fr", ".ar"):
        written = project.read(f"content/news/2019/first/index{suffix}.md", ".")
        assert f"](../second{suffix}.md" in written


PAGE = "---\ntitle: Page\ndate: 2019-01-01\n---\n<p>Html <b>bold</b> text</p>\n"
HTML_PAGE = (
    '<html><head><title>Page</title><meta name="date" content="2019-01-01 10:00"/>'
    '<meta name="tags" content="x, y"/></head><body><p>Html <b>bold</b> text</p></body></html>'
)


@pytest.mark.parametrize(
    ("generator", "path", "text"),
    [
        ("eleventy", "posts/b.html", PAGE),
        ("eleventy", "posts/b.njk", PAGE),
        ("jekyll", "b.html", PAGE),
        ("hugo", "content/posts/b.html", PAGE),
        ("pelican", "content/b.html", HTML_PAGE),
    ],
)
def test_texts_in_html_come_over(project, generator, path, text):
    bring(project, generator, {path: text})
    written = project.read("content/news/2019/b.md", ".")
    assert "title: Page\n" in written
    assert "Html **bold** text" in written
    assert generator != "pelican" or "tags: [x, y]" in written


@pytest.mark.parametrize(
    ("generator", "path"),
    [("eleventy", "posts/list.njk"), ("jekyll", "archive.html"), ("eleventy", "a.liquid")],
)
def test_templates_that_are_programs_are_named(project, generator, path):
    text = "---\ntitle: All\n---\n{% for post in all %}<p>{{ post.title }}</p>{% endfor %}\n"
    report = bring(project, generator, {path: text, "_includes/x.njk": "{{ content }}"})
    assert [one.place for one in report.skipped if one.what != "other files"] == [path]
    assert not report.outcomes


def test_html_without_front_matter_is_a_file(project):
    report = bring(project, "hugo", {"static/old.html": "<p>Old</p>", "content/posts/x.html": "<p>Old</p>"})
    assert not report.outcomes
    assert {one.what for one in report.skipped} == {"other files"}


def test_html_of_static_folders_is_a_file(project):
    report = bring(project, "pelican", {"content/extra/old.html": HTML_PAGE, "pelicanconf.py": PELICAN})
    assert not report.outcomes


@pytest.mark.parametrize("src", ["cover.png", "feature-image.png", "my-thumb.png"])
def test_the_picture_among_the_resources_of_a_bundle_is_that_of_the_item(project, src):
    text = (
        f'+++\ntitle = "A"\ndate = 2019-01-01\n[[resources]]\nsrc = "{src}"\ntitle = "The lab"\n'
        '[[resources]]\nsrc = "plan.pdf"\ntitle = "The plan"\n+++\nText.\n'
    )
    files = {"content/posts/a/index.md": text, f"content/posts/a/{src}": picture(kind="PNG")}
    report = bring(project, "hugo", files)
    written = project.read("content/news/2019/a/index.md", ".")
    assert f"image:\n  src: {src}\n  alt: The lab\n" in written
    assert "more:" not in written
    assert [one for one in messages(report) if "The plan" in one]


PELICAN = "AUTHOR = 'Default Author'\n"


@pytest.mark.parametrize(
    ("header", "wanted", "body"),
    [
        ("Tags: a\n    b\n\nText.", "tags: [a, b]", "Text.\n"),
        ("Summary: Short\n    and feeds\n\nText.", "summary: Short and feeds", "Text.\n"),
        ("Summary: Short\n  and feeds\n\nText.", "summary: Short", "  and feeds\n\nText.\n"),
        ("Tags: a\nText right below.\nMore.", "tags: [a]", "Text right below.\nMore.\n"),
        ("Authors: A B; C D\n\nText.", "author: [A B, C D]", "Text.\n"),
        ("\nText.", "author: [Default Author]", "Text.\n"),
    ],
)
def test_header_lines_mean_what_pelican_reads(project, header, wanted, body):
    text = f"Title: A\nDate: 2019-01-01\n{header}\n"
    bring(project, "pelican", {"content/a.md": text, "pelicanconf.py": PELICAN})
    written = project.read("content/news/2019/a.md", ".")
    assert f"{wanted}\n" in written
    assert written.endswith(f"---\n{body}")
    assert ("Default Author" in written) == ("Authors" not in header)


def test_a_stray_null_byte_is_left_out_and_named(project):
    text = b"---\ntitle: Nul\ndate: 2019-01-01\n---\nNul \x00words\n"
    report = bring(project, "hugo", {"content/posts/a.md": text})
    assert "Nul words" in project.read("content/news/2019/a.md", ".")
    assert [one for one in messages(report) if "line 5: 1 control character left out" in one]


def test_controls_that_were_quotes_are_quotes(project):
    text = "---\ntitle: A \x93title\x94\ndate: 2019-01-01\n---\nIt\x92s a dash \x96 here\n"
    bring(project, "hugo", {"content/posts/a.md": text})
    written = project.read("content/news/2019/a.md", ".")
    assert "A “title”" in written
    assert "It’s a dash – here" in written


def test_an_attribute_between_backticks_keeps_its_address(project):
    text = (
        "---\ntitle: A\npubDate: 2019-01-01\n---\n<a href={`https://x.example/x`}>Link</a>\n\n"
        "```jsx\n<a href={`/x`}>\n```\n"
    )
    bring(project, "astro", {"src/content/blog/a.mdx": text})
    written = project.read("content/news/2019/a.md", ".")
    assert "https://x.example/x" in written.split("```")[0]
    assert "{`" not in written.split("```")[0]
    assert "<a href={`/x`}>" in written


@pytest.mark.parametrize(
    ("path", "head", "address"),
    [
        ("2023/deep/index.md", "", "/blog/2023/deep/"),
        ("2023/deep.md", "", "/blog/2023/deep/"),
        ("2023/deep/index.md", "slug: custom-slug\n", "/blog/custom-slug/"),
        ("deep.md", "slug: custom/slug\n", "/blog/custom/slug/"),
    ],
)
def test_entries_of_astro_keep_their_addresses(project, path, head, address):
    text = f"---\ntitle: A\npubDate: 2023-01-02\n{head}---\nText.\n"
    report = bring(project, "astro", {f"src/content/blog/{path}": text})
    assert f"aliases: [{address}]\n" in project.read(report.outcomes[0].path, ".")


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_films_on_following_lines_are_two(project, between):
    calls = between.join(f"{{{{< youtube {code * 11} >}}}}" for code in "ab")
    text = f"---\ntitle: A\ndate: 2019-01-01\n---\nAbove\n{calls}\nBelow\n"
    bring(project, "hugo", {"content/posts/a.md": text})
    written = project.read("content/news/2019/a.md", ".").split("---\n")[2]
    films = [f"[youtube.com](https://www.youtube.com/watch?v={code * 11}){{.embed}}" for code in "ab"]
    assert written == "\n\n".join(["Above", *films, "Below\n"])


@pytest.mark.parametrize(
    "title", ["A: B: C", "Fair: 12 June", "@home", "[Draft] Plan", "“Quoted” words: all"]
)
def test_a_title_that_yaml_refuses_is_read_as_it_is_meant_and_named(project, title):
    report = bring(
        project,
        "jekyll",
        {"_posts/2020-01-01-a.md": f"---\ntitle: {title}\nlang: en\n---\n## Head\n\nText\n"},
    )
    text = (project.root / "content/news/2020/a.md").read_text("utf-8")
    assert title in text.splitlines()[1]
    assert any(f'read as title: "{title}"' in message for message in messages(report)) or "“" in title


def test_settings_of_the_production_environment_of_hugo_add_to_the_default_ones(project):
    files = {
        "config/_default/hugo.toml": 'title = "Old"\nbaseURL = "http://localhost/"\n[params]\na = 1\n',
        "config/production/hugo.toml": 'baseURL = "https://old.example/blog/"\n',
        "config/production/permalinks.toml": 'posts = "/:year/:slug/"\n',
        "config/_default/permalinks.toml": 'posts = "/x/:slug/"\nnotes = "/n/:slug/"\n',
        "config/staging/permalinks.toml": 'posts = "/wrong/:slug/"\n',
        "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nText\n",
    }
    bring(project, "hugo", files)
    text = (project.root / "content/news/2020/a.md").read_text("utf-8")
    assert "/2020/a/" in text
    assert "wrong" not in text


def test_blog_documents_and_translations_of_docusaurus_are_imported_with_dates_and_addresses(project):
    files = {
        "docusaurus.config.js": "module.exports = {url: 'https://old.example', i18n: {defaultLocale: 'en', locales: ['en', 'fr']}}\n",
        "blog/2020-01-02-b.mdx": "---\ntitle: T\nslug: /my-slug\n---\nimport X from 'x';\n\n:::note Title here\n\nIn note\n\n:::\n\n<X/>\n",
        "blog/2020/03/04/c/index.md": "---\ntitle: C\n---\nWords c <X>kept</X>\n",
        "docs/guide/intro.md": "# Intro title\n\nDoc words\n",
        "i18n/fr/docusaurus-plugin-content-blog/2020-01-02-b.mdx": "---\ntitle: T\n---\nMots\n",
    }
    bring(project, "docusaurus", files)
    first = (project.root / "content/news/2020/my-slug.md").read_text("utf-8")
    assert "/blog/my-slug/" in first
    assert '!!! note "Title here"\n    In note' in first
    second = (project.root / "content/news/2020/c/index.md").read_text("utf-8")
    assert "date: 2020-03-04" in second
    assert "/blog/2020/03/04/c/" in second
    assert "Words c kept" in second
    assert "/docs/guide/intro/" in (project.root / "content/pages/guide/intro.md").read_text("utf-8")
    assert any("Mots" in path.read_text("utf-8") for path in (project.root / "content").rglob("*.fr.md"))


def test_a_collection_in_the_data_folder_of_astro_is_imported(project):
    files = {
        "src/data/blog/a.md": "---\ntitle: A\npubDatetime: 2022-09-23T15:22:00Z\nmodDatetime: 2023-01-02\n---\nWords\n",
        "src/data/site.json": "{}",
    }
    bring(project, "astro", files)
    text = (project.root / "content/news/2022/a.md").read_text("utf-8")
    assert "/blog/a/" in text
    assert "updated: 2023-01-02" in text


@pytest.mark.parametrize("fence", ["<!--\n{}-->\n\n", "{}\n"])
def test_the_header_of_nikola_is_read(project, fence):
    head = fence.format(
        ".. title: Our title\n.. slug: own\n.. date: 2020-01-02 10:00:00 UTC+01:00\n.. tags: a, b\n.. link:\n"
    )
    bring(project, "plain", {"posts/x.md": f"{head}Words\n"})
    text = (project.root / "content/news/2020/own.md").read_text("utf-8")
    assert "title: Our title" in text
    assert "tags: [a, b]" in text
    assert text.endswith("---\nWords\n")


def test_a_cover_named_from_the_root_without_a_slash_is_found(project):
    files = {"content/posts/a.md": "---\ntitle: A\ndate: 2020-01-02\ncover: {image: hall.png, alt: Hall, relative: false}\n---\nWords\n",
             "static/hall.png": picture()}  # fmt: skip
    bring(project, "hugo", files)
    assert "src: /hall.png" in (project.root / "content/news/2020/a.md").read_text("utf-8")


def test_the_caption_of_a_missing_picture_stays(project):
    bring(
        project,
        "hugo",
        {"content/posts/a.md": '---\ntitle: A\ndate: 2020-01-02\n---\n![Hall](no.png "The old hall")\n'},
    )
    assert "Hall The old hall" in (project.root / "content/news/2020/a.md").read_text("utf-8")


def test_captured_texts_of_jekyll_stand_where_they_are_shown(project):
    body = "{% capture box %}\n#### Head\n\n* item\n{% endcapture %}\n\nBefore\n\n{{ box | markdownify }}\n"
    report = bring(project, "jekyll", {"_posts/2020-01-01-a.md": f"---\ntitle: A\n---\n{body}"})
    text = (project.root / "content/news/2020/a.md").read_text("utf-8")
    assert text.endswith("Before\n\n#### Head\n\n* item\n")
    assert messages(report) == []


def test_a_captured_text_that_nothing_shows_is_named(project):
    body = "{% capture box %}Lost words{% endcapture %}\nBefore\n"
    report = bring(project, "jekyll", {"_posts/2020-01-01-a.md": f"---\ntitle: A\n---\n{body}"})
    assert any("Lost words" in message for message in messages(report))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ghost.json", '{"db":[{"data":{"posts":[{"title":"Hi","html":"<p>Words</p>"}]}}]}'),
        ("posts/1.hi.html", "<p>Words of a letter</p>"),
        (
            "posts/2020-01-02_Hi.html",
            "<!DOCTYPE html><html><body><article><p>Words</p></article></body></html>",
        ),
    ],
)
def test_texts_of_exports_that_are_not_read_are_named_with_a_remedy(project, path, text):
    files = {path: text.encode()}
    export = read_tree([path], files.__getitem__, GENERATORS["plain"], "old", project.settings)
    (skipped,) = export.skipped
    assert skipped.place == path
    assert "clusterpress import feed" in skipped.why


@pytest.mark.parametrize(
    ("generator", "path", "head"),
    [
        ("jekyll", "404.html", "permalink: /404.html\nlayout: default"),
        ("jekyll", "404.md", "layout: default"),
        ("jekyll", "pages/missing.md", "permalink: /404.html"),
        ("hugo", "content/404.md", "title: Not found"),
        ("eleventy", "not-found.md", "permalink: 404.html"),
        ("astro", "src/pages/404.md", "title: Not found"),
        ("pelican", "content/pages/404.md", "title: Not found\nurl: 404.html"),
    ],
)
def test_the_page_of_lost_readers_is_left_out_and_named(project, generator, path, head):
    report = bring(project, generator, {path: f"---\n{head}\n---\n<h1>404</h1><p>Not found</p>\n"})
    assert not report.outcomes
    assert [
        (one.place, "own page" in one.why)
        for one in report.skipped
        if "404" in one.what or "missing" in one.what or "not-f" in one.what
    ] == [(path, True)]


@pytest.mark.parametrize("beside", ["docs/guide.md", "content/guide.md"])
@pytest.mark.parametrize("path", ["blog/2020-01-01-hello.md", "hello.md", "news/2020/hello.md"])
def test_texts_beside_the_folder_of_texts_come_over(project, path, beside):
    text = "---\ntitle: {}\ndate: 2020-01-01\n---\nWords.\n"
    report = bring(
        project, "plain", {path: text.format("Hello"), beside: text.format("Guide"), "README.md": "# R\n"}
    )
    assert {one.place for one in report.outcomes} == {path, beside}
    assert [one.place for one in report.skipped] == ["README.md"]


@pytest.mark.parametrize("generator", [name for name in GENERATORS if name != "jekyll"])
@pytest.mark.parametrize("path", ["hello.md", "2020/hello.md"])
def test_the_folder_of_texts_alone_comes_over(project, generator, path):
    head = (
        "Title: Hello\nDate: 2020-01-01\n"
        if generator == "pelican"
        else "---\ntitle: Hello\ndate: 2020-01-01\n---\n"
    )
    report = bring(project, generator, {path: f"{head}\nWords.\n"})
    assert [one.path for one in report.outcomes] == ["content/news/2020/hello.md"]


@pytest.mark.parametrize("key", ["Author", "Authors"])
@pytest.mark.parametrize("generator", ["pelican", "hugo", "jekyll", "material"])
@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ("Metaireau, Alexis; Example, Ann", "[Alexis Metaireau, Ann Example]"),
        ("Metaireau, Alexis;", "[Alexis Metaireau]"),
        ("Ann Example; de la Cruz, Ana", "[Ann Example, Ana de la Cruz]"),
    ],
)
def test_semicolons_separate_names_and_a_comma_follows_the_family_name(
    project, generator, key, names, wanted
):
    head = f'---\ntitle: A\ndate: 2020-01-01\n{key}: "{names}"\n---\n'
    bring(
        project,
        generator,
        {
            DATED[generator][0]: (
                f"Title: A\nDate: 2020-01-01\n{key}: {names}\n" if generator == "pelican" else head
            )
            + "\nText.\n"
        },
    )
    (path,) = [one for one in project.files() if one.startswith("content/news/")]
    assert f"author: {wanted}\n" in project.read(path, ".")


@pytest.mark.parametrize("folder", ["_posts", "fr/_posts", "sub/_posts", "a/b/_posts"])
def test_posts_of_jekyll_have_the_defaults_of_posts_in_every_folder(project, folder):
    config = "defaults:\n- scope: {path: '', type: posts}\n  values: {author: Ann Example}\n- scope: {path: fr}\n  values: {lang: fr}\n"
    bring(
        project, "jekyll", {"_config.yml": config, f"{folder}/2020-01-02-b.md": "---\ntitle: B\n---\nText.\n"}
    )
    (path,) = [one for one in project.files() if one.startswith("content/news/")]
    written = project.read(path, ".")
    assert "author: [Ann Example]\n" in written
    above = "".join(f"{one}/" for one in folder.split("/")[:-1])
    assert f"aliases: [/{above}2020/01/02/b.html]\n" in written
    assert path.endswith(".fr.md") is folder.startswith("fr")
    assert "tags: [fr]" not in written


@pytest.mark.parametrize("path", ["blog/2020-01-01-a.mdx", "blog/2020-01-01-a.md", "docs/a.mdx"])
@pytest.mark.parametrize(
    "shown",
    [
        "![Alt](@site/static/img/a.png)",
        '<img src={require("@site/static/img/a.png").default} alt="Alt" />',
        "<img src={require('@site/static/img/a.png')} alt=\"Alt\" />",
        '<img src="@site/static/img/a.png" alt="Alt" />',
        "![Alt](pathname:///img/a.png)",
        "![Alt](/img/a.png)",
    ],
)
def test_pictures_of_docusaurus_are_found_from_the_root_of_the_site(project, path, shown):
    report = bring(
        project,
        "docusaurus",
        {path: f"---\ntitle: A\n---\nText.\n\n{shown}\n", "static/img/a.png": picture()},
    )
    assert not messages(report)
    assert len(report.copied) == 1
    assert "Alt" in project.read(report.outcomes[0].path, ".")


def test_anchors_and_braces_of_docusaurus_stay(project):
    text = "---\ntitle: A\n---\nUse \\{name\\} [one](#my-id) [two](#other-id).\n\n## T {#my-id}\n\n## U {/* #other-id */}\n"
    report = bring(project, "docusaurus", {"blog/2020-01-01-a.mdx": text})
    assert not messages(report)
    written = project.read("content/news/2020/a.md", ".")
    assert "{name" in written.replace("\\", "")
    assert all(
        one in written for one in ("[one](#my-id)", "[two](#other-id)", "## T {#my-id}", "## U {#other-id}")
    )


def test_authors_of_docusaurus_have_their_role_and_profiles(project):
    socials = "{x: annx, linkedin: '@annl', github: anng, mastodon: 'https://m.example/@ann', odd: 'a b'}"
    authors = f"ann:\n  name: Ann Example\n  title: Coordinator\n  socials: {socials}\n"
    report = bring(project, "docusaurus", {"blog/authors.yml": authors})
    written = project.read("content/authors/ann.md", ".")
    assert "role: Coordinator\n" in written
    assert "title: Ann Example\n" in written
    for address in (
        "https://x.com/annx",
        "https://www.linkedin.com/in/annl",
        "https://github.com/anng",
        "https://m.example/@ann",
    ):
        assert address in written
    assert [one for one in messages(report) if "odd" in one]
