"""Amending: a library in which what one item says was changed, without putting all items in order again."""

from collections.abc import Iterable

from clusterpress.library.index_records import RECORDS, Abstract
from clusterpress.library.library import Library
from clusterpress.values.problems import Problem

_SAID = frozenset(
    {
        "body", "card", "digest", "events", "figures", "heads", "id", "item", "links", "modified", "pinned",
        "problems", "shown", "teaser", "title",
    }
)  # fmt: skip
"""What may differ: no other item's place, address or name depends on it. Of a teaser, the words alone."""


def can_amend(library: Library, before: Abstract, after: Abstract) -> bool:
    """Return whether an abstract may take the place of an older one of the same item in a library."""
    if before.kind in RECORDS or before.path not in library.by_path:
        return False
    fields = zip(Abstract._fields, before, after, strict=True)
    if any(old != new for name, old, new in fields if name not in _SAID):
        return False
    # Others' links to its headings would have to be followed again.
    is_linked_within = before.body != after.body and before.path in library.resolver.linked_within()
    return before.teaser[1:] == after.teaser[1:] and not is_linked_within


def may_alter_faults(library: Library, before: Abstract, after: Abstract, faults: Iterable[Problem]) -> bool:
    """Return whether the faults between items may be others when an abstract takes the place of an older one.

    Args:
        library: where it does, as `can_amend` allows.
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


def amend(library: Library, after: Abstract) -> None:
    """Put an abstract in the place of an older one; see `can_amend`."""
    library.resolver.linked_within().update(link[1] for link in after.links if link[2])
    entry = library.by_path[after.path]
    before, card = entry.abstract, entry.card_origin
    entry.amend(after, library.resolver.origins)
    if entry.card_origin != card:
        library.card_origins.clear()
    for field, old, new in zip(Abstract._fields, before, after, strict=True):
        if old != new:
            library.worked_out.pop(field, None)
