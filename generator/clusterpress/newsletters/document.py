"""The document: an issue as JSON values, complete but for its look, with the pictures it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clusterpress.config.settings import NewsletterSettings
from clusterpress.library.entries import Card, Entry, Picture
from clusterpress.library.funding import Credit
from clusterpress.markup.body import Body
from clusterpress.newsletters.body_nodes import Node
from clusterpress.newsletters.funding import set_funding
from clusterpress.newsletters.issues import Group, ResolvedIssue, ResolvedSection, in_order
from clusterpress.newsletters.render_context import Setter
from clusterpress.newsletters.stories import anchor_of, say_the_same, set_story
from clusterpress.newsletters.wording import Wording

__all__ = ["Front", "anchor_of", "entries_of", "front_of", "make_document", "pictures_of", "summarise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What an issue shows besides its sections."""

    entry: Entry
    newsletter: str
    masthead: NewsletterSettings
    number: int
    date: date
    period: str
    payer: Credit | None
    site: str
    """Address of the site, with a slash at its end."""
    publisher: str


def front_of(issue: ResolvedIssue, site: str, publisher: str) -> Front:
    """Return the front of an issue; not its neighbours, so that a new issue changes no old one."""
    return Front(
        entry=issue.entry,
        newsletter=issue.newsletter,
        masthead=issue.masthead,
        number=issue.number,
        date=issue.date,
        period=issue.period,
        payer=issue.payer,
        site=site,
        publisher=issue.masthead.publisher or publisher,
    )


def entries_of(front: Front, sections: Sequence[ResolvedSection]) -> tuple[Entry, ...]:
    """Return the entries whose bodies an issue shows, the editorial first, each once."""
    stories = (story for section in sections for story in in_order(section))
    return tuple({entry.item.source.path: entry for entry in (front.entry, *stories)}.values())


def pictures_of(front: Front, sections: Sequence[ResolvedSection]) -> tuple[Picture, ...]:
    """Return the pictures that an issue shows, each once: first the logos beside the emblem."""
    shown: dict[bytes, Picture] = {}
    for logo in front.payer.logos if front.payer else ():
        shown.setdefault(logo.picture.key, logo.picture)
    for entry in entries_of(front, sections):
        heads = (entry.picture.picture,) if entry.picture else ()
        for picture in (*heads, *(picture for _, picture in entry.figures)):
            shown.setdefault(picture.key, picture)
    return tuple(shown.values())


def make_document(
    front: Front,
    sections: Sequence[ResolvedSection],
    wording: Wording,
    *,
    bodies: Sequence[Body],
    pictures: Mapping[bytes, str],
) -> dict[str, Any]:
    """Return an issue as JSON values.

    Args:
        front: masthead, number, editorial.
        sections: its sections.
        wording: the words of its language.
        bodies: one for each of `entries_of`, in order.
        pictures: key of each picture that can be shown → name of its file.
    """
    entries = entries_of(front, sections)
    setter = Setter(
        site=front.site,
        wording=wording,
        bodies={entry.item.source.path: body for entry, body in zip(entries, bodies, strict=True)},
        anchors={entry.url: anchor_of(entry) for entry in entries if entry is not front.entry},
        pictures=pictures,
    )
    number = wording.say("issue_number", number=front.number)
    return {
        "title": front.entry.item.title,
        "description": getattr(front.entry.item, "preheader", "") or front.entry.card.summary,
        "lang": wording.lang,
        "dir": wording.direction,
        "date": [front.date.year, front.date.month, front.date.day],
        "number": front.number,
        "issue": number,
        "period": front.period or wording.when(Card(kind="", title="", url="", lang="", day=front.date)),
        "masthead": _masthead(front),
        "cover": None
        if getattr(front.entry.item, "cover", {}).get("art") == "auto"
        else setter.shown(front.entry.picture),
        "editorial": setter.tree(front.entry),
        "funding": set_funding(front.payer, setter),
        "labels": dict(wording.labels),
        "sections": [_section(section, setter) for section in sections],
    }


def _masthead(front: Front) -> Node:
    masthead = front.masthead
    return {
        "name": masthead.name,
        "wordmark": masthead.wordmark or masthead.name,
        "tagline": masthead.tagline,
        "url": masthead.url or front.site,
        "page": front.site + front.entry.url,
        "publisher": front.publisher,
        "address": masthead.address,
        "colours": dict(masthead.colours),
    }


def _section(section: ResolvedSection, setter: Setter) -> Node:
    return {
        "id": section.id,
        "title": section.title,
        "layout": section.layout,
        "colour": section.colour,
        "start": section.start,
        "summary": summarise(section),
        "stories": [set_story(story, section, setter) for story in in_order(section)]
        if not section.groups
        else [],
        "groups": [_group(group, section, setter) for group in section.groups],
    }


def summarise(section: ResolvedSection) -> str:
    """Return the line under a section's title in the contents."""
    stories = in_order(section)
    if section.groups:
        return " · ".join(
            (group.record.card.number if group.record else "") or group.label.name
            for group in section.groups
            if group.label.name
        )
    if section.layout == "events":
        return " · ".join(dict.fromkeys(story.card.place or story.item.title for story in stories))
    if len(stories) == 1 and section.layout in ("feature", "text"):
        title = stories[0].item.title
        return stories[0].card.summary if say_the_same(title, section.title) else title
    return " · ".join(story.item.title for story in stories)


def _group(group: Group, section: ResolvedSection, setter: Setter) -> Node:
    card = group.record.card if group.record else None
    return {
        "number": card.number if card else "",
        "name": group.label.name,
        "stories": [set_story(story, section, setter) for story in group.stories],
    }
