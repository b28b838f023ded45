"""The preview: watches the sources, rebuilds the site, serves it, and reloads open pages."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread

from clusterpress.preview.rebuild import Progress, Rebuilder, RebuildResult
from clusterpress.preview.responses import PreviewStatus, StatusBroadcaster
from clusterpress.preview.server import Server, SubApp, open_server
from clusterpress.preview.watch import SourceWatcher


class Preview:
    """A preview with its address in the network; `run` starts it."""

    def __init__(self, server: Server, watch: SourceWatcher, rebuilder: Rebuilder) -> None:
        self._server = server
        self._watcher = watch
        self._rebuilder = rebuilder
        self._session = secrets.token_hex(4)
        self._version = 0
        self._root = "/"

    @property
    def address(self) -> str:
        """Address of the site, with its path if the settings could be read."""
        return self._server.address + self._root

    def run(self, report: Callable[[RebuildResult], None], jobs: int = 1) -> None:
        """Build the site, serve it, and rebuild it after each change, until stopped.

        Each result is reported after open pages received it. ``jobs`` processes share the first build.
        """
        # Processes can be forked safely only now, while no other thread runs.
        first = self._rebuild(frozenset(), jobs)
        report(first)
        with self._watcher:
            if not self._rebuilder.is_current():
                second = self._rebuild(frozenset())
                if second.is_new or second.problems != first.problems:  # something was saved in the meantime
                    report(second)
            with _serving(self._server):
                self._rebuilder.warm_up(self._watcher.has_changes)
                for changed in self._watcher.changes():
                    if not changed and self._rebuilder.is_current(self._watcher.has_changes):
                        continue
                    found = self._rebuild(changed)
                    if changed or found.is_new:
                        report(found)

    def stop(self) -> None:
        """End `run`; may be called from another thread."""
        self._watcher.close()

    def _rebuild(self, changed: frozenset[str], jobs: int = 1) -> RebuildResult:
        found = self._rebuilder.rebuild(changed, jobs)
        self._version += found.is_new
        self._root = found.root or self._root
        version = f"{self._session}-{self._version}"
        self._server.broadcaster.publish(
            PreviewStatus(version=version, root=self._root, problems=found.problems)
        )
        return found


@contextmanager
def open_preview(
    root: Path,
    *,
    host: str,
    port: int,
    clock: Callable[[], datetime],
    progress: Progress,
    sub_app: SubApp | None = None,
    untrusted: bool = False,
) -> Iterator[Preview]:
    """Provide a preview of a project, which occupies its port while the context is open.

    Args:
        root: the project's folder.
        host: name or address to listen on.
        port: port to listen on, or the next free port.
        clock: returns the current time with its zone.
        progress: provides a function that shows the progress of long builds.
        sub_app: answers requests below its own path, such as an editor.
        untrusted: whether to trust nothing but the content.

    Raises:
        NoPortError: no port is free.
        OSError: this machine has no such address.
    """
    root = root.resolve()
    rebuilder = Rebuilder(root, clock=clock, progress=progress, untrusted=untrusted)
    with open_server(host, port, rebuilder.folder, StatusBroadcaster(), sub_app) as server:
        yield Preview(server, SourceWatcher(root), rebuilder)


@contextmanager
def _serving(server: Server) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.broadcaster.close()
        server.shutdown()
        thread.join()
