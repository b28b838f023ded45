"""The document: an issue as JSON values, complete but for its look, with the pictures it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clusterpress.config.settings import NewsletterSettings
from clusterpress.content.items import Contact, Event, Item, News
from clusterpress.library import Card, Entry, Picture, ShownPicture
from clusterpress.markup import Body, LinkRef, PictureRef, put_together, repeats
from clusterpress.newsletters.funding import word_funding
from clusterpress.newsletters.issues import Group, Payer, ResolvedIssue, ResolvedSection, in_order
from clusterpress.newsletters.tree import Node, make_tree
from clusterpress.newsletters.wording import Wording

_PICTURE = "picture:"
"""Begins the address of a picture within a body that is being set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What an issue shows besides its sections."""

    entry: Entry
    newsletter: str
    masthead: NewsletterSettings
    number: int
    date: date
    period: str
    payer: Payer | None
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
    """Return the pictures that an issue shows, in order, each once."""
    shown: dict[bytes, Picture] = {}
    for entry in entries_of(front, sections):
        heads = (entry.picture.picture,) if entry.picture else ()
        for picture in (*heads, *(picture for _, picture in entry.figures)):
            shown.setdefault(picture.key, picture)
    return tuple(shown.values())


@dataclass(frozen=True, slots=True)
class _Setter:
    """What setting the parts of one issue needs."""

    front: Front
    wording: Wording
    bodies: Mapping[str, Body]
    """Source path → body."""
    anchors: Mapping[str, str]
    """Path below the site's root → anchor within the issue."""
    pictures: Mapping[bytes, str] = field(default_factory=dict)
    """Key of a picture → name of its file."""

    def tree(self, entry: Entry, *, without_lead: bool = False) -> list[Node]:
        """Return the body of an entry as a tree."""
        targets, figures = dict(entry.targets), dict(entry.figures)

        def address(ref: LinkRef) -> str:
            return self.front.site + targets[ref.target] if ref.target in targets else ref.target

        def figure(ref: PictureRef) -> str:
            picture = figures.get(ref.src)
            return _image(picture, ref.alt) if picture else ""

        html = put_together(self.bodies[entry.item.source.path], address, figure, without_lead=without_lead)
        known = {picture.key.hex(): picture for picture in figures.values()}
        return make_tree(html, link=self.link, picture=lambda src: self.picture(known.get(src.removeprefix(_PICTURE))))

    def link(self, address: str) -> Node | None:
        """Return where a link leads: to a story of this issue, or to a full address."""
        path = address.removeprefix(self.front.site).partition("#")[0] if address.startswith(self.front.site) else None
        if path in self.anchors:
            return {"to": self.anchors[path]}
        if address.startswith(("http://", "https://", "mailto:", "tel:")):
            return {"href": address}
        return None

    def picture(self, picture: Picture | None) -> Node | None:
        """Return a picture as a tree refers to it."""
        if picture is None or picture.key not in self.pictures:
            return None
        return {"src": self.pictures[picture.key], "ratio": round(picture.width / max(1, picture.height), 4)}

    def shown(self, shown: ShownPicture | None) -> Node | None:
        """Return a picture with the words that belong to it."""
        picture = self.picture(shown.picture) if shown else None
        if not shown or not picture:
            return None
        return {**picture, "alt": shown.alt, "caption": shown.caption, "credit": shown.credit}


