"""Documents of staff → one record for each file, with its pictures beside it."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape

from bs4 import BeautifulSoup
from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.importing.records import Export, ImportSourceError, Record, Remark, Skipped
from clusterpress.importing.sources.documents.document_html import level_headings, name_bold_lines
from clusterpress.importing.sources.documents.facts import Facts, find_facts
from clusterpress.importing.sources.documents.findings import Findings
from clusterpress.importing.sources.documents.pictures import Picture, read_picture
from clusterpress.importing.sources.documents.word_package import MAX_PICTURE_BYTES
from clusterpress.library.names import Register
from clusterpress.parsing.values import Value
from clusterpress.values.digests import digest
from clusterpress.values.slugs import slugify

UNFORESEEN = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
    RuntimeError,
    AssertionError,
)
"""What a file that no rule foresaw may raise: it must not end the import of all others."""
_LOCK = "~$"
"""Start of the name of the file that Word keeps beside an open one."""


class Document(Struct):
    """A document as its reader returns it."""

    soup: BeautifulSoup
    picture: Callable[[str], bytes | None]
    """Returns the bytes of a picture that the text names; None if it is not in the document."""
    properties: Mapping[str, str] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    beside: Callable[[str], bytes | None] = lambda _: None
    """Returns the bytes of a file beside the document."""


Read = Callable[[bytes, str, Findings], Document]
"""Returns the document in the bytes of a file with a name; raises `ImportSourceError` if there is none."""


class Source(Struct, frozen=True):
    """A file to import."""

    name: str
    """Its name for the report, which also tells it from other files."""
    read: Callable[[], bytes]
    """Returns its bytes, or raises `OSError`."""
    beside: Callable[[str], bytes | None] = lambda _: None
    """Returns the bytes of a file that it names, relative to its folder."""


class Documents(Struct):
    """The documents of an import."""

    export: Export
    pictures: dict[str, bytes]
    """Path, as the records name it, → bytes."""
    faults: list[ImportSourceError]
    """Files that cannot be read."""
    facts: dict[str, Facts]
    """Name of a file → what is known about it."""


def read_documents(
    sources: Sequence[Source],
    read: Read,
    settings: Settings,
    registers: Mapping[str, Register],
    imported: Mapping[str, str],
    *,
    options: str = "",
) -> Documents:
    """Return the records of documents.

    Args:
        sources: the files.
        read: reads one of them.
        settings: of the receiving site.
        registers: kind → names of the records of the site.
        imported: digest of a source → file of the site that an earlier import made of it.
        options: further options of the import, which may change its result.
    """
    records: list[Record] = []
    known: list[tuple[str, str]] = []
    skipped: list[Skipped] = []
    result = Documents(Export(name="", records=()), {}, [], {})
    for source in sources:
        if (left := _lock_of(source, sources)) is not None:
            skipped.append(left)
            continue
        findings = Findings(source.name)
        try:
            raw = bytes_of(source)
            source_digest = digest(raw, *settings.languages, settings.time_zone, options).hex()
            if source_digest in imported:
                known.append((source.name, imported[source_digest]))
                continue
            document = _read_safely(read, raw, source.name, findings)
        except ImportSourceError as fault:
            result.faults.append(fault)
            continue
        document.beside = source.beside
        facts = find_facts(document.soup, document.properties, document.languages, settings, registers)
        record = make_record(source.name, document, facts, findings, result.pictures)
        result.facts[source.name] = facts
        records.append(replace(record, source=source_digest))
        skipped += findings.skipped
    name = sources[0].name if len(sources) == 1 else f"{len(sources)} files"
    result.export = Export(name=name, records=tuple(records), skipped=tuple(skipped), known=tuple(known))
    return result


def _lock_of(source: Source, sources: Iterable[Source]) -> Skipped | None:
    """Return why a file is left out that Word keeps beside an open one; None for other files."""
    folder, base = posixpath.split(source.name)
    if not base.startswith(_LOCK):
        return None
    # Word replaces the first letters of a long name by the mark.
    ending = base.removeprefix(_LOCK)
    names = (posixpath.basename(one.name) for one in sources if posixpath.dirname(one.name) == folder)
    opened = next(
        (name for name in names if name.endswith(ending) and not name.startswith(_LOCK)), f"…{ending}"
    )
    why = (
        f'"{opened}" is open in Word: save and close it, and import it again, or its last changes are missing'
    )
    return Skipped(place=source.name, what="mark of an open file", why=why)


def bytes_of(source: Source) -> bytes:
    """Return the bytes of a file.

    Raises:
        ImportSourceError: it cannot be read.
    """
    try:
        return source.read()
    except PermissionError:
        hint = "close it in other programs, and check that you may read it"
        raise ImportSourceError(source.name, 1, "the file may not be read", hint) from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        raise ImportSourceError(
            source.name, 1, message, "copy it to this computer, and import that"
        ) from None


def _read_safely(read: Read, raw: bytes, name: str, findings: Findings) -> Document:
    try:
        return read(raw, name, findings)
    except ImportSourceError:
        raise
    except UNFORESEEN as error:
        hint = "open it in Word, save it under another name, and import that"
        raise ImportSourceError(name, 1, f"the file cannot be read ({type(error).__name__})", hint) from error


def make_record(
    name: str, document: Document, facts: Facts, findings: Findings, pictures: dict[str, bytes]
) -> Record:
    """Return the record of a document, and add its pictures.

    Args:
        name: of the file.
        document: its text is changed in place.
        facts: what it says about itself.
        findings: takes what is doubtful.
        pictures: path → bytes; those of the document are added.
    """
    file_stem = slugify(posixpath.splitext(posixpath.basename(name))[0])
    stem = (slugify(facts.title)[:80].strip("-") or file_stem) or "document"
    home = posixpath.splitext(name)[0]
    level_headings(document.soup)
    name_bold_lines(document.soup, findings)
    found = _place_pictures(document, home, findings)
    pictures.update(found)
    values: dict[str, Value] = {
        "title": facts.title,
        "summary": facts.summary,
        "date": facts.date,
        "byline": facts.byline,
    }
    if facts.authors:
        values["author"] = [*facts.authors]
    remarks = [*facts.remarks, *findings.remarks]
    if not facts.date and facts.saved:
        values |= {"date": facts.saved.isoformat(), "draft": "true"}
        message = (
            f"the text has no date; {facts.saved.isoformat()} is the day on which the file was last saved"
        )
        remarks.append(Remark(message, 'write the right date, and delete "draft"', "date:"))
    return Record(
        place=name,
        kind="news",
        stem=stem,
        folder=stem if found else "",
        lang=facts.lang,
        values={key: value for key, value in values.items() if value},
        terms=tuple(facts.terms),
        text=str(document.soup),
        base=f"{home}/index.html",
        remarks=tuple(remarks),
    )


def _place_pictures(document: Document, home: str, findings: Findings) -> dict[str, bytes]:
    """Give the pictures of a text names beside the item; return path → bytes."""
    found: dict[str, bytes] = {}
    names: dict[str, tuple[str, Picture]] = {}
    for element in document.soup.find_all("img"):
        source = str(element.get("src") or "")
        if source.startswith(("http://", "https://")) or not source:
            continue
        if source not in names:
            picture = _picture_of(document, source, findings)
            if picture is None:
                element.replace_with(str(element.get("alt") or ""))
                continue
            names[source] = (f"picture-{len(names) + 1}{picture.ending}", picture)
            found[f"{home}/{names[source][0]}"] = picture.content
            if picture.note:
                findings.remark(f'"{names[source][0]}" {picture.note}', picture.hint, names[source][0])
        name, picture = names[source]
        if "alt" not in element.attrs:
            hint = "describe what it shows between the square brackets; leave them empty if it only decorates"
            findings.remark(f'the picture "{name}" has no alt text', hint, name)
        if picture.is_shown:
            element["src"] = name
        else:
            words = escape(str(element.get("alt") or "") or name)
            element.replace_with(BeautifulSoup(f'<a href="{name}">{words}</a>', "html.parser"))
    return found


def _picture_of(document: Document, source: str, findings: Findings) -> Picture | None:
    try:
        raw = document.picture(source) or document.beside(source)
    except ImportSourceError:
        limit = f"it has more than {MAX_PICTURE_BYTES // 1_000_000} MB"
        hint = "choose Compress Pictures in Word, save the file and import it again"
        findings.leave_out(f"picture {posixpath.basename(source)}", f"{limit}: {hint}")
        return None
    if raw is None:
        findings.leave_out(f"picture {posixpath.basename(source)}", "it is neither in the file nor beside it")
        return None
    return read_picture(raw, posixpath.basename(source))


def list_names(names: Iterable[str], endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the files of a folder that may be documents; a folder may hold others, too."""
    yield from (
        name
        for name in names
        if name.lower().endswith(endings) and not posixpath.basename(name).startswith(".")
    )
