"""The server of the preview: HTTP, by default for this machine only."""

import errno
import ipaddress
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from typing import Any, TypeVar

from clusterpress.preview.responses import EVENTS, Response, StatusBroadcaster, respond

MAX_PORTS = 20
"""Number of ports that are tried, beginning with the requested one."""

_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared with, not bound to
"""Address for all interfaces → the loopback address."""


class NoPortError(Exception):
    """No port is free."""


class LocalServer(ThreadingTCPServer):
    """A server with an address for browsers on this machine.

    Not an ``HTTPServer``, which looks up the name of this machine in the network; that can take seconds.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    # On Windows, this would allow two programs on the same port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, host: str, port: int, handler: type["LocalRequests"]) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), handler)

    @property
    def address(self) -> str:
        """Address of the server for a browser on this machine, without a slash at its end."""
        host, port = self.server_address[:2]
        name = _WILDCARDS.get(str(host), str(host))
        return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report errors of an answer, but not browsers that closed the connection."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


AnyServer = TypeVar("AnyServer", bound=LocalServer)


class Server(LocalServer):
    """Serves an output folder, and sends the status of the preview to open pages."""

    def __init__(self, host: str, port: int, folder: Path, broadcaster: StatusBroadcaster) -> None:
        super().__init__(host, port, _Requests)
        self.folder = folder.resolve()
        self.broadcaster = broadcaster
        self.private = is_loopback(host)


def open_server(host: str, port: int, folder: Path, broadcaster: StatusBroadcaster) -> Server:
    """Return a server that listens on a port or, if it is in use, on one of the next ports.

    Args:
        host: name or address to listen on.
        port: the first port to try; 0 means any free port.
        folder: the output folder.
        broadcaster: sends the status of the preview to open pages.

    Raises:
        NoPortError: no port is free.
        OSError: this machine has no such address.
    """
    return first_free(port, lambda candidate: Server(host, candidate, folder, broadcaster))


def first_free(port: int, listen: Callable[[int], AnyServer]) -> AnyServer:
    """Return what listens on a port or, if it is in use, on one of the next ports.

    Args:
        port: the first port to try; 0 means any free port.
        listen: opens a server on a port.

    Raises:
        NoPortError: no port is free.
        OSError: the server cannot be opened for another reason.
    """
    ports = range(port, min(port + MAX_PORTS, 65_536))
    for candidate in ports if port else (0,):
        try:
            return listen(candidate)
        except OSError as fault:
            if fault.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
    raise NoPortError(f"no port from {port} to {ports.stop - 1} is free: choose another with --port")


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is reachable from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class LocalRequests(BaseHTTPRequestHandler):
    """Answers with `Response` values; requests are not logged."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def send(self, found: Response) -> None:
        """Send an answer; browsers do not store it."""
        self.send_response(found.status)
        if found.location:
            self.send_header("Location", found.location)
        self.send_header("Content-Type", found.type)
        self.send_header("Content-Length", str(len(found.content)))
        self.send_header("Cache-Control", "no-store")
        for name, value in found.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(found.content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
        """Do not log requests: the terminal shows the changes of sources."""


class _Requests(LocalRequests):
    server: Server

    def do_GET(self) -> None:
        if not self._is_host_allowed():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path.partition("?")[0] == EVENTS and self.command == "GET":
            self._send_events()
        elif status := self.server.broadcaster.read():
            self.send(respond(self.server.folder, status.root, self.path, status.version, status.site))
        else:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)

    do_HEAD = do_GET  # noqa: N815 -- the base class looks for this name

    def _is_host_allowed(self) -> bool:
        """Return whether the Host header names this machine.

        Otherwise another site could point its own name to our address, and read drafts and embargoed items
        (DNS rebinding).
        """
        name = self.headers.get("Host", "localhost").lower()
        if not name.endswith("]"):
            name = name.rpartition(":")[0] or name
        return not self.server.private or name in _LOCAL_NAMES or is_loopback(name)

    def _send_events(self) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(ConnectionError, TimeoutError):
            self.wfile.write(b"retry: 500\n\n")
            for status in self.server.broadcaster.subscribe():
                self.wfile.write(f"data: {status.as_json()}\n\n".encode() if status else b":\n\n")
