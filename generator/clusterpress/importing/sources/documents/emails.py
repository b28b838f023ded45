"""E-mails as documents: subject, date, sender, text and pictures (RFC 5322, RFC 2387)."""

import re
from collections import Counter
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from clusterpress.importing.records import ImportSourceError
from clusterpress.importing.sources.documents.files import Document
from clusterpress.importing.sources.documents.findings import Findings, quoted
from clusterpress.importing.sources.documents.web_pages import data_of, document_of
from clusterpress.importing.sources.documents.word_reader import ROLE
from clusterpress.importing.texts.plain import text_to_html
from clusterpress.importing.texts.soup import read_html

ENDINGS = (".eml",)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|i|enc|odp|pd)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


def read_email(raw: bytes, name: str, findings: Findings) -> Document:
    """Return the document in an e-mail.

    Args:
        raw: bytes of the file.
        name: its name.
        findings: takes attachments and signatures, which are left out.

    Raises:
        ImportSourceError: it is no e-mail, or has no text.
    """
    if raw.startswith(_COMPOUND):
        hint = "open it, and save it as .eml; or copy its text into a Word file"
        raise ImportSourceError(name, 1, "this is a message of Outlook (.msg)", hint)
    message = BytesParser(policy=policy.default).parsebytes(raw)
    body = message.get_body(("html", "plain"))
    if not isinstance(message, EmailMessage) or body is None or not (message["from"] or message["subject"]):
        raise ImportSourceError(
            name, 1, "this is not an e-mail with a text", "save the e-mail again, as .eml"
        )
    text = str(body.get_content())
    if body.get_content_subtype() == "plain":
        signature = _SIGNATURE.search(text)
        if signature:
            findings.leave_out(f"signature {quoted(text[signature.end() :])}", "it is no part of the text")
        text = text_to_html(text[: signature.start()] if signature else text)
    soup = document_of(read_html(text), findings)
    title = soup.new_tag("p")
    title["class"] = f"{ROLE}title"
    title.string = _PREFIX.sub("", " ".join(str(message["subject"] or "").split())) or name
    soup.insert(0, title)
    pictures = _pictures(message, findings)

    def picture(address: str) -> bytes | None:
        return pictures.get(address) or data_of(address)

    return Document(soup, picture, _properties(message), Counter())


def _properties(message: EmailMessage) -> dict[str, str]:
    found: dict[str, str] = {}
    sent = getattr(message["date"], "datetime", None)
    if isinstance(sent, datetime):
        found["date"] = sent.date().isoformat()
    sender = next(iter(getattr(message["from"], "addresses", ())), None)
    if sender is not None and sender.display_name:
        found["creator"] = sender.display_name
    return found


def _pictures(message: EmailMessage, findings: Findings) -> dict[str, bytes]:
    """Return address in the text → bytes of the picture; name the attachments."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        content_id = str(part["content-id"] or "").strip(" <>")
        if part.get_content_maintype() == "image" and content_id:
            content = part.get_payload(decode=True)
            found[f"cid:{content_id}"] = content if isinstance(content, bytes) else b""
        elif part.get_filename():
            why = "save it, and link to it or import it by itself"
            findings.leave_out(f"attachment {quoted(part.get_filename() or '')}", why)
    return found
