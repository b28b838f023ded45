"""The content of an e-mail, from which both its HTML and its text are written."""

import re
from collections.abc import Mapping, Sequence
from textwrap import shorten
from urllib.parse import quote

from msgspec import Struct

from clusterpress.library.entries import Entry
from clusterpress.library.library import Library
from clusterpress.library.pictures import Picture
from clusterpress.markup.body import Body
from clusterpress.newsletters.document import IssueMetadata, make_document, metadata_of, pictures_of
from clusterpress.newsletters.document_types import IssueDocument, SectionDocument, StoryDocument
from clusterpress.newsletters.issues import (
    Editions,
    ResolvedIssue,
    Sections,
    anchor_of,
    editions_of,
    stories_of,
)
from clusterpress.newsletters.nodes import LinkTarget
from clusterpress.newsletters.stories import MailForm
from clusterpress.newsletters.web.views import map_story_urls, split_into_pages
from clusterpress.theme.addresses import absolute
from clusterpress.theme.theme import Theme
from clusterpress.theme.wording import Wording, open_wording

TEASER_LENGTH = 220
"""Characters of a story's teaser."""

SUPPORTED_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""Media types that all mail programs show: not SVG, and Outlook shows no WebP."""

COLUMN = 552
"""Width of the text of an e-mail in CSS pixels."""

LINE_HEIGHT = 48
"""CSS pixels up to which a picture stays among the words of its line."""

UNSUBSCRIBE_TAGS: Mapping[str, str] = {
    "listmonk": "{{ UnsubscribeURL }}",
    "mailchimp": "*|UNSUB|*",
    "brevo": "{{ unsubscribe }}",
    "buttondown": "{{ unsubscribe_url }}",
}
"""Mailing service → the tag that it replaces by the address at which a reader unsubscribes."""

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


class MessageContext(Struct, frozen=True, kw_only=True):
    """The data of an e-mail, except its sections."""

    metadata: IssueMetadata
    editions: Editions
    story_urls: Mapping[str, str]
    """Path of each story on the site → its path and anchor in the web edition, if there is one."""
    contact: str
    """Address to which readers may write; empty when there is none."""

    @property
    def own_picture(self) -> Picture | None:
        """The cover picture of the issue if mail programs can show it; otherwise they show its art."""
        shown = self.metadata.cover
        return shown.picture if shown and shown.picture.type in SUPPORTED_TYPES else None

    @property
    def is_embedded(self) -> bool:
        """Whether the message carries the picture at its head."""
        return self.metadata.masthead.cover_picture == "embedded"


def build_message_context(issue: ResolvedIssue, library: Library) -> MessageContext:
    """Return the context of an issue's e-mail."""
    settings = library.settings
    editions = editions_of(issue.entry)
    return MessageContext(
        metadata=metadata_of(issue, settings),
        editions=editions,
        story_urls=map_story_urls(split_into_pages(issue)) if editions.web else {},
        contact=settings.contact if _ADDRESS.fullmatch(settings.contact) else "",
    )


class Message(Struct, frozen=True, kw_only=True):
    """An issue as an e-mail: teasers, and links to read on."""

    subject: str
    context: MessageContext
    document: IssueDocument
    wording: Wording
    stories: Mapping[str, Entry]
    """Anchor of each story → its entry."""
    pictures: tuple[Picture, ...]
    """Pictures that mail programs can show."""

    def full(self, path: str) -> str:
        """Return a path below the site's root as a full address."""
        return absolute(path, self.context.metadata.site)

    def address(self, link: LinkTarget) -> str:
        """Return the address of a link: for a story of the issue, its place in the web edition."""
        site = self.context.metadata.site
        path = self.stories[link["to"]].url if "to" in link else link["href"].removeprefix(site)
        return self.full(self.context.story_urls.get(path.partition("#")[0], path))

    def section_address(self, section: SectionDocument) -> str:
        """Return where a section is read on the web: at its first story, or at the issue's own page."""
        if not self.context.story_urls:
            return self.home
        groups = (section["stories"], *(group["stories"] for group in section["groups"]))
        first = next((story for stories in groups for story in stories), None)
        return self.address({"href": first["href"]}) if first else self.home

    def teaser(self, story: StoryDocument) -> str:
        """Return the teaser of a story."""
        return shorten(self.stories[story["id"]].card.summary, width=TEASER_LENGTH, placeholder="…")

    def unsubscribe_link(self, service: str) -> str:
        """Return where a reader unsubscribes: a tag of `UNSUBSCRIBE_TAGS`, else a mail; may be empty."""
        if service in UNSUBSCRIBE_TAGS or not self.context.contact:
            return UNSUBSCRIBE_TAGS.get(service, "")
        subject = f"{self.wording.label('unsubscribe')}: {self.document['masthead']['name']}"
        return f"mailto:{self.context.contact}?subject={quote(subject)}"

    @property
    def home(self) -> str:
        """Address of the issue in a browser: its web edition, or its page on the website."""
        return self.full(self.context.metadata.entry.url)

    @property
    def pdf(self) -> str:
        """Address of the PDF, or nothing."""
        return self.full(self.context.editions.pdf) if self.context.editions.pdf else ""


def build_message(
    theme: Theme, context: MessageContext, sections: Sections, bodies: Sequence[Body]
) -> Message:
    """Return the e-mail of an issue.

    Args:
        theme: the theme.
        context: what it needs besides its sections.
        sections: its sections.
        bodies: one for each entry it shows, in order.
    """
    metadata = context.metadata
    wording = open_wording(theme, metadata.entry.lang, "newsletter")
    pictures = tuple(one for one in pictures_of(metadata, sections) if one.type in SUPPORTED_TYPES)
    names = {picture.key: absolute(picture.url, metadata.site) for picture in pictures}
    return Message(
        subject=metadata.subject,
        context=context,
        document=make_document(
            metadata, sections, wording, bodies=bodies, pictures=names, mail=MailForm(COLUMN, LINE_HEIGHT)
        ),
        wording=wording,
        stories={anchor_of(story): story for story in stories_of(sections)},
        pictures=pictures,
    )
