"""What every target can do."""

from collections.abc import Iterable
from typing import Protocol


class Target(Protocol):
    """An opened place that a site is published to.

    Paths are relative to the target, with forward slashes. Every verb may raise `PublishError`.
    """

    @property
    def where(self) -> str:
        """The place, in words for people."""

    @property
    def workers(self) -> int:
        """How many files may be on their way at once."""

    @property
    def atomic(self) -> bool:
        """Whether nothing is seen by readers before `finish`, and then all of it at once."""

    def read(self, path: str) -> bytes | None:
        """Return a file's content, or None if there is no such file."""

    def paths(self) -> Iterable[str]:
        """Return the paths of all files, foreign ones too."""

    def put(self, path: str, content: bytes) -> None:
        """Put a file in its place; readers see the old one or the new one, never a part."""

    def delete(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty; it need not be there."""

    def finish(self, message: str, /) -> None:
        """Make what was done valid; ``message`` goes into the target's history, if it has one."""
