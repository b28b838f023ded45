"""Checks of the PDF edition: characters that the fonts lack, and errors of Typst as problems of a source."""

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from clusterpress.library.entries import Entry
from clusterpress.newsletters.issues import ResolvedIssue
from clusterpress.parsing.values import position_of
from clusterpress.theme.theme import Theme
from clusterpress.values.problems import Problem

REMOVE_HINT = 'replace it, or take "pdf" out of the issue\'s editions'
"""What to do about a character that cannot be printed."""

_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})
"""Categories of characters without a glyph: invisible ones, and marks that combine with others."""

_MISSING_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
_FORBIDDEN = re.compile(r'disallowed codepoint `"\\u\{(?P<code>[0-9a-f]+)\}"`')


def check_glyphs(issues: Iterable[ResolvedIssue], theme: Theme) -> Iterator[Problem]:
    """Yield a problem for each character in an issue that the theme's fonts cannot print, once per source."""
    printed = (issue for issue in issues if "pdf" in issue.item.editions)
    entries = {entry.path: entry for issue in printed for entry in (issue.entry, *issue.stories)}
    known = frozenset(map(chr, printable_code_points(theme))) if entries else frozenset()
    for entry in entries.values():
        yield from _missing_glyphs(entry, known)


def _missing_glyphs(entry: Entry, known: frozenset[str]) -> Iterator[Problem]:
    item, source = entry.item, entry.item.source
    fields = {"title": item.title, "summary": item.summary}
    if item.image:
        fields |= {"image.caption": item.image.caption, "image.credit": item.image.credit}
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
    return sorted(
        character for character in set(text) - known if unicodedata.category(character) not in _INVISIBLE
    )


def _problem(path: str, line: int, column: int, character: str) -> Problem:
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    message = f'the newsletter\'s fonts cannot print "{character}" ({name})'
    return Problem(path=path, line=line, column=column, message=message, hint=REMOVE_HINT)


@lru_cache(maxsize=4)
def printable_code_points(theme: Theme) -> frozenset[int]:
    """Return the code points that a theme's newsletter fonts have in every weight of some family."""
    families: dict[str, frozenset[int]] = {}
    for path in sorted((Path(theme.folder) / "newsletter" / "fonts").glob("*.ttf")):
        family, points = path.stem.partition("-")[0], read_code_points(path.read_bytes())
        families[family] = families.get(family, points) & points
    return frozenset().union(*families.values())


def read_code_points(font: bytes) -> frozenset[int]:
    """Return the code points for which a TrueType font has a glyph.

    Read are subtables of format 4 and 12 of the ``cmap`` table (OpenType 1.9, chapter cmap); every font for
    the Unicode of today has one of them.
    """
    start = _table(font, b"cmap")
    points: set[int] = set()
    for number in range(struct.unpack_from(">H", font, start + 2)[0]):
        subtable = start + struct.unpack_from(">I", font, start + 4 + 8 * number + 4)[0]
        match struct.unpack_from(">H", font, subtable)[0]:
            case 4:
                count = struct.unpack_from(">H", font, subtable + 6)[0] // 2
                ends = struct.unpack_from(f">{count}H", font, subtable + 14)
                starts = struct.unpack_from(f">{count}H", font, subtable + 16 + 2 * count)
                points.update(
                    point
                    for first, last in zip(starts, ends, strict=True)
                    for point in range(first, last + 1)
                )
            case 12:
                count = struct.unpack_from(">I", font, subtable + 12)[0]
                for group in range(count):
                    first, last = struct.unpack_from(">II", font, subtable + 16 + 12 * group)
                    points.update(range(first, last + 1))
    return frozenset(points - {0xFFFF})


def _table(font: bytes, tag: bytes) -> int:
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no {tag.decode()} table")


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


def _line_with(text: str, entry: Entry) -> int:
    source = entry.item.source
    at = source.body.find(text)
    if at >= 0:
        return source.body_line + source.body.count("\n", 0, at)
    if text in entry.item.title:
        return source.lines.get("title", (1, 1))[0]
    return source.lines.get("summary", (1, 1))[0] if text in entry.item.summary else 0
