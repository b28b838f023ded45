"""Plain text: an e-mail for readers without HTML, written from the document of the issue."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from textwrap import fill

from clusterpress.newsletters.document_types import SectionDocument, StoryDocument
from clusterpress.newsletters.mail.content import Message
from clusterpress.newsletters.nodes import Block, Inline

WIDTH = 72
"""Columns; quoted in replies a few times, lines still fit into 80."""


def write_text(message: Message, *, service: str) -> str:
    """Return an e-mail as plain text, with the unsubscribe tag of a mailing service, or ``none``."""
    paragraphs = [*_head(message), *_blocks(message.document["editorial"], message), _view_links(message)]
    for section in message.document["sections"]:
        paragraphs += [
            _underline(section["title"], "-"),
            *_blocks(section["text"], message),
            *_section(section, message),
            *_blocks(section["close"], message),
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


def _blocks(blocks: Iterable[Block], message: Message) -> Iterator[str]:
    return chain.from_iterable(_block(block, message) for block in blocks)


def _block(block: Block, message: Message) -> Iterator[str]:  # noqa: C901 -- one case for each block of a tree
    match block["t"]:
        case "p" | "h":
            yield _wrap(_inline(block["c"], message))
        case "list":
            yield "\n".join(
                _hanging_indent(_blocks(item, message), f"{number}. " if block["ordered"] else "* ")
                for number, item in enumerate(block["c"], start=block["start"])
            )
        case "facts":
            yield "\n".join(
                " ".join((key_figure["before"], key_figure["figure"], key_figure["label"])).strip()
                for key_figure in block["c"]
            )
        case "quote":
            yield _hanging_indent(
                _blocks([*block["c"], {"t": "p", "c": block.get("by") or []}], message), "> ", "> "
            )
        case "table":
            yield _wrap(_inline(block["caption"], message))
            for row in (*block["head"], *block["rows"]):
                yield " | ".join(" ".join(_blocks(cell["c"], message)).replace("\n", " ") for cell in row)
        case "box":
            yield _wrap(_inline(block["title"], message))
            yield from _blocks(block["c"], message)
        case "terms":
            for one in block["c"]:
                yield _lines(_inline(one["term"], message), *_blocks(one["c"], message))
        case "pre":
            yield block["text"]
        case "figure":
            yield _lines(block["alt"], _inline(block["caption"], message))
        case "rule":
            yield "* * *"


def _inline(parts: Sequence[Inline], message: Message) -> str:
    return "".join(_mark(part, message) for part in parts)


def _mark(part: Inline, message: Message) -> str:
    if isinstance(part, str):
        return part
    if part["t"] == "br":
        return "\n"
    if part["t"] == "figure":
        return part["alt"]
    words = _inline(part["c"], message)
    if part["t"] == "a" and (address := message.address(part)) != words:
        return f"{words} <{address}>"
    return f" [{words}]" if part["t"] == "note" else words


def _lines(*lines: str) -> str:
    return "\n".join(_wrap(line) for line in lines if line)


def _wrap(text: str) -> str:
    """Return text in lines; an address is never broken."""
    return "\n".join(
        fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.splitlines()
    )


def _hanging_indent(paragraphs: Iterable[str], first: str, rest: str = "") -> str:
    lines = "\n".join(filter(None, paragraphs)).splitlines()
    return "\n".join(
        (first if number == 0 else rest or " " * len(first)) + line for number, line in enumerate(lines)
    )


def _underline(title: str, sign: str) -> str:
    lines = _wrap(title)
    return f"{lines}\n{sign * max(map(len, lines.splitlines()))}"
