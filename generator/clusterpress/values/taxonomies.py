"""The taxonomies: the ways in which items are grouped, in one table."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from clusterpress.values.kinds import Kind

Taxonomy = Literal["programmes", "clusters", "partners", "authors", "tags"]
"""Name of a taxonomy; its section of the site and the theme's label for it are called the same."""


class TaxonomyFields(NamedTuple):
    """One row of the table."""

    name: Taxonomy
    field: str
    """Front-matter key under which an item names its terms."""
    kind: Kind | None
    """Kind of the items that describe a term; None when terms are names only."""


TAXONOMIES: tuple[TaxonomyFields, ...] = (
    TaxonomyFields("programmes", "programme", "programme"),
    TaxonomyFields("clusters", "cluster", "cluster"),
    TaxonomyFields("partners", "partners", "partner"),
    TaxonomyFields("authors", "author", "author"),
    TaxonomyFields("tags", "tags", None),
)
"""All taxonomies, in the order in which pages show them and `IndexRecord.terms` holds them."""

TAXONOMY_NAMES: tuple[Taxonomy, ...] = tuple(one.name for one in TAXONOMIES)

KIND_OF: Mapping[Taxonomy, Kind | None] = {one.name: one.kind for one in TAXONOMIES}

RECORD_KINDS: tuple[Kind, ...] = tuple(one.kind for one in TAXONOMIES if one.kind)
"""Kinds whose items are records: each describes a term, and its translations share one slug."""
