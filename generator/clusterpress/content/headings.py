"""The first heading of a body, which may be the item's title."""

import re
from dataclasses import dataclass

_ATX = re.compile(r" {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*(?:\n|$)")
_SETEXT = re.compile(r" {0,3}(\S[^\n]*)\n {0,3}=+[ \t]*(?:\n|$)")
_ATTRIBUTES = re.compile(r"[ \t]*\{[:#.][^{}]*\}$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(?<!\\)[*`]|\\(?=[!-/:-@\[-`{-~])")
_BLOCK_MARK = re.compile(r"^(?:#{1,6}\s+|>\s*|[-+*]\s+|\d+[.)]\s+)+")
_SENTENCE = re.compile(r"(?<=[.!?؟])\s")

_LONGEST_PROPOSAL = 70


@dataclass(frozen=True, slots=True)
class LeadingHeading:
    """A body that begins with a first-level heading."""

    title: str
    """The heading as plain text."""
    rest: str
    """The body after it."""
    skipped: int
    """How many lines the heading and the empty lines after it take."""


def split_heading(body: str) -> LeadingHeading | None:
    """Return the first-level heading with which a body begins, or None.

    ``#Techdays`` without a space is a hashtag, not a heading.
    """
    found = _ATX.match(body) or _SETEXT.match(body)
    if not found:
        return None
    title = plain(_ATTRIBUTES.sub("", found[1]))
    if not title:
        return None
    rest, empty = without_empty_lines(body[found.end() :])
    return LeadingHeading(title, rest, found[0].count("\n") + empty)


def without_empty_lines(text: str) -> tuple[str, int]:
    """Return the text from its first line that is not empty, and how many lines were left out."""
    start = re.compile(r"(?:[ \t]*\n)*").match(text)
    end = start.end() if start else 0
    return text[end:].rstrip(), text.count("\n", 0, end)


def propose_title(body: str) -> str:
    """Return words of the first sentence that could serve as a title; "" when there are none."""
    paragraph = next((part for part in body.split("\n\n") if part.strip()), "")
    sentence = _SENTENCE.split(" ".join(plain(_BLOCK_MARK.sub("", paragraph.lstrip(), count=1)).split()))[
        0
    ].rstrip(".")
    if len(sentence) <= _LONGEST_PROPOSAL:
        return sentence
    return sentence[:_LONGEST_PROPOSAL].rpartition(" ")[0] + " …"


def plain(text: str) -> str:
    """Return a line of Markdown without links, emphasis and escapes."""
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()
