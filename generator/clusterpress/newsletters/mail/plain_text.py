"""Plain text: an e-mail for readers without HTML, written from the document of the issue."""

from collections.abc import Iterator

from clusterpress.newsletters.document_types import SectionDocument, StoryDocument
from clusterpress.newsletters.mail.content import Message
from clusterpress.newsletters.mail.text_blocks import TextWriter, wrapped


def write_text(message: Message, *, service: str) -> str:
    """Return an e-mail as plain text, with the unsubscribe tag of a mailing service, or ``none``."""
    write = TextWriter(address=message.address).write
    paragraphs = [*_head(message), *write(message.document["editorial"]), _view_links(message)]
    for section in message.document["sections"]:
        paragraphs += [
            _underline(section["title"], "-"),
            *write(section["text"]),
            *_section(section, message),
            *write(section["close"]),
        ]
    paragraphs += _foot(message, service)
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _head(message: Message) -> Iterator[str]:
    document, masthead = message.document, message.document["masthead"]
    issue = f"{message.wording.label('newsletter')} {document['issue']} ({document['period']})"
    yield masthead["tagline"]
    yield _underline(f"{masthead['wordmark']} – {issue}", "=")


def _view_links(message: Message) -> str:
    labels = message.wording.labels
    addresses = {labels["view_in_browser"]: message.home, labels["pdf_edition"]: message.pdf}
    return "\n".join(f"{words}: {address}" for words, address in addresses.items() if address)


def _section(section: SectionDocument, message: Message) -> Iterator[str]:
    write = _event if section["layout"] == "events" else _story
    yield from (write(story, message) for story in section["stories"])
    for group in section["groups"]:
        yield _wrap(" · ".join(filter(None, (group["number"], group["name"]))))
        yield from (write(story, message) for story in group["stories"])


def _story(story: StoryDocument, message: Message) -> str:
    about = " · ".join(filter(None, (story.get("role"), story.get("number"), story["country"])))
    return _lines(
        story["title"],
        story.get("about", about if story["kind"] == "partner" else ""),
        message.teaser(story),
        message.address({"href": story["href"]}),
    )


def _event(story: StoryDocument, message: Message) -> str:
    when = f"{story['when']} ({message.wording.label('cancelled')})" if story["cancelled"] else story["when"]
    place = ", ".join(filter(None, (when, story["place"])))
    return _lines(place, story["title"], message.teaser(story), story["href"])


def _foot(message: Message, service: str) -> Iterator[str]:
    masthead = message.document["masthead"]
    yield "-- "
    if funding := message.document["funding"]:
        more = (text["text"] for text in (*funding["first"], *funding["inside"]))
        yield _lines(funding["statement"], *more)
    yield _wrap(message.wording.label("why_this_mail", name=masthead["name"]))
    yield _wrap(", ".join(filter(None, (masthead["publisher"], masthead["address"]))))
    if link := message.unsubscribe_link(service):
        yield f"{message.wording.label('unsubscribe')}: {link}"


def _lines(*texts: str) -> str:
    return "\n".join(_wrap(text) for text in texts if text)


def _wrap(text: str) -> str:
    return "\n".join(wrapped(text))


def _underline(title: str, sign: str) -> str:
    lines = wrapped(title)
    return "\n".join([*lines, sign * max(map(len, lines), default=0)])
