"""``clusterpress import docx``, ``pdf``, ``html`` and ``mail``: documents of staff become items."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import click
from msgspec.structs import replace

from clusterpress.cli.import_ import import_group, shared_options
from clusterpress.cli.import_run import run_import
from clusterpress.cli.project import stop
from clusterpress.cli.prompts import UnknownNameError, ask, is_terminal, resolve_answer

if TYPE_CHECKING:
    from clusterpress.config.settings import Settings
    from clusterpress.importing.plan import Plan
    from clusterpress.importing.records import Export, Record
    from clusterpress.importing.sources.documents.facts import Facts
    from clusterpress.importing.sources.documents.files import Documents, Read, Source
    from clusterpress.importing.write import ProjectStorage
    from clusterpress.parsing.values import Value
    from clusterpress.scaffolding.questions import Question, Records

ReadAll = Callable[["Sequence[Source]", "Settings", "Records", "ProjectStorage", str], "Documents"]
"""Returns the documents in files, given the options of the import as a text."""
_KEYS = ("date", "programme", "author", "lang")
"""Keys that an option can give for all files."""


def _document_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)),
        click.option("--date", help="Date of the items, if their texts name none."),
        click.option("--programme", multiple=True, help="Programme, if the text names none."),
        click.option("--author", multiple=True, help="Author, if the text names none."),
        click.option("--lang", help="Language, if the file does not say it."),
        click.option("--yes", "-y", is_flag=True, help="Ask nothing."),
        shared_options,
    )
    for option in reversed(options):
        command = option(command)
    return command


@import_group.command()
@_document_options
def docx(root: Path, files: tuple[Path, ...], **options: Any) -> None:
    """Import Word files (.docx), or folders of them, as news items.

    The text keeps its headings, lists, tables, links, notes and pictures. Date, author, programme and
    language are read from it. On a terminal, the command asks for what is missing; elsewhere, an item without
    a date is a draft. The report names what a page cannot show.
    """
    from clusterpress.importing.sources.documents.word_files import ENDINGS, read_word

    _import(root, files, ENDINGS, _one_by_one(read_word), **options)


@import_group.command()
@_document_options
def html(root: Path, files: tuple[Path, ...], **options: Any) -> None:
    """Import saved web pages (.html), or folders of them, as news items.

    The main part of each page becomes the text; menus and the like are left out. Pictures are taken from the
    folder that the browser saved beside the page.
    """
    from clusterpress.importing.sources.documents.web_pages import ENDINGS, read_web_page

    _import(root, files, ENDINGS, _one_by_one(read_web_page), **options)


@import_group.command()
@_document_options
@click.option("--whole", is_flag=True, help="Each file is one item, also if it looks like a newsletter.")
def pdf(root: Path, files: tuple[Path, ...], whole: bool, **options: Any) -> None:
    """Import PDF files, or folders of them: old newsletters, or single texts.

    A newsletter becomes a draft issue and a news item for each article; another PDF becomes a news item. Text
    is read in the order of its columns, with headings, lists, tables, links and pictures. Page heads and
    numbers are left out. A PDF says only where letters stand: the report names what was guessed.
    """
    from clusterpress.importing.sources.documents.pdf_files import ENDINGS
    from clusterpress.importing.sources.documents.pdf_import import read_pdfs

    def read(sources: "Sequence[Source]", settings: "Settings", records: "Records", *_: Any) -> "Documents":
        return read_pdfs(sources, settings, records.registers, whole=whole)

    _import(root, files, ENDINGS, read, **options)


@import_group.command()
@_document_options
def mail(root: Path, files: tuple[Path, ...], **options: Any) -> None:
    """Import saved e-mails (.eml), or folders of them, as news items."""
    from clusterpress.importing.sources.documents.emails import ENDINGS, read_email

    _import(root, files, ENDINGS, _one_by_one(read_email), **options)


def _one_by_one(reader: "Read") -> "ReadAll":
    """Return what reads files that are one document each."""

    def read(
        sources: "Sequence[Source]",
        settings: "Settings",
        records: "Records",
        storage: "ProjectStorage",
        options: str,
    ) -> "Documents":
        from clusterpress.importing.sources.documents.files import read_documents

        return read_documents(sources, reader, settings, records.registers, storage.sources, options=options)

    return read


def _import(
    root: Path,
    files: Sequence[Path],
    endings: tuple[str, ...],
    reader: "ReadAll",
    *,
    yes: bool,
    into: str,
    mapped: Mapping[str, str],
    dry_run: bool,
    verbose: bool,
    **given: Any,
) -> None:
    """Read documents, ask what they leave open, and import them."""
    from clusterpress.importing.write import Attachments, ProjectStorage

    sources = [*_sources(files, endings)]
    if not sources:
        stop(f"there is no file with the ending {', '.join(endings)} in {files[0]}")
    pictures: dict[str, bytes] = {}
    names: list[str] = []  # it is filled when the documents are read, before the import looks at it

    def read(settings: "Settings", _: "Plan") -> "tuple[Export, list[Any]]":
        from clusterpress.scaffolding.questions import read_records

        storage, records = ProjectStorage(root), read_records(root, settings)
        options = repr((into, sorted(mapped.items())))
        found = reader(sources, settings, records, storage, options)
        pictures.update(found.pictures)
        names.extend(found.pictures)
        asks = is_terminal() and not yes
        answered = _answered(found, storage, records, _given(given, records), asks=asks)
        return replace(found.export, records=tuple(answered)), found.faults

    attachments = Attachments(names=names, read=pictures.__getitem__, is_tree=True)
    run_import(root, read, attachments, into=into, mapped=mapped, dry_run=dry_run, verbose=verbose)


def _sources(files: Sequence[Path], endings: tuple[str, ...]) -> "Iterator[Source]":
    """Yield the files, and those in folders; two files of the same name show their folders."""
    from clusterpress.importing.sources.documents.files import Source, list_names
    from clusterpress.importing.write import list_files

    counts = Counter(file.name for file in files)
    for file in files:
        if file.is_dir():
            for name in list_names(list_files(file), endings):
                shown = name if len(files) == 1 else f"{file.name}/{name}"
                yield Source(shown, (file / name).read_bytes, _Beside((file / name).parent))
        else:
            name = file.name if counts[file.name] == 1 else file.as_posix().lstrip("/")
            yield Source(name, file.read_bytes, _Beside(file.parent))


class _Beside:
    """Reads files below a folder, and no others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, address: str) -> bytes | None:
        """Return the bytes of a file, or None."""
        try:
            file = (self.folder / unquote(address.partition("?")[0])).resolve()
            return file.read_bytes() if file.is_relative_to(self.folder.resolve()) else None
        except (OSError, ValueError):
            return None


