"""Shrinking: a published picture → a smaller or lighter version of it."""

from io import BytesIO
from typing import Any

from PIL import Image

from clusterpress.media.raster import is_graphic

_QUALITY: dict[str, dict[str, Any]] = {
    "image/avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "image/jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "image/png": {"format": "PNG"},
    "image/webp": {"format": "WEBP", "quality": 80, "method": 2},
}
_OCTREE = Image.Quantize.FASTOCTREE  # the only one of Pillow's own that keeps transparency
_FEW_COLOURS = frozenset({"1", "P"})
"""Modes of pictures that have a palette."""


def resize(width: int, type: str, content: bytes) -> bytes:  # noqa: A002 (as in HTML)
    """Return a still picture in another width and format: the same bytes for the same picture on every run.

    Args:
        width: pixels, at most those of the picture.
        type: the media type wanted: AVIF, JPEG, PNG or WebP.
        content: the picture as it is published, without metadata.
    """
    with Image.open(BytesIO(content)) as image:
        graphic = is_graphic(image)
        mode = "RGBA" if image.mode.endswith(("A", "a")) or "transparency" in image.info else "RGB"
        shown = image.convert(mode)
        if width < image.width:
            shown.thumbnail((width, image.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        elif type == "image/webp" and image.mode in _FEW_COLOURS:
            return _saved(shown, format="WEBP", lossless=True)  # sharper, and smaller too
    if type == "image/png" and graphic:
        return _saved(shown.quantize(method=_OCTREE, dither=Image.Dither.NONE), format="PNG")
    return _saved(shown, **_QUALITY[type])


def _saved(image: Image.Image, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, **options)
    return file.getvalue()
