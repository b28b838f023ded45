"""Picture faults: what readers or editors would stumble over in pictures that can be published."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from clusterpress.library.entries import Picture
from clusterpress.values.media_types import media_type
from clusterpress.values.problems import Problem, Severity

MAX_BYTES = 2_000_000
"""Bytes of a published picture for which readers on the road wait more than a few seconds."""


def check_images(pictures: Iterable[Picture]) -> Iterator[Problem]:
    """Yield a warning for each picture that is huge, or that is not what its name says."""
    for picture in pictures:
        if picture.length > MAX_BYTES:
            size = f"{picture.length / 1_000_000:.1f} MB"
            yield _warn(picture, f"the picture has {size} as published", "save it smaller, or as JPEG")
        named = media_type(picture.source).partition(";")[0]
        if named in _KEPT and named != picture.type:
            kind, suffix = picture.type.removeprefix("image/").upper(), PurePosixPath(picture.source).suffix
            yield _warn(picture, f'the picture is {kind}, though its name ends in "{suffix}"', "rename it")


_KEPT = frozenset({"image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"})
"""Types that are published as what they are; of others, something else is made on purpose."""


def _warn(picture: Picture, message: str, hint: str) -> Problem:
    return Problem(path=picture.source, severity=Severity.WARNING, message=message, hint=hint)
