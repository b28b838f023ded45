"""Developing: one picture file → what is published of it."""

from pathlib import PurePosixPath

from clusterpress.media.raster import develop_photograph
from clusterpress.media.values import Developed, Undevelopable
from clusterpress.media.vector import develop_drawing
from clusterpress.media.version import RECIPE
from clusterpress.values.digests import digest, of_bytes
from clusterpress.values.slugs import slugify

_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
_DIGITS = 8


def develop(raw: bytes, path: str) -> Developed:
    """Return the picture that is published instead of a file: the same bytes for the same file on every run.

    What a file is, its content says; ``path`` only names it in faults.

    Raises:
        Undevelopable: it cannot be published.
    """
    try:
        return develop_drawing(raw) if raw.lstrip().startswith(_MARKUP) else develop_photograph(raw)
    except Undevelopable as fault:
        raise Undevelopable(f"{PurePosixPath(path).name}: {fault.message}", fault.hint) from fault


def picture_key(raw: bytes) -> bytes:
    """Return the key of a developed picture: the digest of all that `develop` depends on."""
    return digest("picture", RECIPE, of_bytes(raw))


def picture_url(path: str, developed: Developed) -> str:
    """Return where a picture is published, below the site's root: ``media/milan.3f2a9c01.jpg``.

    The name of the original file stays readable, and another content gets another address, so that browsers
    may keep it for ever.
    """
    name = slugify(PurePosixPath(path).stem) or "picture"
    return f"media/{name}.{of_bytes(developed.content).hex()[:_DIGITS]}{developed.suffix}"
