"""Index: sort entries, and group them by kind, language and term."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clusterpress.library.entries import Entry, Term
from clusterpress.library.library import Library
from clusterpress.library.permalinks import prefix
from clusterpress.library.resolver import Resolver
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.problems import Problem
from clusterpress.values.taxonomies import RECORD_KINDS, TAXONOMIES, TaxonomyFields


def index_entries(
    entries: Sequence[Entry],
    *,
    today: date,
    resolver: Resolver,
    structural_problems: Iterable[Problem] = (),
) -> Library:
    """Return the library of these entries.

    Args:
        entries: in any order.
        today: the day of the build.
        resolver: resolves what they name.
        structural_problems: faults of records and translations.
    """
    settings = resolver.settings
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=_newest_first):
        groups[entry.kind, entry.lang].append(entry)
    by_kind = {key: tuple(_sort(key[0], group)) for key, group in groups.items()}
    records: dict[tuple[str, str, str], Entry] = {
        (entry.kind, entry.slug, entry.lang): entry
        for (kind, _), group in by_kind.items()
        if kind in RECORD_KINDS
        for entry in group
    }
    builder = _TermBuilder(by_kind, records, resolver)
    return Library(
        settings=settings,
        today=today,
        entries=tuple(entry for group in by_kind.values() for entry in group),
        by_kind=by_kind,
        by_term={
            (taxonomy.name, lang): terms
            for lang in settings.languages
            for taxonomy, terms in zip(TAXONOMIES, builder.terms_in(lang), strict=True)
        },
        by_path={entry.path: entry for entry in entries},
        records=records,
        redirects=tuple(
            (alias.lstrip("/"), entry) for entry in entries for alias in entry.index_record.aliases
        ),
        files=resolver.link_targets.files,
        registers=resolver.records.directory(settings.language),
        shared_digest=_shared_digest(entries, resolver),
        resolver=resolver,
        structural_problems=tuple(structural_problems),
    )


def _newest_first(entry: Entry) -> tuple[float, str, str]:
    return -entry.index_record.published, entry.slug, entry.url


def _sort(kind: str, group: list[Entry]) -> list[Entry]:
    """Return the entries of a kind in the order of their lists; they come newest first."""
    match kind:
        case "news":
            return group
        case "event":
            # Stable: events of one day stay in the order of their slugs.
            return sorted(group, key=_event_days, reverse=True)
        case "issue":
            # Their slugs are their numbers: of two issues of one day, the higher number is the newer.
            return sorted(group, key=lambda e: (-e.index_record.published, -int(e.slug)))
        case _:
            return sorted(group, key=_record_order)


def _event_days(entry: Entry) -> tuple[int, int]:
    teaser = entry.index_record.teaser
    return teaser.day, teaser.last_day


def _record_order(entry: Entry) -> tuple[bool, int, str]:
    """Sort partners by number, those without one after them, and everything else by title."""
    digits = "".join(c for c in entry.index_record.teaser.number if c.isdigit())
    return (not digits, int(digits or 0), entry.title.casefold())


def _shared_digest(entries: Iterable[Entry], resolver: Resolver) -> bytes:
    """Return the digest of what any entry may show of others: records, and names of terms."""
    records = [entry.dependency_digest for entry in entries if entry.kind in RECORD_KINDS]
    spellings = digest(sorted(resolver.terms.ambiguous.items()))
    return join_digests([digest(resolver.settings), *records, spellings])


@dataclass(frozen=True, slots=True)
class _TermBuilder:
    """Makes the terms of a library."""

    by_kind: Mapping[tuple[str, str], Sequence[Entry]]
    records: Mapping[tuple[str, str, str], Entry]
    resolver: Resolver

    def terms_in(self, lang: str) -> Iterator[tuple[Term, ...]]:
        """Yield for each taxonomy the terms with a page in a language."""
        group = self.resolver.terms.group
        news, events = (group(self.by_kind.get((kind, lang), ()), lang) for kind in ("news", "event"))
        for taxonomy, *members in zip(TAXONOMIES, news, events, strict=True):
            yield tuple(self._terms(taxonomy, lang, *members))

    def _terms(
        self,
        taxonomy: TaxonomyFields,
        lang: str,
        news: Mapping[str, list[Entry]],
        events: Mapping[str, list[Entry]],
    ) -> Iterator[Term]:
        """Yield the terms of a taxonomy that have a record or items in a language."""
        name, kind, settings = taxonomy.name, taxonomy.kind or "", self.resolver.settings
        own = [entry.slug for entry in self.by_kind.get((kind, lang), ())]
        others = sorted(
            slug for slug in news.keys() | events.keys() if (kind, slug, lang) not in self.records
        )
        for slug in (*own, *others):
            record = self._record((kind,), slug, lang)
            path = f"{prefix(lang, settings)}{name}/{slug}/"
            yield Term(
                taxonomy=name,
                slug=slug,
                name=record.title if record else self.resolver.terms.names.get((name, slug), slug),
                url=record.url if record and record.lang == lang else path,
                lang=lang,
                # A cluster or partner may sign as an author without a record of its own kind.
                record=record
                or (self._record(("cluster", "partner"), slug, lang) if kind == "author" else None),
                news=tuple(news.get(slug, ())),
                events=tuple(events.get(slug, ())),
            )

    def _record(self, kinds: Iterable[str], slug: str, lang: str) -> Entry | None:
        """Return the first record of some kinds, in the language if it is there, else in the first one."""
        keys = ((kind, slug, one) for kind in kinds for one in (lang, self.resolver.settings.language))
        return next((self.records[key] for key in keys if key in self.records), None)
