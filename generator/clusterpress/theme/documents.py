"""Documents: what a link to a file says of it, "PDF, 1.2 MB", in the words of a language."""

from functools import lru_cache
from pathlib import PurePosixPath

from babel.units import format_unit

from clusterpress.theme.languages import locale_of

_UNITS = ("kilobyte", "megabyte", "gigabyte")
_STEP = 1000
_LONGEST_TYPE = 5


@lru_cache(maxsize=1024)
def describe_document(path: str, length: int, lang: str) -> str:
    """Return type and size of a file, or nothing if its name does not say its type.

    Args:
        path: its path or address.
        length: its bytes; 0 if that is not known.
        lang: code of the language of the words.
    """
    kind = PurePosixPath(path).suffix[1:].upper()
    if not 1 < len(kind) <= _LONGEST_TYPE or not kind.isalnum() or kind in ("HTM", "HTML"):
        return ""
    return f"{kind}, {_size(length, lang)}" if length else kind


def _size(length: int, lang: str) -> str:
    """Return a size in decimal units (IEC 80000-13), with one digit behind the point from a megabyte on."""
    number, unit = max(1.0, float(round(length / _STEP))), 0
    while number >= _STEP and unit < len(_UNITS) - 1:
        unit += 1
        number = round(length / _STEP ** (unit + 1), 1)
    written = format_unit(number, f"digital-{_UNITS[unit]}", length="short", locale=locale_of(lang))
    return str(written).replace(" ", "\u00a0")
