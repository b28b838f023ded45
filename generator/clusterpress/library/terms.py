"""Terms: what the programmes, clusters, partners, authors and tags that items name mean on this site."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, Label
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.names import Register
from clusterpress.library.publication import prefix
from clusterpress.values.digests import digest
from clusterpress.values.kinds import Taxonomy, TaxonomyFields
from clusterpress.values.slugs import term_slug

_AND = re.compile(r"(?<!\s)\s*;\s*|(?<!\s)\s+(?:and|et|und|y|e|i|en|og|och|&)\s+")


class Term(Struct, frozen=True, kw_only=True):
    """A programme, cluster, partner, author or tag with its entries in one language."""

    taxonomy: Taxonomy
    slug: str
    name: str
    url: str
    """Path below the site's root, without a leading slash: ``programmes/the-next-society/``."""
    lang: str
    record: Entry | None = None
    """Its own item; None for tags and free names."""
    news: tuple[Entry, ...] = ()
    """News of this language, newest first."""
    events: tuple[Entry, ...] = ()
    """Events of this language, newest first."""
    members: tuple[Entry, ...] = ()
    """Clusters and partners of this language, by name."""


class Records(Struct, frozen=True, kw_only=True):
    """The items that others name."""

    registers: Mapping[str, Register]
    """Kind → the names of its records."""
    labels: Mapping[tuple[str, str, str], Label]
    """(kind, slug, language) → label of a record."""
    colours: Mapping[str, str]
    """Slug of a programme → its colour."""
    hidden: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(kind, folded name) of a record or event that is not published now → why."""

    def directory(self, lang: str) -> dict[str, dict[str, Label]]:
        """Return kind → folded name → label in a language."""
        return {
            kind: {
                name: label
                for name, slug in register.slugs.items()
                if (label := self.labels.get((kind, slug, lang)))
            }
            for kind, register in self.registers.items()
        }


class ResolvedTerm(NamedTuple):
    """The term that a name means."""

    labels: tuple[Label, ...]
    """Its label; empty if the name is unknown."""
    digest: bytes


class TermIndex(Struct, frozen=True, kw_only=True):
    """All names that items use, resolved."""

    taxonomies: tuple[TaxonomyFields, ...]
    resolved: Mapping[str, tuple[Mapping[str, ResolvedTerm], ...]]
    """Language → for each taxonomy, name as written → the term it means."""
    names: Mapping[tuple[Taxonomy, str], str]
    """(taxonomy, slug) → name, for terms without a record."""
    ambiguous: Mapping[tuple[Taxonomy, str], str]
    """Those of them that are spelt in several ways: the spelling that names them depends on all items."""

    def group(self, entries: Iterable[Entry], lang: str) -> tuple[dict[str, list[Entry]], ...]:
        """Return for each taxonomy: slug of a term → those of some entries of a language that have it."""
        members = tuple(entries)
        if not members:
            return tuple({} for _ in self.taxonomies)
        columns = zip(*[entry.index_record.terms for entry in members], strict=True)
        return tuple(
            _group(members, names, known) for names, known in zip(columns, self.resolved[lang], strict=True)
        )


def resolve_terms(items: Sequence[IndexRecord], records: Records, settings: Settings) -> TermIndex:
    """Return the terms that the names in all items mean.

    Args:
        items: in the order of their paths: the first spelling of a term without a record names it.
        records: the records that items may name.
        settings: the settings of the site.
    """
    resolver, taxonomies = _TermResolver(records, settings), settings.all_taxonomies
    resolved = {}
    for lang in sorted({one.lang for one in items}):
        # Most items name what others name as well: each combination is looked at once.
        columns = zip(*[one.terms for one in items if one.lang == lang], strict=True)
        resolved[lang] = tuple(
            {
                name: resolver.resolve(taxonomy, name, lang)
                for name in dict.fromkeys(chain.from_iterable(dict.fromkeys(column)))
            }
            for taxonomy, column in zip(taxonomies, columns, strict=True)
        )
    return TermIndex(
        taxonomies=taxonomies, resolved=resolved, names=resolver.names, ambiguous=resolver.ambiguous
    )


class _TermResolver(Struct, frozen=True):
    """Finds the label of each name, and collects the names of terms without a record on the way."""

    records: Records
    settings: Settings
    names: dict[tuple[Taxonomy, str], str] = field(default_factory=dict)
    ambiguous: dict[tuple[Taxonomy, str], str] = field(default_factory=dict)

    def resolve(self, taxonomy: TaxonomyFields, name: str, lang: str) -> ResolvedTerm:
        labels = self._find_authors(taxonomy, name, lang) if taxonomy.kind == "author" else ()
        if not labels and (label := self._find_label(taxonomy, name, lang)):
            labels = (label,)
        return ResolvedTerm(labels, digest(labels[0] if len(labels) == 1 else labels or None))

    def _find_authors(self, taxonomy: TaxonomyFields, name: str, lang: str) -> tuple[Label, ...]:
        """Return the labels of "Ann Example and Bob Other" or "Ann; Bob", if both have a record."""
        registers = [self.records.registers[kind] for kind in ("author", "cluster", "partner")]
        parts = _AND.split(name)
        if len(parts) == 1 or any(register.find(name) for register in registers):
            return ()
        if not all(any(register.find(part) for register in registers) for part in parts):
            return ()
        return tuple(label for part in parts if (label := self._find_label(taxonomy, part, lang)))

    def _find_label(self, taxonomy: TaxonomyFields, name: str, lang: str) -> Label | None:
        kind, labels = taxonomy.kind, self.records.labels
        if taxonomy.closed and term_slug(name) not in map(term_slug, taxonomy.closed):
            return None
        if not kind:
            return self._free_label(taxonomy.name, name, lang)
        for one in ("author", "cluster", "partner") if kind == "author" else (kind,):
            slug = self.records.registers[one].find(name)
            if slug is None:
                continue
            label = labels.get((one, slug, lang))
            if label and one == kind:
                return label
            original = label or labels.get((one, slug, self.settings.language))
            original = original or next(known for key, known in labels.items() if key[:2] == (one, slug))
            if one != kind:
                self.names.setdefault((taxonomy.name, slug), original.name)
            return Label(name=original.name, slug=slug, url=self._url(taxonomy.name, slug, lang))
        if getattr(self.settings.vocabulary, kind) == "open":
            return self._free_label(taxonomy.name, name, lang)
        return None

    def _free_label(self, taxonomy: Taxonomy, name: str, lang: str) -> Label:
        """Return the label of a term without a record; the first spelling (by source path) names it."""
        slug = term_slug(name)
        known = self.names.setdefault((taxonomy, slug), name)
        if known != name:
            self.ambiguous[taxonomy, slug] = known
        return Label(name=known, slug=slug, url=self._url(taxonomy, slug, lang))

    def _url(self, taxonomy: Taxonomy, slug: str, lang: str) -> str:
        return f"{prefix(lang, self.settings)}{taxonomy}/{slug}/"


def _group(
    entries: Sequence[Entry], names: Iterable[tuple[str, ...]], known: Mapping[str, ResolvedTerm]
) -> dict[str, list[Entry]]:
    """Return slug → entries, given the names that each of them has."""
    slugs: dict[tuple[str, ...], set[str]] = {}
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry, combination in zip(entries, names, strict=True):
        if combination not in slugs:
            slugs[combination] = {label.slug for name in combination for label in known[name].labels}
        for slug in slugs[combination]:
            found[slug].append(entry)
    return found
