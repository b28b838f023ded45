"""``clusterpress import docx`` as staff use it: what it asks, what it writes, and what a second run does."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from clusterpress.cli.commands import main
from tests.importing.documents.publications import PUBLICATIONS
from tests.importing.documents.word_files import add_picture, new_document, picture, saved
from tests.importing.project import Project


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


def run(project, *words, answers=""):
    result = CliRunner().invoke(
        main, ["--project", str(project.root), "import", "docx", *map(str, words)], input=answers
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def write(path, *paragraphs, title="A title", with_picture=False, **properties):
    made = new_document()
    for name, value in properties.items():
        setattr(made.core_properties, name, value)
    if title:
        made.add_heading(title, 0)
    for text in paragraphs:
        made.add_paragraph(text)
    if with_picture:
        add_picture(made, picture(), "A red field")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(saved(made))
    return path


def items(project):
    return {
        path: raw.decode()
        for path, raw in project.files().items()
        if path.startswith("content/news/") and path.endswith(".md")
    }


def words_of(html):
    return " ".join(LexborHTMLParser(html).text(separator="").split())


@pytest.fixture
def at_terminal(monkeypatch):
    """Let the streams of click's runner be terminals, so that commands ask."""
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)


@pytest.mark.usefixtures("at_terminal")
def test_five_publications_come_in_whole_and_pass_the_check(project, tmp_path):
    said = {}
    (tmp_path / "word").mkdir()
    for name, make in PUBLICATIONS.items():
        raw, said[name] = make()
        (tmp_path / "word" / name).write_bytes(raw)
    options = ("--lang", "en", "--author", "QOOT", "--date", "12 April 2019")
    # What no file and no option says: the title of S1, and the programmes of all but S0.
    result = run(project, tmp_path / "word", *options, answers="QOOT at the TechDays\n1\n\n\n\n")
    assert result.exit_code == 0, result.output
    texts = items(project)
    assert len(texts) == 5
    assert "draft:" not in "".join(texts.values())
    assert "programme: [the-next-society]\n" in texts["content/news/2019/qoot-at-the-techdays.md"]
    checked = CliRunner().invoke(main, ["--project", str(project.root), "check", "--now", "2031-01-01"])
    assert "No problems found" in checked.output, checked.output
    project.built_with_everything()
    pages = [path.read_text(encoding="utf-8") for path in (project.root / "site" / "news").rglob("*.html")]
    shown = " ".join(map(words_of, pages)).replace("’", "'")  # the site sets the apostrophes of its language
    assert not [words for name in said for words in said[name] if " ".join(words.split()) not in shown]
    before = project.files()
    assert "nothing to do: 5 items (5 unchanged)" in run(project, tmp_path / "word", *options).output
    assert project.files() == before


def test_without_a_terminal_an_item_without_a_date_is_a_draft_with_advice(project, tmp_path):
    file = write(tmp_path / "a.docx", "Some words.", modified=datetime(2027, 6, 15, tzinfo=UTC))
    result = run(project, file)
    (text,) = items(project).values()
    assert "date: 2027-06-15\ndraft: true\n" in text
    assert "2027-06-15 is the day on which the file was last saved; write the right date" in result.output
    assert "nothing to do" in run(project, file).output


@pytest.mark.usefixtures("at_terminal")
def test_an_answer_is_asked_once_and_kept_when_the_file_changes(project, tmp_path):
    file = write(tmp_path / "a.docx", "Some words.")
    first = run(project, file, answers="15 June 2027\n1\nAnn Example\nfr\n")
    assert "a.docx: A title" in first.output
    path = "content/news/2027/a-title.fr.md"
    assert items(project)[path] == (
        "---\ntitle: A title\ndate: 15 June 2027\nauthor: [Ann Example]\nprogramme: [the-next-society]\n---\nSome words.\n"
    )
    assert "nothing to do: 1 item (1 unchanged)" in run(project, file).output
    write(file, "Other words.")
    changed = run(project, file)
    assert "1 item (1 changed)" in changed.output
    assert items(project)[path].endswith(
        "date: 2027-06-15\nauthor: [Ann Example]\nprogramme: [the-next-society]\n---\nOther words.\n"
    )


def test_an_item_that_was_edited_is_not_written(project, tmp_path):
    file = write(tmp_path / "a.docx", "15 June 2027", "Some words.")
    run(project, file)
    (path,) = items(project)
    project.write(path, items(project)[path].replace("Some words", "Better words"))
    assert "nothing to do: 1 item (1 edited since)" in run(project, file).output
    write(file, "15 June 2027", "Other words.")
    result = run(project, file)
    assert "this file differs from the imported text, so it was not written" in result.output
    assert "Better words" in items(project)[path]


