"""A plan says what each type of an old site becomes; the import obeys it."""

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.importing.plan import Plan
from clusterpress.importing.plan_file import read_plan, write_plan
from clusterpress.importing.records import ImportSourceError
from tests.importing.project import Project
from tests.importing.test_drupal import node
from tests.importing.wordpress_export import HEAD, TAIL, item


def test_a_plan_reads_as_it_was_written():
    plan = Plan()
    plan.kind("post", "news", "A: title, [x] # y")
    plan.kind("post", "news", "Zwei")
    plan.kind("odd: type", "skip", "")
    plan.key("mood", "", "sunny\nand warm")
    text = write_plan(plan)
    assert '  post: {as: news, count: 2, examples: ["A: title, [x] # y", Zwei]}\n' in text
    assert '  mood: {as: "", count: 1, examples: [sunny and warm]}\n' in text
    read = read_plan(text, "plan.yml")
    assert read.kinds_of_items == {"post": "news", "odd: type": None}
    assert read.mapped_keys == {}
    assert read_plan("kinds: {post: person}\nkeys: {mood: {as: summary}, old: drop}", "p").mapped_keys == {
        "mood": "summary",
        "old": "drop",
    }


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("kinds:\n  post: {as: newz}\n", 2, '"newz" is not a kind'),
        ("kinds:\n  post:\n    as: event\n  x: {count: 1}\n", 4, '"" is not a kind'),
        ("kinds: [a]\n", 1, "not a block"),
        ("kinds: {a: [b}\n", 1, ""),
        ("words\n", 1, ""),
    ],
)
def test_a_wrong_plan_is_named_with_its_line(text, line, said):
    with pytest.raises(ImportSourceError) as fault:
        read_plan(text, "plan.yml")
    assert fault.value.line == line
    assert said in fault.value.message


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path / "site")
    items = [
        item(1, "Post", "<p>x</p>", meta={"mood": "sunny words", "old": "y"}),
        item(2, "Ann Example", "<p>Writes.</p>", type="guru", slug="ann"),
        item(3, "Agency", "<p>Works.</p>", type="member_org", slug="agency"),
        item(
            4,
            "A day",
            "<p>Meet.</p>",
            type="happening",
            slug="day",
            meta={"event_date": "20260910", "venue": "Linz"},
        ),
        item(5, "Page", "<p>x</p>", type="page", slug="a-page"),
    ]
    (tmp_path / "export.xml").write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
    return made


def run(project, *words):
    result = CliRunner().invoke(main, ["--project", str(project.root), "import", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_first_run_writes_the_plan_and_the_next_one_obeys_it(project, tmp_path):
    plan, export = tmp_path / "plan.yml", tmp_path / "export.xml"
    first = run(project, "wordpress", export, "--plan", plan)
    assert first.exit_code == 0
    assert not (project.root / "content/news").exists()
    text = plan.read_text(encoding="utf-8")
    assert "guru: {as: skip, count: 1, examples: [Ann Example]}" in text
    assert 'mood: {as: "", count: 1, examples: [sunny words]}' in text
    for old, new in [
        ("guru: {as: skip", "guru: {as: person"), ("member_org: {as: skip", "member_org: {as: partner"),
        ("happening: {as: skip", "happening: {as: event"), ("page: {as: page", "page: {as: skip"),
        ('mood: {as: ""', "mood: {as: summary"), ('old: {as: ""', "old: {as: drop"),
    ]:  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    plan.write_text(text, encoding="utf-8")
    second = run(project, "wordpress", export, "--plan", plan)
    assert second.exit_code == 0, second.stderr
    assert "summary: sunny words\n" in project.read("content/news/2019/post-1.md", ".")
    assert "title: Ann Example\n" in project.read("content/authors/ann.md", ".")
    assert "Works." in project.read("content/partners/agency.md", ".")
    event = project.read("content/events/day.md", ".")
    assert "start: 2026-09-10\n" in event
    assert "place: Linz\n" in event
    assert 'page "Page": your plan leaves its type out' in second.stderr
    assert not (project.root / "content/pages").exists()
    assert "nothing to do" in run(project, "wordpress", export, "--plan", plan).stdout
    checked = CliRunner().invoke(main, ["--project", str(project.root), "check"])
    assert " error: " not in checked.output


def test_a_plan_of_a_drupal_export_lists_its_types_and_fields(project, tmp_path):
    import json

    nodes = [node(1), node(2, kind="recipe", field_mood="sunny")]
    (tmp_path / "n.json").write_text(json.dumps({"data": nodes}), encoding="utf-8")
    plan = tmp_path / "plan.yml"
    run(project, "drupal", tmp_path / "n.json", "--plan", plan)
    assert "recipe: {as: skip, count: 1, examples: [Item 2]}" in plan.read_text(encoding="utf-8")
    assert run(project, "drupal", tmp_path / "n.json", "--plan", plan).exit_code == 0


def test_everything_that_was_met_is_listed_when_asked(project, tmp_path):
    told = run(project, "wordpress", tmp_path / "export.xml", "--verbose").stderr
    assert "carried: element p (2)\n" in told
    assert "left out: custom field mood (1): its meaning is not known" in told
    quiet = run(project, "wordpress", tmp_path / "export.xml").stderr
    assert 'warning: the custom field "mood" was left out' in quiet
    assert "carried: element" not in quiet


@pytest.mark.parametrize("has_newsletter", [False, True])
def test_issues_of_an_old_newsletter_are_numbered_or_news(project, tmp_path, has_newsletter):
    if has_newsletter:
        letter = "newsletters:\n  letter: {name: The Letter, publisher: The Agency, address: Street 1}\ncontact: a@example.eu\n"
        project.write("site_config.yml", project.read("site_config.yml", ".") + letter)
    result = run(project, "wordpress", tmp_path / "export.xml", "--also", "guru:newsletter")
    assert result.exit_code == 0, result.stderr
    assert ("this site has no newsletter, so its issues are news" in result.stderr) is not has_newsletter
    folder = "newsletters" if has_newsletter else "news/2019"
    assert ("number: 1\n" in project.read(f"content/{folder}/ann.md", ".")) is has_newsletter
    assert (
        "nothing to do"
        in run(project, "wordpress", tmp_path / "export.xml", "--also", "guru:newsletter").stdout
    )
    checked = CliRunner().invoke(main, ["--project", str(project.root), "check"])
    assert " error: " not in checked.output, checked.output


@pytest.mark.parametrize("packed", ["export.xml.gz", "export.zip"])
def test_a_packed_export_is_read(project, tmp_path, packed):
    import gzip
    import zipfile

    raw = (tmp_path / "export.xml").read_bytes()
    if packed.endswith(".gz"):
        (tmp_path / packed).write_bytes(gzip.compress(raw))
    else:
        with zipfile.ZipFile(tmp_path / packed, "w") as archive:
            archive.writestr("export.xml", raw)
    told = run(project, "wordpress", tmp_path / packed, "--dry-run").stdout
    assert told.startswith(f"{packed}: would import: 3 items")


def test_a_calendar_is_imported_from_a_file(project, tmp_path):
    rows = [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "UID:1",
        "SUMMARY:Forum",
        "DTSTART:20260910T160000Z",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    (tmp_path / "e.ics").write_text("\r\n".join(rows), encoding="utf-8")
    assert run(project, "calendar", tmp_path / "e.ics").exit_code == 0
    assert "start: 2026-09-10 18:00\n" in project.read("content/events/forum.md", ".")
    assert "nothing to do" in run(project, "calendar", tmp_path / "e.ics").stdout
