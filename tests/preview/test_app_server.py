"""The server of an application beside the preview: whole requests of its own page, and an answer to all others."""

import socket
import threading
from contextlib import contextmanager
from http import HTTPStatus

import pytest

from clusterpress.preview import app_server
from clusterpress.preview.app_server import MAX_BODY, open_app
from clusterpress.preview.responses import Response
from tests.timing import PATIENCE


class Recorder:
    """An application that keeps what it is sent."""

    start = "/#token=secret"

    def __init__(self):
        self.bodies = []

    def respond(self, method, target, _headers, body):
        if target == "/broken":
            raise ValueError("odd")
        self.bodies.append((method, target, body))
        return Response(content=b"taken")


@contextmanager
def serving(app):
    with open_app(app, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def app():
    return Recorder()


@pytest.fixture
def server(app, monkeypatch):
    monkeypatch.setattr(app_server, "_LINGER", 0.05)
    monkeypatch.setattr(app_server._Requests, "timeout", 0.2)
    with serving(app) as server:
        yield server


def exchange(server, head, body=b"", *, host=None, ends=True):
    """Send lines and a body as they are; return the status and the text of the answer."""
    name = host or f"127.0.0.1:{server.server_address[1]}"
    lines = [line.replace("{host}", name) for line in head]
    with socket.create_connection(server.server_address[:2], timeout=PATIENCE) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode("latin-1") + body)
        if ends:
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while piece := connection.recv(1 << 16):
            received += piece
            if not ends and b"\r\n\r\n" in received and b"Connection: close" not in received:
                break
    status = int(received.split(b" ", 2)[1]) if received else 0
    return status, received.partition(b"\r\n\r\n")[2].decode()


PUT = ("PUT /x HTTP/1.1", "Host: {host}")


def test_a_whole_request_is_answered(server, app):
    assert exchange(server, (*PUT, "Content-Length: 3"), b"abc") == (200, "taken")
    assert app.bodies == [("PUT", "/x", b"abc")]


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        ([*PUT, "Content-Length: 10"], b"abc", 400),
        ([*PUT], b"", 411),
        ([*PUT], b"abc", 411),
        ([*PUT, "Transfer-Encoding: chunked"], b"3\r\nabc\r\n0\r\n\r\n", 411),
        ([*PUT, "Transfer-Encoding: chunked", "Content-Length: 3"], b"abc", 411),
        ([*PUT, "Content-Length: 3", "Content-Length: 2"], b"abc", 400),
        ([*PUT, "Content-Length: 3, 3"], b"abc", 400),
        ([*PUT, "Content-Length: -1"], b"abc", 400),
        ([*PUT, "Content-Length: +3"], b"abc", 400),
        ([*PUT, "Content-Length: 0x3"], b"abc", 400),
        ([*PUT, "Content-Length: ³"], b"abc", 400),
        ([*PUT, f"Content-Length: {MAX_BODY + 1}"], b"abc" * 100_000, 413),
        ([*PUT, f"Content-Length: {'9' * 5000}"], b"abc", 413),
        (["POST /move HTTP/1.1", "Host: {host}"], b"", 411),
        (["DELETE /x HTTP/1.1", "Host: {host}", "Transfer-Encoding: chunked"], b"0\r\n\r\n", 411),
    ],
)
def test_a_body_that_is_not_whole_is_refused_with_an_answer_and_nothing_is_done(
    server, app, head, body, status
):
    found, words = exchange(server, head, body)
    assert (found, bool(words)) == (status, True)
    assert app.bodies == []


def test_a_body_that_stops_on_its_way_is_refused_with_an_answer(server, app):
    assert exchange(server, (*PUT, "Content-Length: 10"), b"abc", ends=False)[0] == HTTPStatus.REQUEST_TIMEOUT
    assert app.bodies == []


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "127.0.0.2:{port}",
        "user@127.0.0.1:{port}",
        "0.0.0.0:{port}",
    ],
)
def test_only_the_own_names_and_the_own_port_are_answered(server, app, host):
    name = host.format(port=server.server_address[1])
    assert exchange(server, (*PUT, "Content-Length: 3"), b"abc", host=name)[0] == 421
    assert app.bodies == []


@pytest.mark.parametrize(
    "lines", [("GET / HTTP/1.1",), ("GET / HTTP/1.1", "Host: {host}", "Host: evil.example")]
)
def test_a_request_names_one_host(server, app, lines):
    assert exchange(server, lines)[0] == 421
    assert app.bodies == []


def test_localhost_is_this_machine(server):
    assert (
        exchange(server, (*PUT, "Content-Length: 0"), host=f"localhost:{server.server_address[1]}")[0] == 200
    )


@pytest.mark.parametrize("method", ["OPTIONS", "PATCH", "CONNECT", "TRACE"])
def test_other_methods_are_refused(server, method):
    assert exchange(server, (f"{method} /x HTTP/1.1", "Host: {host}"))[0] == 501


def test_a_fault_of_the_application_is_an_answer(server, capfd):
    status, words = exchange(server, ("GET /broken HTTP/1.1", "Host: {host}"))
    assert (status, words) == (500, "ValueError: odd")
    assert "Traceback" not in capfd.readouterr().err


def test_a_busy_port_gives_way_to_the_next(server, app):
    taken = server.server_address[1]
    with open_app(app, taken) as second:
        assert second.server_address[1] > taken
        assert second.start == f"http://127.0.0.1:{second.server_address[1]}/#token=secret"
