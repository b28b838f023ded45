"""Page split: which sections stand together on one page of the web edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from clusterpress.library.entries import Entry
from clusterpress.newsletters.issues import ResolvedIssue, ResolvedSection, anchor_of, stories_of

MAX_PAGE_WORDS = 600
"""Words after which a page is long: about three screens of a notebook."""

CARD_WORDS = 40
"""Words whose room the card of an event takes, or a contact strip; an event's text stands on its own page."""

PICTURE_WORDS = 80
"""Words whose room a picture takes."""

COVER_NUMBER = 1
"""Number of the cover; the pages follow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
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


def split_into_pages(issue: ResolvedIssue) -> tuple[Page, ...]:
    """Return the pages of an issue after its cover, with all its sections in order.

    A section that starts a page begins a new page. One that flows follows on the page before it, unless
    both together take the room of more than `MAX_PAGE_WORDS` words. A section is never cut: a page of
    the web may be long.
    """
    pages: list[list[ResolvedSection]] = []
    words = 0
    for section in issue.sections:
        more = measure_section(section)
        if not pages or section.start == "page" or words + more > MAX_PAGE_WORDS:
            pages.append([])
            words = 0
        pages[-1].append(section)
        words += more
    return tuple(
        Page(number=number, url=f"{issue.path}{number}/", sections=tuple(sections))
        for number, sections in enumerate(pages, start=COVER_NUMBER + 1)
    )


def measure_section(section: ResolvedSection) -> int:
    """Return how much room a section takes, in words."""
    return sum(_measure(story, section) for story in section.stories)


def _measure(story: Entry, section: ResolvedSection) -> int:
    if section.layout == "events":
        return CARD_WORDS
    strip = CARD_WORDS if section.layout == "profiles" else 0
    return story.outline.words + strip + PICTURE_WORDS * (len(story.outline.pictures) + bool(story.picture))


def map_story_urls(pages: Iterable[Page]) -> dict[str, str]:
    """Return path of each story on the site → path and anchor at which it stands in the issue."""
    return {
        story.url: f"{page.url}#{anchor_of(story)}" for page in pages for story in stories_of(page.sections)
    }
