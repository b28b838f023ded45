"""Makers: the pure functions behind the outputs of e-mail editions, which other processes may run.

What writes a letter is imported when one is made: most builds make none.
"""

from typing import TYPE_CHECKING, Any

from clusterpress.library.entries import Picture
from clusterpress.markup.body import Body
from clusterpress.newsletters.issues import ResolvedSection, in_order
from clusterpress.newsletters.mail.content import SUPPORTED_TYPES, Message, MessageContext, build_message
from clusterpress.theme.cover_art import HEIGHT as ART_HEIGHT
from clusterpress.theme.cover_art import WIDTH as ART_WIDTH
from clusterpress.theme.theme import Theme

if TYPE_CHECKING:
    from clusterpress.newsletters.mail.html import Cover

Sections = tuple[ResolvedSection, ...]


def make_html(theme: Theme, context: MessageContext, sections: Sections, stored: tuple[Body, ...]) -> bytes:
    """Return the HTML that is pasted into a mailing service."""
    from clusterpress.newsletters.mail.html import write_html

    message = build_message(theme, context, sections, stored)
    service = context.metadata.masthead.unsubscribe
    return write_html(theme, message, service=service, cover=_cover(message)).encode()


def make_text(theme: Theme, context: MessageContext, sections: Sections, stored: tuple[Body, ...]) -> bytes:
    """Return the text that belongs to it."""
    from clusterpress.newsletters.mail.plain_text import write_text

    message = build_message(theme, context, sections, stored)
    return write_text(message, service=context.metadata.masthead.unsubscribe).encode()


def make_message(theme: Theme, context: MessageContext, sections: Sections, stored: tuple[Any, ...]) -> bytes:
    """Return the draft that mail programs open; they know no tags of mailing services.

    Args:
        theme: the theme.
        context: what it needs besides its sections.
        sections: its sections.
        stored: the bodies, and then the bytes of the cover's picture if it has one that is embedded.
    """
    from clusterpress.newsletters.mail.html import write_html
    from clusterpress.newsletters.mail.message import write_message
    from clusterpress.newsletters.mail.plain_text import write_text

    embedded, own = is_embedded(context), own_picture(context)
    message = build_message(theme, context, sections, stored[:-1] if embedded and own else stored)
    cover = b""
    if embedded:
        cover = stored[-1] if own else make_picture(theme, context, sections)
    return write_message(
        message,
        html=write_html(
            theme, message, service="none", cover=_cover(message, embedded=embedded), dark_scheme=False
        ),
        text=write_text(message, service="none"),
        cover=cover,
        picture_type=own.type if own else "image/png",
    )


def make_picture(theme: Theme, context: MessageContext, sections: Sections) -> bytes:
    """Return the generated picture at the head of an e-mail."""
    from clusterpress.newsletters.mail.images import draw_cover

    metadata = context.metadata
    counts = tuple((section.colour, len(in_order(section))) for section in sections)
    return draw_cover(
        theme, f"{metadata.newsletter} {metadata.number}", counts, metadata.number, metadata.entry.lang
    )


def make_emblem() -> bytes:
    """Return the European emblem for all e-mails."""
    from clusterpress.newsletters.mail.images import draw_emblem

    return draw_emblem()


def own_picture(context: MessageContext) -> Picture | None:
    """Return the cover picture of an issue if mail programs show it; else its art stands there."""
    entry = context.metadata.entry
    art = getattr(entry.item, "cover", {}).get("art") == "auto"
    picture = entry.picture.picture if entry.picture and not art else None
    return picture if picture and picture.type in SUPPORTED_TYPES else None


def is_embedded(context: MessageContext) -> bool:
    """Return whether the message carries the picture at its head."""
    return context.metadata.masthead.cover_picture == "embedded"


def _cover(message: Message, *, embedded: bool = False) -> "Cover":
    from clusterpress.newsletters.mail.html import WIDTH, Cover
    from clusterpress.newsletters.mail.message import COVER_CONTENT_ID

    context = message.context
    own = own_picture(context)
    address = message.full(own.url if own else context.editions.picture)
    width, height = (own.width, own.height) if own else (ART_WIDTH, ART_HEIGHT)
    shown = context.metadata.entry.picture
    return Cover(
        src=f"cid:{COVER_CONTENT_ID}" if embedded else address,
        height=max(1, round(height * WIDTH / max(1, width))),
        alt=shown.alt if own and shown else "",
    )
