"""The server of an application beside the preview, such as an editor: it may write, so it is strict.

It has a port of its own, and so an origin of its own (RFC 6454): scripts in pages of the preview cannot read
its pages. It answers only under the names of this machine with its own port, so that no other site can point
its name to it (DNS rebinding). A body counts only if all of it has arrived.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from email.message import Message
from http import HTTPStatus
from io import BufferedIOBase
from time import monotonic
from typing import Protocol

from msgspec.structs import replace

from clusterpress.preview.responses import Response
from clusterpress.preview.server import LocalRequests, LocalServer, first_free

MAX_BODY = 100_000_000
"""Bytes of the largest request body that is accepted."""

_HOST = "127.0.0.1"
_LINGER = 2.0
"""Seconds without data after which the rest of a refused body is no longer awaited."""
_MAX_LINGER = 20.0
"""Seconds after which it is no longer read."""


class App(Protocol):
    """An application with a server of its own."""

    @property
    def start(self) -> str:
        """Path and fragment that open it: ``/#token=…``."""

    def respond(self, method: str, target: str, headers: Message, body: bytes) -> Response:
        """Return the answer to a request.

        Args:
            method: ``GET``, ``HEAD``, ``PUT``, ``POST`` or ``DELETE``.
            target: requested path, still encoded, perhaps with a query.
            headers: of the request.
            body: of the request, whole.
        """


MakeApp = Callable[[str], App]
"""Returns an application for the address of the preview's server, without a slash at its end."""


class BadBodyError(Exception):
    """A request whose body is missing, incomplete or too large."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class AppServer(LocalServer):
    """Serves an application on this machine."""

    def __init__(self, app: App, port: int) -> None:
        super().__init__(_HOST, port, _Requests)
        self.app = app

    @property
    def start(self) -> str:
        """Address that opens the application."""
        return self.address + self.app.start

    def is_own(self, host: str) -> bool:
        """Return whether a Host header names this server."""
        port = self.server_address[1]
        return host.lower() in {f"{name}:{port}" for name in (_HOST, "localhost")}


def open_app(app: App, port: int) -> AppServer:
    """Return the server of an application, on a port or one of the next ports; 0 means any free port.

    Raises:
        NoPortError: no port is free.
    """
    return first_free(port, lambda candidate: AppServer(app, candidate))


def read_body(method: str, headers: Message, stream: BufferedIOBase) -> bytes:
    """Return the body of a request.

    Args:
        method: of the request; ``PUT`` and ``POST`` have a body.
        headers: of the request.
        stream: where the body follows.

    Raises:
        BadBodyError: its length is unknown or too large, or not all of it has arrived.
    """
    lengths = headers.get_all("Content-Length", [])
    if headers.get("Transfer-Encoding") or (not lengths and method in {"PUT", "POST"}):
        raise BadBodyError(HTTPStatus.LENGTH_REQUIRED, "the request does not say how long it is")
    length = (lengths or ["0"])[0].strip()
    if len(lengths) > 1 or not (length.isascii() and length.isdecimal()):
        raise BadBodyError(HTTPStatus.BAD_REQUEST, "the request gives no valid length")
    if len(length) > len(str(MAX_BODY)) or int(length) > MAX_BODY:
        largest = f"files of more than {MAX_BODY // 1_000_000} MB cannot be sent here"
        raise BadBodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{largest}: copy them into the folder")
    try:
        body = stream.read(int(length))
    except TimeoutError as fault:
        raise BadBodyError(HTTPStatus.REQUEST_TIMEOUT, "the request has stopped on its way") from fault
    if len(body) < int(length):
        raise BadBodyError(HTTPStatus.BAD_REQUEST, "only a part of the request has arrived")
    return body


class _Requests(LocalRequests):
    server: AppServer

    def do_GET(self) -> None:  # noqa: N802 -- the base class looks for this name
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.is_own(hosts[0]):
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "this is not the address of the editor")
            return
        try:
            body = read_body(self.command, self.headers, self.rfile)
        except BadBodyError as fault:
            self._refuse(fault.status, str(fault))
            return
        self.send(self._respond(body))

    do_HEAD = do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815 -- the base class looks for these names

    def _respond(self, body: bytes) -> Response:
        try:
            return self.server.app.respond(self.command, self.path, self.headers, body)
        except Exception as fault:  # noqa: BLE001 -- the page must hear that nothing was saved
            words = f"{type(fault).__name__}: {fault}"
            return plain(HTTPStatus.INTERNAL_SERVER_ERROR, words)

    def _refuse(self, status: HTTPStatus, words: str) -> None:
        """Answer without having read the body, and end the connection.

        The rest of the body is read and dropped. Otherwise, the system resets the connection, and the browser
        never sees the answer (RFC 9112, section 9.6).
        """
        self.close_connection = True
        self.send(replace(plain(status, words), headers=(("Connection", "close"),)))
        end = monotonic() + _MAX_LINGER
        with suppress(OSError):
            self.connection.settimeout(_LINGER)
            self.connection.shutdown(socket.SHUT_WR)
            while monotonic() < end and self.connection.recv(1 << 16):
                pass


def plain(status: HTTPStatus, words: str) -> Response:
    """Return an answer in plain text."""
    return Response(status=status, type="text/plain; charset=utf-8", content=words.encode(errors="replace"))
