"""Letters: what the HTML and the text of an e-mail are both made of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from clusterpress.library.entries import Entry, Picture
from clusterpress.library.library import Library
from clusterpress.markup.body import Body
from clusterpress.newsletters.addresses import Editions, absolute, editions_of
from clusterpress.newsletters.body_nodes import Node
from clusterpress.newsletters.document import Front, anchor_of, front_of, make_document, pictures_of
from clusterpress.newsletters.issues import ResolvedIssue, ResolvedSection, in_order
from clusterpress.newsletters.web.page_split import place_stories, split_in_sheets
from clusterpress.newsletters.wording import Wording, open_wording
from clusterpress.theme.theme import Theme

TEASER = 220
"""Characters of the text that stands for a story."""

SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""Media types that all mail programs show: not SVG, and Outlook shows no WebP."""

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What an e-mail needs besides its sections."""

    front: Front
    editions: Editions
    places: Mapping[str, str]
    """Path of each story on the site → its path and anchor in the web edition, if there is one."""
    contact: str
    """Where readers may write; empty when they are not told."""


def address_letter(issue: ResolvedIssue, library: Library) -> Envelope:
    """Return the envelope for an issue."""
    settings = library.settings
    editions = editions_of(issue.entry)
    return Envelope(
        front=front_of(issue, settings.url, settings.publisher or settings.name),
        editions=editions,
        places=place_stories(split_in_sheets(issue)) if editions.web else {},
        contact=settings.contact if _ADDRESS.fullmatch(settings.contact) else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An issue as an e-mail tells it: teasers, and where to read on."""

    subject: str
    envelope: Envelope
    document: Mapping[str, Any]
    wording: Wording
    stories: Mapping[str, Entry]
    """Anchor of each story → its entry."""
    pictures: tuple[Picture, ...]
    """Those that mail programs show."""

    def full(self, path: str) -> str:
        """Return a path below the site's root as a full address."""
        return absolute(path, self.envelope.front.site)

    def address(self, link: Node) -> str:
        """Return where a link leads from here: to a story's place in the issue, if it has one there."""
        site = self.envelope.front.site
        path = self.stories[link["to"]].url if "to" in link else link["href"].removeprefix(site)
        return self.full(self.envelope.places.get(path.partition("#")[0], path))

    def section_address(self, section: Node) -> str:
        """Return where a section is read on the web: at its first story, or at the issue's own page."""
        groups = section["groups"] or ({"stories": section["stories"]},)
        return self.address(groups[0]["stories"][0]) if self.envelope.places else self.home

    def teaser(self, story: Node) -> str:
        """Return a few words about a story."""
        return shorten(self.stories[story["id"]].card.summary, width=TEASER, placeholder="…")

    @property
    def home(self) -> str:
        """Where the issue is read in a browser: its web edition, else the newsletter's own page."""
        return self.full(self.envelope.front.entry.url)

    @property
    def pdf(self) -> str:
        """Address of the PDF, or nothing."""
        return self.full(self.envelope.editions.pdf) if self.envelope.editions.pdf else ""

    def say(self, key: str, **values: object) -> str:
        """Return a label, its placeholders filled."""
        return self.wording.say(key, **values)


def write_letter(
    theme: Theme, envelope: Envelope, sections: tuple[ResolvedSection, ...], bodies: Sequence[Body]
) -> Letter:
    """Return the letter of an issue.

    Args:
        theme: the theme.
        envelope: what it needs besides its sections.
        sections: its sections.
        bodies: one for each entry it shows, in order.
    """
    front = envelope.front
    wording = open_wording(theme, front.entry.lang)
    pictures = tuple(one for one in pictures_of(front, sections) if one.type in SHOWN_TYPES)
    names = {picture.key: absolute(picture.url, front.site) for picture in pictures}
    return Letter(
        subject=getattr(front.entry.item, "subject", "") or front.entry.item.title,
        envelope=envelope,
        document=make_document(front, sections, wording, bodies=bodies, pictures=names),
        wording=wording,
        stories={anchor_of(story): story for section in sections for story in in_order(section)},
        pictures=pictures,
    )
