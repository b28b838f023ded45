"""Filing: the one door through which an import reads and writes files."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib import request

from clusterpress.sources.files import write_file

_LEDGER = ".clusterpress/imported.json"
_TIMEOUT_SECONDS = 30
_MAX_BYTES = 50_000_000
"""Bytes of the largest feed that is fetched."""
_USER_AGENT = "clusterpress (feed import)"
_PROTOCOLS = (
    request.ProxyHandler,
    request.UnknownHandler,
    request.HTTPHandler,
    request.HTTPSHandler,
    request.HTTPDefaultErrorHandler,
    request.HTTPRedirectHandler,
    request.HTTPErrorProcessor,
)
"""What opens an address: http and https, and no files of this computer."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is remembered of a file that an import wrote."""

    identity: str
    """The record it came from."""
    digest: str
    """Digest of what was written."""


def fetch(address: str) -> bytes:
    """Return what is at an http or https address.

    Raises:
        OSError: nobody answers, the answer is an error, or it is too large.
    """
    opener = request.OpenerDirector()
    for protocol in _PROTOCOLS:
        opener.add_handler(protocol())
    asked = request.Request(address, headers={"User-Agent": _USER_AGENT, "Accept": "*/*"})  # noqa: S310 - see above
    with opener.open(asked, timeout=_TIMEOUT_SECONDS) as answer:
        content: bytes = answer.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise OSError(f"the answer is larger than {_MAX_BYTES // 1_000_000} MB")
    return content


def list_files(folder: Path) -> list[str]:
    """Return all files below a folder, relative to it; those of hidden folders are left aside."""
    found: list[str] = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        base = Path(here).relative_to(folder).as_posix()
        found += [name if base == "." else f"{base}/{name}" for name in sorted(files)]
    return found


@dataclass(slots=True)
class ProjectStorage:
    """The files of a project, and the memory of earlier imports."""

    root: Path
    is_dry: bool = False
    """Whether nothing is to be written."""
    ledger: dict[str, LedgerEntry] = field(default_factory=dict)
    """Path → what an earlier import wrote there. It may be lost: files are then recognised by id or alias."""

    def __post_init__(self) -> None:
        """Read the ledger; one that cannot be read counts as lost."""
        try:
            stored = json.loads((self.root / _LEDGER).read_text(encoding="utf-8"))
            self.ledger = {path: LedgerEntry(*pair) for path, pair in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            self.ledger = {}

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file of the project; None if there is none."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def write(self, path: str, content: bytes) -> None:
        """Write a file in one step: it is whole, or as it was."""
        if not self.is_dry:
            write_file(self.root / path, content)

    def record_imports(self, entries: Mapping[str, LedgerEntry]) -> None:
        """Keep what this import wrote."""
        merged = {**self.ledger, **entries}
        if merged != self.ledger:
            stored = {path: [entry.identity, entry.digest] for path, entry in sorted(merged.items())}
            self.write(_LEDGER, (json.dumps(stored, indent=1, ensure_ascii=False) + "\n").encode())
