"""The recipe: in which way pictures are developed, and which files are."""

PIPELINE_VERSION = "3"
"""Goes up whenever this package develops pictures in another way."""

PICTURE_SUFFIXES = frozenset(
    {".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"}
)
"""Ends of file names, in lower case, of what is developed, or refused with a reason."""
