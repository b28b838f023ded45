"""Typesetting: Typst, for documents and pictures from a theme's templates; no other module knows it.

Typst gets every file as a text by name, and nothing from the disk but fonts. As it takes texts alone, a
picture comes to it wrapped in an SVG file, out of which it takes the picture unchanged.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from clusterpress.theme.theme import Theme


class TypesettingError(Exception):
    """Typst refuses a document; the message says why, in its own words."""


def typeset_pdf(
    files: Mapping[str, bytes], theme: Theme, *, standards: tuple[str, ...], stamp: datetime
) -> bytes:
    """Return a PDF: the same bytes whenever and wherever it is made.

    Args:
        files: name → content of everything that Typst may read; it begins with ``main.typ``.
        theme: whose fonts are used.
        standards: what the file must keep to, such as ``ua-1``; what does not is refused.
        stamp: the document's date.

    Raises:
        TypesettingError: Typst refuses the document.
    """
    return _compile(files, theme, pdf_standards=list(standards), timestamp=stamp)[0]


def typeset_pages(files: Mapping[str, bytes], theme: Theme, *, ppi: float) -> list[bytes]:
    """Return the pages of a document as PNG files; 72 ppi make a pixel of every point.

    Raises:
        TypesettingError: Typst refuses the document.
    """
    return _compile(files, theme, format="png", ppi=ppi)


def _compile(files: Any, theme: Theme, **how: Any) -> list[bytes]:
    # Typst's annotations know nothing of files by name.
    try:
        made = typst.compile(files, font_paths=_load_fonts(theme), **how)
    except typst.TypstError as error:
        raise TypesettingError(error.message) from error
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made or b"")]


@lru_cache(maxsize=4)
def _load_fonts(theme: Theme) -> typst.Fonts:
    """Return the theme's fonts; those of the machine are not looked at."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(theme.folder) / "newsletter" / "fonts")],
    )
