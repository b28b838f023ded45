"""Serving: how long it takes from saving a post until the page in the browser can show it."""

import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

from msgspec.structs import replace

from bench.corpus import Corpus
from bench.measuring import FailedError, memory_of, stop
from bench.sites import OurSite, Site

START_TIMEOUT = 900
"""Most seconds that a preview may take to come up."""
EDIT_TIMEOUT = 240
"""Most seconds that an edit may take to show."""
POLL_INTERVAL = 0.005
"""Seconds between two requests for a page that is waited for."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve_edits(
    site: Site, corpus: Corpus, command: Sequence[str | Path], port: int, log: Path, edits: int
) -> tuple[list[float], float]:
    """Return the seconds from saving to showing of each edit, and the megabytes held after the last one."""
    post = corpus.post(corpus.size // 3)
    site.write(post)
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as file:
        process = subprocess.Popen(list(map(str, command)), cwd=site.folder, stdout=file, stderr=file)
        try:
            _await(process, address + post.url, b"</html>", START_TIMEOUT, log)
            time.sleep(2)
            seconds = []
            for edit in range(edits):
                words = f"Served edit {edit} of {time.time_ns()}"
                changed = replace(post, body=f"{post.body}\n{words}\n")
                wait = _event if isinstance(site, OurSite) else _page
                seconds.append(wait(process, site, changed, address, words, log))
                time.sleep(max(1.0, min(seconds[-1], 5)))
            return seconds, memory_of(process.pid)
        finally:
            stop(process)
            site.write(post)


def _event(process, site, changed, address, words, log) -> float:
    """Save, and wait for the event on which the browser loads the page again; the page must show the edit."""
    with urllib.request.urlopen(f"{address}/.clusterpress/events", timeout=EDIT_TIMEOUT) as events:
        before = _next_version(events)
        began = time.perf_counter()
        site.write(changed)
        while _next_version(events) == before:
            pass
        seconds = time.perf_counter() - began
    _await(process, address + changed.url, words.encode(), 1, log)
    return seconds


def _next_version(events) -> str:
    for line in events:
        if line.startswith(b"data:"):
            return str(json.loads(line[5:])["version"])
    raise FailedError("the preview closed its events")


def _page(process, site, changed, address, words, log) -> float:
    """Save, and ask for the page until it shows the edit."""
    began = time.perf_counter()
    site.write(changed)
    _await(process, address + changed.url, words.encode(), EDIT_TIMEOUT, log)
    return time.perf_counter() - began


def _await(process: subprocess.Popen[bytes], url: str, words: bytes, limit: float, log: Path) -> None:
    until = time.perf_counter() + limit
    while words not in _get(url):
        if process.poll() is not None or time.perf_counter() > until:
            raise FailedError(f"{url} did not show {words!r}:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(POLL_INTERVAL)


def _get(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=EDIT_TIMEOUT) as answer:
            return bytes(answer.read())
    except (URLError, OSError, HTTPException):  # not there yet, or cut short because it is being written
        return b""
