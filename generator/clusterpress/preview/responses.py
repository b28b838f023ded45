"""Answers: what the preview sends for an address, and what it tells open pages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from threading import Condition
from urllib.parse import quote, unquote

from clusterpress.values.media_types import media_type
from clusterpress.values.problems import Problem, Severity

OWN_PREFIX = "/.clusterpress/"
"""Where the preview's own script and events are; no page of a site can be there."""
EVENTS = OWN_PREFIX + "events"
SCRIPT = OWN_PREFIX + "notice.js"

_KEEPALIVE = 15.0
"""Seconds after which a reader is told that there is nothing new: so it finds out that its page has gone."""
_HTML = "text/html; charset=utf-8"
_NO_SITE = (
    b'<!doctype html><html lang="en"><meta charset="utf-8"><title>No site yet</title>'
    b'<body style="font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem">'
    b"<h1>There is no site yet</h1><p>This page turns into the site as soon as it can be made.</p>"
    b"</body></html>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What is sent for an address."""

    status: HTTPStatus = HTTPStatus.OK
    type: str = _HTML
    content: bytes = b""
    location: str = ""
    """Where a redirection leads."""
    headers: tuple[tuple[str, str], ...] = ()
    """More headers, as name and value."""


def respond(folder: Path, root: str, target: str, version: str) -> Response:
    """Return the answer to a request.

    Args:
        folder: the output folder, resolved.
        root: the site's path on its server, with slashes at both ends.
        target: path and query as asked for, still encoded.
        version: which site this is; pages are sent with it.
    """
    path, _, query = target.partition("?")
    path = unquote(path)
    if path == SCRIPT:
        return Response(type=media_type(SCRIPT), content=_script())
    as_folder = path if path.endswith("/") else f"{path}/"
    if not path.startswith(root):
        leads_there = root.startswith(as_folder)
        return _redirect(root, query) if leads_there else _missing(folder, version)
    name = path.removeprefix(root)
    if not name or name.endswith("/"):
        name += "index.html"
    content = _read(folder, name)
    if content is not None:
        return _page(content, media_type(name), version)
    if _read(folder, f"{name}/index.html") is not None:
        return _redirect(as_folder, query)
    return _missing(folder, version)


def _redirect(path: str, query: str) -> Response:
    """Lead elsewhere for this once: what browsers remember would outlive the preview."""
    return Response(status=HTTPStatus.FOUND, location=quote(path) + (f"?{query}" if query else ""))


def _missing(folder: Path, version: str) -> Response:
    content = _read(folder, "404.html") or _NO_SITE
    return _page(content, _HTML, version, HTTPStatus.NOT_FOUND)


def _page(content: bytes, kind: str, version: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    shown = with_script(content, version) if kind == _HTML else content
    return Response(status=status, type=kind, content=shown)


def with_script(page: bytes, version: str) -> bytes:
    """Return a page with the script that follows the preview; pages on disk never have it."""
    before, end, after = page.rpartition(b"</body>")
    tag = f'<script src="{SCRIPT}" data-version="{version}"></script>'.encode()
    return before + tag + end + after if end else page + tag


def _read(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a file in the folder; None for all else, and for paths that lead out of it."""
    try:
        path = (folder / name).resolve()
        return path.read_bytes() if path.is_relative_to(folder) else None
    except (OSError, ValueError):  # not there, a folder, or a name that no file can have
        return None


@lru_cache(maxsize=1)
def _script() -> bytes:
    return files(__package__).joinpath("notice.js").read_bytes()


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
        # Notes say the same after every save: `check` prints them.
        told = [one for one in self.problems if one.severity is not Severity.NOTE]
        problems = [{"severity": str(one.severity), "text": str(one)} for one in told]
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
