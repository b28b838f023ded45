"""Stories: items as parts of an issue's document, with the links and pictures that it can show."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.content.item_values import Contact
from clusterpress.content.items import Event, News
from clusterpress.content.typography import typography_of
from clusterpress.library.documents import documents_of
from clusterpress.library.entries import Entry
from clusterpress.library.pictures import Picture, ShownPicture, size_wanted
from clusterpress.markup import body as markup
from clusterpress.markup.body import Body, LinkRef, render_html
from clusterpress.markup.documents import label_documents, with_document
from clusterpress.markup.plain_text import repeats
from clusterpress.markup.render import render
from clusterpress.newsletters.document_types import ContactLine, CreditedPicture, LabelledLink, StoryDocument
from clusterpress.newsletters.issues import ResolvedSection, anchor_of
from clusterpress.newsletters.nodes import Block, LinkTarget, PictureRef
from clusterpress.newsletters.parse_nodes import FoldGallery, fold_rest, keep_first, parse_nodes
from clusterpress.theme.addresses import without_scheme
from clusterpress.theme.wording import Wording

_PICTURE = "picture:"
"""Prefix of the addresses of pictures in the HTML that is parsed into nodes."""


_LAYOUTS_WITH_STANDFIRST = frozenset({"feature", "events", "text"})
"""Layouts that print the summary of an item above its body; the others print the body alone."""

_LAYOUTS_WITH_PICTURE = frozenset({"feature", "briefs"})
"""Layouts that print the picture of an item in all editions."""


class MailForm(Struct, frozen=True):
    """How mails take bodies; other editions fit pictures to their places by style sheets."""

    column: int
    """Width of the text in CSS pixels."""
    line_height: int
    """CSS pixels up to which a picture stays among the words of its line."""


class RenderContext(Struct, frozen=True):
    """The data with which the parts of one issue are built."""

    site: str
    """Address of the site, with a slash at its end."""
    markup: Settings
    """How texts are rendered that are in no body."""
    wording: Wording
    bodies: Mapping[str, Body]
    """Source path → body."""
    anchors: Mapping[str, str]
    """Path below the site's root → anchor within the issue."""
    pictures: Mapping[bytes, str] = field(default_factory=dict)
    """Key of a picture → name of its file."""
    mail: MailForm | None = None
    """Given for mails, which fold the galleries of the issue's own texts."""

    def text_nodes(self, text: str, entry: Entry) -> list[Block]:
        """Return a Markdown text of an entry's front matter as nodes."""
        lang = typography_of(entry.item, self.markup)
        return self._nodes(render(text, self.markup, lang), entry, gallery=self._whole) if text else []

    def body_nodes(self, entry: Entry, *, without_lead: bool = False) -> list[Block]:
        """Return the body of an entry as nodes."""
        gallery = self._whole if entry.item.kind == "issue" else keep_first
        body = self.bodies[entry.item.source.path]
        return self._nodes(body, entry, without_lead=without_lead, gallery=gallery)

    @property
    def _whole(self) -> FoldGallery:
        """Returns what to take of a gallery that has no other page than the issue."""
        return fold_rest if self.mail else list

    def _nodes(
        self, body: Body, entry: Entry, *, without_lead: bool = False, gallery: FoldGallery
    ) -> list[Block]:
        targets, figures = dict(entry.targets), dict(entry.resolved.figures)

        def address(ref: LinkRef) -> str | None:
            return self.site + targets[ref.target] if ref.target in targets else None

        def figure(ref: markup.PictureRef) -> str:
            if picture := figures.get(ref.src):
                width = _width(picture, ref, self.mail)
                return f'<img src="{_PICTURE}{picture.key.hex()}" alt="{escape(ref.alt)}"{width}>'
            return ""

        html = render_html(body, address, figure, without_lead=without_lead)
        html = label_documents(html, documents_of(entry, self.site))
        known = {picture.key.hex(): picture for picture in figures.values()}
        return parse_nodes(
            html,
            link=self.link,
            picture=lambda src: self.picture(known.get(src.removeprefix(_PICTURE))),
            gallery=gallery,
            line_height=self.mail.line_height if self.mail else 0,
        )

    def link(self, address: str) -> LinkTarget | None:
        """Return the target of a link: a story of this issue, or a full address."""
        if address.startswith(self.site):
            path = address.removeprefix(self.site).partition("#")[0]
            if path in self.anchors:
                return {"to": self.anchors[path]}
        if address.startswith(("http://", "https://", "mailto:", "tel:")):
            return {"href": address}
        return None

    def picture(self, picture: Picture | None) -> PictureRef | None:
        """Return a picture as nodes refer to it."""
        if picture is None or picture.key not in self.pictures:
            return None
        return {"src": self.pictures[picture.key], "ratio": round(picture.width / max(1, picture.height), 4)}

    def shown(self, shown: ShownPicture | None) -> CreditedPicture | None:
        """Return a picture with its caption and credit."""
        picture = self.picture(shown.picture) if shown else None
        if not shown or not picture:
            return None
        return {**picture, "alt": shown.alt, "caption": shown.caption, "credit": shown.credit}


