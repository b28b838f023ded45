"""Stories: items as parts of an issue's document."""

from clusterpress.content.items import Contact, Event, Item, News
from clusterpress.library.entries import Card, Entry
from clusterpress.markup.standfirst import repeats
from clusterpress.newsletters.body_nodes import Node
from clusterpress.newsletters.issues import ResolvedSection
from clusterpress.newsletters.render_context import Setter
from clusterpress.newsletters.wording import Wording


def set_story(story: Entry, section: ResolvedSection, setter: Setter) -> Node:
    """Return a story as its section shows it."""
    item, card = story.item, story.card
    wording = setter.wording
    standfirst = item.summary
    authors = " · ".join(label.name for label in story.terms["authors"])
    return {
        "id": anchor_of(story),
        "lang": story.lang,
        "kind": item.kind,
        "title": item.title,
        "titled": not say_the_same(item.title, section.title),
        "standfirst": standfirst,
        "byline": wording.say("by", authors=authors) if authors and item.kind == "news" else "",
        "picture": setter.shown(story.picture),
        "chips": list(item.sectors) if isinstance(item, News | Event) else [],
        "body": setter.tree(story, without_lead=repeats(standfirst, story.outline)),
        "words": story.outline.words,
        "href": setter.site + story.url,
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
        (
            " / ".join(said[key] for key, number in zip(("phone", "fax"), phones, strict=True) if number),
            phones,
            "",
        ),
        (said["address"], [contact.name, contact.street, town, contact.country], ""),
    )
    kept = ((label, [line for line in lines if line], href) for label, lines, href in fields)
    return [{"label": label, "lines": lines, "href": href} for label, lines, href in kept if lines]


def _more(story: Entry, setter: Setter) -> list[Node]:
    """Return the links to read on."""
    targets = dict(story.targets)
    found = []
    for link in story.item.more:
        where = setter.link(setter.site + targets[link.url] if link.url in targets else link.url)
        if where:
            found.append({**where, "label": link.label})
    return found


def anchor_of(entry: Entry) -> str:
    """Return the anchor of a story within an issue."""
    return f"{entry.item.kind}-{entry.slug}"


def say_the_same(one: str, other: str) -> bool:
    """Return whether two titles are the same but for case and final punctuation."""
    return one.casefold().strip(" .!?؟") == other.casefold().strip(" .!?؟")
