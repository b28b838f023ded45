"""Amending: a library in which what one item says was changed, without putting all items in order again."""

from collections.abc import Iterable

from clusterpress.library.index_records import IndexRecord
from clusterpress.library.library import Library
from clusterpress.values.problems import Problem
from clusterpress.values.taxonomies import RECORD_KINDS

_PATCHABLE_FIELDS = frozenset(
    {
        "body", "digest", "events", "figures", "id", "item", "lead_images", "links", "modified", "pinned",
        "problems", "shown", "teaser_digest", "teaser_values", "title",
    }
)  # fmt: skip
"""What may differ: no other item's place, address or name depends on it. Of a teaser, the words alone."""


def can_patch(library: Library, before: IndexRecord, after: IndexRecord) -> bool:
    """Return whether an abstract may take the place of an older one of the same item in a library."""
    if before.kind in RECORD_KINDS or before.path not in library.by_path:
        return False
    fields = zip(IndexRecord._fields, before, after, strict=True)
    if any(old != new for name, old, new in fields if name not in _PATCHABLE_FIELDS):
        return False
    # Others' links to its headings would have to be followed again.
    is_linked_within = before.body != after.body and before.path in library.resolver.linked_by_fragment()
    return before.teaser_values[1:] == after.teaser_values[1:] and not is_linked_within


def may_change_problems(
    library: Library, before: IndexRecord, after: IndexRecord, faults: Iterable[Problem]
) -> bool:
    """Return whether the faults between items may be others when an abstract takes the place of an older one.

    Args:
        library: where it does, as `can_patch` allows.
        before: the older one.
        after: the new one.
        faults: what `check_library` found when the older one was there.
    """
    if (before.title, before.id, before.problems) != (after.title, after.id, after.problems):
        return True
    # What is said of an event is held against its dates.
    events = library.resolver.registers["event"].slugs.values()
    if before.events or after.events or before.slug in events:
        return True
    # The fault may stand on another line.
    return any(fault.path == before.path for fault in faults)


def patch(library: Library, after: IndexRecord) -> None:
    """Put an abstract in the place of an older one; see `can_patch`."""
    library.resolver.linked_by_fragment().update(link[1] for link in after.links if link[2])
    entry = library.by_path[after.path]
    before, card = entry.index_record, entry.card_dependency_digest
    entry.patch(after, library.resolver.dependency_digests)
    if entry.card_dependency_digest != card:
        library.card_list_digests.clear()
    for field, old, new in zip(IndexRecord._fields, before, after, strict=True):
        if old != new:
            library.memoised.pop(field, None)
