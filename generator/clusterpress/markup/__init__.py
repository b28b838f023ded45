"""markup: Markdown text → `Body`, a pure function."""

from typing import TYPE_CHECKING

from clusterpress.lazy_names import lazy_names
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
from clusterpress.markup.standfirst import repeats

if TYPE_CHECKING:
    from clusterpress.markup.extensions import BadExtensionError, extension_problems
    from clusterpress.markup.rendering import body_key, render
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "BadExtensionError": "extensions",
            "extension_problems": "extensions",
            "body_key": "rendering",
            "render": "rendering",
        },
    )

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
