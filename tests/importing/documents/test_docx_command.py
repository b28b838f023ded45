"""``clusterpress import docx`` as staff use it: what it asks, what it writes, and what a second run does."""

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from clusterpress.cli import import_documents
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
    monkeypatch.setattr(import_documents, "is_terminal", lambda: True)


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
    shown = " ".join(map(words_of, pages))
    assert not [words for name in said for words in said[name] if " ".join(words.split()) not in shown]
    before = project.files()
    assert "nothing to do: 5 items (5 unchanged)" in run(project, tmp_path / "word", *options).output
    assert project.files() == before
