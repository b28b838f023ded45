"""A processed picture, why a picture cannot be processed, and which files are pictures."""

from msgspec import Struct

PIPELINE_VERSION = "4"
"""To be raised whenever this package processes pictures in another way."""

PICTURE_SUFFIXES = frozenset(
    {".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"}
)
"""Ends of file names, in lower case, of files that are processed, or refused with a reason."""

MAX_SIDE = 1600
"""Longest side of a published picture, in pixels."""


class ProcessedImage(Struct, frozen=True, kw_only=True):
    """A picture ready for publication: upright, in sRGB, without metadata, never the original file."""

    content: bytes
    """The file."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    type: str
    """Media type: ``image/jpeg``."""
    suffix: str
    """End of its file name: ``.jpg``."""
    still: bool = True
    """Whether it is not animated."""
    remarks: tuple[tuple[str, str, str], ...] = ()
    """(rule, message, hint) for each fault that was dealt with."""


class ImageError(Exception):
    """A file that cannot be published as a picture, with message and hint for a `Problem`."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
