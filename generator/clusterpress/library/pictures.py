"""Pictures as published, and their variants: smaller versions; browsers load the one that fits the screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from clusterpress.config.settings import PictureSettings
from clusterpress.values.digests import digest

_SUFFIXES = {"image/avif": ".avif", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_MAX_SHARE = 0.8
"""Largest width of a variant, as a share of the picture's; wider ones save little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """A picture with its texts in one place of use."""

    picture: Picture
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
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
