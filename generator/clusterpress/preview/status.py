"""The board: where the rebuilding thread pins up the latest notice, and every open page reads it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Condition

from clusterpress.values.problems import Problem

_KEEPALIVE = 15.0
"""Seconds after which a reader is told that there is nothing new: so it finds out that its page has gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewStatus:
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


class StatusBroadcaster:
    """Holds the latest notice for any number of readers in other threads."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._status: PreviewStatus | None = None
        self._closed = False

    def publish(self, status: PreviewStatus) -> None:
        """Put a notice in place of the last one; readers hear of it if it says something else."""
        with self._condition:
            if status != self._status:
                self._status = status
                self._condition.notify_all()

    def close(self) -> None:
        """Let all readers go."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def read(self) -> PreviewStatus | None:
        """Return the notice, waiting for the first one; None when the board was closed before."""
        with self._condition:
            self._condition.wait_for(lambda: self._status or self._closed)
            return self._status

    def subscribe(self, keepalive: float = _KEEPALIVE) -> Iterator[PreviewStatus | None]:
        """Yield the notice and then each new one, or None after so many seconds of silence, until closed."""
        sent: PreviewStatus | None = None
        while True:
            status = self._wait_for_change(sent, keepalive)
            if self._closed:
                return
            yield status if status is not sent else None
            sent = status

    def _wait_for_change(self, sent: PreviewStatus | None, keepalive: float) -> PreviewStatus | None:
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._status is not sent, keepalive)
            return self._status
