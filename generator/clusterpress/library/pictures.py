"""Pictures as published, and their variants: smaller versions; browsers load the one that fits the screen."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from msgspec import Struct

from clusterpress.config.settings import PictureSettings
from clusterpress.values.digests import digest

_SUFFIXES = {"image/avif": ".avif", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_TEXT_WIDTH = 800
"""Width of the text of a page in pixels."""
UPRIGHT_HEIGHT = 480
"""Greatest height of a picture that is higher than wide, in pixels: text shows beside or below it."""
_LEAD_WIDTH = 720
"""Width of the picture of a lead story on large screens, in pixels."""
_SIZE = re.compile(r"(\d{1,5})(?:\.\d+)?[ ]*(px|%)?")
_MAX_SHARE = 0.8
"""Largest width of a variant, as a share of the picture's; wider ones save little."""


class Picture(Struct, frozen=True, kw_only=True):
    """A published picture: upright and without metadata, never the original file."""

    source: str
    """The original, relative to the project's root."""
    url: str
    """Path below the site's root, without a leading slash: ``media/milan.3f2a9c01.jpg``."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    type: str
    """Media type: ``image/jpeg``."""
    length: int
    """Bytes of the published file."""
    still: bool = True
    """False for animated pictures."""
    key: bytes
    """Key of the stored value that holds the published bytes."""
    remarks: tuple[tuple[str, str, str], ...] = ()
    """(rule, message, hint) for each fault of the original that was dealt with."""

    @property
    def is_remote(self) -> bool:
        """Whether it lies on another site, from where browsers load it: nothing but its address is known."""
        return is_remote(self.url)

    @property
    def is_upright(self) -> bool:
        """Whether it is higher than wide: cut to a wide shape, it would lose a face or a body."""
        return self.height > self.width

    @property
    def upright_height(self) -> int:
        """Height in pixels at which it is shown beside a text: never more than its own."""
        return min(self.height, UPRIGHT_HEIGHT)

    @property
    def is_small(self) -> bool:
        """Whether it has too few pixels for the place of a lead story, where it would be enlarged."""
        return not self.is_remote and self.type != "image/svg+xml" and self.width < _LEAD_WIDTH


def is_remote(address: str) -> bool:
    """Return whether a picture, as written, lies on another site."""
    return address.lower().startswith(("https://", "http://", "//"))


@lru_cache(maxsize=4096)
def remote_picture(address: str) -> Picture:
    """Return a picture of another site."""
    url = f"https:{address}" if address.startswith("//") else address
    return Picture(
        source="", url=url, width=0, height=0, type="", length=0, still=False, key=digest("remote", url)
    )


class ShownPicture(Struct, frozen=True, kw_only=True):
    """A picture with its texts in one place of use."""

    picture: Picture
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Variant(Struct, frozen=True):
    """One version of a picture."""

    url: str
    """Path below the site's root, without a leading slash: ``media/milan.3f2a9c01.640.webp``."""
    width: int
    """Pixels; the height is in proportion."""
    type: str
    """Media type: ``image/webp``."""


def variants(picture: Picture, settings: PictureSettings) -> tuple[Variant, ...]:
    """Return the versions that are published besides a picture: best format first, narrowest first.

    SVG drawings, animated pictures and narrow pictures have none.
    """
    if not picture.still or picture.type not in _SUFFIXES or picture.width <= min(settings.widths, default=0):
        return ()
    return tuple(_variants(picture, settings))


def _variants(picture: Picture, settings: PictureSettings) -> Iterator[Variant]:
    stem = _stem(picture)
    narrow = sorted({width for width in settings.widths if width <= picture.width * _MAX_SHARE})
    for name in settings.formats:
        if f"image/{name}" != picture.type:
            for width in (*narrow, picture.width):
                yield Variant(f"{stem}.{width}.{name}", width, f"image/{name}")
    for width in narrow:
        yield Variant(f"{stem}.{width}{_SUFFIXES[picture.type]}", width, picture.type)


def _stem(picture: Picture) -> str:
    """Return the path without suffix; variants of static files go to media/, not into the editor's folder."""
    path = PurePosixPath(picture.url)
    if picture.url.startswith("media/"):
        return picture.url.removesuffix(path.suffix)
    return f"media/{path.stem}.{picture.key.hex()[:8]}"


def size_wanted(picture: Picture, width: str, height: str, column: int = _TEXT_WIDTH) -> tuple[int, int]:
    """Return the size that an author wants, such as ``200``, ``200px`` or ``50%`` of the text, in pixels.

    A missing side follows from the other one; without both, it is the picture's own size.

    Args:
        picture: the picture.
        width: as written; may be empty.
        height: as written; may be empty.
        column: width of the text in pixels.
    """
    wide, high = _pixels(width, column), _pixels(height, column)
    if wide:
        return wide, high or max(1, round(picture.height * wide / max(1, picture.width)))
    if high:
        return max(1, round(picture.width * high / max(1, picture.height))), high
    return picture.width, picture.height


def _pixels(size: str, column: int) -> int:
    """Return the pixels of a size, or 0 if it is none."""
    found = _SIZE.fullmatch(size.strip())
    if not found:
        return 0
    return int(found[1]) * column // 100 if found[2] == "%" else int(found[1])