def _width(picture: Picture, ref: markup.PictureRef, mail: MailForm | None) -> str:
    """Return the attribute for the width that an author wants, in mails always, or nothing without one."""
    wanted = dict(ref.attributes)
    size = (wanted.get("width", ""), wanted.get("height", ""))
    if not (mail or any(size)):
        return ""
    column = (mail.column,) if mail else ()
    return f' width="{size_wanted(picture, *size, *column)[0]}"'


def build_story(story: Entry, section: ResolvedSection, context: RenderContext) -> StoryDocument:
    """Return a story as its section shows it.

    Args:
        story: the item.
        section: its section.
        context: links, pictures and bodies of the issue.
    """
    item, card = story.item, story.card
    wording = context.wording
    shows_standfirst = section.layout in _LAYOUTS_WITH_STANDFIRST
    repeated = shows_standfirst and repeats(item.summary, story.outline)
    body = context.body_nodes(story, without_lead=repeated)
    if not shows_standfirst and not body and item.summary:
        body = [{"t": "p", "c": [item.summary]}]
    picture = context.shown(story.picture)
    if section.layout in _LAYOUTS_WITH_PICTURE and _begins_with(body, picture):
        body = body[1:]
    authors = " · ".join(label.name for label in story.terms["authors"])
    document: StoryDocument = {
        "id": anchor_of(story),
        "lang": story.lang,
        "kind": item.kind,
        "title": item.title,
        "titled": not is_same_title(item.title, section.title),
        "standfirst": item.summary if shows_standfirst else "",
        "byline": wording.label("by", authors=authors) if authors and item.kind == "news" else "",
        "picture": picture,
        "chips": list(item.sectors) if isinstance(item, News | Event) else [],
        "body": body,
        "words": story.outline.words,
        "href": context.site + story.url,
        "more": _more(story, context),
        "country": card.country,
    }
    if isinstance(item, Event):
        return _with_time_and_place(document, story, item, section, wording)
    return {
        **document,
        "number": card.number if item.kind == "partner" else "",
        "role": card.role,
        "contact": _contact(getattr(item, "contact", None), wording),
    }


def _begins_with(body: Sequence[Block], picture: CreditedPicture | None) -> bool:
    """Return whether a body begins with the picture over it, without a caption of its own."""
    if picture is None or not body or body[0]["t"] != "figure":
        return False
    return body[0]["src"] == picture["src"] and not body[0]["caption"]


def _with_time_and_place(
    document: StoryDocument, story: Entry, event: Event, section: ResolvedSection, wording: Wording
) -> StoryDocument:
    """Return the document of an event; layouts other than ``events`` print time and place above its body."""
    card = story.card
    when = wording.dates.when_exactly(card, *_times(event))
    place = card.place or (wording.labels["online"] if event.online else "")
    about = " · ".join(filter(None, (when, place, wording.labels["cancelled"] if card.cancelled else "")))
    line: list[Block] = [{"t": "p", "c": [{"t": "strong", "c": [about]}]}]
    return {
        **document,
        "body": [*line, *document["body"]] if about and section.layout != "events" else document["body"],
        "about": about,
        "place": place,
        "when": when,
        "fuzzy": event.when is not None,
        "cancelled": card.cancelled,
    }


def _times(event: Event) -> tuple[datetime | None, datetime | None]:
    return event.start.at if event.start else None, event.end.at if event.end else None


def _contact(contact: Contact | None, wording: Wording) -> list[ContactLine]:
    if contact is None:
        return []
    labels = wording.labels
    town = " ".join(filter(None, (contact.postcode, contact.city)))
    town += f" ({contact.region})" if contact.region else ""
    phones = {"phone": contact.phone, "fax": contact.fax}
    fields = (
        (labels["web"], [without_scheme(contact.web)], contact.web),
        (labels["email"], [contact.email], f"mailto:{contact.email}"),
        (" / ".join(labels[key] for key, number in phones.items() if number), [*phones.values()], ""),
        (labels["address"], [contact.name, contact.street, town, contact.country], ""),
    )
    kept = ((label, [line for line in lines if line], href) for label, lines, href in fields)
    return [{"label": label, "lines": lines, "href": href} for label, lines, href in kept if lines]


def _more(story: Entry, context: RenderContext) -> list[LabelledLink]:
    targets, dead = dict(story.targets), story.dead_links
    documents = documents_of(story)
    links = (
        (
            with_document(link.label, documents.get(targets.get(link.url, ""), "")),
            context.link(context.site + targets[link.url] if link.url in targets else link.url),
        )
        for link in story.item.more
        if link.url not in dead
    )
    return [{**where, "label": label} for label, where in links if where]


def is_same_title(one: str, other: str) -> bool:
    """Return whether two titles are the same but for case and final punctuation."""
    return one.casefold().strip(" .!?؟") == other.casefold().strip(" .!?؟")
