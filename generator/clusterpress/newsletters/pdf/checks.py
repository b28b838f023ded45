"""Checks of the PDF edition: characters that the fonts lack, and errors of Typst as problems of a source."""

import json
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from clusterpress.content.items import Issue
from clusterpress.library.entries import Entry
from clusterpress.newsletters.issues import ResolvedIssue
from clusterpress.parsing.values import position_of
from clusterpress.theme.theme import Theme
from clusterpress.values.problems import Problem, Severity

REMOVE_HINT = 'replace it, or take "pdf" out of the issue\'s editions'
"""What to do about a character that cannot be printed."""

SECOND_FONT = "NotoEmoji"
"""The family (the first part of its files' names) whose characters look unlike the text around them."""

_SUBSTITUTES = "\u25a1?"
"""Characters that stand for one that no font has; the first that a font has is taken."""

_MAX_LISTED = 5
"""How many characters a warning lists."""

_INVISIBLE = frozenset({"Cc", "Cf", "Me", "Mn", "Zl", "Zp", "Zs"})
"""Categories of characters without a glyph: invisible ones, and marks that combine with others."""

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
            for character in _unlike(text, main):
                found.setdefault(character, (entry.path, *_place(text, character, line)))
    if found:
        path, line, column = next(iter(found.values()))
        message = f"the PDF of the newsletter prints {_describe(found, known)}"
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


def _unlike(text: str, main: frozenset[str]) -> list[str]:
    """Return the characters that the main fonts do not print, in the order of the text."""
    rare = set(text) - main
    return [
        character
        for character in dict.fromkeys(text if rare else "")
        if character in rare and unicodedata.category(character) not in _INVISIBLE
    ]


def _place(text: str, character: str, start: tuple[int, int] | int) -> tuple[int, int]:
    if isinstance(start, tuple):
        return start
    before = text[: text.index(character)]
    return start + before.count("\n"), len(before) - before.rfind("\n")


def _describe(characters: Iterable[str], known: frozenset[int]) -> str:
    """Return how the PDF prints some characters: ``"🎉" (party popper) in black, "□" for "中" (…)``."""
    said = [
        f'"{one}" ({_name(one)}) in black'
        if ord(one) in known
        else f'"{substitute(one, known)}" for "{one}" ({_name(one)})'
        for one in characters
    ]
    more = f" and {len(said) - _MAX_LISTED} more" if len(said) > _MAX_LISTED else ""
    return ", ".join(said[:_MAX_LISTED]) + more


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


def substitute(character: str, known: frozenset[int]) -> str:
    """Return what is printed for a character: itself, its plain form or its base letter, or a square.

    Args:
        character: one character.
        known: the code points that some font has.
    """
    if ord(character) in known:
        return character
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        is_selector = unicodedata.name(character, "").startswith("VARIATION SELECTOR")
        return "" if category.startswith("M") and not is_selector else character
    plain = unicodedata.normalize("NFKC", character)
    base = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    forms = (form for form in (plain, base, *_SUBSTITUTES) if form)
    return next((form for form in forms if all(ord(one) in known for one in form)), "")


@lru_cache(maxsize=4)
def printable_code_points(theme: Theme) -> frozenset[int]:
    """Return the code points that a theme's newsletter fonts have in every weight of some family."""
    return frozenset().union(*_families(theme).values())


@lru_cache(maxsize=4)
def second_code_points(theme: Theme) -> frozenset[int]:
    """Return the code points that only the theme's second font has."""
    families = dict(_families(theme))
    return families.pop(SECOND_FONT, frozenset()) - frozenset().union(*families.values())


@lru_cache(maxsize=4)
def _families(theme: Theme) -> Mapping[str, frozenset[int]]:
    families: dict[str, frozenset[int]] = {}
    for path in sorted((Path(theme.folder) / "newsletter" / "fonts").glob("*.ttf")):
        family, points = path.stem.partition("-")[0], read_code_points(path.read_bytes())
        families[family] = families.get(family, points) & points
    return families


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
