"""Grouping: entries in their order, by kind and language, and by term."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, Term
from clusterpress.library.library import Library
from clusterpress.library.permalinks import prefix
from clusterpress.values.digests import digest, join_digests
from clusterpress.values.problems import Problem
from clusterpress.values.taxonomies import KIND_OF, RECORD_KINDS, TAXONOMY_NAMES, Taxonomy

if TYPE_CHECKING:
    from clusterpress.library.resolver import Resolver

DATED_KINDS = ("news", "issue")


def group_entries(
    entries: Sequence[Entry],
    *,
    today: date,
    resolver: "Resolver",
    structural_problems: Iterable[Problem] = (),
) -> Library:
    """Return the library of these entries.

    Args:
        entries: in any order.
        today: the day of the build.
        resolver: what they name.
        structural_problems: faults of records and translations.
    """
    settings = resolver.settings
    by_kind: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (-e.index_record.published, e.slug, e.url)):
        by_kind[entry.index_record.kind, entry.index_record.lang].append(entry)
    for (kind, _), group in by_kind.items():
        if kind == "event":
            # Stable: events of one day stay in the order of their slugs.
            group.sort(
                key=lambda e: (e.index_record.teaser.day, e.index_record.teaser.last_day), reverse=True
            )
        elif kind == "issue":
            # Their slugs are their numbers: of two issues of one day, the higher number is the newer.
            group.sort(key=lambda e: (-e.index_record.published, -int(e.slug)))
        elif kind not in DATED_KINDS:
            group.sort(key=_record_order)
    records: dict[tuple[str, str, str], Entry] = {
        (kind, e.slug, lang): e
        for (kind, lang), group in by_kind.items()
        if kind in RECORD_KINDS
        for e in group
    }
    members = {
        (kind, lang): resolver.group(by_kind.get((kind, lang), ()), lang)
        for kind in ("news", "event")
        for lang in settings.languages
    }
    by_term = {
        (taxonomy, lang): tuple(
            _terms(
                taxonomy,
                lang,
                by_kind,
                (members["news", lang][place], members["event", lang][place]),
                records,
                resolver,
            )
        )
        for place, taxonomy in enumerate(TAXONOMY_NAMES)
        for lang in settings.languages
    }
    return Library(
        settings=settings,
        today=today,
        entries=tuple(entry for group in by_kind.values() for entry in group),
        by_kind={key: tuple(group) for key, group in by_kind.items()},
        by_term=by_term,
        by_path={entry.index_record.path: entry for entry in entries},
        records=records,
        redirects=tuple(
            (alias.lstrip("/"), entry) for entry in entries for alias in entry.index_record.aliases
        ),
        files=resolver.files,
        registers=resolver.directory(),
        shared_digest=_shared_digest(entries, resolver),
        resolver=resolver,
        structural_problems=tuple(structural_problems),
    )


def _shared_digest(entries: Iterable[Entry], resolver: "Resolver") -> bytes:
    """Return the digest of what any entry may show of others: records, and spellings that name a term."""
    records = [entry.dependency_digest for entry in entries if entry.index_record.kind in RECORD_KINDS]
    return join_digests(
        [digest(resolver.settings), *records, digest(sorted(resolver.ambiguous_terms.items()))]
    )


def _record_order(entry: Entry) -> tuple[bool, int, str]:
    """Sort partners by number, those without one after them, and everything else by title."""
    digits = "".join(c for c in entry.index_record.teaser.number if c.isdigit())
    return (not digits, int(digits or 0), entry.title.casefold())


def _terms(
    taxonomy: Taxonomy,
    lang: str,
    by_kind: Mapping[tuple[str, str], Sequence[Entry]],
    members: tuple[Mapping[str, list[Entry]], Mapping[str, list[Entry]]],
    records: Mapping[tuple[str, str, str], Entry],
    resolver: "Resolver",
) -> Iterator[Term]:
    """Yield the terms with a page in ``lang``: those with a record or with items in that language."""
    kind, settings = KIND_OF[taxonomy] or "", resolver.settings
    news, events = members
    own = [entry.slug for entry in by_kind.get((kind, lang), ())]
    others = sorted(slug for slug in news.keys() | events.keys() if (kind, slug, lang) not in records)
    for slug in (*own, *others):
        record = records.get((kind, slug, lang)) or records.get((kind, slug, settings.language))
        path = f"{prefix(lang, settings)}{taxonomy}/{slug}/"
        yield Term(
            taxonomy=taxonomy,
            slug=slug,
            name=record.title if record else resolver.names.get((taxonomy, slug), slug),
            url=record.url if record and record.lang == lang else path,
            lang=lang,
            record=record or _borrowed_record(taxonomy, slug, lang, records, settings),
            news=tuple(news.get(slug, ())),
            events=tuple(events.get(slug, ())),
        )


def _borrowed_record(
    taxonomy: Taxonomy,
    slug: str,
    lang: str,
    records: Mapping[tuple[str, str, str], Entry],
    settings: Settings,
) -> Entry | None:
    """Return the cluster or partner that signs as an author without a record of its own kind."""
    if taxonomy != "authors":
        return None
    keys = ((kind, slug, one) for kind in ("cluster", "partner") for one in (lang, settings.language))
    return next((records[key] for key in keys if key in records), None)
