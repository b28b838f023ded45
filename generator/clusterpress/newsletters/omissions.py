"""Omissions: what an issue leaves out, and why, so that staff see it before readers miss it."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry
from clusterpress.library.index_records import day_of
from clusterpress.library.library import Library
from clusterpress.newsletters.names import build_name_index
from clusterpress.newsletters.sections import SectionContext, choose_stories, match_stories

DATED = ("news", "event")
"""Kinds of items that become old."""


class Omission(Struct, frozen=True, kw_only=True):
    """An item that readers of an issue do not get."""

    entry: Entry
    reason: str
    """Why, in words for staff."""


def find_omissions(item: Issue, previous: date | None, library: Library) -> tuple[Omission, ...]:
    """Return the items that an issue leaves out, each once: first those that a section would take.

    Args:
        item: the issue.
        previous: date of the issue before it; None for the first one.
        library: all items, also those that are not published.
    """
    context = SectionContext(item, build_name_index(library), previous)
    chosen = choose_stories(context)
    used = {entry.path for stories in chosen for entry in stories}
    found: dict[str, Omission] = {}
    for one in (*_beyond_limits(context, used), *_unasked(item, previous, library, used)):
        found.setdefault(one.entry.path, one)
    return tuple(found.values())


def find_unpublished(stories: tuple[Entry, ...]) -> tuple[Omission, ...]:
    """Return the stories that only a preview shows."""
    words = {
        "draft": "it is a draft: publish it, or it will be missing",
        "scheduled": "it is not published yet: it will be missing until then",
        "expired": "it has expired: it will be missing",
    }
    return tuple(
        Omission(entry=entry, reason=words.get(entry.state, entry.state))
        for entry in stories
        if entry.state != "published"
    )


def _beyond_limits(context: SectionContext, used: set[str]) -> Iterator[Omission]:
    for index, section in enumerate(context.issue.sections):
        if not section.where or section.items or section.partners or context.issue.frozen:
            continue
        for entry in match_stories(context, index, section):
            if entry.path not in used:
                reason = f'the section "{section.title}" has a limit of {section.limit}'
                yield Omission(entry=entry, reason=reason)


def _unasked(item: Issue, previous: date | None, library: Library, used: set[str]) -> Iterator[Omission]:
    """Yield the dated items since the issue before that no section asks for."""
    why = "the issue is frozen" if item.frozen else "no section asks for it"
    for kind in DATED:
        for entry in library.of_kind(kind, item.lang):
            if (previous or date.min) < entry.day_seen <= item.date.day and entry.path not in used:
                yield Omission(entry=entry, reason=why)


def first_day(entry: Entry) -> date | None:
    """Return the day of an item: for an event, its first."""
    return day_of(entry.index_record.teaser.day)
