"""Issues: the contents of a newsletter's issue, the same for all its editions, and where these lie."""

from collections.abc import Iterable
from datetime import date
from textwrap import shorten
from typing import Literal

from msgspec import Struct

from clusterpress.config.settings import NewsletterSettings
from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry, Label, TeaserCard
from clusterpress.library.obligations import Credit

Layout = Literal["feature", "profiles", "events", "briefs", "text"]
"""How a section lays out its stories."""

COLOURS = ("blue", "teal", "green", "orange", "plum")
"""Colour tokens of sections; a section without a colour takes the next one in turn."""

FEED = "feed.xml"
"""The RSS feed of a newsletter, in the folder of its index."""
SCRIPT = "assets/newsletter/keys.js"
"""The script of the web edition, below the site's root."""
STYLES = "assets/newsletter/edition.css"
"""The style sheet of the web edition, below the site's root."""
EMBLEM = "assets/newsletter/emblem.png"
"""The emblem as mail programs can show it, below the site's root."""


class Group(Struct, frozen=True, kw_only=True):
    """Stories of one section that come from one partner, cluster, programme or author."""

    label: Label
    """The source of the stories; without a name if they have none."""
    record: Entry | None
    """Its own item, if it has one; the item's card has partner number and role."""
    stories: tuple[Entry, ...]
    """In the order of the section."""


class ResolvedSection(Struct, frozen=True, kw_only=True):
    """A section with the items that it contains."""

    id: str
    """Anchor, unique within the issue."""
    title: str
    layout: Layout
    colour: str
    """Colour token of the theme."""
    start: Literal["page", "flow"]
    """Whether it starts a new page."""
    stories: tuple[Entry, ...]
    """Its items in order; empty only if it has a text."""
    text: str = ""
    """Text before its items, in Markdown."""
    close: str = ""
    """Text after its items, in Markdown."""
    groups: tuple[Group, ...] = ()
    """The same stories by group, in the order of the groups; empty unless the section is grouped."""


Sections = tuple[ResolvedSection, ...]

Counts = tuple[tuple[str, int], ...]
"""Colour token and number of stories of each section."""


class IssueHead(Struct, frozen=True, kw_only=True):
    """An issue without its sections."""

    entry: Entry
    """The issue's own item: its body is the editorial, its picture (if any) the cover."""
    masthead: NewsletterSettings
    """Name, wordmark, tagline and publisher."""
    funder: Credit | None
    """The funding that must be shown; None without funding."""

    @property
    def item(self) -> Issue:
        """The data of the issue's file."""
        assert isinstance(self.entry.item, Issue)  # noqa: S101 -- `resolve_issues` sees to it
        return self.entry.item

    @property
    def newsletter(self) -> str:
        """Slug of the newsletter."""
        return self.item.newsletter

    @property
    def number(self) -> int:
        """Issue number."""
        return self.item.number

    @property
    def date(self) -> date:
        """Date of issue."""
        return self.item.date.day

    @property
    def lang(self) -> str:
        """Language code."""
        return self.entry.lang

    @property
    def art_seed(self) -> str:
        """What makes the art of its cover differ from that of others."""
        return f"{self.newsletter} {self.number}"

    @property
    def path(self) -> str:
        """Path of the issue's folder below the site's root, with a slash at its end."""
        return self.entry.url


class ResolvedIssue(IssueHead, frozen=True, kw_only=True):
    """An issue with everything that its file names."""

    sections: Sections
    """Those that have stories or a text, in the order of the file."""
    previous: TeaserCard | None = None
    """The issue before this one, of the same newsletter and language."""
    next: TeaserCard | None = None
    """The issue after it."""

    @property
    def stories(self) -> tuple[Entry, ...]:
        """All stories, in order."""
        return stories_of(self.sections)


MAX_SUBJECT_LENGTH = 60
"""Characters of a subject line that mail programs show."""

MAX_PREHEADER_LENGTH = 100
"""Characters of the line after the subject that mail programs show at most; on phones about 40."""


MAX_SALUTATION_LENGTH = 30
"""Characters of an editorial that says no more than "Dear readers"."""


def subject_of(issue: ResolvedIssue) -> str:
    """Return the subject of an issue's e-mail: its own, or its title with that of its first story."""
    item = issue.item
    lead = next((f"{item.title}: {story.item.title}" for story in issue.stories), "")
    subject = item.subject or (lead if 0 < len(lead) <= MAX_SUBJECT_LENGTH else item.title)
    return " ".join(subject.split())  # the header of a mail is one line


def preheader_of(issue: ResolvedIssue) -> str:
    """Return the line after the subject: its own, the summary, the titles of stories, or the editorial."""
    item, subject = issue.item, subject_of(issue)
    if item.preheader or item.summary:
        return " ".join((item.preheader or item.summary).split())
    titles = [story.item.title for story in issue.stories if story.item.title not in subject]
    while len(line := " · ".join(titles)) > MAX_PREHEADER_LENGTH and len(titles) > 1:
        titles.pop()
    editorial = issue.entry.card.summary
    if not line and len(editorial) <= MAX_SALUTATION_LENGTH:
        editorial = next((story.item.title for story in issue.stories), editorial)
    return shorten(line or editorial, MAX_PREHEADER_LENGTH, placeholder="…")


def in_order(section: ResolvedSection) -> tuple[Entry, ...]:
    """Return the stories of a section in order, group by group."""
    if section.groups:
        return tuple(story for group in section.groups for story in group.stories)
    return section.stories


def stories_of(sections: Iterable[ResolvedSection]) -> tuple[Entry, ...]:
    """Return the stories of sections, in order."""
    return tuple(story for section in sections for story in in_order(section))


def count_stories(sections: Iterable[ResolvedSection]) -> Counts:
    """Return the colour token and the number of stories of each section."""
    return tuple((section.colour, len(in_order(section))) for section in sections)


def anchor_of(story: Entry) -> str:
    """Return the anchor of a story within an issue."""
    return f"{story.kind}-{story.slug}"


class Editions(Struct, frozen=True, kw_only=True):
    """Paths of an issue's editions below the site's root; empty for editions that are not made."""

    web: str = ""
    """The cover."""
    all: str = ""
    """The whole issue on one page."""
    pdf: str = ""
    html: str = ""
    """The e-mail as HTML."""
    text: str = ""
    """The e-mail as text."""
    message: str = ""
    """The e-mail as a draft for mail programs (RFC 5322)."""
    picture: str = ""
    """The picture at the head of the e-mail."""


def editions_of(entry: Entry) -> Editions:
    """Return the paths of the editions of an issue: beside its cover, which has the address of its item."""
    item = entry.item
    assert isinstance(item, Issue)  # noqa: S101 -- only issues are asked for
    file = f"{entry.url}{item.newsletter}-{item.number}"
    asked = frozenset(item.editions)
    paths: dict[str, str] = {}
    if "web" in asked:
        paths |= {"web": entry.url, "all": f"{entry.url}all/"}
    if "pdf" in asked:
        paths |= {"pdf": f"{file}.pdf"}
    if "email" in asked:
        paths |= {
            "html": f"{entry.url}email.html",
            "text": f"{entry.url}email.txt",
            "message": f"{file}.eml",
            "picture": f"{entry.url}email.png",
        }
    return Editions(**paths)
