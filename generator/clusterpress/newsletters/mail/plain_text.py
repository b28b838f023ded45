"""Text: a letter for those who read without HTML, written from the issue itself."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill
from typing import Any

from clusterpress.newsletters.body_nodes import Node
from clusterpress.newsletters.mail.content import Letter
from clusterpress.newsletters.mail.unsubscribe import unsubscribe_link

WIDTH = 72
"""Columns; quoted in an answer a few times, lines still fit 80."""


def write_text(letter: Letter, *, service: str) -> str:
    """Return a letter as plain text, its paragraphs separated by empty lines.

    Args:
        letter: the letter.
        service: the mailing service whose unsubscribe tag it carries, or ``none``.
    """
    paragraphs = [*_head(letter), *_blocks(letter.document["editorial"], letter), _ways(letter)]
    for section in letter.document["sections"]:
        paragraphs += [_underline(section["title"], "-"), *_section(section, letter)]
    paragraphs += _foot(letter, service)
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _head(letter: Letter) -> Iterator[str]:
    document = letter.document
    masthead = document["masthead"]
    title = f"{masthead['wordmark']} – {letter.say('newsletter')} {document['issue']} ({document['period']})"
    yield masthead["tagline"]
    yield _underline(title, "=")


def _ways(letter: Letter) -> str:
    ways = [(letter.say("view_in_browser"), letter.home), (letter.say("pdf_edition"), letter.pdf)]
    return "\n".join(f"{words}: {address}" for words, address in ways if address)


def _section(section: Node, letter: Letter) -> Iterator[str]:
    layout = section["layout"]
    for group in section["groups"] or ({"number": "", "name": "", "stories": section["stories"]},):
        yield _wrap(" · ".join(filter(None, (group["number"], group["name"]))))
        for story in group["stories"]:
            yield _event(story, letter) if layout == "events" else _story(story, letter)


def _story(story: Node, letter: Letter) -> str:
    about = " · ".join(filter(None, (story.get("role"), story.get("number"), story.get("country"))))
    return _lines(
        story["title"],
        about if story["kind"] == "partner" else "",
        letter.teaser(story),
        letter.address(story),
    )


def _event(story: Node, letter: Letter) -> str:
    when = f"{story['when']} ({letter.say('cancelled')})" if story["cancelled"] else story["when"]
    place = ", ".join(filter(None, (when, story["place"])))
    return _lines(place, story["title"], letter.teaser(story), story["href"])


def _foot(letter: Letter, service: str) -> Iterator[str]:
    document = letter.document
    masthead = document["masthead"]
    yield "-- "
    if funding := document["funding"]:
        yield _lines(
            funding["statement"], *(text["text"] for text in (*funding["first"], *funding["inside"]))
        )
    yield _wrap(letter.say("why_this_mail", name=masthead["name"]))
    yield _wrap(", ".join(filter(None, (masthead["publisher"], masthead["address"]))))
    if link := unsubscribe_link(letter, service):
        yield f"{letter.say('unsubscribe')}: {link}"


def _blocks(blocks: Iterable[Node], letter: Letter) -> Iterator[str]:
    """Yield the paragraphs of a body."""
    for block in blocks:
        yield from _block(block, letter)


def _block(block: Node, letter: Letter) -> Iterator[str]:  # noqa: C901 -- one case for each block of a tree
    match block["t"]:
        case "p" | "h":
            yield _wrap(_inline(block["c"], letter))
        case "list":
            yield "\n".join(
                _hang(_blocks(item, letter), f"{number}. " if block["ordered"] else "* ")
                for number, item in enumerate(block["c"], start=block["start"])
            )
        case "facts":
            yield "\n".join(
                " ".join((fact["before"], fact["figure"], fact["label"])).strip() for fact in block["c"]
            )
        case "quote":
            yield _hang(_blocks([*block["c"], {"t": "p", "c": block.get("by") or []}], letter), "> ", "> ")
        case "table":
            for row in (*block["head"], *block["rows"]):
                yield " | ".join(" ".join(_blocks(cell["c"], letter)).replace("\n", " ") for cell in row)
        case "box":
            yield _wrap(_inline(block["title"], letter))
            yield from _blocks(block["c"], letter)
        case "terms":
            for one in block["c"]:
                yield _lines(_inline(one["term"], letter), *_blocks(one["c"], letter))
        case "pre":
            yield block["text"]
        case "figure":
            yield _wrap(_inline(block["caption"], letter) or block["alt"])


def _inline(parts: Sequence[Any], letter: Letter) -> str:
    return "".join(part if isinstance(part, str) else _mark(part, letter) for part in parts)


def _mark(part: Node, letter: Letter) -> str:
    if part["t"] == "br":
        return "\n"
    if part["t"] == "figure":
        return str(part["alt"])
    words = _inline(part["c"], letter)
    if part["t"] == "a" and (address := letter.address(part)) != words:
        return f"{words} <{address}>"
    return f" [{words}]" if part["t"] == "note" else words


def _lines(*lines: str) -> str:
    return "\n".join(_wrap(line) for line in lines if line)


def _wrap(text: str) -> str:
    """Return text in lines; an address is never broken."""
    return "\n".join(
        fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.splitlines()
    )


def _hang(paragraphs: Iterable[str], first: str, rest: str = "") -> str:
    lines = "\n".join(filter(None, paragraphs)).splitlines()
    return "\n".join(
        (first if number == 0 else rest or " " * len(first)) + line for number, line in enumerate(lines)
    )


def _underline(title: str, sign: str) -> str:
    lines = _wrap(title)
    return f"{lines}\n{sign * max(map(len, lines.splitlines()))}"
