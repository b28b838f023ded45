"""Previewing: watch, rebuild, serve and tell, put together."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread

from clusterpress.preview.rebuild import Progress, Rebuilder, Round
from clusterpress.preview.server import Annexe, Server, open_server
from clusterpress.preview.status import Board, Notice
from clusterpress.preview.watch import Watch


class Preview:
    """A preview with its place on the network; `run` brings it to life."""

    def __init__(self, server: Server, watch: Watch, rebuilder: Rebuilder) -> None:
        self._server = server
        self._watch = watch
        self._rebuilder = rebuilder
        self._session = secrets.token_hex(4)
        self._version = 0
        self._root = "/"

    @property
    def address(self) -> str:
        """Where the site is, with its sub-path, as far as the settings could be read."""
        return self._server.address + self._root

    def run(self, tell: Callable[[Round], None], jobs: int = 1) -> None:
        """Make the site, serve it, and make it again after each change, until stopped.

        Args:
            tell: called with what came of each change, after open pages were told.
            jobs: processes that share the first build.
        """
        # No thread runs yet: only now processes can be forked safely.
        first = self._turn(frozenset(), jobs)
        tell(first)
        with self._watch:
            if not self._rebuilder.is_current():
                second = self._turn(frozenset())
                if second.is_new or second.problems != first.problems:  # something was saved in the meantime
                    tell(second)
            with _answering(self._server):
                self._rebuilder.rehearse(self._watch.is_stirred)
                for changed in self._watch.changes():
                    if not changed and self._rebuilder.is_current(self._watch.is_stirred):
                        continue
                    found = self._turn(changed)
                    if changed or found.is_new:
                        tell(found)

    def stop(self) -> None:
        """End `run`; may be called from another thread."""
        self._watch.close()

    def _turn(self, changed: frozenset[str], jobs: int = 1) -> Round:
        found = self._rebuilder.rebuild(changed, jobs)
        self._version += found.is_new
        self._root = found.root or self._root
        version = f"{self._session}-{self._version}"
        self._server.board.pin(Notice(version=version, root=self._root, problems=found.problems))
        return found


@contextmanager
def open_preview(
    root: Path,
    *,
    host: str,
    port: int,
    clock: Callable[[], datetime],
    progress: Progress,
    annexe: Annexe | None = None,
) -> Iterator[Preview]:
    """Give a preview of a project that holds its port while the context is open.

    Args:
        root: the project's folder.
        host: the name or address to listen on.
        port: the port to listen on; when it is taken, one of the next.
        clock: tells the time, with its zone.
        progress: gives a function that shows the progress of long builds.
        annexe: what else answers beside the site, such as an editor.

    Raises:
        NoPortError: no port is free.
        OSError: this machine has no such address.
    """
    root = root.resolve()
    rebuilder = Rebuilder(root, clock=clock, progress=progress)
    with open_server(host, port, rebuilder.folder, Board(), annexe) as server:
        yield Preview(server, Watch(root), rebuilder)


@contextmanager
def _answering(server: Server) -> Iterator[None]:
    """Let the server answer in threads of its own while the context is open."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.board.close()
        server.shutdown()
        thread.join()
