"""Makers: the pure functions behind the outputs of e-mail editions, which other processes may run.

What writes a letter is imported when one is made: most builds make none.
"""

from typing import TYPE_CHECKING, Any

from clusterpress.library.entries import Picture
from clusterpress.markup.body import Body
from clusterpress.newsletters.issues import ResolvedSection, in_order
from clusterpress.newsletters.mail.content import SHOWN_TYPES, Envelope, Letter, write_letter
from clusterpress.theme.cover_art import HEIGHT as ART_HEIGHT
from clusterpress.theme.cover_art import WIDTH as ART_WIDTH
from clusterpress.theme.theme import Theme

if TYPE_CHECKING:
    from clusterpress.newsletters.mail.html import Cover

Sections = tuple[ResolvedSection, ...]


def make_html(theme: Theme, envelope: Envelope, sections: Sections, *bodies: Body) -> bytes:
    """Return the HTML that is pasted into a mailing service."""
    from clusterpress.newsletters.mail.html import write_html

    letter = write_letter(theme, envelope, sections, bodies)
    service = envelope.front.masthead.unsubscribe
    return write_html(theme, letter, service=service, cover=_cover(letter)).encode()


def make_text(theme: Theme, envelope: Envelope, sections: Sections, *bodies: Body) -> bytes:
    """Return the text that belongs to it."""
    from clusterpress.newsletters.mail.plain_text import write_text

    letter = write_letter(theme, envelope, sections, bodies)
    return write_text(letter, service=envelope.front.masthead.unsubscribe).encode()


def make_message(theme: Theme, envelope: Envelope, sections: Sections, *stored: Any) -> bytes:
    """Return the draft that mail programs open; they know no tags of mailing services.

    Args:
        theme: the theme.
        envelope: what it needs besides its sections.
        sections: its sections.
        stored: the bodies, and then the bytes of the cover's picture if it has one that is embedded.
    """
    from clusterpress.newsletters.mail.html import write_html
    from clusterpress.newsletters.mail.message import write_message
    from clusterpress.newsletters.mail.plain_text import write_text

    embedded, own = is_embedded(envelope), own_picture(envelope)
    letter = write_letter(theme, envelope, sections, stored[:-1] if embedded and own else stored)
    cover = b""
    if embedded:
        cover = stored[-1] if own else make_picture(theme, envelope, sections)
    return write_message(
        letter,
        html=write_html(theme, letter, service="none", cover=_cover(letter, embedded=embedded), sheet=False),
        text=write_text(letter, service="none"),
        cover=cover,
        picture_type=own.type if own else "image/png",
    )


def make_picture(theme: Theme, envelope: Envelope, sections: Sections) -> bytes:
    """Return the generated picture at the head of an e-mail."""
    from clusterpress.newsletters.mail.images import draw_cover

    front = envelope.front
    counts = tuple((section.colour, len(in_order(section))) for section in sections)
    return draw_cover(theme, f"{front.newsletter} {front.number}", counts, front.number, front.entry.lang)


def make_emblem() -> bytes:
    """Return the European emblem for all e-mails."""
    from clusterpress.newsletters.mail.images import draw_emblem

    return draw_emblem()


def own_picture(envelope: Envelope) -> Picture | None:
    """Return the cover picture of an issue if mail programs show it; else its art stands there."""
    entry = envelope.front.entry
    art = getattr(entry.item, "cover", {}).get("art") == "auto"
    picture = entry.picture.picture if entry.picture and not art else None
    return picture if picture and picture.type in SHOWN_TYPES else None


def is_embedded(envelope: Envelope) -> bool:
    """Return whether the message carries the picture at its head."""
    return envelope.front.masthead.cover_picture == "embedded"


def _cover(letter: Letter, *, embedded: bool = False) -> "Cover":
    from clusterpress.newsletters.mail.html import WIDTH, Cover
    from clusterpress.newsletters.mail.message import COVER

    envelope = letter.envelope
    own = own_picture(envelope)
    address = letter.full(own.url if own else envelope.editions.picture)
    width, height = (own.width, own.height) if own else (ART_WIDTH, ART_HEIGHT)
    shown = envelope.front.entry.picture
    return Cover(
        src=f"cid:{COVER}" if embedded else address,
        height=max(1, round(height * WIDTH / max(1, width))),
        alt=shown.alt if own and shown else "",
    )
