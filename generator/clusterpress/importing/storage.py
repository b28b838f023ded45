"""Storage: all reading and writing of an import."""

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
"""Bytes of a feed, at most."""
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
"""Handlers for http and https only: no files of this computer."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A file that an import wrote."""

    identity: str
    """Identity of its record."""
    digest: str
    """Digest of the content that was written."""


def fetch(address: str) -> bytes:
    """Return the content of an http or https address.

    Raises:
        OSError: there is no answer, the answer is an error, or it is too large.
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
    """Return all files below a folder, relative to it, without those in hidden folders."""
    found: list[str] = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        base = Path(here).relative_to(folder).as_posix()
        found += [name if base == "." else f"{base}/{name}" for name in sorted(files)]
    return found


@dataclass(slots=True)
class ProjectStorage:
    """The files of a project, and the ledger of earlier imports."""

    root: Path
    is_dry: bool = False
    """Whether to write nothing."""
    ledger: dict[str, LedgerEntry] = field(default_factory=dict)
    """Path → what an earlier import wrote. Without it, files are recognised by id or alias."""

    def __post_init__(self) -> None:
        """Read the ledger; an unreadable one counts as empty."""
        try:
            stored = json.loads((self.root / _LEDGER).read_text(encoding="utf-8"))
            self.ledger = {path: LedgerEntry(*pair) for path, pair in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            self.ledger = {}

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file of the project, or None."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def write(self, path: str, content: bytes) -> None:
        """Write a file in one step, unless this is a dry run."""
        if not self.is_dry:
            write_file(self.root / path, content)

    def record_imports(self, entries: Mapping[str, LedgerEntry]) -> None:
        """Add what this import wrote to the ledger."""
        merged = {**self.ledger, **entries}
        if merged != self.ledger:
            stored = {path: [entry.identity, entry.digest] for path, entry in sorted(merged.items())}
            self.write(_LEDGER, (json.dumps(stored, indent=1, ensure_ascii=False) + "\n").encode())
