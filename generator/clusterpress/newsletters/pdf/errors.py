"""Refusals: what the typesetter says against a document, as a problem of a source."""

import re
from collections.abc import Sequence

from clusterpress.library.entries import Entry
from clusterpress.values.problems import Problem

_MISSING_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
_FORBIDDEN = re.compile(r'disallowed codepoint `"\\u\{(?P<code>[0-9a-f]+)\}"`')

REMOVE_HINT = 'replace it, or take "pdf" out of the issue\'s editions'
"""What to do about what cannot be printed."""


def translate_error(error: str, entries: Sequence[Entry]) -> Problem:
    """Return the problem that a refusal of Typst speaks of.

    Args:
        error: Typst's message.
        entries: what was being set, the issue's own entry first.
    """
    issue = entries[0].item.source.path
    missing_glyph, forbidden = _MISSING_GLYPH.search(error), _FORBIDDEN.search(error)
    if not (missing_glyph or forbidden):
        hint = "if the theme is your own, check its newsletter templates; otherwise please report this"
        return Problem(path=issue, message=f"the PDF of the issue cannot be made: {error}", hint=hint)
    text = missing_glyph["text"] if missing_glyph else chr(int(forbidden["code"], 16)) if forbidden else ""
    path, line = next(
        ((e.item.source.path, line) for e in entries if (line := _line_with(text, e))), (issue, 1)
    )
    return Problem(
        path=path, line=line, message=f'"{text}" cannot be printed in the PDF of {issue}', hint=REMOVE_HINT
    )


def _line_with(text: str, entry: Entry) -> int:
    """Return the line of a source that holds a text, or 0."""
    source = entry.item.source
    at = source.body.find(text)
    if at >= 0:
        return source.body_line + source.body.count("\n", 0, at)
    if text in entry.item.title:
        return source.lines.get("title", (1, 1))[0]
    return source.lines.get("summary", (1, 1))[0] if text in entry.item.summary else 0
