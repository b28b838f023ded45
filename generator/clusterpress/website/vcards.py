"""vCards: contact cards for address books (RFC 6350)."""

from clusterpress.content.items import Contact

LINE_LENGTH = 75
"""Octets of a line, without its end (section 3.2)."""


def write_vcard(name: str, contact: Contact, web: str, url: str) -> bytes:
    """Return the vCard of an organisation.

    Args:
        name: its name.
        contact: its contact card.
        web: its website, if the contact card names none.
        url: the full address of its page, which also identifies the card.
    """
    organisation = _escape(name)
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual" if contact.name else "KIND:org",
        f"FN:{_escape(contact.name) or organisation}",
        f"ORG:{organisation}",
        f"UID:{url}",
        f"SOURCE:{url.rstrip('/')}/{url.rstrip('/').rpartition('/')[2]}.vcf",
    ]
    if contact.email:
        lines.append(f"EMAIL:{_escape(contact.email)}")
    for kind, number in (("voice", contact.phone), ("fax", contact.fax)):
        if number:
            lines.append(f"TEL;VALUE=text;TYPE={kind}:{_escape(number)}")
    if contact.web or web:
        lines.append(f"URL:{contact.web or web}")
    if contact.street or contact.city:
        parts = (contact.street, contact.city, contact.region, contact.postcode, contact.country)
        lines.append("ADR:;;" + ";".join(map(_escape, parts)))
    lines.append("END:VCARD")
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _escape(text: str) -> str:
    """Return a text value with its special characters escaped (section 3.4)."""
    for plain, escaped in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _fold(line: str) -> str:
    """Return a line broken after at most 75 octets, never within a character."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE_LENGTH:
            pieces.append("")
            size = 1  # the space that begins a continuation
        pieces[-1] += character
        size += width
    return "\r\n ".join(pieces)
