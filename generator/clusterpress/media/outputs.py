"""Publishing: developed pictures and other files as outputs."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath

from clusterpress.config.settings import PictureSettings
from clusterpress.library.entries import Picture
from clusterpress.library.variants import variants
from clusterpress.values.outputs import Output
from clusterpress.values.slugs import slugify


def outputs(pictures: Iterable[Picture], settings: PictureSettings) -> Iterator[Output]:
    """Yield one output for each address: the stored value that a picture's key names, and its variants.

    Two originals with one name and content share an address: both are named as its sources.
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
    """Return the output that publishes a file as it is.

    Args:
        url: path below the root.
        path: the file, relative to the project's root.
        digest: digest of its bytes.
    """
    return Output(path=url, make=partial(publish_original, file=digest), original=path, sources=(path,))


def attachment_url(path: str, digest: bytes) -> str:
    """Return where a file that lies beside an item is published: ``files/agenda.3f2a9c01.pdf``."""
    file = PurePosixPath(path)
    return f"files/{slugify(file.stem) or 'file'}.{digest.hex()[:8]}{file.suffix.lower()}"


def publish_stored(stored: tuple[bytes]) -> bytes:
    """Return a stored picture as it is."""
    return stored[0]


def publish_original(file: bytes, original: bytes) -> bytes:  # noqa: ARG001 -- the digest is its input
    """Return a file as it is."""
    return original


def make_variant(width: int, type: str, stored: tuple[bytes]) -> bytes:  # noqa: A002 -- an input's name
    """Return a smaller or lighter version of a published picture.

    Args:
        width: its width in pixels.
        type: its media type.
        stored: the picture.
    """
    # Imported when one is made: Pillow takes longer than planning a small site.
    from clusterpress.media.resize import resize

    return resize(width, type, stored[0])
