"""Checks: what would keep an issue from being printed, found in the sources before anything is set."""

import unicodedata
from collections.abc import Iterable, Iterator

from clusterpress.library.entries import Entry
from clusterpress.newsletters.issues import ResolvedIssue
from clusterpress.newsletters.pdf.errors import REMOVE_HINT
from clusterpress.newsletters.pdf.glyphs import printable_code_points
from clusterpress.parsing.values import position_of
from clusterpress.theme.theme import Theme
from clusterpress.values.problems import Problem

_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})
"""Categories of characters that need no glyph: they are invisible, or join the one before."""


def check_glyphs(issues: Iterable[ResolvedIssue], theme: Theme) -> Iterator[Problem]:
    """Yield a problem for each character in an issue that the theme's fonts cannot print, once per source."""
    known: frozenset[str] = frozenset()
    seen: set[str] = set()
    for issue in issues:
        if "pdf" not in issue.item.editions:
            continue
        known = known or frozenset(map(chr, printable_code_points(theme)))
        for entry in (issue.entry, *issue.stories):
            if entry.item.source.path not in seen:
                seen.add(entry.item.source.path)
                yield from _missing_glyphs(entry, known)


def _missing_glyphs(entry: Entry, known: frozenset[str]) -> Iterator[Problem]:
    item, source = entry.item, entry.item.source
    image = item.image
    fields = {
        "title": item.title,
        "summary": item.summary,
        "image.caption": image.caption if image else "",
        "image.credit": image.credit if image else "",
    }
    for name, text in fields.items():
        if found := _unprintable(text, known):
            line, column = position_of(name, source.lines)
            yield _problem(source.path, line, column, found[0])
    if not _unprintable(source.body, known):
        return
    for number, text in enumerate(source.body.split("\n")):
        if found := _unprintable(text, known):
            yield _problem(source.path, source.body_line + number, text.index(found[0]) + 1, found[0])


def _unprintable(text: str, known: frozenset[str]) -> list[str]:
    """Return the characters of a text that need a glyph and have none, in order of code points."""
    return sorted(
        character for character in set(text) - known if unicodedata.category(character) not in _INVISIBLE
    )


def _problem(path: str, line: int, column: int, character: str) -> Problem:
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    message = f'the newsletter\'s fonts cannot print "{character}" ({name})'
    return Problem(path=path, line=line, column=column, message=message, hint=REMOVE_HINT)
