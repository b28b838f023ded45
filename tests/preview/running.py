"""A preview of a small site that runs in a thread, and a page that listens to it."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

from clusterpress.preview.rebuild import RebuildResult
from clusterpress.preview.session import Preview, open_preview
from tests.sites.small_site import NOW, Site
from tests.timing import PATIENCE


class Running:
    """A running preview and what it told."""

    def __init__(self, preview: Preview, site: Site, told: "queue.Queue[RebuildResult]") -> None:
        self.preview = preview
        self.site = site
        self._told = told

    def next(self) -> RebuildResult:
        return self._told.get(timeout=PATIENCE)

    def until_changed(self, path: str) -> RebuildResult:
        """Return the round that a change of this file brought about."""
        while path not in (result := self.next()).changed:
            pass
        return result

    def request(self, target: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        with closing(self._connect()) as connection:
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            return response, response.read()

    @contextmanager
    def listening(self) -> Iterator["Listener"]:
        with closing(self._connect()) as connection:
            connection.request("GET", "/.clusterpress/events")
            yield Listener(connection.getresponse())

    def _connect(self) -> HTTPConnection:
        address = urlsplit(self.preview.address)
        return HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)


class Listener:
    """A page that hears events."""

    def __init__(self, response: HTTPResponse) -> None:
        self.response = response

    def next(self) -> dict[str, object]:
        """Return the next notice."""
        for line in self.response:
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))
        raise AssertionError("the events ended")

    def problems(self) -> list[str]:
        return [problem["text"] for problem in self.next()["problems"]]


@contextmanager
def running(site: Site) -> Iterator[Running]:
    """Serve a site on any free port, and wait until its files are watched."""
    told: queue.Queue[RebuildResult] = queue.Queue()
    with open_preview(
        site.root, host="127.0.0.1", port=0, clock=lambda: NOW, progress=lambda: nullcontext(lambda *_: None)
    ) as preview:
        thread = threading.Thread(target=preview.run, args=(told.put,), daemon=True)
        thread.start()
        run = Running(preview, site, told)
        try:
            run.request("/")  # nothing is answered before
            yield run
        finally:
            preview.stop()
            thread.join(PATIENCE)
            assert not thread.is_alive()
