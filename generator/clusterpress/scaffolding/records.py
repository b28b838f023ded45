"""Records that a new item may name: programmes, clusters, partners, authors, issues."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clusterpress.config.settings import Settings
from clusterpress.content.items import Item
from clusterpress.library.names import Register, term_slug
from clusterpress.sources.files import list_files
from clusterpress.sources.items import read_items, registers_of
from clusterpress.values.kinds import Kind
from clusterpress.values.problems import did_you_mean

_KINDS: tuple[Kind, ...] = ("programme", "cluster", "partner", "author", "issue")


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a project."""

    items: Mapping[Kind, tuple[Item, ...]]
    """Kind → its items, sorted by title, each once: in the site's main language if there is one."""
    registers: Mapping[str, Register]
    """Kind → names of its records."""
    settings: Settings
    files: frozenset[str] = frozenset()
    """Paths of all files below content/."""

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """Return the records of a kind."""
        return self.items.get(kind, ())

    def find(self, kind: Kind, answer: str, *, listed: bool = False) -> tuple[Item, ...]:
        """Return the records that an answer may mean.

        A full name, in any spelling, means its record only. Otherwise the answer means all records whose name
        contains it, unless the settings allow names without a record.

        Args:
            kind: which records.
            answer: a name, or a part of it.
            listed: whether the records were listed with numbers; a number then means one of them.
        """
        if listed and answer.isdigit():
            return self.of(kind)[int(answer) - 1 : int(answer)] if int(answer) else ()
        register = self.registers[kind]
        if slug := register.find(answer):
            return tuple(item for item in self.of(kind) if item.slug == slug)
        wanted = term_slug(answer)
        slugs = {found for name, found in register.slugs.items() if wanted in name and not self.is_open(kind)}
        return tuple(item for item in self.of(kind) if item.slug in slugs)

    def is_open(self, kind: Kind) -> bool:
        """Return whether the settings allow names without a record."""
        return kind == "author" or getattr(self.settings.vocabulary, kind, "closed") == "open"

    def suggest(self, kind: Kind, answer: str) -> str:
        """Return a hint for an answer that means no record."""
        way_out = f'add it with "clusterpress new {kind}", or leave {kind} out'
        return did_you_mean(answer, self.registers[kind].spellings, way_out)


def read_records(root: Path, settings: Settings) -> Records:
    """Return the records of a project. Files with errors are left out; `check` reports them."""
    # Drafts are not published, so naming one would be an error. Draft issues still count for numbers.
    read = [item for item in read_items(root, settings, _KINDS) if item.kind == "issue" or not item.draft]
    read.sort(key=lambda item: (item.lang != settings.language, item.title.casefold(), item.source.path))
    items: dict[Kind, dict[str, Item]] = {kind: {} for kind in _KINDS}
    for item in read:
        name = item.source.path if item.kind == "issue" else item.slug
        items[item.kind].setdefault(name, item)
    return Records(
        {kind: tuple(found.values()) for kind, found in items.items()},
        registers_of(read, settings.language),
        settings,
        frozenset(list_files(root)),
    )
