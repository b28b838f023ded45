"""Social images: the pictures that other platforms show with a link to a page of the site.

Open Graph recommends 1200 by 630 pixels. An image depends on a few words only, so that a change in the text
of its page does not draw it again.
"""

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from clusterpress.theme.theme import Theme, read_tokens

WIDTH, HEIGHT = 1200, 630
"""Pixels."""

MAX_TITLE_LENGTH = 260
"""Characters of a title that fit."""

SOCIAL_IMAGE_KINDS = frozenset({"news", "event", "issue"})
"""Kinds of item that have a social image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialImageSpec:
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
    """Text in the ring of the drawing: the day, or the number of an issue."""
    below: str = ""
    """Text under it: month and year."""


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
    # Only drawing needs Typst, which takes 0.1 s to import.
    from clusterpress.theme.typesetting import typeset_pages

    tokens = read_tokens(theme)
    colours = tokens["colours"]["dark"]
    values = {name: getattr(spec, name) for name in spec.__dataclass_fields__}
    values |= {
        "title": _truncate(spec.title),
        "colour": spec.colour if spec.colour.startswith("#") else colours.get(spec.colour, colours["blue"]),
        "band": dict(tokens["band"]),
    }
    files = {
        "main.typ": (Path(theme.folder) / "cards" / "card.typ").read_bytes(),
        "face.json": json.dumps(values).encode(),
        "art.svg": art.encode(),
    }
    return _quantise(typeset_pages(files, theme, ppi=72)[0])


def _truncate(title: str) -> str:
    """Return a title, shortened to fit."""
    return title if len(title) <= MAX_TITLE_LENGTH else title[:MAX_TITLE_LENGTH].rpartition(" ")[0] + "…"


def _quantise(card: bytes) -> bytes:
    """Return an image with 128 colours, which look the same in a third of the bytes."""
    from PIL import Image

    file = BytesIO()
    with Image.open(BytesIO(card)) as image:
        few = image.convert("RGB").quantize(128, method=Image.Quantize.FASTOCTREE)
        few.save(file, "PNG", compress_level=6)  # a tenth smaller would take ten times as long
    return file.getvalue()
