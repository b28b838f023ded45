"""Sheets: which sections stand together on one page of the web edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clusterpress.library.entries import Entry
from clusterpress.newsletters.document import anchor_of
from clusterpress.newsletters.issues import ResolvedIssue, ResolvedSection, in_order

FULL = 600
"""Words after which a page is long: about three screens of a notebook."""

CARD = 40
"""Words whose room the card of an event takes, or a contact strip; an event's text stands on its own page."""

PICTURE = 80
"""Words whose room a picture takes."""

COVER = 1
"""Number of the cover; the sheets follow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of the web edition after the cover."""

    number: int
    """Counted from the cover, which is 1."""
    url: str
    """Path below the site's root."""
    sections: tuple[ResolvedSection, ...]
    """At least one."""

    @property
    def title(self) -> str:
        """What it is called: the titles of its sections."""
        return " · ".join(section.title for section in self.sections)

    @property
    def colour(self) -> str:
        """Colour token of its first section."""
        return self.sections[0].colour


def split_in_sheets(issue: ResolvedIssue) -> tuple[Sheet, ...]:
    """Return the pages of an issue after its cover, with all its sections in order.

    A section that starts a page begins a new sheet. One that flows follows on the sheet before it, unless
    both together take the room of more than `FULL` words. A section is never cut: a page of the web may be
    long.
    """
    sheets: list[list[ResolvedSection]] = []
    words = 0
    for section in issue.sections:
        more = measure_section(section)
        if not sheets or section.start == "page" or words + more > FULL:
            sheets.append([])
            words = 0
        sheets[-1].append(section)
        words += more
    return tuple(
        Sheet(number=number, url=f"{issue.path}{number}/", sections=tuple(sections))
        for number, sections in enumerate(sheets, start=COVER + 1)
    )


def measure_section(section: ResolvedSection) -> int:
    """Return how much room a section takes, in words."""
    return sum(_measure(story, section) for story in section.stories)


def _measure(story: Entry, section: ResolvedSection) -> int:
    if section.layout == "events":
        return CARD
    strip = CARD if section.layout == "profiles" else 0
    return story.outline.words + strip + PICTURE * (len(story.outline.pictures) + bool(story.picture))


def place_stories(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Return path of each story on the site → path and anchor at which it stands in the issue."""
    return {
        story.url: f"{sheet.url}#{anchor_of(story)}"
        for sheet in sheets
        for section in sheet.sections
        for story in in_order(section)
    }


def stories_of(sections: Sequence[ResolvedSection]) -> tuple[Entry, ...]:
    """Return the stories of sections, in order."""
    return tuple(story for section in sections for story in in_order(section))
