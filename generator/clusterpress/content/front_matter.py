"""Splits a text into front matter and body, and finds the first heading of a body."""

import re
from functools import partial
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler
from msgspec import Struct

from clusterpress.parsing.toml_text import read_toml
from clusterpress.parsing.values import ParseResult
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.values.kinds import PROSE_KEYS
from clusterpress.values.problems import Problem

_ATX = re.compile(r" {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*(?:\n|$)")
_SETEXT = re.compile(r" {0,3}(\S[^\n]*)\n {0,3}=+[ \t]*(?:\n|$)")
_ATTRIBUTES = re.compile(r"[ \t]*\{[:#.][^{}]*\}$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(?<!\\)[*`]|\\(?=[!-/:-@\[-`{-~])")
_BLOCK_MARK = re.compile(r"^(?:#{1,6}\s+|>\s*|[-+*]\s+|\d+[.)]\s+)+")
_SENTENCE = re.compile(r"(?<=[.!?؟])\s")

_LONGEST_PROPOSAL = 70


class LeadingHeading(Struct, frozen=True):
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
    if not found or not (title := plain(_ATTRIBUTES.sub("", found[1]))):
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
    words = plain(_BLOCK_MARK.sub("", paragraph.lstrip(), count=1)).split()
    sentence = _SENTENCE.split(" ".join(words))[0].rstrip(".")
    if len(sentence) <= _LONGEST_PROPOSAL:
        return sentence
    return sentence[:_LONGEST_PROPOSAL].rpartition(" ")[0] + " …"


def plain(text: str) -> str:
    """Return a line of Markdown without links, emphasis and escapes."""
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()


LIKE_A_FENCE = re.compile(
    r"^[ \t]*(?!---[ \t]*$)(?:[-–—−‐‑‒―][ \t]?){2,}[ \t]*$|^[ \t]+---[ \t]*$|^—[ \t]*$", re.MULTILINE
)
"""Lines that word processors make of ``---``: a dash, dashes of other lengths, four hyphens, ``- - -``."""


def like_a_fence(written: str, what: str) -> tuple[str, str]:
    """Return (message, hint) for a line that was meant as a fence.

    Args:
        written: the line.
        what: ``opens`` or ``closes``.
    """
    return f'"{written}" is not the line that {what} front matter', 'write three hyphens at the start: "---"'


_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}


class FrontMatter(Struct, frozen=True):
    """Front matter and body of a text."""

    parsed: ParseResult
    """The values, their places, and faults of form."""
    body: str
    """The text after it, from the first line that is not empty."""
    body_line: int
    """The line on which the body begins."""
    fenced: bool = True
    """Whether there is front matter at all."""


def read_front_matter(text: str, path: str) -> FrontMatter:
    r"""Return the values between the fences, and the body.

    Args:
        text: the whole file, newlines as ``\n``.
        path: the file, for problems.
    """
    opening = text[: len(text) - len(text.lstrip())].count("\n") + 1
    form = _Fenced(path, opening)
    if not form.detect(text.strip()):
        body, skipped = without_empty_lines(text)
        return FrontMatter(ParseResult(), body, skipped + 1, fenced=False)
    frontmatter.parse(text, handler=form)
    return FrontMatter(form.parsed, form.body, form.body_line)


class _Fenced(BaseHandler):
    """YAML between ``---`` and ``---`` (or ``...``), TOML between ``+++`` and ``+++``; for one file."""

    FM_BOUNDARY = re.compile(r"(?:---|\+\+\+)[ \t]*$", re.MULTILINE)

    def __init__(self, path: str, opening: int) -> None:
        super().__init__()
        self.parsed = ParseResult()
        self.body = ""
        self.body_line = opening
        self._path = path
        self._opening = opening
        self._read: Any = partial(read_yaml, prose=PROSE_KEYS)

    def split(self, text: str) -> tuple[str, str]:
        """Return what stands between the fences, and the body.

        Raises:
            ValueError: the block is not closed; `frontmatter.parse` then leaves the text alone.
        """
        fence, start = text[:3], text.find("\n") + 1
        closing = _CLOSING[fence].search(text, start) if start else None
        if closing is None:
            self.parsed = ParseResult(problems=(self._unclosed(text, fence, start),))
            raise ValueError(fence)
        if fence == "+++":
            self._read = read_toml
        self.body, skipped = without_empty_lines(text[closing.end() + 1 :])
        self.body_line = self._opening + text.count("\n", 0, closing.end()) + 1 + skipped
        return text[start : closing.start()], self.body

    def _unclosed(self, text: str, fence: str, start: int) -> Problem:
        """Return the problem of a block that is not closed, or only by something like a fence."""
        if found := LIKE_A_FENCE.search(text, start) if start else None:
            line = self._opening + text.count("\n", 0, found.start())
            message, hint = like_a_fence(found[0].strip(), "closes")
            return Problem(path=self._path, line=line, message=message, hint=hint)
        last = self._opening + text.partition("\n\n")[0].count("\n")
        message = f'front matter begins here with "{fence}" but does not end'
        hint = f'put a line with "{fence}" after line {last}'
        return Problem(path=self._path, line=self._opening, message=message, hint=hint)

    def load(self, fm: str) -> dict[str, object]:
        """Return the values; ``parsed`` has their positions."""
        self.parsed = self._read(fm, self._path, first_line=self._opening + 1)
        return dict(self.parsed.values)
