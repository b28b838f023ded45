"""Pictures and other files: processed, named, and published as outputs.

Code for pixels and SVG is imported when a picture is processed: Pillow takes longer than planning a site.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath

from clusterpress.config.settings import PictureSettings
from clusterpress.library.pictures import Picture, variants
from clusterpress.media.values import ImageError, ProcessedImage
from clusterpress.values.digests import digest_bytes
from clusterpress.values.outputs import Output
from clusterpress.values.slugs import slugify

_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
_DIGITS = 8


def process_image(raw: bytes, path: str) -> ProcessedImage:
    """Return the picture that is published instead of a file: the same bytes for the same file on every run.

    The content decides what kind of file it is; ``path`` only names it in errors.

    Raises:
        ImageError: it cannot be published.
    """
    from clusterpress.media.raster import process_raster
    from clusterpress.media.vector import process_vector

    try:
        return process_vector(raw) if raw.lstrip().startswith(_MARKUP) else process_raster(raw)
    except ImageError as fault:
        raise ImageError(f"{PurePosixPath(path).name}: {fault.message}", fault.hint) from fault


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
            make = partial(make_variant, width=one.width, type=one.type)
            yield Output(path=one.url, make=make, stored=(chosen.key,), sources=sources)


def copy_output(url: str, path: str, digest: bytes) -> Output:
    """Return the output that publishes a file unchanged.

    Args:
        url: path below the root.
        path: the file, relative to the project's root.
        digest: digest of its bytes.
    """
    return Output(path=url, make=partial(publish_original, file=digest), original=path, sources=(path,))


def publish_stored(stored: tuple[bytes]) -> bytes:
    """Return a stored picture unchanged."""
    return stored[0]


def publish_original(file: bytes, original: bytes) -> bytes:  # noqa: ARG001 -- the digest is its input
    """Return a file unchanged."""
    return original


def make_variant(width: int, type: str, stored: tuple[bytes]) -> bytes:  # noqa: A002 -- an input's name
    """Return a smaller or lighter version of a published picture.

    Args:
        width: its width in pixels.
        type: its media type.
        stored: the picture.
    """
    from clusterpress.media.raster import resize

    return resize(width, type, stored[0])
