"""Pictures and other files: their addresses, and the outputs that publish them."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath

from clusterpress.config.settings import PictureSettings
from clusterpress.library.pictures import Picture, variants
from clusterpress.media.values import ProcessedImage
from clusterpress.values.digests import digest_bytes
from clusterpress.values.outputs import Output, publish_stored
from clusterpress.values.slugs import slugify

_DIGITS = 8


def picture_url(path: str, processed: ProcessedImage) -> str:
    """Return the path at which a picture is published, below the site's root: ``media/milan.3f2a9c01.jpg``.

    The name of the original file stays readable. Another content gets another address, so that browsers may
    cache the picture for ever.
    """
    name = slugify(PurePosixPath(path).stem) or "picture"
    return f"media/{name}.{digest_bytes(processed.content).hex()[:_DIGITS]}{processed.suffix}"


def attachment_url(path: str, digest: bytes) -> str:
    """Return the path at which a file beside an item is published: ``files/agenda.3f2a9c01.pdf``."""
    file = PurePosixPath(path)
    return f"files/{slugify(file.stem) or 'file'}.{digest.hex()[:_DIGITS]}{file.suffix.lower()}"


def outputs(pictures: Iterable[Picture], settings: PictureSettings) -> Iterator[Output]:
    """Yield one output for each address: a stored picture, and its variants.

    Two originals with the same name and content share an address; both are named as its sources.
    """
    by_url: dict[str, list[Picture]] = {}
    for picture in pictures:
        by_url.setdefault(picture.url, []).append(picture)
    for url, same in sorted(by_url.items()):
        chosen = min(same, key=lambda picture: picture.source)
        sources = tuple(sorted({picture.source for picture in same}))
        yield Output(path=url, make=partial(publish_stored), stored=(chosen.key,), sources=sources)
        for one in variants(chosen, settings):
            make = partial(_make_variant, width=one.width, type=one.type)
            yield Output(path=one.url, make=make, stored=(chosen.key,), sources=sources)


def copy_outputs(files: Iterable[tuple[str, str, bytes]]) -> Iterator[Output]:
    """Yield the outputs that publish files unchanged.

    Two files with the same name and content share an address; both are named as its sources.

    Args:
        files: (path below the root, file relative to the project's root, digest of its bytes).
    """
    same: dict[tuple[str, bytes], list[str]] = {}
    for url, path, digest in files:
        same.setdefault((url, digest), []).append(path)
    for (url, digest), paths in same.items():
        make = partial(publish_original, file=digest)
        yield Output(path=url, make=make, original=min(paths), sources=tuple(sorted(paths)))


def publish_original(file: bytes, original: bytes) -> bytes:  # noqa: ARG001 -- the digest is its input
    """Return a file unchanged."""
    return original


def _make_variant(width: int, type: str, stored: tuple[bytes]) -> bytes:  # noqa: A002 -- an input's name
    """Return a version of a published picture with a width in pixels, and of a media type."""
    from clusterpress.media.processing import resize  # Pillow takes longer to import than a site to plan

    return resize(width, type, stored[0])
