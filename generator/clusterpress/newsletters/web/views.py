"""Views: the pages of an issue's web edition, and the data that they share."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from clusterpress.config.settings import PictureSettings
from clusterpress.library.entries import Label, TeaserCard
from clusterpress.library.icons import Icon, icons_of
from clusterpress.library.library import Library
from clusterpress.library.menus import footer
from clusterpress.library.publication import prefix
from clusterpress.library.subscriptions import Subscription, subscriptions_of
from clusterpress.newsletters.document import IssueMetadata, metadata_of, summarise
from clusterpress.newsletters.issues import (
    FEED,
    Counts,
    Editions,
    ResolvedIssue,
    ResolvedSection,
    Sections,
    anchor_of,
    count_stories,
    editions_of,
    stories_of,
)
from clusterpress.theme.theme import Theme
from clusterpress.theme.typesetting import HEIGHT, WIDTH, social_image_url

MAX_PAGE_WORDS = 600
"""Maximum length of a page with several sections, in words: about three screens of a notebook."""

CARD_WORDS = 40
"""Space of an event's card or a contact strip, in words; an event's text is on its own page."""

PICTURE_WORDS = 80
"""Space of a picture, in words."""

COVER_NUMBER = 1
"""Number of the cover; the pages follow it."""


class Page(Struct, frozen=True, kw_only=True):
    """One page of the web edition after the cover."""

    number: int
    """Counted from the cover, which is 1."""
    url: str
    """Path below the site's root."""
    sections: Sections
    """At least one."""


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
    around = len(f"{section.text} {section.close}".split())
    if section.layout == "events":
        return around + CARD_WORDS * len(section.stories)
    strip = CARD_WORDS if section.layout == "profiles" else 0
    return around + sum(
        story.outline.words + strip + PICTURE_WORDS * (len(story.outline.pictures) + bool(story.picture))
        for story in section.stories
    )


def map_story_urls(pages: Iterable[Page]) -> dict[str, str]:
    """Return path of each story on the site → path and anchor in the issue."""
    return {
        story.url: f"{page.url}#{anchor_of(story)}" for page in pages for story in stories_of(page.sections)
    }


class Home(Struct, frozen=True, kw_only=True):
    """The site around an issue. Addresses are paths below its root, or full ones."""

    name: str
    root: str
    """Path of the site on its server, with slashes at both ends."""
    start: str
    """Home page in the issue's language."""
    all_newsletters: str
    """Index of all newsletters in that language."""
    newsletter: str
    """Index of this newsletter's issues."""
    footer: tuple[Label, ...]
    """Links of the footer, such as legal pages."""

    @property
    def feed(self) -> str:
        """The feed of its issues."""
        return self.newsletter + FEED


class PageLink(Struct, frozen=True, kw_only=True):
    """A page, as the pager shows it."""

    number: int
    title: str
    """Empty for the cover; the theme has a label for it."""
    url: str
    colour: str


class TocEntry(Struct, frozen=True, kw_only=True):
    """A section, as the contents on the cover show it."""

    id: str
    title: str
    summary: str
    colour: str
    url: str
    """The page on which it stands."""
    number: int
    """The number of that page."""
    first: bool
    """Whether it is the first on that page."""


class SocialImage(Struct, frozen=True, kw_only=True):
    """A picture that other platforms show."""

    url: str
    """Path below the site's root."""
    width: int
    height: int


class PageContext(Struct, frozen=True, kw_only=True):
    """The data that all pages of one issue share."""

    metadata: IssueMetadata
    home: Home
    editions: Editions
    page_links: tuple[PageLink, ...]
    """All pages, the cover first."""
    story_urls: Mapping[str, str]
    """Path of each story on the site → path and anchor in the issue."""
    pictures: PictureSettings
    """In which versions pictures are published."""
    social_image: SocialImage | None
    """The picture that other platforms show with a link to the issue."""
    subscription: Subscription | None = None
    """How readers subscribe to the newsletter."""
    icons: tuple[Icon, ...] = ()
    """Icons of the site."""


class CoverContext(Struct, frozen=True, kw_only=True):
    """The data of the cover, except the masthead."""

    toc: tuple[TocEntry, ...]
    art: Counts
    previous: TeaserCard | None
    """The issue before this one."""
    next: TeaserCard | None
    """The issue after it."""


def build_page_context(
    issue: ResolvedIssue, pages: tuple[Page, ...], library: Library, theme: Theme
) -> PageContext:
    """Return the data that all pages of an issue share.

    Args:
        issue: the issue.
        pages: its pages after the cover.
        library: the library.
        theme: the theme.
    """
    settings = library.settings
    start = prefix(issue.lang, settings)
    page_links = (
        PageLink(
            number=page.number,
            title=" · ".join(section.title for section in page.sections),
            url=page.url,
            colour=page.sections[0].colour,
        )
        for page in pages
    )
    return PageContext(
        metadata=metadata_of(issue, settings),
        home=Home(
            name=settings.in_language(issue.lang).name,
            root=settings.root,
            start=start,
            all_newsletters=f"{start}newsletters/",
            newsletter=f"{start}newsletters/{issue.newsletter}/",
            footer=footer(library, theme, issue.lang),
        ),
        editions=editions_of(issue.entry),
        page_links=(PageLink(number=COVER_NUMBER, title="", url=issue.path, colour="navy"), *page_links),
        story_urls=map_story_urls(pages),
        pictures=settings.pictures,
        icons=icons_of(library),
        social_image=_social_image(issue, cards=settings.social_cards),
        subscription=next(
            (one for one in subscriptions_of(library, issue.lang) if one.newsletter == issue.newsletter), None
        ),
    )


def build_cover_context(issue: ResolvedIssue, pages: tuple[Page, ...]) -> CoverContext:
    """Return the data of the cover of an issue."""
    return CoverContext(
        toc=tuple(
            TocEntry(
                id=section.id,
                title=section.title,
                summary=summarise(section),
                colour=section.colour,
                url=page.url,
                number=page.number,
                first=section is page.sections[0],
            )
            for page in pages
            for section in page.sections
        ),
        art=count_stories(issue.sections),
        previous=issue.previous,
        next=issue.next,
    )


def _social_image(issue: ResolvedIssue, *, cards: bool) -> SocialImage | None:
    """Return the social image, or the cover picture, or the first photograph of a story."""
    if cards:
        return SocialImage(url=social_image_url(issue.path), width=WIDTH, height=HEIGHT)
    shown = (entry.picture for entry in (issue.entry, *stories_of(issue.sections)))
    # Platforms do not show SVG.
    found = next((one.picture for one in shown if one and one.picture.type != "image/svg+xml"), None)
    return SocialImage(url=found.url, width=found.width, height=found.height) if found else None
