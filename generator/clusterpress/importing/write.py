"""Write: composed files and their pictures → the project, except files that an editor has changed."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.content.reader import read_item
from clusterpress.importing.compose import Composed
from clusterpress.importing.paths import identity_of
from clusterpress.importing.records import ImportStatus, Outcome, Remark
from clusterpress.markup.render import render
from clusterpress.sources.files import find_fault, write_file
from clusterpress.values.digests import digest_bytes
from clusterpress.values.problems import Problem, as_warning, errors

_LEDGER = ".clusterpress/imported.json"


class LedgerEntry(Struct, frozen=True):
    """A file that an import wrote."""

    identity: str
    """Identity of its record."""
    digest: str
    """Digest of the content that was written."""
    source: str = ""
    """Digest of the file that it was made of, if it was made of one file alone."""


def list_files(folder: Path, left_out: list[Problem] | None = None) -> list[str]:
    """Return all files below a folder, relative to it, without those in hidden folders.

    Links that leave the folder, links to folders, and special files such as named pipes are not read.

    Args:
        folder: the folder.
        left_out: takes the problems of files that are not read.
    """
    found: list[str] = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        base = Path(here).relative_to(folder).as_posix()
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        for name in [*links, *sorted(files)]:
            path = name if base == "." else f"{base}/{name}"
            if fault := find_fault(folder, path):
                if left_out is not None:
                    left_out.append(as_warning(fault))
            else:
                found.append(path)
    return found


class ProjectStorage(Struct):
    """The files of a project, and the ledger of earlier imports."""

    root: Path
    is_dry: bool = False
    """Whether to write nothing."""
    ledger: dict[str, LedgerEntry] = field(default_factory=dict)
    """Path → what an earlier import wrote. Without it, files are recognised by id or alias."""
    is_example: Callable[[str, str], bool] = lambda _path, _text: False
    """Returns whether a file, with its text, is an example of a new site that nobody has changed."""

    def __post_init__(self) -> None:
        """Read the ledger; an unreadable one counts as empty."""
        if find_fault(self.root, _LEDGER):
            return
        try:
            stored = json.loads((self.root / _LEDGER).read_text(encoding="utf-8"))
            self.ledger = {path: LedgerEntry(*pair) for path, pair in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            self.ledger = {}

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file of the project, or None."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def holds_example(self, path: str) -> bool:
        """Return whether a file is an example of a new site that nobody has changed."""
        content = self.read(path)
        return content is not None and self.is_example(path, content.decode("utf-8", "replace"))

    @property
    def sources(self) -> dict[str, str]:
        """Digest of a file that an earlier import read → the item that it made, if that is still there."""
        return {
            entry.source: path
            for path, entry in self.ledger.items()
            if entry.source and (self.root / path).exists()
        }

    def is_edited(self, path: str) -> bool:
        """Return whether somebody has changed a file since it was imported."""
        entry, content = self.ledger.get(path), self.read(path)
        return entry is None or content is None or digest_bytes(content).hex() != entry.digest

    def write(self, path: str, content: bytes) -> None:
        """Write a file in one step, unless this is a dry run."""
        if not self.is_dry:
            write_file(self.root / path, content)

    def record_imports(self, entries: Mapping[str, LedgerEntry]) -> None:
        """Add what this import wrote to the ledger."""
        merged = {**self.ledger, **entries}
        if merged != self.ledger:
            stored = {
                path: [*filter(None, (entry.identity, entry.digest, entry.source))]
                for path, entry in sorted(merged.items())
            }
            self.write(_LEDGER, (json.dumps(stored, indent=1, ensure_ascii=False) + "\n").encode())


class Attachments(Struct, frozen=True, kw_only=True):
    """The files that come with an export."""

    names: Sequence[str]
    """Their paths, relative to their folder."""
    read: Callable[[str], bytes]
    """Returns the bytes of one."""
    is_tree: bool = False
    """Whether the folder is the foreign site itself."""


def write_items(
    composed: Iterable[Composed], storage: ProjectStorage, settings: Settings
) -> tuple[list[Outcome], list[Problem], dict[str, LedgerEntry]]:
    """Write new and changed files; return the outcomes of records, warnings, and entries for the ledger.

    Record the entries when the pictures are copied, too: an import that was interrupted is then repeated.

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
        current = None if storage.holds_example(one.path) else storage.read(one.path)
        earlier = storage.ledger.get(one.path)
        status = _status_of(content, current, earlier)
        record = one.placed.record
        outcomes.append(Outcome(path=one.path, status=status, place=record.place, line=record.line))
        if status in {ImportStatus.NEW, ImportStatus.CHANGED}:
            storage.write(one.path, content)
            warnings += _warnings_about(one, content, settings)
        elif status is ImportStatus.EDITED and not (earlier and earlier.digest == digest):
            message = "this file differs from the imported text, so it was not written"
            warnings.append(Remark(message, "compare it with its source").at(one.path, 1))
        if status is not ImportStatus.EDITED:
            written[one.path] = LedgerEntry(identity_of(record), digest, record.source)
    return outcomes, warnings, written


def _status_of(content: bytes, current: bytes | None, earlier: LedgerEntry | None) -> ImportStatus:
    if current is None:
        return ImportStatus.NEW
    if current == content:
        return ImportStatus.UNCHANGED
    is_ours = earlier is not None and earlier.digest == digest_bytes(current).hex()
    return ImportStatus.CHANGED if is_ours else ImportStatus.EDITED


def _warnings_about(one: Composed, content: bytes, settings: Settings) -> list[Problem]:
    lines = one.text.split("\n")
    warnings = [remark.at(one.path, _line_of(remark, lines)) for remark in one.remarks]
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
        try:
            content, current = attachments.read(name), storage.read(target)
        except OSError as error:
            message = f'the file "{name}" cannot be read: {error.strerror or error}'
            refused.append(Remark(message, "copy it to this path").at(target, 1))
            continue
        if current is None:
            storage.write(target, content)
            copied.append(target)
        elif current != content:
            message = f'another file has this path, so "{name}" was not copied'
            refused.append(Remark(message, "rename one of the two").at(target, 1))
    return copied, refused, used
