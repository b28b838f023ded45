"""Splits a text into front matter and body, with python-frontmatter and a handler of our own.

The handlers of python-frontmatter accept unclosed blocks and duplicate keys, read ``lang: no`` as False and
``007`` as 7, and know no line numbers. Ours reads the fences and leaves the values to `clusterpress.parsing`.
"""

import re
from dataclasses import dataclass, field

import frontmatter
from frontmatter.default_handlers import BaseHandler

from clusterpress.content.headings import without_empty_lines
from clusterpress.parsing.toml_text import read_toml
from clusterpress.parsing.values import ParseResult
from clusterpress.parsing.yaml_text import read_yaml
from clusterpress.values.problems import Problem

_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter and body of a text."""

    parsed: ParseResult
    """The values, their places, and faults of form."""
    body: str
    """The text after it, from the first line that is not empty."""
    body_line: int
    """The line on which the body begins."""
    fenced: bool = field(default=True)
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
        self._read = read_yaml

    def split(self, text: str) -> tuple[str, str]:
        """Return what stands between the fences, and the body.

        Raises:
            ValueError: the block is not closed; `frontmatter.parse` then leaves the text alone.
        """
        fence, start = text[:3], text.find("\n") + 1
        closing = _CLOSING[fence].search(text, start) if start else None
        if closing is None:
            self.parsed = ParseResult(problems=(self._unclosed(fence, text),))
            raise ValueError(fence)
        self._read = read_toml if fence == "+++" else read_yaml
        self.body, skipped = without_empty_lines(text[closing.end() + 1 :])
        self.body_line = self._opening + text.count("\n", 0, closing.end()) + 1 + skipped
        return text[start : closing.start()], self.body

    def load(self, fm: str) -> dict[str, object]:
        """Return the values; ``parsed`` has their positions."""
        self.parsed = self._read(fm, self._path, first_line=self._opening + 1)
        return dict(self.parsed.values)

    def _unclosed(self, fence: str, text: str) -> Problem:
        last = self._opening + text.partition("\n\n")[0].count("\n")
        return Problem(
            path=self._path,
            line=self._opening,
            message=f'front matter begins here with "{fence}" but does not end',
            hint=f'put a line with "{fence}" after line {last}',
        )
