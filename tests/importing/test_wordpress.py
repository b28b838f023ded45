"""A WordPress export comes over whole: every post an item, every doubt a line, twice the same."""

import re

import pytest

from clusterpress.importing.records import ImportSourceError, ImportStatus
from clusterpress.importing.sources.wordpress import read_wordpress
from tests.importing import wordpress_export
from tests.importing.project import Project, check_counts, folder_of, picture


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


@pytest.fixture
def media(tmp_path):
    return folder_of(
        tmp_path / "uploads",
        {
            "2019/06/hall.jpg": picture(),
            "2019/06/hall-300x200.jpg": picture("blue"),
            "2019/06/report.pdf": b"%PDF-1.4",
            "2019/07/map.png": picture("green", "PNG"),
            "2019/07/spare.png": picture("white", "PNG"),
        },
    )


def export(text=None, **kinds):
    return read_wordpress((text or wordpress_export.build()).encode(), "export.xml", **kinds)


def one(*items):
    return export(wordpress_export.HEAD + "".join(items) + wordpress_export.TAIL)


def test_the_whole_export_comes_over_and_builds(project, media):
    report = project.bring(export(), media)
    check_counts(report, wordpress_export.TAKEN + wordpress_export.AUTHORS + wordpress_export.KNOWN)
    assert report.counts[ImportStatus.NEW] == wordpress_export.TAKEN + wordpress_export.AUTHORS
    project.built_with_everything()
    for outcome in report.outcomes:
        assert (project.root / outcome.path).is_file()
    pages = [
        path for path in project.output() if re.fullmatch(r"(?:[a-z]{2}/)?news/\d{4}/[^/]+/index.html", path)
    ]
    assert len(pages) == wordpress_export.TAKEN - 3


def test_a_second_run_has_nothing_to_do(project, media):
    first = project.bring(export(), media)
    before = project.files()
    second = project.bring(export(), media)
    assert second.is_idle
    assert project.files() == before
    assert not [warning for warning in second.warnings if warning.path.startswith("content/")]
    assert [o.path for o in second.outcomes if o.status is not ImportStatus.UNCHANGED] == []
    assert len(second.outcomes) == len(first.outcomes)


def test_a_second_run_has_nothing_to_do_even_when_the_memory_is_lost(project, media):
    project.bring(export(), media)
    before = project.files()
    (project.root / ".clusterpress/imported.json").unlink()
    assert project.bring(export(), media).is_idle
    after = project.files()
    assert {path: after[path] for path in before if path.startswith("content/")} == {
        path: content for path, content in before.items() if path.startswith("content/")
    }


def test_a_dry_run_reports_the_same_and_writes_nothing(project, media):
    before = project.files()
    dry = project.bring(export(), media, is_dry=True)
    assert project.files() == before
    wet = project.bring(export(), media)
    assert (dry.outcomes, dry.warnings, dry.skipped, dry.copied) == (
        wet.outcomes,
        wet.warnings,
        wet.skipped,
        wet.copied,
    )


def test_what_staff_edited_or_moved_is_left_alone(project, media):
    project.bring(export(), media)
    path = "content/news/2019/post-40.md"
    project.write(path, project.read(path, ".").replace("Text 40", "Better text"))
    moved = project.read("content/news/2019/post-41.md", ".")
    project.remove("content/news/2019/post-41.md")
    project.write("content/news/best.md", moved)
    newer = wordpress_export.build().replace("Text 40", "Newer text").replace("Text 42", "Newer text")
    report = project.bring(export(newer), media)
    statuses = {outcome.path: outcome.status for outcome in report.outcomes}
    assert statuses[path] is ImportStatus.EDITED
    assert "Better text" in project.read(path, ".")
    assert any(warning.path == path for warning in report.warnings)
    assert statuses["content/news/2019/post-42.md"] is ImportStatus.CHANGED
    assert "content/news/2019/post-41.md" not in statuses
    assert not (project.root / "content/news/2019/post-41.md").exists()


def test_an_item_of_the_block_editor_reads_like_one_of_ours(project, media):
    project.bring(export(), media)
    assert project.read("content/news/2019/post-1.md", ".") == (
        "---\n"
        "title: Blocks & pieces\n"
        "date: 2019-02-15 10:20\n"
        "author: [serena-mingolla]\n"
        "programme: [the-next-society]\n"
        "image:\n"
        "  src: /wp-content/uploads/2019/06/hall.jpg\n"
        "  alt: People in a hall\n"
        "  caption: The great hall\n"
        "tags: [Food]\n"
        "aliases: [/2019/02/post-1/]\n"
        "id: https://www.old.example/?p=1\n"
        "---\n"
        "The cluster met in **Casablanca**; see [the other item](post-2.md).\n\n"
        '![A hall](/wp-content/uploads/2019/06/hall.jpg "The hall in &quot;June&quot;")\n\n'
        "- first\n    - second\n        - third\n\n"
        "[youtube.com](https://www.youtube.com/watch?v=abc123){.embed}\n\n"
        "> Go on.\n>\n> — A manager\n> {.pull}\n\n"
        "|  |  |\n|---|---|\n| a | b |\n"
    )


