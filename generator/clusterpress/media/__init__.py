"""media: a picture file → the picture that is published instead of it."""

from typing import TYPE_CHECKING

from clusterpress.lazy_names import lazy_names
from clusterpress.media.developed import Developed, Undevelopable
from clusterpress.media.publishing import attachment_url, copy_output, outputs
from clusterpress.media.recipe import PICTURE_SUFFIXES, RECIPE

if TYPE_CHECKING:
    from clusterpress.media.developing import develop, picture_key, picture_url
else:
    __getattr__ = lazy_names(__name__, dict.fromkeys(("develop", "picture_key", "picture_url"), "developing"))

__all__ = [
    "PICTURE_SUFFIXES",
    "RECIPE",
    "Developed",
    "Undevelopable",
    "attachment_url",
    "copy_output",
    "develop",
    "outputs",
    "picture_key",
    "picture_url",
]
