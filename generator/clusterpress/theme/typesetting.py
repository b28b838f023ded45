"""Typesetting with Typst: documents and pictures from a theme's templates. Only this module uses Typst.

Typst receives every file as a text by name, and reads nothing from disk except fonts. Because it accepts
texts only, a picture is wrapped in an SVG file, from which Typst takes it unchanged. Typst takes 0.1 s to
import, which only drawing needs.

Social images are the pictures that other platforms show with a link to a page of the site. Open Graph
recommends 1200 by 630 pixels. An image depends on a few words only, so that a change in the text of its page
does not draw it again.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from clusterpress.theme.theme import Theme, read_tokens

if TYPE_CHECKING:
    import typst

WIDTH, HEIGHT = 1200, 630
"""Pixels."""

PANEL = (470, HEIGHT)
"""Pixels of the panel with the drawing of an item."""

MAX_TITLE_LENGTH = 260
"""Characters of a title that fit."""

SOCIAL_IMAGE_KINDS = frozenset({"news", "event", "issue"})
"""Kinds of item that have a social image."""


class TypesettingError(Exception):
    """Typst refuses a document; the message is its own."""


def typeset(files: Mapping[str, bytes], theme: Theme, **how: Any) -> list[bytes]:
    """Return a PDF, or each page as PNG; the same input gives the same bytes at any time, on any machine.

    Args:
        files: name → content of everything that Typst may read; it begins with ``main.typ``.
        theme: its fonts are used.
        how: options of `typst.compile`: ``pdf_standards`` to conform to, such as ``ua-1``, and the document's
            ``timestamp``; or ``format="png"`` and ``ppi``, pixels per inch, where at 72 a point is a pixel.

    Raises:
        TypesettingError: Typst refuses the document.
    """
    import typst

    sources: Any = files  # Typst's annotations do not know files by name
    try:
        made = typst.compile(sources, font_paths=_load_fonts(theme), **how)
    except typst.TypstError as error:
        raise TypesettingError(error.message) from error
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made or b"")]


@lru_cache(maxsize=4)
def _load_fonts(theme: Theme) -> "typst.Fonts":
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(theme.folder) / "newsletter" / "fonts")],
    )


class SocialImageSpec(Struct, frozen=True, kw_only=True):
    """What a social image shows."""

    title: str
    lang: str
    """Language of its texts."""
    direction: str
    """``ltr`` or ``rtl``."""
    wordmark: str
    """Name of the site or newsletter."""
    kicker: str = ""
    """A few words above the title: the programme."""
    note: str = ""
    """A few words at the bottom: the date."""
    colour: str = ""
    """Colour token, or ``#`` and six digits; empty for the theme's own."""
    number: str = ""
    """Number of an issue, in the ring of its drawing."""
    panel: bool = False
    """Whether the drawing fills a panel of `PANEL` shape at the end of the line, as that of an item."""


def social_image_url(page: str) -> str:
    """Return the path of the social image of a page: it lies in the page's folder."""
    return f"{page.removesuffix('.html').rstrip('/')}/card.png"


def draw_social_image(theme: Theme, spec: SocialImageSpec, art: str) -> bytes:
    """Return a social image as PNG.

    Args:
        theme: the theme; its template is ``cards/card.typ``.
        spec: its texts and colours.
        art: the drawing beside the text, as SVG.

    Raises:
        TypesettingError: Typst refuses it.
    """
    title = spec.title
    if len(title) > MAX_TITLE_LENGTH:
        title = title[:MAX_TITLE_LENGTH].rpartition(" ")[0] + "…"
    tokens = read_tokens(theme)
    colours = tokens["colours"]["dark"]
    values = {name: getattr(spec, name) for name in spec.__struct_fields__}
    values |= {
        "title": title,
        "colour": spec.colour if spec.colour.startswith("#") else colours.get(spec.colour, colours["blue"]),
        "band": dict(tokens["band"]),
        "width": PANEL[0],
    }
    files = {
        "main.typ": (Path(theme.folder) / "cards" / "card.typ").read_bytes(),
        "face.json": json.dumps(values).encode(),
        "art.svg": art.encode(),
    }
    return _quantise(typeset(files, theme, format="png", ppi=72)[0])


def _quantise(card: bytes) -> bytes:
    """Return an image with 128 colours, which look the same in a third of the bytes."""
    from PIL import Image

    file = BytesIO()
    with Image.open(BytesIO(card)) as image:
        few = image.convert("RGB").quantize(128, method=Image.Quantize.FASTOCTREE)
        few.save(file, "PNG", compress_level=6)  # a tenth smaller would take ten times as long
    return file.getvalue()
