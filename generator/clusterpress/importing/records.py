"""Records of a foreign site in our words, and the report of what became of each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import Problem


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a record that an editor should look at."""

    message: str
    """What is doubtful, in plain words."""
    hint: str = ""
    """What to do about it."""
    near: str = ""
    """A piece of the written file: its line is the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing of the foreign site that becomes an item."""

    place: str
    """The file it comes from: ``export.xml``, ``posts/x.md``."""
    line: int = 1
    """The line on which it begins there."""
    kind: Kind
    """What it becomes."""
    stem: str
    """The wanted name of its file, without ``.md``; made of the title when empty."""
    folder: str = ""
    """Folder of its own below the kind's folder, for a page below another or a bundle with pictures."""
    lang: str = ""
    """Its language; the site's first one when empty."""
    identity: str = ""
    """Its lasting identifier in feeds of the foreign site."""
    values: dict[str, Value] = field(default_factory=dict)
    """Front matter, under the names of our fields; keys we do not know as they were."""
    terms: tuple[tuple[str, str], ...] = ()
    """(taxonomy, name) of each term it belongs to: which are programmes and clusters is decided later."""
    text: str = ""
    """Its body."""
    form: Literal["html", "markdown"] = "html"
    """What the body is written in."""
    base: str = ""
    """The address or path from which its relative links set out."""
    addresses: tuple[str, ...] = ()
    """Addresses (and paths in the foreign tree) under which others link to it."""
    aliases: tuple[str, ...] = ()
    """Addresses that are to lead to it from now on."""
    is_scheduled: bool = False
    """Whether the foreign site was still keeping it back."""
    group: str = ""
    """The same for all translations of one text."""
    remarks: tuple[Remark, ...] = ()
    """What was doubtful while it was read."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Skipped:
    """Something of the foreign site that is not taken."""

    place: str
    """The file it stands in."""
    line: int = 1
    """Its line there."""
    what: str
    """What it is: ``comments of "Hello"``."""
    why: str
    """Why it stays behind."""
    count: int = 1
    """How many things these are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Everything that was found in a foreign site."""

    name: str
    """What was read, for the report: ``export.xml``."""
    records: tuple[Record, ...]
    """What becomes items."""
    skipped: tuple[Skipped, ...] = ()
    """What does not."""
    remarks: tuple[tuple[str, int, Remark], ...] = ()
    """(file, line, remark) about the whole."""
    hosts: frozenset[str] = frozenset()
    """Hosts of the foreign site, without ``www.``; links there are links within the site."""
    attachments: int = 0
    """How many pictures and files it names without holding them."""
    static: tuple[str, ...] = ()
    """Folders of the foreign tree whose files lay at the root of its site."""


class ImportSourceError(ValueError):
    """A source that cannot be read at all."""

    def __init__(self, place: str, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.place = place
        self.line = line
        self.message = message
        self.hint = hint


class References(Protocol):
    """Says where the links and pictures of one item lead once it is imported."""

    def link(self, address: str) -> str:
        """Return what to write for the address of a link; "" when only its words are to stay."""

    def picture(self, address: str) -> str:
        """Return what to write for the address of a picture; "" when there is no such file."""

    def outside(self, address: str) -> str:
        """Return the full address under which something that was not taken can still be seen, or ""."""

    def remark(self, message: str, hint: str = "", near: str = "") -> None:
        """Keep something an editor should look at; ``near`` is a piece of the written text at that place."""


class ImportStatus(StrEnum):
    """What became of a record."""

    NEW = "new"
    """It was written."""
    CHANGED = "changed"
    """It changed in its source since the last import, and nobody had edited it here: it was written again."""
    UNCHANGED = "unchanged"
    """It is here already."""
    EDITED = "edited since"
    """Somebody edited it here: it was left as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One record and what became of it."""

    path: str
    """Its file in the project."""
    status: ImportStatus
    place: str
    """The file it comes from."""
    line: int
    """Its line there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did, or with ``--dry-run`` would do."""

    name: str
    """What was imported."""
    outcomes: tuple[Outcome, ...] = ()
    """One for each record that is taken."""
    copied: tuple[str, ...] = ()
    """Pictures and files that were copied."""
    warnings: tuple[Problem, ...] = ()
    """What an editor should look at, sorted by place."""
    skipped: tuple[Skipped, ...] = ()
    """What stays behind, and why."""

    @property
    def counts(self) -> Mapping[ImportStatus, int]:
        """Fate → number of records."""
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to do."""
        return not self.copied and not {ImportStatus.NEW, ImportStatus.CHANGED} & self.counts.keys()
