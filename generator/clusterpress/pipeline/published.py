"""The record of what was published: read by builds, written when a site is published.

It is plain data that is committed with the content, a line for each item, so that versions can be merged.
"""

import errno
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clusterpress.library.library import Library
from clusterpress.library.promises import PublishedItem
from clusterpress.library.revisions import Revision, revise
from clusterpress.sources.files import find_fault, write_file
from clusterpress.values.problems import Problem
from clusterpress.values.source_names import RECORD

_VERSION = 1


def read_published(root: Path) -> tuple[dict[str, PublishedItem], list[Problem]]:
    """Return source path → what was published, and what is wrong with the record."""
    file = root / RECORD
    if fault := find_fault(root, RECORD):
        return {}, [fault]
    if not file.is_file():
        return {}, []
    try:
        text = file.read_text(encoding="utf-8")
        lines = _lines_of(text)
        return {path: _read(one, lines.get(path, 1)) for path, one in json.loads(text)["items"].items()}, []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        line = getattr(fault, "lineno", 1)
        message = "the record of published addresses cannot be read"
        return {}, [Problem(path=RECORD, line=line, message=message, hint="restore it from version control")]


def _lines_of(text: str) -> dict[str, int]:
    """Return source path → line on which its item stands, in a record that we wrote."""
    starts = ((line.partition('": ')[0].strip(), number) for number, line in enumerate(text.splitlines(), 1))
    return {json.loads(f'{start}"'): number for start, number in starts if start.startswith('"content/')}


def _read(one: Mapping[str, Any], line: int) -> PublishedItem:
    addresses = tuple(str(address) for address in one["addresses"])
    revision = _read_revision(**one["calendar"]) if "calendar" in one else None
    return PublishedItem(one["kind"], one["lang"], one["title"], str(one["id"]), addresses, line, revision)


def _read_revision(shown: str, sequence: int, changed: str, details: str = "") -> Revision:
    moment = datetime.fromisoformat(changed)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Revision(str(shown), int(sequence), moment, str(details))


def write_published(root: Path, library: Library) -> bool:
    """Add the published items of a site to the record; return whether it changed.

    Items that are gone stay in it, until somebody deletes their lines.
    """
    promises = library.resolver.promises
    known = {**promises.lost, **promises.items}
    for entry in library.entries:
        if entry.state == "published":
            before = known.get(entry.path)
            addresses = tuple(dict.fromkeys((entry.url, *(before.addresses if before else ()))))
            revision = before.revision if before else None
            if entry.is_dated:
                revision = revise(entry, library.today, revision)
            one = PublishedItem(entry.kind, entry.lang, entry.title, entry.id, addresses, revision=revision)
            known[entry.path] = one
    content = _write(known).encode()
    file = root / RECORD
    if fault := find_fault(root, RECORD):
        raise OSError(errno.EPERM, fault.message)
    if file.is_file() and file.read_bytes() == content:
        return False
    write_file(file, content)
    return True


def _write(items: Mapping[str, PublishedItem]) -> str:
    listed = ",\n".join(_write_items(items))
    return f'{{\n "version": {_VERSION},\n "items": {{\n{listed}\n }}\n}}\n'


def _write_items(items: Mapping[str, PublishedItem]) -> Iterator[str]:
    for path, one in sorted(items.items()):
        values: dict[str, object] = {
            "kind": one.kind, "lang": one.lang, "title": one.title, "id": one.id, "addresses": one.addresses,
        }  # fmt: skip
        if one.revision:
            shown, sequence, changed, details = one.revision
            stamp = changed.astimezone(UTC).isoformat(timespec="seconds")
            known = {"shown": shown, "sequence": sequence, "changed": stamp, "details": details}
            values["calendar"] = {key: value for key, value in known.items() if value != ""}
        yield f"  {json.dumps(path, ensure_ascii=False)}: {json.dumps(values, ensure_ascii=False)}"
