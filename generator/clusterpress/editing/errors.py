"""Requests that the editor refuses, with a sentence for the person at the screen."""

from http import HTTPStatus
from typing import Any


class EditorError(Exception):
    """A request that cannot be done; its message says why, and what to do."""

    status = HTTPStatus.CONFLICT


class RequestRefusedError(EditorError):
    """A request that is refused."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class ConflictError(EditorError):
    """Somebody else has changed the item since it was opened."""

    def __init__(self, current: dict[str, Any] | None) -> None:
        super().__init__("somebody else changed this item since you opened it")
        self.current = current
        """The item as it is now; None if it is gone."""
