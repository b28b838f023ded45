"""Page split: which sections share a page of the web edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from clusterpress.library.entries import Entry
from clusterpress.newsletters.issues import ResolvedIssue, ResolvedSection, anchor_of, stories_of

MAX_PAGE_WORDS = 600
"""Maximum length of a page with several sections, in words: about three screens of a notebook."""

CARD_WORDS = 40
"""Space of an event's card or a contact strip, in words; an event's text is on its own page."""

PICTURE_WORDS = 80
"""Space of a picture, in words."""

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
        """The titles of its sections."""
        return " · ".join(section.title for section in self.sections)

    @property
    def colour(self) -> str:
        """Colour token of its first section."""
        return self.sections[0].colour


def split_into_pages(issue: ResolvedIssue) -> tuple[Page, ...]:
    """Return the pages of an issue after its cover, with all its sections in order.

    A section that starts a page begins a new page. Another one continues the page before it, unless both
    together take more space than `MAX_PAGE_WORDS` words. A section is never split: a web page may be long.
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
    """Return the space of a section, in words."""
    return sum(_measure(story, section) for story in section.stories)


def _measure(story: Entry, section: ResolvedSection) -> int:
    if section.layout == "events":
        return CARD_WORDS
    strip = CARD_WORDS if section.layout == "profiles" else 0
    return story.outline.words + strip + PICTURE_WORDS * (len(story.outline.pictures) + bool(story.picture))


def map_story_urls(pages: Iterable[Page]) -> dict[str, str]:
    """Return path of each story on the site → path and anchor in the issue."""
    return {
        story.url: f"{page.url}#{anchor_of(story)}" for page in pages for story in stories_of(page.sections)
    }
