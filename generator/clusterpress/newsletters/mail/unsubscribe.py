"""Unsubscribing: the link that every newsletter must carry, in the words of the service that sends it."""

from collections.abc import Mapping
from urllib.parse import quote

from clusterpress.newsletters.mail.content import Message

UNSUBSCRIBE_TAGS: Mapping[str, str] = {
    "listmonk": "{{ UnsubscribeURL }}",
    "mailchimp": "*|UNSUB|*",
    "brevo": "{{ unsubscribe }}",
}
"""Mailing service → what it replaces by the address at which a reader leaves the list."""


def unsubscribe_link(message: Message, service: str) -> str:
    """Return where a reader unsubscribes: the service's tag, else a mail to the publisher; perhaps nothing.

    Args:
        message: the letter.
        service: name in `UNSUBSCRIBE_TAGS`, or ``none``: mail programs know no tags.
    """
    contact = message.context.contact
    if service in UNSUBSCRIBE_TAGS or not contact:
        return UNSUBSCRIBE_TAGS.get(service, "")
    subject = f"{message.label('unsubscribe')}: {message.document['masthead']['name']}"
    return f"mailto:{contact}?subject={quote(subject)}"
