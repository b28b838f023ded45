"""Typesetting: a document, a theme's templates and drawings → a printed issue."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import normalize

from clusterpress.library.pictures import Picture
from clusterpress.newsletters.document_types import IssueDocument
from clusterpress.theme.theme import Theme, read_tokens

# Tanwin, short vowels, shadda, sukun and the small alef: reading aids, which everyday print omits.
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


def collect_files(document: IssueDocument, drawings: Mapping[str, str], theme: Theme) -> dict[str, bytes]:
    """Return all files that Typst may read, by name; the template is called main.typ.

    Args:
        document: what the template reads as ``document.json``.
        drawings: name → SVG file.
        theme: whose folder ``newsletter`` has the templates.
    """
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
        "main.typ": templates["issue.typ"],
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
