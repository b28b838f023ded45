"""Terms: which categories, tags and authors of a foreign site are programmes, clusters and people of ours."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from clusterpress.content.items import Item
from clusterpress.content.keys import fields_of
from clusterpress.importing.records import Remark
from clusterpress.library.names import Register, term_slug
from clusterpress.parsing.values import Value
from clusterpress.sources.items import find_record, registers_of
from clusterpress.values.kinds import Kind
from clusterpress.values.taxonomies import TAXONOMIES

_FIELDS: tuple[tuple[str, str], ...] = (
    ("programme", "programme"),
    ("cluster", "cluster"),
    ("partner", "partners"),
)
"""Kind of record, and the key under which items name it; in this order a name is looked up."""

_TAXONOMY_SYNONYMS: Mapping[str, str] = {
    name: one.field for one in TAXONOMIES for name in (one.name, one.kind) if name and name != one.field
}


@dataclass(slots=True)
class KnownNames:
    """Who is known by which name: records that are here, and authors who are on their way."""

    registers: Mapping[str, Register]
    authors: dict[str, str] = field(default_factory=dict)
    """Folded name → slug, for authors that this import brings."""

    @classmethod
    def of(cls, items: Iterable[Item], language: str) -> "KnownNames":
        """Return the names of all records."""
        return cls(registers_of(items, language))

    def find(self, kind: str, name: str) -> str | None:
        """Return the slug of the record of a kind that a name means."""
        return self.registers[kind].find(name)

    def find_author(self, name: str) -> str | None:
        """Return the slug of whoever signs with a name: a person, a cluster or a partner."""
        return find_record(self.registers, "author", name) or self.authors.get(term_slug(name))


def map_terms(
    terms: Iterable[tuple[str, str]],
    kind: Kind,
    names: KnownNames,
    mapped: Mapping[str, str],
    remark: Callable[[Remark], None],
) -> dict[str, Value]:
    """Return the front matter that terms make.

    Args:
        terms: (taxonomy, name), in order.
        kind: what the item is.
        names: who is known.
        mapped: taxonomy → key of ours, as the command line asks.
        remark: told of what is doubtful.
    """
    found: dict[str, list[str]] = {}
    known = fields_of(kind)
    for taxonomy, name in terms:
        key, written = _place(taxonomy, name, names, mapped)
        if key in known:
            found.setdefault(key, []).append(written)
        elif key != "author":
            found.setdefault("tags" if "tags" in known else "names", []).append(name)
        if (
            key in {"programme", "cluster", "partners"}
            and key in known
            and not names.find(key.rstrip("s"), name)
        ):
            hint = f"add a record for it in content/{key.rstrip('s')}s/, or make it a tag"
            remark(Remark(f'there is no {key.rstrip("s")} "{name}"', hint, f"{key}:"))
        if key == "author" and "author" not in known:
            remark(Remark(f'its author "{name}" was left out: a {kind} has none'))
    return {key: [*dict.fromkeys(written)] for key, written in found.items()}


def _place(taxonomy: str, name: str, names: KnownNames, mapped: Mapping[str, str]) -> tuple[str, str]:
    """Return the key for a term, and how it is written there."""
    asked = mapped.get(taxonomy) or mapped.get(_TAXONOMY_SYNONYMS.get(taxonomy, taxonomy))
    if asked == "author" or (asked is None and taxonomy == "author"):
        return "author", names.find_author(name) or name
    for kind, key in _FIELDS:
        if asked in {None, key, kind} and (slug := names.find(kind, name)):
            return key, slug
    return asked or "tags", name
