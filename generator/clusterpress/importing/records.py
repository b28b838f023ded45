"""Records: what a foreign site has, in our words, before anyone decides where it will live."""

from dataclasses import dataclass, field
from typing import Literal

from clusterpress.parsing.values import Value
from clusterpress.values.kinds import Kind


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