def test_an_item_of_the_classic_editor_keeps_paragraphs_captions_and_galleries(project, media):
    report = project.bring(export(), media)
    text = project.read("content/news/2019/post-2.md", ".")
    assert "summary: A short summary.\n" in text
    assert "cluster: [qoot]\n" in text
    assert "First paragraph with an é and a  \nline break.\n" in text
    assert '![Hall](/wp-content/uploads/2019/06/hall.jpg "The hall")' in text
    assert "> A quotation \\[sic\\] of one [1] line." in text
    assert '![People in a hall](/wp-content/uploads/2019/06/hall.jpg "The great hall")' in text
    assert "![](/wp-content/uploads/2019/07/map.png)" in text
    assert "[vimeo.com](https://vimeo.com/12345){.embed}" in text
    assert "[Report](/wp-content/uploads/2019/06/report.pdf) [Out](https://elsewhere.example/)" in text
    assert "contact-form" not in text
    assert "contact-form-7" in " ".join(warning.message for warning in report.warnings)
    assert "content/static/wp-content/uploads/2019/06/report.pdf" in report.copied


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("content/news/2019/post-3.md", "title: Nobody gave this item a title"),
        ("content/news/2019/empty.md", "title: 15 May 2019"),
        ("content/news/2018/same-2.md", "title: Same name"),
        ("content/news/undated/draft.md", "draft: true"),
        ("content/news/2019/post-8.md", "draft: true"),
        ("content/news/2030/post-9.md", "publish: 2030-01-01 09:00"),
        ("content/news/2019/post-12.md", "title: الدورة الأولى"),
        ("content/news/2019/post-13.md", "pinned: true"),
        ("content/news/2019/post-15.md", 'title: "2019"'),
        ("content/news/2019/post-15.md", "summary: From the plugin"),
        ("content/news/2019/post-15.md", "aliases: [/2019/04/post-15/, /2019/04/older/]"),
        ("content/news/2019/post-17.md", "author: [ann-example, serena-mingolla]"),
        ("content/news/2019/post-18.md", "author: [qoot]"),
        ("content/news/undated/post-22.md", "date: 1990-01-01"),
        ("content/news/2019/post-24.md", "See what comes"),
        ("content/pages/about/team.md", "path: /about/team/"),
        ("content/pages/about/team.md", "People; [up](../about.md)"),
        ("content/pages/news-page.md", "title: News"),
        ("content/authors/serena-mingolla.md", "title: Serena Mingolla"),
    ],
)
def test_oddities_have_their_place(project, media, path, line):
    project.bring(export(), media)
    assert line in project.read(path, ".").splitlines()


def test_what_is_left_out_is_named_with_its_reason(project, media):
    left = {one.what: one for one in project.bring(export(), media).skipped}
    assert left['post "Rubbish"'].why == "it was in the trash"
    assert "--also project:news" in left['project "Project X"'].why
    assert left['comments on post "Blocks & pieces"'].count == 3
    assert left["other files"].count == 1


def test_doubts_name_file_and_line(project, media):
    for warning in project.bring(export(), media).warnings:
        if warning.path.startswith("content/"):
            lines = project.read(warning.path, ".").splitlines()
            assert 1 <= warning.line <= len(lines)
    warnings = {warning.path: warning for warning in project.bring(export(), media, is_dry=True).warnings}
    assert warnings.keys() <= {"export.xml"}


def test_a_type_of_record_can_be_asked_for():
    found = read_wordpress(wordpress_export.build().encode(), "e.xml", {"project": "news"})
    assert [record.values["title"] for record in found.records if record.kind == "news"] == ["Project X"]


def test_a_taxonomy_can_be_mapped(project):
    found = one(wordpress_export.item(1, "T", "<p>x</p>", terms=[("category", "l", "Lebanon")]))
    project.bring(found, mapped={"category": "countries"})
    assert "countries: [Lebanon]" in project.read("content/news/2019/post-1.md", ".")


def test_translations_of_polylang_belong_together(project):
    terms = [("post_translations", "pll_1", "pll_1")]
    found = one(
        wordpress_export.item(
            1, "Hello", "<p>Hello</p>", slug="hello", terms=[*terms, ("language", "en", "English")]
        ),
        wordpress_export.item(
            2, "Bonjour", "<p>Bonjour</p>", slug="bonjour", terms=[*terms, ("language", "fr", "Français")]
        ),
    )
    project.bring(found)
    assert "translation_of: hello" in project.read("content/news/2019/bonjour.fr.md", ".")
    project.built_with_everything()


def test_pictures_that_are_not_there_leave_words_and_a_doubt(project):
    report = project.bring(
        one(wordpress_export.item(1, "T", f'<p><img src="{wordpress_export.UPLOADS}/a.jpg" alt="A"></p>'))
    )
    assert f"[A]({wordpress_export.UPLOADS}/a.jpg)" in project.read("content/news/2019/post-1.md", ".")
    assert "--media" in report.warnings[0].hint
    project.built_with_everything()


def test_an_export_that_breaks_off_gives_what_it_has_and_says_so(project):
    text = wordpress_export.build()
    report = project.bring(export(text[: text.rindex("<item>") + 200]))
    assert report.counts[ImportStatus.NEW] > 20
    assert any(warning.path == "export.xml" and "broken" in warning.message for warning in report.warnings)


@pytest.mark.parametrize(
    ("raw", "line"),
    [(b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<rss>&a;</rss>', 2), (b"hello", 1), (b"", 1)],
)
def test_what_is_no_export_is_refused_with_a_line(raw, line):
    with pytest.raises(ImportSourceError) as fault:
        read_wordpress(raw, "x.xml")
    assert fault.value.line == line
