"""Typesetting: a document, a theme's templates and drawings → a printed issue."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from clusterpress.library.entries import Picture
from clusterpress.newsletters.document_types import IssueDocument
from clusterpress.theme import typesetting
from clusterpress.theme.theme import Theme, read_tokens

STANDARDS = ("ua-1", "a-2a")
"""PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2): Typst refuses what is not accessible."""

# Tanwin, short vowels, shadda, sukun and the small alef: reading aids, which everyday print does without.
_READING_AIDS = re.compile("[\u064b-\u0652\u0670]")


def wrap_picture(picture: Picture, content: bytes) -> str:
    """Return an SVG file that shows a published picture."""
    if picture.type == "image/svg+xml":
        return content.decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" {size}>'
        f'<image {size} href="data:{picture.type};base64,{b64encode(content).decode()}"/></svg>'
    )


def typeset_pdf(
    template: str, document: IssueDocument, drawings: Mapping[str, str], theme: Theme, day: date
) -> bytes:
    """Return the PDF of a document: the same bytes whenever and wherever it is made.

    Args:
        template: file name in the theme's ``newsletter`` folder.
        document: JSON values that the template reads as ``document.json``.
        drawings: name → SVG file.
        theme: the theme.
        day: the document's date.

    Raises:
        TypesettingError: Typst refuses the document.
    """
    stamp = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    files = _files(template, document, drawings, theme)
    return typesetting.typeset_pdf(files, theme, standards=STANDARDS, stamp=stamp)


def typeset_pages(
    template: str, document: IssueDocument, drawings: Mapping[str, str], theme: Theme, *, ppi: float
) -> list[bytes]:
    """Return the pages of a document as PNG files of a resolution; everything else as for `typeset_pdf`."""
    return typesetting.typeset_pages(_files(template, document, drawings, theme), theme, ppi=ppi)


def _files(
    template: str, document: IssueDocument, drawings: Mapping[str, str], theme: Theme
) -> dict[str, bytes]:
    """Return all files that Typst may read, by name; the template is called main.typ."""
    folder = Path(theme.folder) / "newsletter"
    templates = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
    texts = {
        "document.json": json.dumps(document),
        "tokens.json": json.dumps(read_tokens(theme), default=dict),
        **drawings,
    }
    return {
        **templates,
        **{name: text.encode() for name, text in texts.items()},
        "main.typ": templates[template],
    }


def normalise_text(values: Any) -> Any:
    """Return JSON values with letters and marks composed, and without the reading aids of Arabic.

    Typst 0.15 gives a letter and the mark upon it each the text of both, so that readers of the file, screen
    readers among them, get the letter twice (https://github.com/typst/typst/issues/8767).
    """
    if isinstance(values, str):
        return _READING_AIDS.sub("", normalize("NFC", values))
    if isinstance(values, dict):
        return {key: normalise_text(value) for key, value in values.items()}
    return [normalise_text(value) for value in values] if isinstance(values, list) else values
