"""The library: every published item in its place, with the queries of pages and feeds."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, Label
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.resolver import Resolver
from clusterpress.library.terms import Term
from clusterpress.values.digests import join_digests
from clusterpress.values.kinds import Taxonomy
from clusterpress.values.problems import Problem
from clusterpress.values.slugs import slugify, term_slug

T = TypeVar("T")


class Memo:
    """Results that are computed once for a library.

    A patched library takes over the results that the patch cannot change (`clusterpress.library.patching`).
    They may depend on the order, dates, names and records of entries, and on one field of index records if
    ``("field", name)`` is their key; they must not hold entries for others to show.
    """

    def __init__(self, known: Mapping[Hashable, Any] | None = None) -> None:
        self._known = dict(known or {})

    def __call__(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return the result with a key; compute it if it is not known."""
        if key not in self._known:
            self._known[key] = compute()
        found: T = self._known[key]
        return found

    def subset(self, keep: Callable[[Hashable], bool]) -> "Memo":
        """Return a memo with the results whose keys are to be kept."""
        return Memo({key: value for key, value in self._known.items() if keep(key)})


class Library(Struct, frozen=True, kw_only=True, eq=False):
    """All entries of a site at one moment. Every sequence is newest first unless it says otherwise."""

    settings: Settings
    today: date
    """The day of the build in the site's time zone; earlier events are past."""
    entries: tuple[Entry, ...]
    by_kind: Mapping[tuple[str, str], tuple[Entry, ...]]
    """(kind, language) → entries: dated kinds newest first, records by title, partners by number."""
    by_term: Mapping[tuple[Taxonomy, str], tuple[Term, ...]]
    """(taxonomy, language) → terms by name."""
    by_path: Mapping[str, Entry]
    """Source path → entry."""
    records: Mapping[tuple[str, str, str], Entry]
    """(kind, slug, language) → entry, for programmes, clusters, partners and authors."""
    redirects: tuple[tuple[str, Entry], ...]
    """(old path below the root, entry it now leads to)."""
    files: Mapping[str, str]
    """Source path of a published file that is no item → path below the root."""
    registers: Mapping[str, Mapping[str, Label]]
    """Kind of record → folded name → label, for names outside taxonomies (organisers)."""
    shared_digest: bytes
    """Digest of what any entry may show of others: records, names of terms, settings."""
    resolver: Resolver
    """Resolves what entries name."""
    structural_problems: tuple[Problem, ...] = ()
    """What is wrong with records and translations."""
    memo: Memo = field(default_factory=Memo)

    def with_field(self, field_name: str) -> tuple[Entry, ...]:
        """Return the entries whose index records have a value in a field."""
        place = IndexRecord._fields.index(field_name)
        paths = self.memo(
            ("field", field_name), lambda: [one.path for one in self.entries if one.index_record[place]]
        )
        return tuple(self.by_path[path] for path in paths)

    def shown_files(self) -> frozenset[str]:
        """Return the source paths of all files that entries show or link to."""
        return self.memo(
            ("field", "shown"), lambda: frozenset().union(*[one.index_record.shown for one in self.entries])
        )

    def linked_by_fragment(self) -> frozenset[str]:
        """Return the source paths of the items to whose headings an entry may link."""
        records = (one.index_record for one in self.entries)
        return self.memo("linked by fragment", lambda: self.resolver.link_targets.linked_by_fragment(records))

    def digest_cards(self, key: Hashable, entries: Iterable[Entry]) -> bytes:
        """Return the digest of the cards of some entries; a key always stands for the same entries."""
        return self.memo(
            ("cards", key), lambda: join_digests([entry.card_dependency_digest for entry in entries])
        )

    def faults(self, entries: Iterable[Entry]) -> Iterator[Problem]:
        """Yield what is wrong with the names, links and pictures of some entries."""
        for entry in entries:
            yield from self.resolver.faults(entry)

    def of_kind(self, kind: str, lang: str) -> tuple[Entry, ...]:
        """Return the entries of one kind and language."""
        return self.by_kind.get((kind, lang), ())

    def embargoed(self, kind: str, lang: str) -> tuple[Entry, ...]:
        """Return the entries of one kind and language whose embargo ended after their date."""
        paths = self.memo(("embargoed", kind, lang), lambda: self._late_paths(kind, lang))
        return tuple(self.by_path[path] for path in paths)

    def _late_paths(self, kind: str, lang: str) -> list[str]:
        records = (entry.index_record for entry in self.of_kind(kind, lang))
        return [one.path for one in records if one.publish_at > one.published]

    def page_at(self, url: str, lang: str) -> Entry | None:
        """Return the page of a language with an address, if there is one."""
        paths = self.memo(("pages", lang), lambda: {one.url: one.path for one in self.of_kind("page", lang)})
        return self.by_path[paths[url]] if url in paths else None

    def upcoming(self, lang: str) -> tuple[Entry, ...]:
        """Return events that are not over, the next one first."""
        return tuple(reversed([e for e in self.of_kind("event", lang) if not self.is_over(e)]))

    def past(self, lang: str) -> tuple[Entry, ...]:
        """Return events that are over, the latest first."""
        return tuple(e for e in self.of_kind("event", lang) if self.is_over(e))

    def is_over(self, event: Entry) -> bool:
        """Return whether the last day on which an event can be is before today."""
        teaser = event.index_record.teaser
        return 0 < (teaser.last_day or teaser.day) < self.today.toordinal()

    def terms(self, taxonomy: Taxonomy, lang: str) -> tuple[Term, ...]:
        """Return the terms of a taxonomy that have a page in a language."""
        return self.by_term.get((taxonomy, lang), ())

    def has_section(self, name: str, lang: str) -> bool:
        """Return whether a section (news, events, newsletters, or a taxonomy) has anything in a language."""
        kinds = {"news": "news", "events": "event", "newsletters": "issue"}
        if name in kinds:
            return bool(self.of_kind(kinds[name], lang))
        return bool(self.terms(name, lang))

    def years(self, lang: str) -> dict[int, tuple[Entry, ...]]:
        """Return year → news of that year, newest year first."""
        years: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.of_kind("news", lang):
            if day := entry.index_record.first_day:
                years[date.fromordinal(day).year].append(entry)
        return {year: tuple(entries) for year, entries in years.items()}

    def record(self, kind: str, slug: str, lang: str) -> Entry | None:
        """Return a record in a language, or else in the site's first language; None if there is none.

        Args:
            kind: of the record.
            slug: of the record.
            lang: language wanted.
        """
        return self.records.get((kind, slug, lang)) or self.records.get((kind, slug, self.settings.language))

    @property
    def moved_terms(self) -> tuple[tuple[str, Term], ...]:
        """(old path, term) of each term whose name has a sign that its slug used to lack: ``Erasmus+``."""
        found: dict[str, list[Term]] = defaultdict(list)
        used = {term.url for terms in self.by_term.values() for term in terms}
        for terms in self.by_term.values():
            for term in terms:
                old = "" if term.record else slugify(term.name)
                if old and old != term.slug:
                    found[f"{term.url.removesuffix(f'{term.slug}/')}{old}/"].append(term)
        return tuple((old, terms[0]) for old, terms in found.items() if len(terms) == 1 and old not in used)

    def label_of(self, name: str) -> Label:
        """Return the label of a partner, cluster or author called ``name``, or the bare name."""
        for kind in ("partner", "cluster", "author"):
            if label := self.registers.get(kind, {}).get(term_slug(name)):
                return label
        return Label(name=name)