def test_a_file_of_the_same_name_and_title_takes_no_item_of_another(project, tmp_path):
    run(project, write(tmp_path / "a.docx", "15 June 2027", "First.", title="Newsletter"))
    run(project, write(tmp_path / "b.docx", "20 June 2027", "Second.", title="Newsletter"))
    run(project, write(tmp_path / "c/a.docx", "15 June 2027", "Third.", title="Another title"))
    assert [text.rpartition("---\n")[2] for text in items(project).values()] == [
        "Third.\n",
        "Second.\n",
        "First.\n",
    ]


def test_a_folder_of_files_comes_in_and_a_bad_file_is_named(project, tmp_path):
    write(tmp_path / "w/one.docx", "15 June 2027", "First.", title="One", with_picture=True)
    write(tmp_path / "w/deep/one.docx", "16 June 2027", "Second.", title="Two", with_picture=True)
    (tmp_path / "w/old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "w/~$one.docx").write_bytes(b"\x03Ann")
    (tmp_path / "w/notes.txt").write_text("no Word file")
    result = run(project, tmp_path / "w")
    assert result.exit_code == 1
    assert "old.doc:1:1: error: this is a file of Word 97-2003 (.doc)" in result.output
    assert '"one.docx" is open in Word' in result.output
    assert len(items(project)) == 2
    assert sum(path.endswith(".png") for path in project.files()) == 2
    assert "Traceback" not in result.output


def test_a_dry_run_writes_nothing(project, tmp_path):
    before = project.files()
    result = run(
        project, write(tmp_path / "a.docx", "15 June 2027", "Words.", with_picture=True), "--dry-run"
    )
    assert "would import: 1 item (1 new), 1 file copied" in result.output
    assert project.files() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--date", "someday"), "--date"),
        (("--programme", "Nobody knows it"), '--programme: there is no programme "Nobody knows it"'),
        (("--lang", "xx"), "--lang"),
    ],
)
def test_a_wrong_option_is_answered_before_anything_is_written(project, tmp_path, words, said):
    result = run(project, write(tmp_path / "a.docx", "Words."), *words)
    assert result.exit_code == 2
    assert said in result.output
    assert not items(project)


def test_an_empty_folder_is_answered(project, tmp_path):
    (tmp_path / "empty").mkdir()
    result = run(project, tmp_path / "empty")
    assert result.exit_code == 2
    assert "there is no file with the ending .docx" in result.output


def test_two_files_of_one_name_are_told_apart(project, tmp_path):
    one = write(tmp_path / "x/a.docx", "15 June 2027", "First.", title="Report", with_picture=True)
    two = write(tmp_path / "y/a.docx", "16 June 2027", "Second.", title="Report", with_picture=True)
    run(project, one, two)
    assert len(items(project)) == 2
    assert "nothing to do: 2 items" in run(project, one, two).output


@pytest.mark.parametrize("obstacle", ["content/news/2027", "content/news/2027/a-title/picture-1.png/x"])
def test_an_import_that_cannot_write_says_so_and_can_be_repeated(project, tmp_path, obstacle):
    file = write(tmp_path / "a.docx", "15 June 2027", "Words.", with_picture=True)
    project.write(obstacle, "in the way")
    result = run(project, file)
    assert result.exit_code == 3
    assert "the import was interrupted, as a file cannot be written" in result.output
    (project.root / obstacle).unlink()
    if obstacle.endswith("x"):
        (project.root / obstacle).parent.rmdir()
    assert "1 file copied" in run(project, file).output
    assert "content/news/2027/a-title/picture-1.png" in project.files()
    assert "nothing to do" in run(project, file).output


@pytest.mark.usefixtures("at_terminal")
def test_a_date_with_two_readings_is_asked_for(project, tmp_path):
    run(project, write(tmp_path / "a.docx", "05/06/2027", "Words."), answers="5 June 2027\n\n\n\n")
    (text,) = items(project).values()
    assert "date: 5 June 2027\n" in text
    assert "draft" not in text


def test_files_of_one_name_in_two_folders_are_told_apart(project, tmp_path):
    write(tmp_path / "x/a.docx", "15 June 2027", "First.", title="One", with_picture=True)
    write(tmp_path / "y/a.docx", "16 June 2027", "Second.", title="Two", with_picture=True)
    run(project, tmp_path / "x", tmp_path / "y")
    assert len(items(project)) == 2
    assert "nothing to do: 2 items" in run(project, tmp_path / "x", tmp_path / "y").output
