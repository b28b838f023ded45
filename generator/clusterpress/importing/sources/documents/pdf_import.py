"""PDF newsletters → a draft issue, and a record for each article; other PDFs → a record each."""

import posixpath
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.periods import read_period
from clusterpress.importing.records import Export, ImportSourceError, Record, Remark, Skipped
from clusterpress.importing.sources.documents.facts import find_facts
from clusterpress.importing.sources.documents.files import (
    UNFORESEEN,
    Documents,
    Source,
    bytes_of,
    make_record,
)
from clusterpress.importing.sources.documents.findings import Findings
from clusterpress.importing.sources.documents.pdf_files import Article, read_pdf
from clusterpress.importing.texts.soup import read_html
from clusterpress.library.names import Register
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.values.slugs import slugify

_NUMBER = re.compile(
    r"(?:\bno\.?|n°|nº|\bnr\.?|\bissue|\bnumber|\bausgabe|\bnuméro|\bčíslo|\bnumer|العدد)\s*(\d{1,3})\b",
    re.IGNORECASE,
)
_MAX_PERIOD = 40
"""Characters of a line that says the period of an issue."""
_CONTENTS_TITLE = "News"
_OPEN = "open it in a PDF reader, print it into a new PDF, and import that"


class _Issue(Struct):
    """What a PDF says of the issue as a whole."""

    title: str
    day: str = ""
    """ISO date; empty if nothing says it."""
    period: str = ""
    number: str = ""
    lang: str = ""


def read_pdfs(
    sources: Sequence[Source], settings: Settings, registers: Mapping[str, Register], *, whole: bool = False
) -> Documents:
    """Return the records of PDF files.

    Args:
        sources: the files.
        settings: of the receiving site.
        registers: kind → names of the records of the site.
        whole: whether each file is one item, also if it looks like a newsletter.
    """
    result = Documents(Export(name="", records=()), {}, [], {})
    records: list[Record] = []
    skipped: list[Skipped] = []
    for source in sources:
        findings = Findings(source.name)
        try:
            articles = _read_safely(source, findings, whole=whole)
        except ImportSourceError as fault:
            result.faults.append(fault)
            continue
        records += _records(source.name, articles, findings, result, settings, registers)
        skipped += findings.skipped
        skipped += [left for article in articles for left in article.findings.skipped]
    name = sources[0].name if len(sources) == 1 else f"{len(sources)} files"
    result.export = Export(name=name, records=tuple(records), skipped=tuple(skipped))
    return result


def _read_safely(source: Source, findings: Findings, *, whole: bool) -> list[Article]:
    raw = bytes_of(source)
    try:
        return read_pdf(raw, source.name, findings, whole=whole)
    except ImportSourceError:
        raise
    except UNFORESEEN as error:
        message = f"the file cannot be read ({type(error).__name__})"
        raise ImportSourceError(source.name, 1, message, _OPEN) from error


def _records(
    name: str,
    articles: Sequence[Article],
    findings: Findings,
    result: Documents,
    settings: Settings,
    registers: Mapping[str, Register],
) -> list[Record]:
    """Return the records of one file; see `read_pdfs`."""
    root, ending = posixpath.splitext(name)
    is_issue = len(articles) > 1
    issue = _describe_issue(name, articles, settings) if is_issue else None
    made: list[Record] = []
    for number, article in enumerate(articles, 1):
        document, place = article.document, f"{name}/{number}" if is_issue else name
        facts = find_facts(document.soup, document.properties, document.languages, settings, registers)
        facts.lang = facts.lang if facts.lang in settings.languages else ""
        if issue and not article.is_editorial and not facts.date and issue.day:
            facts.date = issue.day
            message = f"the article has no date of its own; {issue.day} is that of the issue"
            facts.remarks.append(Remark(message, "correct it if it appeared on another day", "date:"))
        kept = article.findings
        if number == 1:
            kept.remarks = [*findings.remarks, *kept.remarks]
        record = make_record(
            f"{root}-{number}{ending}" if is_issue else name, document, facts, kept, result.pictures
        )
        record = replace(record, place=place, addresses=(place,))
        if issue and article.is_editorial:
            record = _as_issue(record, issue, settings)
        result.facts[place] = facts
        made.append(record)
    return _with_sections(made) if is_issue else made


def _describe_issue(name: str, articles: Sequence[Article], settings: Settings) -> _Issue:
    """Return what the first page and the properties of a file say of the issue."""
    first = articles[0]
    properties = first.properties
    said = [*(first.document.soup.stripped_strings if first.is_editorial else ()), *first.heads]
    lines = [" ".join(part.split()) for line in said for part in re.split(r"\s[·|–]\s", line)]
    title = properties.get("title") or first.title or posixpath.splitext(posixpath.basename(name))[0]
    number = next((found[1] for line in (title, *lines) if (found := _NUMBER.search(line))), "")
    issue = _Issue(title=title, number=number)
    soup = read_html(str(first.document.soup))
    issue.day = find_facts(soup, {}, Counter(), settings, {}).date if first.is_editorial else ""
    saved = properties.get("created") or properties.get("modified") or ""
    for line in lines:
        if len(line) > _MAX_PERIOD or issue.day:
            continue
        try:
            period = read_period(line, (*settings.languages, "en"))
        except ValueFault:
            continue
        issue.period = line
        is_within = saved and period.first <= date.fromisoformat(saved) <= period.last
        issue.day = saved if is_within else period.first.isoformat()
    return issue


def _as_issue(record: Record, issue: _Issue, settings: Settings) -> Record:
    """Return the record of an editorial as a draft issue, or as a draft item without a newsletter."""
    values: dict[str, Value] = {
        "title": issue.title, "date": issue.day or str(record.values.get("date", "")), "period": issue.period,
        "number": issue.number, "draft": "true",
    }  # fmt: skip
    remarks = [*record.remarks]
    if not settings.newsletters:
        hint = 'add "newsletters" to site_config.yml, delete the item, and import again'
        remarks.append(Remark("this is the editorial of an issue, but the site has no newsletter", hint))
        kept = {key: value for key, value in values.items() if key in {"title", "date", "draft"} and value}
        return replace(
            record, values={**record.values, **kept}, stem=slugify(issue.title)[:80], remarks=tuple(remarks)
        )
    hint = "compare it with the PDF, sort the items into sections, and delete draft"
    remarks.append(Remark("this issue was put together from a PDF", hint, "draft:"))
    if not issue.day:
        remarks.append(
            Remark("no date of the issue was found", "write it, as it is on the first page", "date:")
        )
    stem = slugify(issue.title)[:80].strip("-") or record.stem
    return replace(
        record, kind="issue", stem=stem, folder="", terms=(), remarks=tuple(remarks),
        values={key: value for key, value in values.items() if value},
    )  # fmt: skip


def _with_sections(records: Sequence[Record]) -> list[Record]:
    """Return records, the issue with a section that lists the others."""
    places: list[Value] = [record.place for record in records if record.kind == "news"]
    section: dict[str, Value] = {"title": _CONTENTS_TITLE, "layout": "feature", "items": places}
    return [
        replace(record, values={**record.values, "sections": [section]}) if record.kind == "issue" else record
        for record in records
    ]
