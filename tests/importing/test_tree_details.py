"""Details of foreign trees that sites write in many ways: dates, times, names of files, terms."""

import pytest

from clusterpress.importing.sources.layouts.registry import GENERATORS
from clusterpress.importing.sources.markdown_trees import read_tree
from clusterpress.importing.write import Attachments
from tests.importing.project import Project

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
