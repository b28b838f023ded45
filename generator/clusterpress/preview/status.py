"""The board: where the rebuilding thread pins up the latest notice, and every open page reads it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Condition

from clusterpress.values.problems import Problem

_SILENCE = 15.0
"""Seconds after which a reader is told that there is nothing new: so it finds out that its page has gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The state of the preview at one moment."""

    version: str
    """Which site is served; a page of another version is out of date."""
    root: str
    """The site's path on its server, with slashes at both ends."""
    problems: tuple[Problem, ...] = ()
    """Faults of the sources as they are now."""

    def as_json(self) -> str:
        """Return what a page is told: the version, and each fault in the words of the terminal."""
        problems = [{"severity": str(one.severity), "text": str(one)} for one in self.problems]
        return json.dumps({"version": self.version, "problems": problems})


class Board:
    """Holds the latest notice for any number of readers in other threads."""

    def __init__(self) -> None:
        self._pinned = Condition()
        self._notice: Notice | None = None
        self._closed = False

    def pin(self, notice: Notice) -> None:
        """Put a notice in place of the last one; readers hear of it if it says something else."""
        with self._pinned:
            if notice != self._notice:
                self._notice = notice
                self._pinned.notify_all()

    def close(self) -> None:
        """Let all readers go."""
        with self._pinned:
            self._closed = True
            self._pinned.notify_all()

    def read(self) -> Notice | None:
        """Return the notice, waiting for the first one; None when the board was closed before."""
        with self._pinned:
            self._pinned.wait_for(lambda: self._notice or self._closed)
            return self._notice

    def follow(self, silence: float = _SILENCE) -> Iterator[Notice | None]:
        """Yield the notice and then each new one, or None after so many seconds of silence, until closed."""
        seen: Notice | None = None
        while True:
            notice = self._await_other(seen, silence)
            if self._closed:
                return
            yield notice if notice is not seen else None
            seen = notice

    def _await_other(self, seen: Notice | None, silence: float) -> Notice | None:
        with self._pinned:
            self._pinned.wait_for(lambda: self._closed or self._notice is not seen, silence)
            return self._notice
