"""Patching: replaces one item in a library without sorting all items again."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import compress

from msgspec.structs import replace

from clusterpress.library.entries import Entry
from clusterpress.library.index_records import IndexRecord
from clusterpress.library.library import Library
from clusterpress.library.terms import Term
from clusterpress.values.kinds import RECORD_KINDS
from clusterpress.values.problems import Problem

_PATCHABLE_FIELDS = frozenset(
    {
        "body", "calendar_details", "digest", "events", "figures", "id", "item", "lead_images", "links",
        "modified", "pinned", "problems", "shown", "teaser_digest", "teaser_values", "title",
    }
)  # fmt: skip
"""What may differ: no other item's place, address or name depends on it. Of a teaser, the words alone."""


def can_patch(library: Library, before: IndexRecord, after: IndexRecord) -> bool:
    """Return whether an index record may replace an older one of the same item in a library.

    For the arguments, see `may_change_problems`.
    """
    if before.kind in RECORD_KINDS or before.path not in library.by_path:
        return False
    if not _changed_fields(before, after) <= _PATCHABLE_FIELDS:
        return False
    if before.teaser_values[1:] != after.teaser_values[1:]:
        return False
    # Links to the headings of an item are checked against its body as it was when all items were sorted.
    if before.body != after.body and before.path in library.linked_by_fragment():
        return False
    bodies = library.resolver.link_targets.records
    linked = library.resolver.link_targets.linked_by_fragment([after]) & library.by_path.keys()
    now = {path: library.by_path[path].body for path in linked} | {after.path: after.body}
    return all(now[path] == bodies[path].body for path in linked)


def may_change_problems(
    library: Library, before: IndexRecord, after: IndexRecord, faults: Iterable[Problem]
) -> bool:
    """Return whether the faults between items may change when an index record replaces an older one.

    Args:
        library: where it does, as `can_patch` allows.
        before: the older one.
        after: the new one.
        faults: what `check_library` found when the older one was there.
    """
    if (before.title, before.id, before.problems) != (after.title, after.id, after.problems):
        return True
    # The text of an event, and of a report on one, is compared with the event's dates.
    events = library.resolver.records.registers["event"].slugs.values()
    if before.events or after.events or before.slug in events:
        return True
    # The fault may stand on another line.
    return any(fault.path == before.path for fault in faults)


def patch(library: Library, after: IndexRecord) -> Library:
    """Return the library in which an index record replaces an older one; see `can_patch`."""
    old = library.by_path[after.path]
    new = library.resolver.make_entry(after, old.slug, old.url, old.state)

    def swap(entries: Sequence[Entry]) -> tuple[Entry, ...]:
        return tuple([new if entry is old else entry for entry in entries])

    def swap_in_term(term: Term) -> Term:
        return replace(term, news=swap(term.news), events=swap(term.events))

    by_term = dict(library.by_term)
    for taxonomy, labels in old.terms.items():
        slugs, key = {label.slug for label in labels}, (taxonomy, old.lang)
        if slugs and key in by_term:
            by_term[key] = tuple([swap_in_term(one) if one.slug in slugs else one for one in by_term[key]])
    by_kind = {**library.by_kind, (old.kind, old.lang): swap(library.of_kind(old.kind, old.lang))}
    linked = library.linked_by_fragment() | library.resolver.link_targets.linked_by_fragment([after])
    changed = _changed_fields(old.index_record, after)
    is_same_card = new.card_dependency_digest == old.card_dependency_digest

    def keep(key: Hashable) -> bool:
        match key:
            case ("field", name):
                return name not in changed
            case ("cards", _):
                return is_same_card
            case _:
                return key != "linked by fragment"

    memo = library.memo.subset(keep)
    memo("linked by fragment", lambda: linked)
    return replace(
        library,
        entries=swap(library.entries),
        by_kind=by_kind,
        by_term=by_term,
        by_path={**library.by_path, after.path: new},
        redirects=tuple([(path, new if entry is old else entry) for path, entry in library.redirects]),
        memo=memo,
    )


def _changed_fields(before: IndexRecord, after: IndexRecord) -> set[str]:
    return {*compress(IndexRecord._fields, [old != new for old, new in zip(before, after, strict=True)])}
