"""A plain web server for a built site, on this machine only: compressed, with the site's own 404 page."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

COMPRESSED = ("text/", "application/json", "application/xml", "application/javascript", "image/svg+xml")
"""What web servers compress; pictures, fonts and Pagefind's files are compressed already."""

TYPES = {".wasm": "application/wasm", ".js": "text/javascript", ".woff2": "font/woff2"}


@contextmanager
def serving(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve a folder below the path ``base``, and give its address, which ends with a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answers, folder, base)) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, base: str, *rest: object) -> None:
        self._folder = folder
        self._base = base
        super().__init__(*rest)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self._folder / path.removeprefix(self._base).lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        found = path.startswith(self._base) and file.is_file() and self._folder in file.parents
        file = file if found else self._folder / "404.html"
        kind = TYPES.get(file.suffix) or guess_type(file.name)[0] or "application/octet-stream"
        content = file.read_bytes() if file.is_file() else b""
        self.send_response(200 if found else 404)
        if kind.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
