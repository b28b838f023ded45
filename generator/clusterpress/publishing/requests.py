"""Requests to the interfaces of other services, with words for everything that fails."""

import json
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit

from msgspec import Struct, field

from clusterpress import __version__
from clusterpress.publishing.errors import RESUME_HINT, PublishError

MAX_WAIT = 90.0
"""Seconds. A service that asks for a longer pause is not waited for."""

_ATTEMPTS = 3
_REPEATABLE = frozenset({"GET", "PUT", "PATCH"})
"""Methods that may be repeated when no answer came; a POST may have created something."""
_LONGEST_REASON = 300
"""Characters that are quoted of an answer."""

_WORDS: Mapping[int, tuple[str, str]] = {
    HTTPStatus.UNAUTHORIZED: ("refuses the key", "make a new key there, and put it into {variable}"),
    HTTPStatus.FORBIDDEN: ("does not let this key do that", "give the key {rights}"),
    HTTPStatus.NOT_FOUND: ("does not know what was asked for", "check {place} in the settings"),
    HTTPStatus.TOO_MANY_REQUESTS: ("asks for a pause", "run the command again {pause}"),
}
"""Status → what is said of it, and what to do."""


class _NoRedirects(request.HTTPRedirectHandler):
    """Reports redirections as errors: the key must not travel to another address."""

    def redirect_request(self, *_: Any) -> None:
        """Return None: the answer then becomes an error with its status."""


class JsonClient(Struct, kw_only=True):
    """A connection to a service's interface."""

    title: str
    """Name of the service, for messages."""
    base: str
    """Address that all paths follow."""
    headers: Mapping[str, str]
    """Headers with the credentials."""
    variable: str
    """Environment variable with the key, for messages."""
    secret: str
    """The key, which no message may show."""
    rights: str = "the rights for lists and campaigns"
    """What the key has to be allowed, for messages."""
    place: str = "the address and the list"
    """The settings that name what is asked for, for messages."""
    timeout: float = 30.0
    """Seconds to wait for an answer."""
    sleep: Callable[[float], None] = field(default=time.sleep)

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None, **query: str | int) -> Any:
        """Return the answer to a request, as JSON; None if it is empty.

        Args:
            method: GET, POST, PUT or PATCH.
            path: path below `base`.
            body: sent as JSON.
            query: parameters of the address.

        Raises:
            PublishError: the service refuses, or cannot be reached.
        """
        sent = None if body is None else json.dumps(body).encode()
        return self.parse(self.deliver(method, path, sent, "application/json", **query))

    def parse(self, content: bytes) -> Any:
        """Return an answer as JSON; None if it is empty.

        Raises:
            PublishError: it is none.
        """
        try:
            return json.loads(content) if content.strip() else None
        except ValueError:
            message = f"{self.title} at {self._host} does not answer as its interface should"
            raise PublishError(message, "check the address in the settings") from None

    def deliver(
        self, method: str, path: str, content: bytes | None, media_type: str, **query: str | int
    ) -> bytes:
        """Return the answer to a request with content of any kind.

        Args:
            method: GET, POST, PUT or PATCH.
            path: path below `base`.
            content: the content, if any.
            media_type: its type.
            query: parameters of the address.

        Raises:
            PublishError: the service refuses, or cannot be reached.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            is_last = attempt == _ATTEMPTS
            try:
                return self._send_once(method, path, (content, media_type), query)
            except HTTPError as error:
                with error:
                    pause = _pause(error, attempt)
                    if is_last or not _is_repeatable(method, error.code) or pause > MAX_WAIT:
                        raise self._explain(error, pause) from error
            except (OSError, HTTPException) as error:
                if is_last or method not in _REPEATABLE:
                    raise self._explain_network(error) from error
                pause = float(attempt)
            self.sleep(pause)
        raise AssertionError  # the last attempt returns or raises

    def _send_once(
        self, method: str, path: str, body: tuple[bytes | None, str], query: Mapping[str, Any]
    ) -> bytes:
        address = f"{self.base.rstrip('/')}{path}" + (f"?{urlencode(query)}" if query else "")
        headers = {"Accept": "application/json", "User-Agent": f"clusterpress/{__version__}", **self.headers}
        content, media_type = body
        if content is not None:
            headers["Content-Type"] = media_type
        asked = request.Request(address, data=content, headers=headers, method=method)  # noqa: S310 -- http(s) only
        with request.build_opener(_NoRedirects).open(asked, timeout=self.timeout) as answer:
            received: bytes = answer.read()
        return received

    @property
    def _host(self) -> str:
        return urlsplit(self.base).netloc

    def _explain(self, error: HTTPError, pause: float) -> PublishError:
        code = error.code
        if HTTPStatus.MULTIPLE_CHOICES <= code < HTTPStatus.BAD_REQUEST:
            there = error.headers.get("Location", "")
            return PublishError(
                f"{self.title} sends to another address ({there})", "write that address into the settings"
            )
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return PublishError(f"{self.title} has a fault of its own ({code})", RESUME_HINT)
        what, hint = _WORDS.get(code, ("refuses the request", "correct what it names"))
        when = f"in {round(pause)} seconds" if pause else "later"
        hint = hint.format(variable=self.variable, pause=when, rights=self.rights, place=self.place)
        return PublishError(f"{self.title} {what} ({code}){self._reason(error)}", hint)

    def _reason(self, error: HTTPError) -> str:
        """Return what the service itself says, without the key."""
        try:
            told = json.loads(error.read())
        except (ValueError, OSError, HTTPException):
            return ""
        words = ". ".join(dict.fromkeys(_reasons(told)))
        words = words.replace(self.secret, "…") if self.secret else words
        return f": {words[:_LONGEST_REASON]}" if words else ""

    def _explain_network(self, error: OSError | HTTPException) -> PublishError:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError):
            return PublishError(f"{self.title} at {self._host} does not answer", RESUME_HINT)
        message = f"{self.title} at {self._host} cannot be reached ({reason})"
        return PublishError(message, f"check the connection and the address; then {RESUME_HINT}")


def _is_repeatable(method: str, code: int) -> bool:
    """Return whether a refused request may be repeated: 429 says that nothing was done."""
    return code == HTTPStatus.TOO_MANY_REQUESTS or (
        code >= HTTPStatus.INTERNAL_SERVER_ERROR and method in _REPEATABLE
    )


def _pause(error: HTTPError, attempt: int) -> float:
    """Return the seconds that a service asks to wait: a number or a date (RFC 9110, 10.2.3)."""
    wanted = error.headers.get("Retry-After") or ""
    if wanted.strip().isdigit():
        return float(wanted)
    try:
        return max(0.0, parsedate_to_datetime(wanted).timestamp() - time.time())
    except (TypeError, ValueError):
        return float(2**attempt)


def _reasons(told: Any) -> list[str]:
    """Return the sentences in an answer; services call them message, detail, title or errors."""
    if isinstance(told, str):
        return [told.strip().rstrip(".")]
    if isinstance(told, list):
        return [words for one in told for words in _reasons(one)]
    if isinstance(told, dict):
        keys = ("message", "error_description", "error", "detail", "msg", "errors", "title")
        return [words for key in keys if told.get(key) for words in _reasons(told[key])]
    return []
