"""Records of a foreign site under the names of our fields, and the report of an import."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol

from msgspec import Struct, field

from clusterpress.importing.inventory import Row
from clusterpress.importing.plan import Plan
from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem, Severity


class Remark(Struct, frozen=True):
    """A remark about a record, for editors."""

    message: str
    """What may be wrong, in plain words."""
    hint: str = ""
    """What to do about it."""
    near: str = ""
    """A piece of text of the written file; the remark is shown at its line."""

    def at(self, path: str, line: int) -> Problem:
        """Return it as a warning about a line of a file."""
        message = re.sub(r"\s+", " ", self.message)
        return Problem(path=path, line=line, severity=Severity.WARNING, message=message, hint=self.hint)


class Record(Struct, frozen=True, kw_only=True):
    """One post, page or author of the foreign site, which becomes an item."""

    place: str
    """The file it comes from: ``export.xml``, ``posts/x.md``."""
    line: int = 1
    """Its first line there."""
    kind: Kind
    """Kind of the item."""
    stem: str
    """Preferred name of its file, without ``.md``; made from the title when empty."""
    folder: str = ""
    """Folder below the kind's folder, for a subpage or a bundle with pictures."""
    lang: str = ""
    """Its language; the site's main one when empty."""
    identity: str = ""
    """Its permanent identifier in feeds of the foreign site."""
    key: str = ""
    """What recognises it in later imports, if neither its identifier nor its file's name does."""
    values: dict[str, Value] = field(default_factory=dict)
    """Front matter, under the names of our fields; unknown keys under their own names."""
    moments: Mapping[str, datetime] = field(default_factory=dict)
    """Key → exact time, to be written in the time zone of the receiving site."""
    terms: tuple[tuple[str, str], ...] = ()
    """(taxonomy, name) of each term; programmes and clusters are recognised later."""
    text: str = ""
    """Its body."""
    form: Literal["html", "markdown"] = "html"
    """Format of the body."""
    base: str = ""
    """The address or path that its relative links are resolved against."""
    addresses: tuple[str, ...] = ()
    """Addresses, and paths in the foreign tree, that other records use to link to it."""
    aliases: tuple[str, ...] = ()
    """Addresses to redirect to it."""
    is_scheduled: bool = False
    """Whether the foreign site had not published it yet."""
    group: str = ""
    """Key shared by all translations of one text."""
    source: str = ""
    """Digest of the file that it was made of alone, if it was one."""
    remarks: tuple[Remark, ...] = ()
    """Remarks from reading it."""


class Skipped(Struct, frozen=True, kw_only=True, order=True):
    """Something of the foreign site that is not imported."""

    place: str
    """The file that contains it."""
    line: int = 1
    """Its line there."""
    what: str
    """What it is: ``comments of "Hello"``."""
    why: str
    """Why it is not imported."""
    count: int = 1
    """How many there are."""


class Export(Struct, frozen=True, kw_only=True):
    """The content of a foreign site."""

    name: str
    """Name of the source, for the report: ``export.xml``."""
    records: tuple[Record, ...]
    """Records that become items."""
    known: tuple[tuple[str, str], ...] = ()
    """(file, item) of each file that an earlier import read in the same form."""
    skipped: tuple[Skipped, ...] = ()
    """What is not imported."""
    remarks: tuple[tuple[str, int, Remark], ...] = ()
    """(file, line, remark) about the export as a whole."""
    hosts: frozenset[str] = frozenset()
    """Hosts of the foreign site, without ``www.``; links there are links within the site."""
    base: str = ""
    """Sub-path of the foreign site's addresses: ``/blog``."""
    attachments: int = 0
    """Number of pictures and files that it names but does not contain."""
    static: tuple[str, ...] = ()
    """Folders of the foreign tree whose files were published at the root of its site."""
    made: date | None = None
    """The day on which it was made, if it says so."""
    inventory: tuple[Row, ...] = ()
    """Everything that it contains, and what became of it."""
    plan: Plan | None = None
    """Its types and keys, with counts and examples."""


class ImportSourceError(ValueError):
    """An export that cannot be read at all."""

    def __init__(self, place: str, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.place = place
        self.line = line
        self.message = message
        self.hint = hint


class References(Protocol):
    """Resolves the links and pictures of one item."""

    def link(self, address: str) -> str:
        """Return the target to write for a link; "" to keep its text only."""

    def picture(self, address: str) -> str:
        """Return the path to write for a picture; "" when there is no file."""

    def outside(self, address: str) -> str:
        """Return the full address of something that was not imported, or ""."""

    def remark(self, message: str, hint: str = "", near: str = "") -> None:
        """Record a remark for editors; see `Remark` for the arguments."""


class ImportStatus(StrEnum):
    """The result for one record."""

    NEW = "new"
    """A new file was written."""
    CHANGED = "changed"
    """Its source has changed since the last import, and nobody had edited the file: it was written again."""
    UNCHANGED = "unchanged"
    """The file exists with the same content."""
    EDITED = "edited since"
    """An editor has changed the file: it was not written."""


class Outcome(Struct, frozen=True, kw_only=True):
    """A record and its result."""

    path: str
    """Its file in the project."""
    status: ImportStatus
    place: str
    """The file it comes from."""
    line: int
    """Its line there."""


class Report(Struct, frozen=True, kw_only=True):
    """The results of an import, or with ``--dry-run`` of a simulation."""

    name: str
    """Name of the source."""
    outcomes: tuple[Outcome, ...] = ()
    """One for each imported record."""
    copied: tuple[str, ...] = ()
    """Copied pictures and files."""
    warnings: tuple[Problem, ...] = ()
    """Remarks for editors, sorted by place."""
    skipped: tuple[Skipped, ...] = ()
    """What was not imported, and why."""
    inventory: tuple[Row, ...] = ()
    """Everything that the source contains, and what became of it."""

    @property
    def counts(self) -> Mapping[ImportStatus, int]:
        """Status → number of records."""
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to do."""
        return not self.copied and not {ImportStatus.NEW, ImportStatus.CHANGED} & self.counts.keys()
