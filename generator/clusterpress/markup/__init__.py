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
from clusterpress.markup.extensions import BadExtensionError, extension_problems
from clusterpress.markup.rendering import body_key, render
from clusterpress.markup.standfirst import repeats

__all__ = [
    "Address",
    "BadExtensionError",
    "Body",
    "Figure",
    "Heading",
    "LinkRef",
    "Outline",
    "PictureRef",
    "body_key",
    "extension_problems",
    "place_problems",
    "put_together",
    "render",
    "repeats",
]
