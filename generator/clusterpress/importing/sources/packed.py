"""Exports as they are downloaded: packed with zip or gzip, and sometimes very large."""

import gzip
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from clusterpress.importing.records import ImportSourceError

MAX_BYTES = 500_000_000
"""Bytes of an export, unpacked, at most."""
_ENDINGS = (".xml", ".json", ".rss", ".atom", ".ics")
_SPLIT = "export the site in parts, such as year by year, and import each part"


def read_packed(path: Path) -> bytes:
    """Return the export in a file of this computer; see `unpack` for the errors.

    Raises:
        OSError: the file cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        raise _too_large(path.name)
    return unpack(path.read_bytes(), path.name)


def unpack(raw: bytes, name: str) -> bytes:
    """Return the export in a file, which may be packed.

    Args:
        raw: the file's bytes.
        name: its name, for the report.

    Raises:
        ImportSourceError: the file is damaged or too large, or holds no single export.
    """
    try:
        if raw[:4] == b"PK\x03\x04":
            return _from_zip(raw, name)
        if raw[:2] == b"\x1f\x8b":
            with gzip.open(BytesIO(raw)) as stream:
                raw = stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise ImportSourceError(name, 1, f"it cannot be unpacked: {error}", "download it again") from None
    if len(raw) > MAX_BYTES:
        raise _too_large(name)
    return raw


def _from_zip(raw: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        names = [one for one in packed.namelist() if one.lower().endswith(_ENDINGS) and "__MACOSX" not in one]
        if len(names) != 1:
            hint = "unpack it, and import each file" if names else "choose the file that the export saved"
            raise ImportSourceError(name, 1, f"it contains {len(names)} exports, not one", hint)
        with packed.open(names[0]) as stream:
            # The size in the archive's list may be wrong, so that the stream itself is limited.
            content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _too_large(name)
    return content


def _too_large(name: str) -> ImportSourceError:
    return ImportSourceError(name, 1, f"it has more than {MAX_BYTES // 1_000_000} MB", _SPLIT)
