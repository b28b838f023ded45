"""Message: a letter as a file that mail programs open as a draft (RFC 5322, RFC 2045, RFC 2387)."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from clusterpress.newsletters.mail.content import Letter
from clusterpress.newsletters.mail.unsubscribe import unsubscribe_link

COVER = "cover"
"""Content-ID of the cover's picture, when the message carries it."""

# Folded, an address longer than a line would become encoded words, which are none (RFC 2047, 5).
_UNFOLDED = SMTP.clone(max_line_length=998)


def write_message(letter: Letter, *, html: str, text: str, cover: bytes, picture_type: str) -> bytes:
    """Return the message: the same bytes whenever it is made.

    Args:
        letter: the letter.
        html: its HTML; shows the picture as ``cid:cover`` if the message carries it.
        text: its text.
        cover: the picture, or nothing when it is linked.
        picture_type: media type of the picture.
    """
    message = EmailMessage(policy=SMTP)
    _write_head(message, letter)
    message.set_content(text, cte=_encoding(text))
    message.add_alternative(html, subtype="html", cte=_encoding(html))
    name = _name(letter)
    if cover:
        kind, _, subtype = picture_type.partition("/")
        *_, page = message.iter_parts()
        assert isinstance(page, EmailMessage)  # noqa: S101 -- as was added above
        page.add_related(
            cover, kind, subtype, cid=f"<{COVER}>", disposition="inline", filename=f"cover.{subtype}"
        )
        page.set_boundary(f"=_{name}_related")
    # Quoted-printable and base64 have no "=_" (RFC 2045, 6.7), so no part can hold a boundary.
    message.set_boundary(f"=_{name}_alternative")
    message["Content-Language"] = letter.wording.lang
    return message.as_bytes(policy=_UNFOLDED)


def _write_head(message: EmailMessage, letter: Letter) -> None:
    envelope = letter.envelope
    masthead = letter.document["masthead"]
    host = urlsplit(envelope.front.site).hostname or "localhost"
    message["Subject"] = letter.subject
    if envelope.contact:
        message["From"] = Address(display_name=masthead["name"], addr_spec=envelope.contact)
    message["To"] = "undisclosed-recipients:;"
    message["Date"] = format_datetime(envelope.front.entry.published)
    message["Message-ID"] = f"<{_name(letter)}@{host}>"
    message["List-Id"] = f"<{envelope.front.newsletter}.{host}>"
    if link := unsubscribe_link(letter, "none"):
        message["List-Unsubscribe"] = f"<{link}>"
    # Outlook and Apple Mail open such a file as a draft that can be sent.
    message["X-Unsent"] = "1"


def _name(letter: Letter) -> str:
    front = letter.envelope.front
    return f"{front.newsletter}-{front.number}.{letter.wording.lang}"


def _encoding(text: str) -> str:
    """Return the shorter transfer encoding: three signs for each foreign byte, or four for every three."""
    raw = text.encode()
    foreign = sum(byte > 126 for byte in raw)  # noqa: PLR2004 -- the last printable sign of ASCII
    return "base64" if foreign * 6 > len(raw) else "quoted-printable"
