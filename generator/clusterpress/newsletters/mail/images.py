"""Pictures: what mail programs cannot draw themselves, as PNG: the cover's art and the emblem."""

import json
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from clusterpress.funding.emblem import BLUE, FLY, HOIST, YELLOW, draw_stars
from clusterpress.theme.cover_art import HEIGHT, RING, WIDTH, draw_cover_art
from clusterpress.theme.theme import Theme, palette_on_band, read_tokens
from clusterpress.theme.wording import open_wording

PIXEL_RATIO = 2
"""Pixels of a picture for each CSS pixel of its place."""

EMBLEM_HEIGHT = 48
"""CSS pixels; at least 1 cm on any screen that says how large it is."""

_OVERSAMPLING = 8
"""How much larger the emblem is drawn than it is, so that its stars have smooth edges."""


def draw_cover(
    theme: Theme, seed: str, sections: tuple[tuple[str, int], ...], number: int, lang: str
) -> bytes:
    """Return the art of a cover as PNG, with the issue's number in its ring.

    Args:
        theme: the theme, whose template is ``newsletter/mail/cover.typ``.
        seed: what makes this issue different from others.
        sections: colour token and number of stories of each section.
        number: issue number.
        lang: its language, whose direction decides on which side the ring stands.
    """
    # 0.1 s that only rendering needs.
    from clusterpress.theme.typesetting import typeset_pages

    mirrored = open_wording(theme, lang, "newsletter").direction == "rtl"
    values = {
        "width": WIDTH,
        "height": HEIGHT,
        "ring": [WIDTH - RING[0] if mirrored else RING[0], *RING[1:]],
        "number": str(number),
        "ground": read_tokens(theme)["band"]["ground"],
    }
    files = {
        "main.typ": (Path(theme.folder) / "newsletter" / "mail" / "cover.typ").read_bytes(),
        "values.json": json.dumps(values).encode(),
        "art.svg": draw_cover_art(seed, sections, palette_on_band(theme), mirrored=mirrored).encode(),
    }
    return typeset_pages(files, theme, ppi=72.0 * PIXEL_RATIO)[0]


def draw_emblem() -> bytes:
    """Return the European emblem as PNG, from the outlines of the one on web pages."""
    height = EMBLEM_HEIGHT * PIXEL_RATIO
    size = (round(height * FLY / HOIST), height)
    scale = height * _OVERSAMPLING / HOIST
    image = Image.new("RGB", (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING), BLUE)
    draw = ImageDraw.Draw(image)
    for star in draw_stars().rstrip("z").split("z"):
        corners = (point.split() for point in star.removeprefix("M").split("L"))
        draw.polygon([(float(x) * scale, float(y) * scale) for x, y in corners], fill=YELLOW)
    file = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
