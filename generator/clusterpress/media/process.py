"""Developing: one picture file → what is published of it."""

from pathlib import PurePosixPath

from clusterpress.media.raster import process_raster
from clusterpress.media.values import ImageError, ProcessedImage
from clusterpress.media.vector import process_vector
from clusterpress.values.digests import digest_bytes
from clusterpress.values.slugs import slugify

_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
_DIGITS = 8


def process_image(raw: bytes, path: str) -> ProcessedImage:
    """Return the picture that is published instead of a file: the same bytes for the same file on every run.

    What a file is, its content says; ``path`` only names it in faults.

    Raises:
        ImageError: it cannot be published.
    """
    try:
        return process_vector(raw) if raw.lstrip().startswith(_MARKUP) else process_raster(raw)
    except ImageError as fault:
        raise ImageError(f"{PurePosixPath(path).name}: {fault.message}", fault.hint) from fault


def picture_url(path: str, processed: ProcessedImage) -> str:
    """Return where a picture is published, below the site's root: ``media/milan.3f2a9c01.jpg``.

    The name of the original file stays readable, and another content gets another address, so that browsers
    may keep it for ever.
    """
    name = slugify(PurePosixPath(path).stem) or "picture"
    return f"media/{name}.{digest_bytes(processed.content).hex()[:_DIGITS]}{processed.suffix}"
