"""Cache of link checks: results of earlier days, stored in the project's cache folder."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from clusterpress.link_checker.requests import LinkResult
from clusterpress.sources.files import write_file

_NAME = "links.json"
_SUCCESS = range(200, 300)


@dataclass(slots=True)
class LinkCache:
    """Results of earlier checks. Only successful results are reused."""

    file: Path
    known: dict[str, tuple[str, LinkResult]] = field(default_factory=dict)
    """Address → (time of the check, result)."""

    @classmethod
    def open(cls, folder: Path) -> "LinkCache":
        """Return the cache of a project; an unreadable one counts as empty."""
        file = folder / _NAME
        try:
            stored = json.loads(file.read_text(encoding="utf-8"))
            known = {address: (one.pop("tried"), LinkResult(**one)) for address, one in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError, KeyError):
            known = {}
        return cls(file, known)

    def load(self, addresses: Iterable[str], now: datetime, days: int) -> dict[str, LinkResult]:
        """Return the results of the addresses that were successful within the last days.

        Args:
            addresses: to look up.
            now: the present time.
            days: how long a result is valid.
        """
        since = (now - timedelta(days=days)).isoformat()
        stored = ((address, self.known[address]) for address in set(addresses) if address in self.known)
        return {
            address: found
            for address, (tried, found) in stored
            if tried > since and (found.status in _SUCCESS or found.is_disallowed)
        }

    def save(self, found: dict[str, LinkResult], now: datetime) -> None:
        """Store results, in memory and on disk."""
        self.known.update({address: (now.isoformat(), one) for address, one in found.items()})
        stored = {
            address: {"tried": tried, **asdict(one)} for address, (tried, one) in sorted(self.known.items())
        }
        write_file(self.file, json.dumps(stored, indent=1, ensure_ascii=False).encode("utf-8"))
