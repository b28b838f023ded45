"""Word files that are dropped on the editor become items, as ``clusterpress import docx`` makes them."""

from http import HTTPStatus
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from clusterpress.editing.errors import EditorError, RequestRefusedError
from clusterpress.editing.history import keep_version
from clusterpress.editing.workspace import Workspace
from clusterpress.importing.paths import identity_of
from clusterpress.importing.records import ImportSourceError, ImportStatus, Report
from clusterpress.importing.run import import_export
from clusterpress.importing.sources.documents.files import Documents, Source, read_documents
from clusterpress.importing.sources.documents.word_files import read_word
from clusterpress.importing.write import Attachments, LedgerEntry, ProjectStorage
from clusterpress.scaffolding.site import is_example
from clusterpress.sources.items import registers_of
from clusterpress.values.digests import digest_bytes

WAYS = ("", "replace", "both")
"""What to do with a Word file whose item is there: ask, replace the item's text, or make a second item."""

Found = dict[str, Any]


class _Word(Struct, frozen=True):
    """A Word file to import."""

    name: str
    content: bytes


def import_word(workspace: Workspace, name: str, content: bytes, way: str = "") -> Found:
    """Import a Word file as a news item, and return its path and what a page cannot show of it.

    If an earlier import made an item of a file of this name, and one of the two has changed since, nothing is
    written: the answer describes the item under ``there``, and the person chooses a way.

    Args:
        workspace: the project.
        name: of the file.
        content: its bytes.
        way: one of `WAYS`.

    Raises:
        EditorError: it is no Word file, or it cannot be read.
    """
    if not name.lower().endswith(".docx"):
        raise EditorError(f"{name} is no Word file (.docx): in Word, save it as “Word document”")
    if way not in WAYS:
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST, f'there is no way "{way}"')
    workspace.refresh()
    word = _Word(name, content)
    tried = _import(workspace, word, _storage(workspace, is_dry=True))
    if not tried.outcomes:
        raise EditorError(f"{name} contains no text")
    first = tried.outcomes[0]
    is_there = first.status in {ImportStatus.CHANGED, ImportStatus.EDITED}
    if is_there and not way:
        return {"there": _describe(workspace, first.path, is_edited=first.status is ImportStatus.EDITED)}
    if is_there and way == "both":
        return _answer(_import(workspace, _renamed(workspace, word), _storage(workspace)))
    storage = _storage(workspace)
    if is_there:
        _give_up(workspace, storage, first.path)
    return _answer(_import(workspace, word, storage))


def _storage(workspace: Workspace, *, is_dry: bool = False) -> ProjectStorage:
    return ProjectStorage(workspace.root, is_dry=is_dry, is_example=is_example)


def _import(workspace: Workspace, word: _Word, storage: ProjectStorage) -> Report:
    found = _read(workspace, word, storage)
    attachments = Attachments(names=list(found.pictures), read=found.pictures.__getitem__, is_tree=True)
    return import_export(
        found.export, attachments, storage, workspace.settings, into={"news": "content/news"}, mapped={}
    )


def _read(workspace: Workspace, word: _Word, storage: ProjectStorage) -> Documents:
    settings = workspace.settings
    registers = registers_of(workspace.items, settings.language)
    source = Source(word.name, lambda: word.content)
    try:
        found = read_documents([source], read_word, settings, registers, storage.sources)
    except ImportSourceError as fault:
        raise EditorError(_words(fault)) from fault
    if found.faults:
        raise EditorError(_words(found.faults[0]))
    return found


def _describe(workspace: Workspace, path: str, *, is_edited: bool) -> Found:
    item = next((one for one in workspace.items if one.source.path == path), None)
    title = item.title if item else PurePosixPath(path).name
    return {"path": path, "title": title, "is_edited": is_edited, "is_draft": item is None or item.draft}


def _renamed(workspace: Workspace, word: _Word) -> _Word:
    """Return a Word file under a name of which no import knows."""
    path = PurePosixPath(word.name)
    known = {entry.identity for entry in _storage(workspace).ledger.values()}
    for number in count(2):
        other = _Word(f"{path.stem} {number}{path.suffix}", word.content)
        records = _read(workspace, other, ProjectStorage(workspace.root, ledger={})).export.records
        if not {identity_of(record) for record in records} & known:
            return other
    raise AssertionError


def _give_up(workspace: Workspace, storage: ProjectStorage, path: str) -> None:
    """Let an import replace an item, also one that somebody has edited; its text stays in the history."""
    content = storage.read(path) or b""
    keep_version(workspace.root, path, content)
    earlier = storage.ledger[path]
    storage.ledger[path] = LedgerEntry(earlier.identity, digest_bytes(content).hex())


def _answer(report: Report) -> Found:
    first = report.outcomes[0]
    remarks = [problem.message_and_hint for problem in report.warnings]
    remarks += [f"{one.what}: {one.why}" for one in report.skipped]
    return {"path": first.path, "is_new": first.status is not ImportStatus.UNCHANGED, "remarks": remarks}


def _words(fault: ImportSourceError) -> str:
    return (
        f"{fault.place}: {fault.message}; {fault.hint}" if fault.hint else f"{fault.place}: {fault.message}"
    )