def _image(picture: Picture, alt: str) -> str:
    escaped = alt.replace("&", "&amp;").replace('"', "&quot;")
    return f'<img src="{_PICTURE}{picture.key.hex()}" alt="{escaped}">'


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
    setter = _Setter(
        front=front,
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
        "cover": None if getattr(front.entry.item, "cover", {}).get("art") == "auto" else setter.shown(front.entry.picture),
        "editorial": setter.tree(front.entry),
        "funding": _funding(front, wording),
        "labels": wording.labels,
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


def _funding(front: Front, wording: Wording) -> Node | None:
    if front.payer is None:
        return None
    words = word_funding(front.payer, wording)
    return {
        "statement": words.statement,
        "statement_lang": words.statement_lang,
        "detail": words.detail,
        "detail_lang": words.detail_lang,
    }


def _section(section: ResolvedSection, setter: _Setter) -> Node:
    return {
        "id": section.id,
        "title": section.title,
        "layout": section.layout,
        "colour": section.colour,
        "start": section.start,
        "summary": summarise(section),
        "stories": [_story(story, section, setter) for story in in_order(section)] if not section.groups else [],
        "groups": [_group(group, section, setter) for group in section.groups],
    }


def summarise(section: ResolvedSection) -> str:
    """Return the line under a section's title in the contents."""
    stories = in_order(section)
    if section.groups:
        return " · ".join((group.record.card.number if group.record else "") or group.label.name for group in section.groups if group.label.name)
    if section.layout == "events":
        return " · ".join(dict.fromkeys(story.card.place or story.item.title for story in stories))
    if len(stories) == 1 and section.layout in ("feature", "text"):
        title = stories[0].item.title
        return stories[0].card.summary if _same(title, section.title) else title
    return " · ".join(story.item.title for story in stories)


def _group(group: Group, section: ResolvedSection, setter: _Setter) -> Node:
    card = group.record.card if group.record else None
    return {
        "number": card.number if card else "",
        "name": group.label.name,
        "stories": [_story(story, section, setter) for story in group.stories],
    }


def _story(story: Entry, section: ResolvedSection, setter: _Setter) -> Node:
    item, card = story.item, story.card
    wording = setter.wording
    standfirst = item.summary
    authors = " · ".join(label.name for label in story.terms["authors"])
    return {
        "id": anchor_of(story),
        "lang": story.lang,
        "kind": item.kind,
        "title": item.title,
        "titled": not _same(item.title, section.title),
        "standfirst": standfirst,
        "byline": wording.say("by", authors=authors) if authors and item.kind == "news" else "",
        "picture": setter.shown(story.picture),
        "chips": list(item.sectors) if isinstance(item, News | Event) else [],
        "body": setter.tree(story, without_lead=repeats(standfirst, story.outline)),
        "words": story.outline.words,
        "href": setter.front.site + story.url,
        "more": _more(story, setter),
        **_particulars(item, card, wording),
    }


def _particulars(item: Item, card: Card, wording: Wording) -> Node:
    if isinstance(item, Event):
        return {
            "place": card.place or (wording.labels["online"] if item.online else ""),
            "country": card.country,
            "when": wording.when(card),
            "fuzzy": item.when is not None,
            "cancelled": card.cancelled,
        }
    return {
        "number": card.number if item.kind == "partner" else "",
        "role": card.role,
        "country": card.country,
        "contact": _contact(getattr(item, "contact", None), wording),
    }


def _contact(contact: Contact | None, wording: Wording) -> list[Node]:
    """Return a contact card as labelled lines, those given alone."""
    if contact is None:
        return []
    said = wording.labels
    town = " ".join(filter(None, (contact.postcode, contact.city)))
    town += f" ({contact.region})" if contact.region else ""
    phones = [contact.phone, contact.fax]
    fields = (
        (said["web"], [contact.web.split("://")[-1].rstrip("/")], contact.web),
        (said["email"], [contact.email], f"mailto:{contact.email}"),
        (" / ".join(said[key] for key, number in zip(("phone", "fax"), phones, strict=True) if number), phones, ""),
        (said["address"], [contact.name, contact.street, town, contact.country], ""),
    )
    kept = ((label, [line for line in lines if line], href) for label, lines, href in fields)
    return [{"label": label, "lines": lines, "href": href} for label, lines, href in kept if lines]


def _more(story: Entry, setter: _Setter) -> list[Node]:
    """Return the links to read on."""
    targets = dict(story.targets)
    found = []
    for link in story.item.more:
        where = setter.link(setter.front.site + targets[link.url] if link.url in targets else link.url)
        if where:
            found.append({**where, "label": link.label})
    return found


def anchor_of(entry: Entry) -> str:
    """Return the anchor of a story within an issue."""
    return f"{entry.item.kind}-{entry.slug}"


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" .!?؟") == other.casefold().strip(" .!?؟")
