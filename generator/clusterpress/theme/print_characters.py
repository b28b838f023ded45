"""Characters in print: which of them the fonts of a theme have, and what stands for the others."""

import struct
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from clusterpress.theme.theme import Theme

SECOND_FONT = "NotoEmoji"
"""The family (the first part of its files' names) whose characters look unlike the text around them."""

_SUBSTITUTES = "\u25a1?"
"""Characters that stand for one that no font has; the first that a font has is taken."""

INVISIBLE = frozenset({"Cc", "Cf", "Me", "Mn", "Zl", "Zp", "Zs"})
"""Categories of characters without a glyph: invisible ones, and marks that combine with others."""

_MAX_LISTED = 5
"""How many characters a warning lists."""

_ADDRESSES = frozenset({"href", "id", "src", "to"})
"""Keys of a document whose values are not printed."""


def substitute(character: str, known: frozenset[int]) -> str:
    """Return what is printed for a character: itself, its plain form or its base letter, or a square.

    Args:
        character: one character.
        known: the code points that some font has.
    """
    if ord(character) in known:
        return character
    category = unicodedata.category(character)
    if category in INVISIBLE:
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


def normalise_text(values: Any, known: frozenset[int] = frozenset()) -> Any:
    """Return JSON values with letters and marks composed, and with characters that the fonts have.

    Typst 0.15 gives a letter and the mark upon it each the text of both, so that readers of the file, screen
    readers among them, get the letter twice (https://github.com/typst/typst/issues/8767). The Arabic font
    therefore has one glyph for both.

    Args:
        values: the values; addresses among them stay as they are.
        known: the code points that the fonts have; a character without one is replaced. Empty: all are left.
    """
    if isinstance(values, str):
        text = unicodedata.normalize("NFC", values)
        if not known or all(map(known.__contains__, map(ord, text))):
            return text
        return "".join(substitute(character, known) for character in text)
    if isinstance(values, dict):
        return {
            key: value if key in _ADDRESSES else normalise_text(value, known) for key, value in values.items()
        }
    return [normalise_text(value, known) for value in values] if isinstance(values, list) else values


def find_unlike(text: str, main: frozenset[str]) -> list[str]:
    """Return the characters that the main fonts do not print, in the order of the text."""
    rare = set(text) - main
    return [
        character
        for character in dict.fromkeys(text if rare else "")
        if character in rare and unicodedata.category(character) not in INVISIBLE
    ]


def describe_unlike(characters: Iterable[str], known: frozenset[int]) -> str:
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
