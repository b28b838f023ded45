"""Unsubscribing: the link that every newsletter must carry, in the words of the service that sends it."""

from collections.abc import Mapping
from urllib.parse import quote

from clusterpress.newsletters.mail.content import Letter

TAGS: Mapping[str, str] = {
    "listmonk": "{{ UnsubscribeURL }}",
    "mailchimp": "*|UNSUB|*",
    "brevo": "{{ unsubscribe }}",
}
"""Mailing service → what it replaces by the address at which a reader leaves the list."""


def unsubscribe_link(letter: Letter, service: str) -> str:
    """Return where a reader unsubscribes: the service's tag, else a mail to the publisher; perhaps nothing.

    Args:
        letter: the letter.
        service: name in `TAGS`, or ``none``: mail programs know no tags.
    """
    contact = letter.envelope.contact
    if service in TAGS or not contact:
        return TAGS.get(service, "")
    subject = f"{letter.say('unsubscribe')}: {letter.document['masthead']['name']}"
    return f"mailto:{contact}?subject={quote(subject)}"