def _given(given: Mapping[str, Any], records: "Records") -> "dict[str, Value]":
    """Return what options say; end the command if one of them is wrong."""
    from clusterpress.scaffolding.items import validate_answer

    found: dict[str, Value] = {}
    for key in _KEYS:
        words = given.get(key)
        if not words:
            continue
        question = _question(key, records)
        try:
            found[key] = resolve_answer(question, words if isinstance(words, tuple) else (words,), records)
        except UnknownNameError as fault:
            stop(f"{question.flag}: {fault}")
        if found[key] == "today":
            found[key] = _today(records)
        if fault_found := validate_answer("news", question, found[key], records):
            stop(f"{question.flag}: {fault_found}")
    return found


def _answered(
    found: "Documents",
    storage: "ProjectStorage",
    records: "Records",
    given: "Mapping[str, Value]",
    *,
    asks: bool,
) -> "Iterator[Record]":
    """Yield the records with answers: of an earlier import, from options, or from the terminal."""
    from clusterpress.importing.answers import earlier_answers, open_questions, with_answers

    for record in found.export.records:
        if record.kind == "issue":
            yield record
            continue
        facts, settings = found.facts[record.place], records.settings
        unknown = open_questions(record, facts, settings)
        known = {**earlier_answers(record, storage, settings), **given}
        answers = {key: known[key] for key in unknown if key in known}
        if asks and (left := [key for key in unknown if key not in answers]):
            click.echo(f"\n{record.place}: {facts.title or 'it has no title'}")
            for key in left:
                question = _question(key, records, facts)
                if question.offers in {None, "author"} or records.of(question.offers or "author"):
                    answers[key] = _ask(question, records)
        yield with_answers(record, answers)


def _question(key: str, records: "Records", facts: "Facts | None" = None) -> "Question":
    """Return the question of ``clusterpress new news`` about a key, with a proposal for this document."""
    from clusterpress.scaffolding.questions import QUESTIONS

    found = next(question for question in QUESTIONS["news"] if question.key == key)
    if key == "date":
        return replace(found, default=facts.saved.isoformat() if facts and facts.saved else "today")
    if key == "title":
        return replace(found, default=facts.proposal if facts else "")
    if key == "lang":
        languages = records.settings.languages
        return replace(found, words="Language", choices=tuple(languages), default=records.settings.language)
    return found


def _ask(question: "Question", records: "Records") -> "Value":
    from clusterpress.scaffolding.items import validate_answer

    answer = ask(question, records, lambda asked, given: validate_answer("news", asked, given, records))
    return _today(records) if answer == "today" else answer


def _today(records: "Records") -> str:
    return datetime.now(ZoneInfo(records.settings.time_zone)).date().isoformat()
