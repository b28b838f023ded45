"""The preview: watches the sources, rebuilds the site, serves it, and reloads open pages."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread

from clusterpress.preview.app_server import AppServer, MakeApp, open_app
from clusterpress.preview.rebuild import Progress, Rebuilder, RebuildResult
from clusterpress.preview.responses import PreviewStatus, StatusBroadcaster
from clusterpress.preview.server import LocalServer, Server, open_server
from clusterpress.preview.watch import SourceWatcher


class Preview:
    """A preview with its address in the network; `run` starts it."""

    def __init__(
        self, server: Server, watch: SourceWatcher, rebuilder: Rebuilder, app: AppServer | None = None
    ) -> None:
        self._server = server
        self._app = app
        self._watcher = watch
        self._rebuilder = rebuilder
        self._session = secrets.token_hex(4)
        self._version = 0
        self._root = "/"
        self._site = ""

    @property
    def address(self) -> str:
        """Address of the site, with its path if the settings could be read."""
        return self._server.address + self._root

    @property
    def app_address(self) -> str:
        """Address that opens the application beside the preview; empty if there is none."""
        return self._app.start if self._app else ""

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
            servers: list[LocalServer] = [self._server, self._app] if self._app else [self._server]
            with _serving(self._server.broadcaster, servers):
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
        self._site = found.site or self._site
        version = f"{self._session}-{self._version}"
        self._server.broadcaster.publish(
            PreviewStatus(version=version, root=self._root, site=self._site, problems=found.problems)
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
    make_app: MakeApp | None = None,
    untrusted: bool = False,
) -> Iterator[Preview]:
    """Provide a preview of a project, which occupies its port while the context is open.

    Args:
        root: the project's folder.
        host: name or address to listen on.
        port: port to listen on, or the next free port.
        clock: returns the current time with its zone.
        progress: provides a function that shows the progress of long builds.
        make_app: returns an application, such as an editor, for the address of the preview's server. It has
            a server of its own at the next free port, for this machine only.
        untrusted: whether to trust nothing but the content.

    Raises:
        NoPortError: no port is free.
        OSError: this machine has no such address.
    """
    root = root.resolve()
    rebuilder = Rebuilder(root, clock=clock, progress=progress, untrusted=untrusted)
    with ExitStack() as opened:
        server = opened.enter_context(open_server(host, port, rebuilder.folder, StatusBroadcaster()))
        after = int(server.server_address[1]) + 1 if port else 0
        app = opened.enter_context(open_app(make_app(server.address), after)) if make_app else None
        yield Preview(server, SourceWatcher(root), rebuilder, app)


@contextmanager
def _serving(broadcaster: StatusBroadcaster, servers: list[LocalServer]) -> Iterator[None]:
    threads = [
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True) for server in servers
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        broadcaster.close()
        for server in servers:
            server.shutdown()
        for thread in threads:
            thread.join()
