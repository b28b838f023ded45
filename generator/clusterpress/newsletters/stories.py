"""Stories: items as parts of an issue's document."""

from clusterpress.content.items import Contact, Event, News
from clusterpress.library.entries import Entry
from clusterpress.markup.plain_text import repeats
from clusterpress.newsletters.document_types import ContactLine, LabelledLink, StoryDocument
from clusterpress.newsletters.issues import ResolvedSection, anchor_of
from clusterpress.newsletters.render_context import RenderContext
from clusterpress.theme.wording import Wording


def build_story(story: Entry, section: ResolvedSection, context: RenderContext) -> StoryDocument:
    """Return a story as its section shows it.

    Args:
        story: the item.
        section: its section.
        context: links, pictures and bodies of the issue.
    """
    item, card = story.item, story.card
    wording = context.wording
    standfirst = item.summary
    authors = " · ".join(label.name for label in story.terms["authors"])
    document: StoryDocument = {
        "id": anchor_of(story),
        "lang": story.lang,
        "kind": item.kind,
        "title": item.title,
        "titled": not is_same_title(item.title, section.title),
        "standfirst": standfirst,
        "byline": wording.label("by", authors=authors) if authors and item.kind == "news" else "",
        "picture": context.shown(story.picture),
        "chips": list(item.sectors) if isinstance(item, News | Event) else [],
        "body": context.body_nodes(story, without_lead=repeats(standfirst, story.outline)),
        "words": story.outline.words,
        "href": context.site + story.url,
        "more": _more(story, context),
        "country": card.country,
    }
    if isinstance(item, Event):
        return {
            **document,
            "place": card.place or (wording.labels["online"] if item.online else ""),
            "when": wording.dates.when(card),
            "fuzzy": item.when is not None,
            "cancelled": card.cancelled,
        }
    return {
        **document,
        "number": card.number if item.kind == "partner" else "",
        "role": card.role,
        "contact": _contact(getattr(item, "contact", None), wording),
    }


def _contact(contact: Contact | None, wording: Wording) -> list[ContactLine]:
    """Return a contact card as labelled lines, without empty ones."""
    if contact is None:
        return []
    labels = wording.labels
    town = " ".join(filter(None, (contact.postcode, contact.city)))
    town += f" ({contact.region})" if contact.region else ""
    phones = [contact.phone, contact.fax]
    fields = (
        (labels["web"], [contact.web.split("://")[-1].rstrip("/")], contact.web),
        (labels["email"], [contact.email], f"mailto:{contact.email}"),
        (
            " / ".join(labels[key] for key, number in zip(("phone", "fax"), phones, strict=True) if number),
            phones,
            "",
        ),
        (labels["address"], [contact.name, contact.street, town, contact.country], ""),
    )
    kept = ((label, [line for line in lines if line], href) for label, lines, href in fields)
    return [{"label": label, "lines": lines, "href": href} for label, lines, href in kept if lines]


def _more(story: Entry, context: RenderContext) -> list[LabelledLink]:
    """Return the links to read on."""
    targets = dict(story.targets)
    found: list[LabelledLink] = []
    for link in story.item.more:
        where = context.link(context.site + targets[link.url] if link.url in targets else link.url)
        if where:
            found.append({**where, "label": link.label})
    return found


def is_same_title(one: str, other: str) -> bool:
    """Return whether two titles are the same but for case and final punctuation."""
    return one.casefold().strip(" .!?؟") == other.casefold().strip(" .!?؟")
