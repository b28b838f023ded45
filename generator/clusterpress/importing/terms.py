"""Terms: recognise records of the project in the categories, tags and authors of a foreign site."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field

from clusterpress.content.keys import fields_of
from clusterpress.importing.records import Remark
from clusterpress.library.names import Register
from clusterpress.parsing.values import Value
from clusterpress.sources.items import find_record
from clusterpress.values.kinds import FOLDER_OF, TAXONOMIES, Kind
from clusterpress.values.slugs import term_slug

_RECORD_FIELDS: Mapping[str, Kind] = {
    one.field: one.kind for one in TAXONOMIES if one.kind and one.kind != "author"
}
"""Key → kind of the records that it names, in the order of lookup."""

_TAXONOMY_SYNONYMS: Mapping[str, str] = {
    name: one.field for one in TAXONOMIES for name in (one.name, one.kind) if name and name != one.field
}


class KnownNames(Struct):
    """Names of the records in the project and in the import."""

    registers: Mapping[str, Register]
    imported: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, folded name) → slug, for records in the import."""

    def find(self, kind: str, name: str) -> str | None:
        """Return the slug of the record of a kind that a name means."""
        return self.registers[kind].find(name) or self.imported.get((kind, term_slug(name)))

    def find_author(self, name: str) -> str | None:
        """Return the slug of an author: a person, a cluster or a partner."""
        return find_record(self.registers, "author", name) or self.imported.get(("author", term_slug(name)))


def map_terms(
    terms: Iterable[tuple[str, str]],
    kind: Kind,
    names: KnownNames,
    mapped: Mapping[str, str],
    remark: Callable[[Remark], None],
) -> dict[str, Value]:
    """Return the front matter for the terms of a record.

    Args:
        terms: (taxonomy, name), in order.
        kind: of the item.
        names: known records and authors.
        mapped: taxonomy → key of ours, as the command line asks.
        remark: takes remarks for editors.
    """
    found: dict[str, list[str]] = {}
    known = fields_of(kind)
    for taxonomy, name in terms:
        key, written = _place(taxonomy, name, names, mapped)
        if key in known:
            found.setdefault(key, []).append(written)
        elif key != "author":
            found.setdefault("tags" if "tags" in known else "names", []).append(name)
        record_kind = _RECORD_FIELDS.get(key)
        if record_kind and key in known and not names.find(record_kind, name):
            hint = f"add a record for it in content/{FOLDER_OF[record_kind]}/, or make it a tag"
            remark(Remark(f'there is no {record_kind} "{name}"', hint, f"{key}:"))
        if key == "author" and "author" not in known:
            remark(Remark(f'its author "{name}" was left out: a {kind} has none'))
    return {key: [*dict.fromkeys(written)] for key, written in found.items()}


def missing_records(
    records: Iterable[tuple[Kind, Iterable[tuple[str, str]]]], names: KnownNames, mapped: Mapping[str, str]
) -> dict[tuple[Kind, str], int]:
    """Return (kind, name) of each record that items name and nobody has, with the number of these items.

    Args:
        records: kind of an item, and its terms.
        names: known records and authors.
        mapped: taxonomy → key of ours, as the command line asks.
    """
    found: dict[tuple[Kind, str], int] = {}
    spellings: dict[tuple[Kind, str], str] = {}
    for item_kind, terms in records:
        for taxonomy, name in terms:
            key, written = _place(taxonomy, name, names, mapped)
            kind = _RECORD_FIELDS.get(key)
            if kind and key in fields_of(item_kind) and not names.find(kind, written):
                one = (kind, spellings.setdefault((kind, term_slug(name)), name))
                found[one] = found.get(one, 0) + 1
    return found


def _place(taxonomy: str, name: str, names: KnownNames, mapped: Mapping[str, str]) -> tuple[str, str]:
    own = _TAXONOMY_SYNONYMS.get(taxonomy, taxonomy)
    asked = mapped.get(taxonomy) or mapped.get(own)
    if asked is None and own in _RECORD_FIELDS:
        asked = own  # a taxonomy of the old site with the name of one of ours
    if asked == "author" or (asked is None and taxonomy == "author"):
        return "author", names.find_author(name) or name
    for key, kind in _RECORD_FIELDS.items():
        if asked in {None, key, kind} and (slug := names.find(kind, name)):
            return key, slug
    return asked or "tags", name
