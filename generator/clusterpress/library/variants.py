"""Variants: smaller and lighter versions of a picture; a browser takes the one that suits its screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from clusterpress.config.settings import PictureSettings
from clusterpress.library.entries import Picture

_SUFFIXES = {"image/avif": ".avif", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_MAX_SHARE = 0.8
"""A version that is hardly narrower than the picture would save nothing."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One version of a picture."""

    url: str
    """Path below the site's root, without a leading slash: ``media/milan.3f2a9c01.640.webp``."""
    width: int
    """Pixels; the height follows from the picture's."""
    type: str
    """Media type: ``image/webp``."""


def variants(picture: Picture, settings: PictureSettings) -> tuple[Variant, ...]:
    """Return the versions that are published beside a picture: best format first, in it the narrow ones.

    SVG drawings and moving pictures have none, nor have pictures that are narrow themselves.
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
    """Return the path without its end; a static file's own folder is the editor's, so it gets another."""
    path = PurePosixPath(picture.url)
    if picture.url.startswith("media/"):
        return picture.url.removesuffix(path.suffix)
    return f"media/{path.stem}.{picture.key.hex()[:8]}"
