"""Write: composed files and their pictures → the project, except files that an editor has changed."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.importing.compose import Composed
from clusterpress.importing.paths import identity_of
from clusterpress.importing.records import ImportStatus, Outcome, Remark
from clusterpress.importing.storage import LedgerEntry, ProjectStorage
from clusterpress.markup.render import render
from clusterpress.values.digests import digest_bytes
from clusterpress.values.problems import Problem, Severity, errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """The files that come with an export."""

    names: Sequence[str]
    """Their paths, relative to their folder."""
    read: Callable[[str], bytes]
    """Returns the bytes of one."""
    is_tree: bool = False
    """Whether the folder is the foreign site itself."""


def write_items(
    composed: Iterable[Composed], storage: ProjectStorage, settings: Settings
) -> tuple[list[Outcome], list[Problem]]:
    """Write new and changed files; return the outcome of each record, and warnings about written files.

    Args:
        composed: the files of all records.
        storage: files of the project.
        settings: of the project.
    """
    outcomes: list[Outcome] = []
    warnings: list[Problem] = []
    written: dict[str, LedgerEntry] = {}
    for one in composed:
        content = one.text.encode()
        digest = digest_bytes(content).hex()
        current = storage.read(one.path)
        earlier = storage.ledger.get(one.path)
        status = _status_of(content, current, earlier)
        record = one.placed.record
        outcomes.append(Outcome(path=one.path, status=status, place=record.place, line=record.line))
        if status in {ImportStatus.NEW, ImportStatus.CHANGED}:
            storage.write(one.path, content)
            warnings += _warnings_about(one, content, settings)
        elif status is ImportStatus.EDITED and not (earlier and earlier.digest == digest):
            message = "this file differs from the imported text, so it was not written"
            warnings.append(as_warning(one.path, 1, Remark(message, "compare it with its source")))
        if status is not ImportStatus.EDITED:
            written[one.path] = LedgerEntry(identity_of(record), digest)
    storage.record_imports(written)
    return outcomes, warnings


def _status_of(content: bytes, current: bytes | None, earlier: LedgerEntry | None) -> ImportStatus:
    if current is None:
        return ImportStatus.NEW
    if current == content:
        return ImportStatus.UNCHANGED
    return (
        ImportStatus.CHANGED
        if earlier and earlier.digest == digest_bytes(current).hex()
        else ImportStatus.EDITED
    )


def _warnings_about(one: Composed, content: bytes, settings: Settings) -> list[Problem]:
    """Return the warnings about a written file, with their lines."""
    lines = one.text.split("\n")
    warnings = [as_warning(one.path, _line_of(remark, lines), remark) for remark in one.remarks]
    item, faults = read_item(content, one.path, settings)
    warnings += errors(faults)
    if item is not None:
        outline = render(item.source.body, settings).outline
        warnings += [
            Problem(path=one.path, line=item.source.body_line + line - 1, message=message, hint=hint)
            for line, message, hint in outline.problems
        ]
    return warnings


def _line_of(remark: Remark, lines: Sequence[str]) -> int:
    """Return the line of a remark in the written file; 1 when it concerns the whole file."""
    return next((n for n, line in enumerate(lines, 1) if remark.near and remark.near in line), 1)


def as_warning(path: str, line: int, remark: Remark) -> Problem:
    """Return a remark as a warning.

    Args:
        path: the file.
        line: of the file, counted from 1.
        remark: message and hint.
    """
    return Problem(
        path=path,
        line=line,
        severity=Severity.WARNING,
        message=re.sub(r"\s+", " ", remark.message),
        hint=remark.hint,
    )


def copy_files(
    composed: Sequence[Composed],
    outcomes: Sequence[Outcome],
    attachments: Attachments | None,
    storage: ProjectStorage,
) -> tuple[list[str], list[Problem], set[str]]:
    """Copy the files that items show; return the new files, the conflicts, and all files in use.

    Args:
        composed: the written items.
        outcomes: of the same items.
        attachments: files of the foreign site, if there are any.
        storage: files of the project.
    """
    wanted: dict[str, str] = {}
    used: set[str] = set()
    for one, outcome in zip(composed, outcomes, strict=True):
        used.update(one.copies.values())
        if outcome.status is not ImportStatus.EDITED:
            wanted |= one.copies
    copied: list[str] = []
    refused: list[Problem] = []
    if attachments is None:
        return copied, refused, used
    for target, name in sorted(wanted.items()):
        content, current = attachments.read(name), storage.read(target)
        if current is None:
            storage.write(target, content)
            copied.append(target)
        elif current != content:
            message = f'another file has this path, so "{name}" was not copied'
            refused.append(as_warning(target, 1, Remark(message, "rename one of the two")))
    return copied, refused, used
