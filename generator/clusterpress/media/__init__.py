"""media: a picture file → the picture that is published instead of it."""

from clusterpress.media.developed import Developed, Undevelopable
from clusterpress.media.developing import PICTURE_SUFFIXES, RECIPE, develop, picture_key, picture_url
from clusterpress.media.publishing import attachment_url, copy_output, outputs

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
