"""Checks of the PDF edition: characters that the fonts lack, and errors of Typst as problems of a source."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry
from clusterpress.newsletters.issues import ResolvedIssue
from clusterpress.parsing.values import position_of
from clusterpress.theme.print_characters import (
    describe_unlike,
    find_unlike,
    printable_code_points,
    second_code_points,
)
from clusterpress.theme.theme import Theme
from clusterpress.values.problems import Problem, Severity

REMOVE_HINT = 'replace it, or take "pdf" out of the issue\'s editions'
"""What to do about a character that cannot be printed."""

_MISSING_GLYPH = re.compile(r'the text `"(?P<text>.{1,200}?)"` could not be displayed')
_FORBIDDEN = re.compile(r'disallowed codepoint `"\\u\{(?P<code>[0-9a-f]+)\}"`')


def check_glyphs(issues: Iterable[ResolvedIssue], theme: Theme) -> Iterator[Problem]:
    """Yield one warning for each issue whose PDF prints some characters in another form."""
    for issue in issues:
        if "pdf" in issue.item.editions:
            yield from _check_issue(issue, printable_code_points(theme), second_code_points(theme))


def _check_issue(issue: ResolvedIssue, known: frozenset[int], second: frozenset[int]) -> Iterator[Problem]:
    main = frozenset(map(chr, known - second))
    found: dict[str, tuple[str, int, int]] = {}
    entries = {entry.path: entry for entry in (issue.entry, *issue.stories)}
    for entry in entries.values():
        for text, line in _texts(entry):
            for character in find_unlike(text, main):
                found.setdefault(character, (entry.path, *_place(text, character, line)))
    if found:
        path, line, column = next(iter(found.values()))
        message = f"the PDF of the newsletter prints {describe_unlike(found, known)}"
        yield Problem(
            path=path, line=line, column=column, severity=Severity.WARNING, message=message, hint=REMOVE_HINT
        )


def _texts(entry: Entry) -> Iterator[tuple[str, tuple[int, int] | int]]:
    """Yield the texts of an item, each with the position of its field, or the line where the body begins."""
    item, source = entry.item, entry.item.source
    fields = {"title": item.title, "summary": item.summary}
    if item.image:
        fields |= {"image.caption": item.image.caption, "image.credit": item.image.credit}
    if isinstance(item, Issue):
        for number, section in enumerate(item.sections):
            fields |= {
                f"sections.{number}.{key}": getattr(section, key) for key in ("title", "text", "close")
            }
    yield from ((text, position_of(name, source.lines)) for name, text in fields.items() if text)
    yield source.body, source.body_line


def _place(text: str, character: str, start: tuple[int, int] | int) -> tuple[int, int]:
    if isinstance(start, tuple):
        return start
    before = text[: text.index(character)]
    return start + before.count("\n"), len(before) - before.rfind("\n")


def translate_error(error: str, entries: Sequence[Entry]) -> Problem:
    """Return an error of Typst as a problem of the entry that causes it; the issue's own comes first."""
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


_REMARK = b"\n%clusterpress "
"""What begins a comment at the end of a file that does not conform to the standards."""


def write_remark(problem: Problem) -> bytes:
    """Return a comment that follows the end of a PDF and says why it does not conform to the standards."""
    return _REMARK + json.dumps({"path": problem.path, "line": problem.line, "why": problem.message}).encode()


def read_remark(pdf: bytes, _sources: tuple[str, ...]) -> Problem | None:
    """Return a warning if a PDF does not conform to the standards."""
    at = pdf.rfind(_REMARK)
    if at < 0:
        return None
    remark = json.loads(pdf[at + len(_REMARK) :])
    return Problem(
        path=remark["path"],
        line=remark["line"],
        severity=Severity.WARNING,
        message=f"the PDF is made without its marks for accessibility and archives: {remark['why']}",
        hint="correct it here, or report it if you see nothing wrong",
    )


def _line_with(text: str, entry: Entry) -> int:
    source = entry.item.source
    at = source.body.find(text)
    if at >= 0:
        return source.body_line + source.body.count("\n", 0, at)
    if text in entry.item.title:
        return source.lines.get("title", (1, 1))[0]
    return source.lines.get("summary", (1, 1))[0] if text in entry.item.summary else 0
