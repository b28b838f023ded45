"""Pictures and other files among the sources: processed once, or copied as they are."""

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from clusterpress.library.index_records import IndexRecord
from clusterpress.library.pictures import Picture
from clusterpress.library.publication import STATIC
from clusterpress.media.outputs import attachment_url
from clusterpress.media.values import PICTURE_SUFFIXES, PIPELINE_VERSION, ImageError, ProcessedImage
from clusterpress.pipeline.cache.store import Store
from clusterpress.pipeline.run_context import RunContext, map_batches
from clusterpress.values.digests import digest
from clusterpress.values.problems import Problem
from clusterpress.values.source_names import is_markdown

_PICTURE_WEIGHT = 32
"""Number of Markdown texts that are rendered in the time of one picture."""


class SourceFile(Struct, frozen=True):
    """A file below content/."""

    path: str
    """Relative to the project's root, with forward slashes."""
    digest: bytes
    """Digest of its bytes."""


def is_asset(path: str) -> bool:
    """Return whether a source file is not an item, but something that items show or link to."""
    return not is_markdown(path) or path.startswith(STATIC)


def is_picture(path: str) -> bool:
    """Return whether a file is a picture that we can publish."""
    name, dot, suffix = path.rpartition(".")
    return bool(name) and f"{dot}{suffix.lower()}" in PICTURE_SUFFIXES


def picture_keys(path: str, content: bytes) -> tuple[bytes, ...]:
    """Return the keys under which the bytes and the facts of a picture are stored; none for other files."""
    return (key := _picture_key(path, content), _metadata_key(key)) if is_picture(path) else ()


def process_pictures(
    root: Path,
    store: Store,
    files: Iterable[SourceFile],
    index_records: Iterable[IndexRecord],
    run: RunContext,
) -> tuple[tuple[Picture, ...], list[Problem]]:
    """Return the pictures to publish: those that an item shows, and those in content/static/.

    Args:
        root: the project's folder.
        store: what earlier builds processed.
        files: all assets among the sources.
        index_records: of all items.
        run: how the work is done.
    """
    wanted: set[str] = set().union(*[one.shown for one in index_records])
    keys = {
        _picture_key(file.path, file.digest): file.path
        for file in files
        if is_picture(file.path) and (file.path in wanted or file.path.startswith(STATIC))
    }
    metadata_keys = [_metadata_key(key) for key in keys]
    found = store.find(metadata_keys)
    new = [(key, path) for key, path in keys.items() if _metadata_key(key) not in found]
    if new:
        for done, processed in map_batches(_process_batch, root, new, run, _PICTURE_WEIGHT):
            run.report("processing pictures", done, len(new))
            store.save(processed)
        found = store.find(metadata_keys)
    known = [found[key] for key in metadata_keys]
    pictures = tuple(one for one in known if isinstance(one, Picture))
    return pictures, [one for one in known if isinstance(one, Problem)]


def copied_files(
    files: Iterable[SourceFile], pictures: Sequence[Picture]
) -> tuple[tuple[str, SourceFile], ...]:
    """Return (path below the site's root, file) for files in content/static/ and those beside items."""
    processed = {picture.source for picture in pictures}
    return tuple(
        (
            file.path.removeprefix(STATIC)
            if file.path.startswith(STATIC)
            else attachment_url(file.path, file.digest),
            file,
        )
        for file in files
        if file.path not in processed and (file.path.startswith(STATIC) or not is_picture(file.path))
    )


def _picture_key(path: str, content: bytes) -> bytes:
    return digest("picture", PIPELINE_VERSION, path, content)


def _metadata_key(picture: bytes) -> bytes:
    return digest("facts", picture)


def _process_batch(root: Path, files: Sequence[tuple[bytes, str]]) -> list[tuple[bytes, object]]:
    """Return what is to be stored of each of some pictures: its published bytes, and the facts about them."""
    return [pair for key, path in files for pair in _process_picture(root, path, key)]


def _process_picture(root: Path, path: str, key: bytes) -> list[tuple[bytes, object]]:
    from clusterpress.media.processing import process_image

    metadata_key = _metadata_key(key)
    try:
        made = process_image((root / path).read_bytes(), path)
    except ImageError as fault:
        return [(metadata_key, Problem(path=path, message=fault.message, hint=fault.hint))]
    picture = Picture(
        source=path,
        url=_picture_url(path, made),
        width=made.width,
        height=made.height,
        type=made.type,
        length=len(made.content),
        still=made.still,
        key=key,
        remarks=made.remarks,
    )
    return [(key, made.content), (metadata_key, picture)]


def _picture_url(path: str, made: ProcessedImage) -> str:
    """Return where a picture is published: in content/static/ under its own name, else by its content."""
    from clusterpress.media.outputs import picture_url

    suffix = PurePosixPath(path).suffix.lower().replace(".jpeg", ".jpg")
    own = path.startswith(STATIC) and suffix == made.suffix
    return path.removeprefix(STATIC) if own else picture_url(path, made)
