"""Message: an e-mail as a file that mail programs open as a draft (RFC 5322, RFC 2045, RFC 2387)."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from clusterpress.newsletters.mail.content import Message

COVER_CONTENT_ID = "cover"
"""Content-ID of the cover's picture, when the message carries it."""

# Folding would turn a long address into encoded words, which are not allowed in an address (RFC 2047, 5).
_UNFOLDED = SMTP.clone(max_line_length=998)


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
        mime["From"] = Address(display_name=masthead["name"], addr_spec=context.contact)
    mime["To"] = "undisclosed-recipients:;"
    mime["Date"] = format_datetime(context.metadata.entry.published)
    mime["Message-ID"] = f"<{_name(message)}@{host}>"
    mime["List-Id"] = f"<{context.metadata.newsletter}.{host}>"
    if link := message.unsubscribe_link("none"):
        mime["List-Unsubscribe"] = f"<{link}>"
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
