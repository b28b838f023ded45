"""markup: Markdown text → `Body`, a pure function."""

from clusterpress.markup.body import (
    Address,
    Body,
    Figure,
    Heading,
    LinkRef,
    Outline,
    PictureRef,
    place_problems,
    put_together,
)

__all__ = [
    "Address",
    "Body",
    "Figure",
    "Heading",
    "LinkRef",
    "Outline",
    "PictureRef",
    "place_problems",
    "put_together",
]
