"""Glyphs: which characters the fonts of a theme can print."""

import struct
from functools import lru_cache
from pathlib import Path

from clusterpress.theme.theme import Theme


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
    """Return the offset of a table."""
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no {tag.decode()} table")
