"""The files to publish: the built site, and the extra files of a target."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Literal

from msgspec import Struct

from clusterpress.config.settings import PublishTarget, Settings
from clusterpress.publishing.errors import PublishError, missing_extra
from clusterpress.publishing.hosting import make_extras, redirect_target
from clusterpress.theme.content_security import Policy, read_policy, write_policy
from clusterpress.values.digests import digest, digest_bytes

_TEXT_SUFFIXES = frozenset(
    {".html", ".css", ".js", ".json", ".xml", ".svg", ".ics", ".vcf", ".txt", ".opml", ".csv"}
)
_MIN_COMPRESSED_SIZE = 1024
"""Bytes; compressing a smaller file saves no network packet."""


class SiteFile(Struct, frozen=True):
    """A file to publish."""

    digest: str
    """Hexadecimal; files with equal digests have equal content."""
    read: Callable[[], bytes]
    """Returns its content; raises `PublishError` if the content no longer has this digest."""


def collect_files(
    folder: Path, paths: Iterable[str], target: PublishTarget, settings: Settings
) -> dict[str, SiteFile]:
    """Return path → file of everything that belongs on a target.

    A file of the site takes precedence over an extra file of the same name.

    Args:
        folder: the output folder.
        paths: outputs of the build; nothing else in the folder is published.
        target: the target's settings.
        settings: the site's settings.

    Raises:
        PublishError: the package for compressed copies is not installed.
    """
    files: dict[str, SiteFile] = {}
    redirects: dict[str, str] = {}
    policies: dict[str, Policy] = {}
    for path in paths:
        file = folder / path
        content = file.read_bytes()
        known = digest_bytes(content).hex()
        files[path] = SiteFile(known, partial(_read_unchanged, file, known))
        files |= _compressed(path, len(content), files[path], target)
        if moved := redirect_target(path, content):
            redirects[path] = moved
        if target.headers and path.endswith(".html"):
            policy = read_policy(content)
            policies[write_policy(policy)] = policy
    opens_windows = bool(settings.editor and settings.editor.auth)  # to sign in
    made = make_extras(
        target,
        settings.root,
        redirects,
        policies.values(),
        opens_windows=opens_windows,
        pages=[path for path in files if path.endswith(".html")],
    )
    extras = {
        path: SiteFile(digest_bytes(content).hex(), partial(bytes, content)) for path, content in made.items()
    }
    return extras | files


def _read_unchanged(file: Path, known: str) -> bytes:
    """Return a file's content, unless another build has changed it: a preview must not be published."""
    content = file.read_bytes() if file.is_file() else b""
    if digest_bytes(content).hex() != known:
        message = f"{file.name} was changed while the site was being published"
        raise PublishError(message, "run the command again")
    return content


def _compressed(
    path: str, size: int, file: SiteFile, target: PublishTarget
) -> Iterator[tuple[str, SiteFile]]:
    if size < _MIN_COMPRESSED_SIZE or PurePosixPath(path).suffix not in _TEXT_SUFFIXES:
        return
    for name in dict.fromkeys(target.compress):
        ending, compress = _method(name)
        yield path + ending, SiteFile(digest(name, file.digest).hex(), partial(_compress, compress, file))


def _compress(compress: Callable[[bytes], bytes], file: SiteFile) -> bytes:
    return compress(file.read())


def _method(name: Literal["gzip", "brotli"]) -> tuple[str, Callable[[bytes], bytes]]:
    if name == "gzip":
        return ".gz", partial(gzip.compress, mtime=0)
    try:
        import brotli
    except ImportError:
        raise missing_extra("brotli", "brotli") from None
    return ".br", partial(brotli.compress, quality=11)
