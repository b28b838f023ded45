"""Cards: the pictures that other platforms show with a link to a page of the site.

1200 by 630 pixels is what Open Graph recommends. A card is drawn from a few words, so that it need not be
drawn again when the text of its page changes.
"""

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from clusterpress.theme.theme import Theme, read_tokens

WIDTH, HEIGHT = 1200, 630
"""Pixels."""

MAX_TITLE_LENGTH = 260
"""Characters of a title for which there is room."""

SOCIAL_IMAGE_KINDS = frozenset({"news", "event", "issue"})
"""Kinds of item that have a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialImageSpec:
    """What a card shows."""

    title: str
    lang: str
    """Language of its words."""
    direction: str
    """``ltr`` or ``rtl``."""
    wordmark: str
    """Who speaks: the site, or a newsletter."""
    kicker: str = ""
    """A few words over the title: the programme."""
    note: str = ""
    """A few words at the foot: the date."""
    colour: str = ""
    """Colour token, or ``#`` and six digits; the theme's own when there is none."""
    number: str = ""
    """Stands in the ring of the drawing: the day, or the number of an issue."""
    below: str = ""
    """Stands under it: month and year."""


def social_image_url(page: str) -> str:
    """Return the path of the card of a page: in its folder."""
    return f"{page.removesuffix('.html').rstrip('/')}/card.png"


def draw_social_image(theme: Theme, spec: SocialImageSpec, art: str) -> bytes:
    """Return a card as PNG.

    Args:
        theme: the theme, whose template is ``cards/card.typ``.
        spec: what it shows.
        art: an SVG file, drawn at the end of the line.

    Raises:
        TypesettingError: the typesetter refuses it.
    """
    # 0.1 s that only drawing needs.
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
    """Return a title no longer than a card can hold."""
    return title if len(title) <= MAX_TITLE_LENGTH else title[:MAX_TITLE_LENGTH].rpartition(" ")[0] + "…"


def _quantise(card: bytes) -> bytes:
    """Return a card in as many colours as the eye tells apart in it: a third of the bytes."""
    from PIL import Image

    file = BytesIO()
    with Image.open(BytesIO(card)) as image:
        few = image.convert("RGB").quantize(128, method=Image.Quantize.FASTOCTREE)
        few.save(file, "PNG", compress_level=6)  # smaller by a tenth would take ten times as long
    return file.getvalue()
