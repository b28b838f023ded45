"""Committing: composed files and the pictures they show → the project, but for what an editor has changed."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.importing.compose import Composed
from clusterpress.importing.paths import identity_of
from clusterpress.importing.records import Remark
from clusterpress.importing.report import Fate, Outcome
from clusterpress.importing.storage import Entry, Filing
from clusterpress.markup.render import render
from clusterpress.values.digests import of_bytes
from clusterpress.values.problems import Problem, Severity, errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """The files that come with an export."""

    names: Sequence[str]
    """Their paths, relative to their folder."""
    read: Callable[[str], bytes]
    """Gives the bytes of one."""
    is_tree: bool = False
    """Whether the folder is the foreign site itself."""


def write_items(
    composed: Iterable[Composed], filing: Filing, settings: Settings
) -> tuple[list[Outcome], list[Problem]]:
    """Write what is new or changed; return each record's fate, and what is doubtful in what was written."""
    outcomes: list[Outcome] = []
    doubts: list[Problem] = []
    written: dict[str, Entry] = {}
    for one in composed:
        content = one.text.encode()
        digest = of_bytes(content).hex()
        held = filing.read(one.path)
        earlier = filing.ledger.get(one.path)
        fate = _fate(content, held, earlier)
        record = one.placed.record
        outcomes.append(Outcome(path=one.path, fate=fate, place=record.place, line=record.line))
        if fate in {Fate.NEW, Fate.CHANGED}:
            filing.write(one.path, content)
            doubts += _doubts_about(one, content, settings)
        elif fate is Fate.EDITED and not (earlier and earlier.digest == digest):
            message = "this file differs from what the import would write, so it was left as it is"
            doubts.append(warn_about(one.path, 1, Remark(message, "compare it with its source by hand")))
        if fate is not Fate.EDITED:
            written[one.path] = Entry(identity_of(record), digest)
    filing.remember(written)
    return outcomes, doubts


def _fate(content: bytes, held: bytes | None, earlier: Entry | None) -> Fate:
    if held is None:
        return Fate.NEW
    if held == content:
        return Fate.UNCHANGED
    return Fate.CHANGED if earlier and earlier.digest == of_bytes(held).hex() else Fate.EDITED


def _doubts_about(one: Composed, content: bytes, settings: Settings) -> list[Problem]:
    """Return what an editor should look at in a file that was written, with its lines."""
    lines = one.text.split("\n")
    doubts = [warn_about(one.path, _line_of(remark, lines), remark) for remark in one.remarks]
    item, faults = read_item(content, one.path, settings)
    doubts += errors(faults)
    if item is not None:
        outline = render(item.source.body, settings).outline
        doubts += [
            Problem(path=one.path, line=item.source.body_line + line - 1, message=message, hint=hint)
            for line, message, hint in outline.problems
        ]
    return doubts


def _line_of(remark: Remark, lines: Sequence[str]) -> int:
    """Return the line of the written file that a remark means; 1 when it means the whole."""
    return next((n for n, line in enumerate(lines, 1) if remark.near and remark.near in line), 1)


def warn_about(path: str, line: int, remark: Remark) -> Problem:
    """Return a remark as a problem that stops no build."""
    return Problem(
        path=path,
        line=line,
        severity=Severity.WARNING,
        message=re.sub(r"\s+", " ", remark.message),
        hint=remark.hint,
    )


def copy_files(
    composed: Sequence[Composed], outcomes: Sequence[Outcome], attachments: Attachments | None, filing: Filing
) -> tuple[list[str], list[Problem], set[str]]:
    """Copy the files that items show; return the new ones, what was refused, and all that are used."""
    wanted: dict[str, str] = {}
    used: set[str] = set()
    for one, outcome in zip(composed, outcomes, strict=True):
        used.update(one.copies.values())
        if outcome.fate is not Fate.EDITED:
            wanted |= one.copies
    copied: list[str] = []
    refused: list[Problem] = []
    if attachments is None:
        return copied, refused, used
    for target, name in sorted(wanted.items()):
        content, held = attachments.read(name), filing.read(target)
        if held is None:
            filing.write(target, content)
            copied.append(target)
        elif held != content:
            message = f'another file lies here, so "{name}" was not copied'
            refused.append(warn_about(target, 1, Remark(message, "rename one of the two")))
    return copied, refused, used
