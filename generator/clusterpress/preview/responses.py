"""Responses of the preview, and the status that it sends to open pages."""

import json
from collections.abc import Iterator
from functools import lru_cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from threading import Condition
from urllib.parse import quote, unquote

from msgspec import Struct

from clusterpress.values.media_types import media_type
from clusterpress.values.problems import Problem, Severity

OWN_PREFIX = "/.clusterpress/"
"""Path of the preview's own script and events; no page of a site can have it."""
EVENTS = OWN_PREFIX + "events"
SCRIPT = OWN_PREFIX + "notice.js"

_KEEPALIVE = 15.0
"""Seconds after which an empty message is sent: if it fails, the page was closed."""
_MAIL = "/email.html"
"""End of the path of an e-mail (`newsletters.issues.editions_of`)."""
_HTML = "text/html; charset=utf-8"


class Response(Struct, frozen=True, kw_only=True):
    """A response of the server."""

    status: HTTPStatus = HTTPStatus.OK
    type: str = _HTML
    content: bytes = b""
    location: str = ""
    """Target of a redirect."""
    headers: tuple[tuple[str, str], ...] = ()
    """(name, value) of further headers."""


def respond(folder: Path, root: str, target: str, version: str, site: str = "") -> Response:
    """Return the answer to a request.

    Args:
        folder: the output folder, resolved.
        root: the site's path on its server, with slashes at both ends.
        target: requested path and query, still encoded.
        version: version of the site, which pages receive.
        site: address of the published site. E-mails load their pictures from there; here, from the preview.
    """
    path, _, query = target.partition("?")
    path = unquote(path)
    if path == SCRIPT:
        return Response(type=media_type(SCRIPT), content=_own_file("notice.js"))
    as_folder = path if path.endswith("/") else f"{path}/"
    if not path.startswith(root):
        leads_there = root.startswith(as_folder)
        return _redirect(root, query) if leads_there else _missing(folder, version)
    name = path.removeprefix(root)
    if not name or name.endswith("/"):
        name += "index.html"
    content = _read(folder, name)
    if content is not None and site and name.endswith(_MAIL):
        content = content.replace(site.encode(), root.encode())
    if content is not None:
        return _page(content, media_type(name), version)
    if _read(folder, f"{name}/index.html") is not None:
        return _redirect(as_folder, query)
    return _missing(folder, version)


def _redirect(path: str, query: str) -> Response:
    """Return a temporary redirect: browsers would remember a permanent one after the preview has ended."""
    return Response(status=HTTPStatus.FOUND, location=quote(path) + (f"?{query}" if query else ""))


def _missing(folder: Path, version: str) -> Response:
    content = _read(folder, "404.html") or _own_file("no-site.html")
    return _page(content, _HTML, version, HTTPStatus.NOT_FOUND)


def _page(content: bytes, kind: str, version: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    shown = with_script(content, version) if kind == _HTML else content
    return Response(status=status, type=kind, content=shown)


def with_script(page: bytes, version: str) -> bytes:
    """Return a page with the script that reloads it; pages on disk never contain it."""
    before, end, after = page.rpartition(b"</body>")
    tag = f'<script src="{SCRIPT}" data-version="{version}"></script>'.encode()
    return before + tag + end + after if end else page + tag


def _read(folder: Path, name: str) -> bytes | None:
    try:
        path = (folder / name).resolve()
        return path.read_bytes() if path.is_relative_to(folder) else None
    except (OSError, ValueError):  # not there, a folder, or a name that no file can have
        return None


@lru_cache(maxsize=2)
def _own_file(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


class PreviewStatus(Struct, frozen=True, kw_only=True):
    """The state of the preview at one moment."""

    version: str
    """Version of the site; a page of another version is out of date."""
    root: str
    """The site's path on its server, with slashes at both ends."""
    site: str = ""
    """Address of the published site, with a slash at its end."""
    problems: tuple[Problem, ...] = ()
    """Current problems of the sources."""

    def as_json(self) -> str:
        """Return the message to a page: the version, and each problem as the terminal shows it."""
        # Notes say the same after every save: `check` prints them.
        shown = [one for one in self.problems if one.severity is not Severity.NOTE]
        problems = [{"severity": str(one.severity), "text": str(one)} for one in shown]
        return json.dumps({"version": self.version, "problems": problems})


class StatusBroadcaster:
    """Sends the current status to any number of subscribers in other threads."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._status: PreviewStatus | None = None
        self._closed = False

    def publish(self, status: PreviewStatus) -> None:
        """Replace the status; subscribers receive it if it differs."""
        with self._condition:
            if status != self._status:
                self._status = status
                self._condition.notify_all()

    def close(self) -> None:
        """End all subscriptions."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def read(self) -> PreviewStatus | None:
        """Wait for the first status; return the current one, or None if closed before there was any."""
        with self._condition:
            self._condition.wait_for(lambda: self._status or self._closed)
            return self._status

    def subscribe(self, keepalive: float = _KEEPALIVE) -> Iterator[PreviewStatus | None]:
        """Yield the status and each new one, and None after each ``keepalive`` seconds, until closed."""
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
