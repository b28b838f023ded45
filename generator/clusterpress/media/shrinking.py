"""Shrinking: a published picture → a smaller or lighter version of it."""

from io import BytesIO
from typing import Any

from PIL import Image

from clusterpress.media.photographs import is_drawn

_QUALITY: dict[str, dict[str, Any]] = {
    "image/avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "image/jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "image/webp": {"format": "WEBP", "quality": 80},
}
_COLOURS = 256
"""Colours of a palette."""


def shrink(width: int, type: str, content: bytes) -> bytes:  # noqa: A002 (as in HTML)
    """Return a still picture in another width and format: the same bytes for the same picture on every run.

    Args:
        width: pixels, at most those of the picture.
        type: the media type wanted: AVIF, JPEG, PNG or WebP.
        content: the picture as it is published, without metadata.
    """
    with Image.open(BytesIO(content)) as image:
        drawn = is_drawn(image)
        mode = "RGBA" if image.mode.endswith(("A", "a")) or "transparency" in image.info else "RGB"
        if width == image.width:
            return _encoded(image, mode, type, drawn=drawn)
        narrow = image.convert(mode)
        narrow.thumbnail((width, image.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _encoded(narrow, mode, type, drawn=drawn)


def _encoded(image: Image.Image, mode: str, type: str, *, drawn: bool) -> bytes:  # noqa: A002
    if type == "image/png":
        return _saved(_with_palette(image) if drawn else image, format="PNG", optimize=True)
    plain = _saved(image.convert(mode), **_QUALITY[type])
    if type != "image/webp" or not drawn:
        return plain
    # Few colours in large areas are often smaller, and always sharper, without loss.
    exact = _saved(_with_palette(image).convert(mode), format="WEBP", lossless=True)
    return min(plain, exact, key=len)


def _with_palette(image: Image.Image) -> Image.Image:
    return image if image.mode in {"1", "P"} else image.quantize(_COLOURS, dither=Image.Dither.NONE)


def _saved(image: Image.Image, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, **options)
    return file.getvalue()
