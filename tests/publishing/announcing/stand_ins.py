"""Stand-ins on this machine for a WebSub hub, IndexNow, Mastodon and Bluesky; they keep what they are sent."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Service:
    """Keeps requests, and answers each with the next answer, or else by `answer`."""

    def __init__(self):
        self.asked, self.answers = [], []

    def answer(self, _method, _path, _headers, _body):
        return 202, b""


@contextmanager
def serving(service):
    """Yield the address of a service."""

    class Handler(BaseHTTPRequestHandler):
        def do(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            service.asked.append((self.command, self.path, dict(self.headers), body))
            found = service.answers.pop(0) if service.answers else None
            status, content = found or service.answer(self.command, self.path, self.headers, body)
            content = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do  # noqa: N815 -- names of the library

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
