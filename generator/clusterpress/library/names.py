"""Names: find a record by "THE NEXT SOCIETY", "next society" or "the-next-society"."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from clusterpress.content.items import Author, Cluster, Item, Partner, Programme
from clusterpress.parsing.values import problem_at
from clusterpress.values.problems import Problem, did_you_mean
from clusterpress.values.slugs import term_slug
from clusterpress.values.suggestions import KnownNames


class NamedRecord(NamedTuple):
    """A record with its names."""

    names: tuple[str, ...]
    """All its names."""
    item: Callable[[], Item]
    """Returns the whole record."""


def named_record(item: Item) -> NamedRecord:
    """Return a record with its names."""
    return NamedRecord(names_of(item), lambda: item)


class Register(Struct):
    """The names of one kind of record; all spellings of a name lead to one slug."""

    what: str
    """The kind of the records."""
    slugs: dict[str, str] = field(default_factory=dict)
    """Folded name → slug of the record."""
    spellings: list[str] = field(default_factory=list)
    """Names as written, for suggestions."""
    _known: KnownNames | None = None

    def add(self, record: "NamedRecord", slug: str) -> Iterable[Problem]:
        """Add all names of a record; yield a problem for each name that another record already has.

        Recurring events share their title: it means the first of them.
        """
        for name in record.names:
            owner = self.slugs.setdefault(term_slug(name), slug)
            self.spellings.append(name)
            self._known = None
            if owner != slug and self.what != "event":
                source = record.item().source
                written = "names" if "names" in source.lines else "title"
                message = f'the name "{name}" already belongs to the {self.what} "{owner}"'
                hint = "give each record names of its own"
                yield replace(problem_at(written, source.lines, source.path, message, hint), field="names")

    def find(self, name: str) -> str | None:
        """Return the slug of the record with a name, or None."""
        return self.slugs.get(term_slug(name))

    def suggest(self, name: str, otherwise: str = "") -> str:
        """Return a hint for an unknown name: a known one, or else what to do."""
        if self._known is None:
            self._known = KnownNames(self.spellings)
        way_out = otherwise or f"add a record for it in content/{self.what}s/"
        return did_you_mean(name, self._known, way_out)


def names_of(item: Item) -> tuple[str, ...]:
    """Return all names of a record or an event: slug, title, aliases, short name, partner number."""
    names = [item.slug, item.title]
    if isinstance(item, Programme | Cluster | Partner | Author):
        names += item.names
    if isinstance(item, Programme) and item.short:
        names.append(item.short)
    if isinstance(item, Partner) and item.number:
        names.append(item.number)
    return tuple(dict.fromkeys(name for name in names if name))


def build_registers(
    records: Mapping[str, Iterable[tuple[NamedRecord, str]]],
) -> tuple[dict[str, Register], list[Problem]]:
    """Return a register for each kind of record, and a problem for each name that two records have.

    Args:
        records: kind → (record, its slug); translations of a record share its slug.
    """
    registers = {kind: Register(kind) for kind in ("programme", "cluster", "partner", "author", "event")}
    problems = [
        problem
        for kind, register in registers.items()
        for record, slug in records.get(kind, ())
        for problem in register.add(record, slug)
    ]
    return registers, problems
