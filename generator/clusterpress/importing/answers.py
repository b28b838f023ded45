"""Answers: what staff say about a document that its text does not, now or at an earlier import."""

from collections.abc import Mapping

from msgspec.structs import replace

from clusterpress.config.settings import Settings
from clusterpress.content.dates import read_moment
from clusterpress.content.items import News
from clusterpress.content.reader import read_item
from clusterpress.importing.paths import identity_of
from clusterpress.importing.records import Record
from clusterpress.importing.sources.documents.facts import Facts
from clusterpress.importing.write import ProjectStorage
from clusterpress.parsing.values import Value, ValueFault
from clusterpress.values.slugs import slugify

_OF_KEY = {"date": "date:", "author": "author:", "programme": "programme:", "title": "title:"}
"""Key → where remarks about a guess of it stand, which an answer settles."""


def open_questions(record: Record, facts: Facts, settings: Settings) -> list[str]:
    """Return the keys that a document leaves open, in the order in which they are asked."""
    named = {taxonomy for taxonomy, _ in record.terms}
    is_open = {
        "title": not facts.title,
        "date": record.values.get("draft") == "true" or not _is_date(record, settings),
        "programme": "programme" not in named and "programme" not in record.values,
        "author": not record.values.get("author"),
        "lang": not record.lang and len(settings.languages) > 1,
    }
    return [key for key, wanted in is_open.items() if wanted]


def _is_date(record: Record, settings: Settings) -> bool:
    languages = (record.lang or settings.language, *settings.languages, "en")
    try:
        read_moment(str(record.values.get("date", "")), settings.time_zone, tuple(dict.fromkeys(languages)))
    except ValueFault:
        return False
    return True


def earlier_answers(record: Record, storage: ProjectStorage, settings: Settings) -> dict[str, Value]:
    """Return the values of the item that an earlier import made of the same document.

    Args:
        record: the document as it is now.
        storage: files of the project.
        settings: of the project.
    """
    path = next((path for path, one in storage.ledger.items() if one.identity == identity_of(record)), "")
    raw = storage.read(path) if path else None
    item = read_item(raw, path, settings)[0] if raw is not None else None
    if not isinstance(item, News):
        return {}
    found: dict[str, Value] = {"programme": [*item.programme], "author": [*item.author], "lang": item.lang}
    if not item.draft:
        found["date"] = item.date.iso
    return {key: value for key, value in found.items() if value}


def with_answers(record: Record, answers: Mapping[str, Value]) -> Record:
    """Return a record with answers, and without the remarks that they settle.

    Args:
        record: of a document.
        answers: key → value; empty ones count as not given.
    """
    given = {key: answer for key, answer in answers.items() if answer}
    values: dict[str, Value] = {**record.values, **{key: one for key, one in given.items() if key != "lang"}}
    if "date" in given:
        values.pop("draft", None)
    title, lang = given.get("title"), given.get("lang")
    stem = slugify(title)[:80].strip("-") if isinstance(title, str) else ""
    settled = {_OF_KEY[key] for key in given if key in _OF_KEY}
    return replace(
        record,
        values=values,
        stem=stem or record.stem,
        folder=(stem or record.stem) if record.folder else "",
        lang=lang if isinstance(lang, str) else record.lang,
        terms=tuple(term for term in record.terms if term[0] not in given),
        remarks=tuple(one for one in record.remarks if one.near not in settled),
    )
