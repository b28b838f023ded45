"""HTML of e-mails, its styles in every element, as mail programs need it, and the drafts that carry it."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from clusterpress.newsletters.issues import EMBLEM
from clusterpress.newsletters.mail.blocks import FrameColours, MailWriter
from clusterpress.newsletters.mail.content import COLUMN, Message
from clusterpress.newsletters.nodes import Block
from clusterpress.newsletters.nodes_html import RenderOptions, Size
from clusterpress.theme.cover_art import HEIGHT as ART_HEIGHT
from clusterpress.theme.cover_art import WIDTH as ART_WIDTH
from clusterpress.theme.theme import Theme, open_templates, read_tokens

if TYPE_CHECKING:
    import css_inline

WIDTH = 600
"""Width of an e-mail in CSS pixels: it fits the preview panes of mail programs."""

PICTURE_HEIGHT = 480
"""Greatest height of a picture: it fits the preview panes of mail programs."""

COVER_CONTENT_ID = "cover"
"""Content-ID of the cover's picture, when the message carries it."""

# Folding would turn a long address into encoded words, which are not allowed in an address (RFC 2047, 5).
_UNFOLDED = SMTP.clone(max_line_length=998)


def write_html(theme: Theme, message: Message, *, draft: bool = False) -> str:
    """Return an e-mail as HTML.

    Args:
        theme: the theme, whose template is ``newsletter/mail/email.html``.
        message: the e-mail.
        draft: whether it is part of a draft for mail programs, which has no tags of a mailing service, no
            style sheet for the dark scheme, and may embed the picture at its head.
    """
    tokens = read_tokens(theme)
    masthead = message.context.metadata.masthead
    options = _render_options(message)
    light = {**tokens["colours"]["light"], **message.document["masthead"]["colours"]}
    side = "right" if message.document["dir"] == "rtl" else "left"
    frame = FrameColours(ground=light["sheet"], edge=light["navy"], side=side)

    def writer(anchor: str) -> MailWriter:
        return MailWriter(options=options, anchor=anchor, frame=frame, web=message.home)

    def prose(blocks: Sequence[Block], anchor: str, level: int = 3) -> Markup:
        written = writer(anchor)
        return written.write(blocks, level) + written.write_footnotes()

    html = (
        open_templates(theme)
        .get_template("mail/email.html")
        .render(
            message=message,
            document=message.document,
            t=message.wording.label,
            cover=_cover(message, embedded=draft and message.context.is_embedded),
            dark_scheme=not draft,
            emblem=message.full(EMBLEM),
            unsubscribe=message.unsubscribe_link("none" if draft else masthead.unsubscribe),
            editorial=prose(message.document["editorial"], "editorial", 2),
            prose=prose,
            picture=writer("").picture,
            foreign=message.wording.foreign,
            tokens=tokens,
            light=light,
            dark=tokens["colours"]["dark"],
            band=tokens["band"],
        )
    )
    return _inliner().inline(html)


def _render_options(message: Message) -> RenderOptions:
    """Return how blocks are written."""
    return RenderOptions(
        address=message.address,
        # Attributes give the size of a picture, as Outlook respects nothing else.
        sizes={message.full(one.url): Size(width=one.width, height=one.height) for one in message.pictures},
        labels=message.wording.labels,
        column=COLUMN,
        height=PICTURE_HEIGHT,
        lazy=False,
    )


def _cover(message: Message, *, embedded: bool) -> dict[str, str | int]:
    """Return the picture at the head: its address or part of the message, text, and height at full width."""
    context = message.context
    own, shown = context.own_picture, context.metadata.cover
    width, height = (own.width, own.height) if own else (ART_WIDTH, ART_HEIGHT)
    address = message.full(own.url if own else context.editions.picture)
    return {
        "src": f"cid:{COVER_CONTENT_ID}" if embedded else address,
        "height": max(1, round(height * WIDTH / max(1, width))),
        "alt": shown.alt if own and shown else "",
    }


@lru_cache(maxsize=1)
def _inliner() -> "css_inline.CSSInliner":
    import css_inline

    return css_inline.CSSInliner(
        keep_style_tags=False,
        keep_at_rules=False,  # the dark scheme has its own style element, which stays as it is
        load_remote_stylesheets=False,
        minify_css=True,
        resolve_css_variables=True,
    )


def write_message(message: Message, *, html: str, text: str, cover: bytes, picture_type: str) -> bytes:
    """Return the message; its bytes do not depend on when it is made.

    Args:
        message: the e-mail.
        html: its HTML; shows the picture as ``cid:cover`` if the message carries it.
        text: its text.
        cover: the picture; empty if it is linked.
        picture_type: media type of the picture.
    """
    mime = EmailMessage(policy=SMTP)
    _write_headers(mime, message)
    mime.set_content(text, cte=_encoding(text))
    mime.add_alternative(html, subtype="html", cte=_encoding(html))
    name = _name(message)
    if cover:
        kind, _, subtype = picture_type.partition("/")
        *_, page = mime.iter_parts()
        assert isinstance(page, EmailMessage)  # noqa: S101 -- as was added above
        page.add_related(
            cover,
            kind,
            subtype,
            cid=f"<{COVER_CONTENT_ID}>",
            disposition="inline",
            filename=f"cover.{subtype}",
        )
        page.set_boundary(f"=_{name}_related")
    # Quoted-printable and base64 have no "=_" (RFC 2045, 6.7), so no part can hold a boundary.
    mime.set_boundary(f"=_{name}_alternative")
    mime["Content-Language"] = message.wording.lang
    return mime.as_bytes(policy=_UNFOLDED)


def _write_headers(mime: EmailMessage, message: Message) -> None:
    context = message.context
    masthead = message.document["masthead"]
    host = urlsplit(context.metadata.site).hostname or "localhost"
    mime["Subject"] = message.subject
    if context.contact:
        mime["From"] = Address(display_name=" ".join(masthead["name"].split()), addr_spec=context.contact)
    mime["Date"] = format_datetime(context.metadata.entry.published)
    mime["Message-ID"] = f"<{_name(message)}@{host}>"
    mime["List-Id"] = f"<{context.metadata.newsletter}.{host}>"
    one_click = context.metadata.masthead.unsubscribe_url
    if links := [link for link in (one_click, message.unsubscribe_link("none")) if link]:
        mime["List-Unsubscribe"] = ", ".join(f"<{link}>" for link in links)
    if one_click:  # only an https address can be posted to (RFC 8058, 3.1)
        mime["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Outlook and Apple Mail open such a file as a draft that can be sent.
    mime["X-Unsent"] = "1"


def _name(message: Message) -> str:
    metadata = message.context.metadata
    return f"{metadata.newsletter}-{metadata.number}.{message.wording.lang}"


def _encoding(text: str) -> str:
    """Return the shorter transfer encoding: 3 characters per non-ASCII byte, or 4 per 3 bytes of all."""
    raw = text.encode()
    foreign = sum(byte > 126 for byte in raw)  # noqa: PLR2004 -- the last printable sign of ASCII
    return "base64" if foreign * 6 > len(raw) else "quoted-printable"
