"""Pictures in print: with enough pixels for their place, and wrapped for Typst, which takes texts only."""

from base64 import b64encode
from io import BytesIO
from typing import Protocol

PIXELS_PER_INCH = 220
"""Resolution in print: finer dots are not seen at arm's length, and coarser ones are."""

_JPEG_QUALITY = 85


class Raster(Protocol):
    """What print has to know of a photograph."""

    @property
    def type(self) -> str:
        """Media type."""

    @property
    def width(self) -> int:
        """Pixels."""

    @property
    def height(self) -> int:
        """Pixels."""

    @property
    def still(self) -> bool:
        """False for animated pictures."""


def wrap_raster(picture: Raster, content: bytes, width: int) -> str:
    """Return an SVG file with a picture that has enough pixels for its place.

    Args:
        picture: the picture.
        content: its bytes.
        width: of the place, in millimetres.
    """
    size = f'width="{picture.width}" height="{picture.height}"'
    shrunk = _shrink(picture, content, round(width / 25.4 * PIXELS_PER_INCH))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" {size}>'
        f'<image {size} href="data:{picture.type};base64,{b64encode(shrunk).decode()}"/></svg>'
    )


def _shrink(picture: Raster, content: bytes, width: int) -> bytes:
    """Return a picture at most so many pixels wide; the same bytes if it is not wider."""
    if picture.width <= width or picture.type not in ("image/jpeg", "image/png") or not picture.still:
        return content
    from PIL import Image  # takes longer to import than issues take to plan

    file = BytesIO()
    with Image.open(BytesIO(content)) as image:
        mode = (
            image.mode
            if image.mode in ("L", "RGB", "RGBA")
            else "RGBA"
            if picture.type == "image/png"
            else "RGB"
        )
        height = max(1, round(image.height * width / image.width))
        resized = image.convert(mode).resize((width, height), Image.Resampling.LANCZOS)
        resized.save(file, picture.type.partition("/")[2], quality=_JPEG_QUALITY)
    return file.getvalue()
