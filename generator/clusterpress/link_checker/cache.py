"""Memory: what came of addresses, kept for some days in the project's folder of working files."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from clusterpress.checking.autofix import replace_file
from clusterpress.link_checker.requests import Found

_NAME = "links.json"
_SOUND = range(200, 300)


@dataclass(slots=True)
class Memory:
    """What is known of addresses; only what was sound is believed for long."""

    file: Path
    known: dict[str, tuple[str, Found]] = field(default_factory=dict)
    """Address → (when it was tried, what came of it)."""

    @classmethod
    def open(cls, workshop: Path) -> "Memory":
        """Return the memory of a project; one that cannot be read counts as empty."""
        file = workshop / _NAME
        try:
            held = json.loads(file.read_text(encoding="utf-8"))
            known = {address: (one.pop("tried"), Found(**one)) for address, one in held.items()}
        except (OSError, ValueError, TypeError, AttributeError, KeyError):
            known = {}
        return cls(file, known)

    def recall(self, addresses: Iterable[str], now: datetime, days: int) -> dict[str, Found]:
        """Return what came of the addresses that were sound within the last days."""
        since = (now - timedelta(days=days)).isoformat()
        held = ((address, self.known[address]) for address in set(addresses) if address in self.known)
        return {
            address: found
            for address, (tried, found) in held
            if tried > since and (found.status in _SOUND or found.is_kept_out)
        }

    def keep(self, found: dict[str, Found], now: datetime) -> None:
        """Remember what came of addresses, on disk too."""
        self.known.update({address: (now.isoformat(), one) for address, one in found.items()})
        held = {
            address: {"tried": tried, **asdict(one)} for address, (tried, one) in sorted(self.known.items())
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self.file, json.dumps(held, indent=1, ensure_ascii=False).encode("utf-8"))
