"""Typesetting with Typst: documents and pictures from a theme's templates. Only this module uses Typst.

Typst receives every file as a text by name, and reads nothing from disk except fonts. Because it accepts
texts only, a picture is wrapped in an SVG file, from which Typst takes it unchanged.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from clusterpress.theme.theme import Theme


class TypesettingError(Exception):
    """Typst refuses a document; the message is its own."""


def typeset_pdf(
    files: Mapping[str, bytes], theme: Theme, *, standards: tuple[str, ...], stamp: datetime
) -> bytes:
    """Return a PDF; the same input gives the same bytes at any time, on any machine.

    Args:
        files: name → content of everything that Typst may read; it begins with ``main.typ``.
        theme: its fonts are used.
        standards: standards that the file must conform to, such as ``ua-1``.
        stamp: the document's date.

    Raises:
        TypesettingError: Typst refuses the document.
    """
    return _compile(files, theme, pdf_standards=list(standards), timestamp=stamp)[0]


def typeset_pages(files: Mapping[str, bytes], theme: Theme, *, ppi: float) -> list[bytes]:
    """Return the pages of a document as PNG files; at 72 ppi, a point is a pixel.

    Args:
        files: name → content of everything that Typst may read; it begins with ``main.typ``.
        theme: its fonts are used.
        ppi: pixels per inch.

    Raises:
        TypesettingError: Typst refuses the document.
    """
    return _compile(files, theme, format="png", ppi=ppi)


def _compile(files: Any, theme: Theme, **how: Any) -> list[bytes]:
    # Typst's annotations do not know files by name.
    try:
        made = typst.compile(files, font_paths=_load_fonts(theme), **how)
    except typst.TypstError as error:
        raise TypesettingError(error.message) from error
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made or b"")]


@lru_cache(maxsize=4)
def _load_fonts(theme: Theme) -> typst.Fonts:
    """Return the theme's fonts; fonts of the machine are ignored."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(theme.folder) / "newsletter" / "fonts")],
    )
